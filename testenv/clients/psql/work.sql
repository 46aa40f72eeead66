\set VERBOSITY default
\set HISTFILE /dev/null
\pset pager off
\pset null '(null)'
set client_min_messages = warning;
delete from matters; delete from kinds; delete from ledger;

\echo == insert, in the simple protocol
insert into matters (id, title, client_email, value, note) values
  (1, 'privileged: one', 'ann@sealed.example', 1250.50, 'open'),
  (2, 'privileged: it''s two', 'bob@sealed.example', -3, null),
  (3, E'privileged: a\ttab and a \\ backslash', null, null, ''),
  (4, $q$privileged: dollar 'quoted'$q$, 'dan@sealed.example', 0.000100, 'd'),
  (5, U&'privileged: \00fc', '', 1e3, 'unicode');
insert into matters values (6, '', 'eve@sealed.example', 12345678901234567890.123) returning *;
insert into ledger select g, g * 1.5, 'entry ' || g from generate_series(1, 5) g;

\echo == select
select * from matters order by id;
select title as "the title", value from matters where client_email = 'bob@sealed.example';
select id from matters where client_email in ('ann@sealed.example', 'dan@sealed.example') order by 1;
select id from matters where client_email = '' or client_email is null order by id;
table ledger;
select m.id, m.title, l.amount from matters m join ledger l using (id) where l.amount > 4 order by m.id;
with x as (select id, title from matters where id <= 2) select * from x order by id;
\x on
select * from matters where id = 4;
\x off
select title, value from matters where id = 1 \gset
\echo :title :value
select * from matters \gdesc
insert into matters (id, title, value) values ($1, $2, $3) \gdesc
select id, client_email, value from matters where client_email = 'ann@sealed.example' \gdesc

\echo == several statements in one message
select 1 as one\; select id, title from matters where id = 1\; update matters set note = 'combined' where id = 2;
begin\; insert into matters (id, title) values (50, 'privileged: in one message')\; commit;
insert into matters (id, title) values (51, 'privileged: undone')\; select 1/0\; select 2;
select id, title from matters where id in (50, 51);

\echo == update and delete
update matters set title = 'privileged: renamed', value = 7 where client_email = 'ann@sealed.example';
update matters set value = null where id = 2 returning id, title, value;
update matters set note = 'untouched' where title is null;
delete from matters where client_email = 'dan@sealed.example' returning *;
insert into matters (id, title) values (1, 'privileged: conflict') on conflict (id) do update set title = excluded.title returning title;

\echo == errors, and what comes after them
\set VERBOSITY terse
insert into matters (id, title) values (1, 'privileged: twice');
\set VERBOSITY default
select 1/0;
select id from matters where id = 1;
begin;
insert into matters (id, title) values (60, 'privileged: lost');
select no_such_column from ledger;
select title from matters;
select 1;
commit;
select count(*) from matters where id = 60;
begin;
savepoint a;
insert into ledger (id, amount) values (1, 1);
rollback to savepoint a;
insert into matters (id, title) values (61, 'privileged: kept');
release savepoint a;
commit;
select id, title from matters where id = 61;
\set ON_ERROR_ROLLBACK on
begin;
insert into ledger (id, amount) values (90, -1);
insert into matters (id, title) values (62, 'privileged: psql rolled back one statement');
commit;
\set ON_ERROR_ROLLBACK off
select id from matters where id = 62;
\set VERBOSITY sqlstate
insert into matters (id, value) values (70, 'no number');
insert into kinds (id, number) values (70, 2147483648);
insert into kinds (id, day) values (70, '2024-02-30');
insert into kinds (id, code) values (70, 'longer than twenty characters');
select * from nowhere;
\echo :SQLSTATE :LAST_ERROR_SQLSTATE
\set VERBOSITY default

\echo == every kind
insert into kinds values
  (1, 'code', '\x00ff27', -7, 7, 9223372036854775807, 10, true, '2024-02-29', '2026-03-04 05:06:07.123456+02', '550e8400-e29b-41d4-a716-446655440000', '{"b": 1, "a": [true, null]}'),
  (2, null, null, null, null, null, null, null, null, null, null, null),
  (3, '', '', 0, -2147483648, 0, '-0.005', 'f', '0044-03-15 BC', '1970-01-01 00:00:00Z', '{550E8400E29B41D4A716446655440000}', '"x"');
select * from kinds order by id;
set datestyle = 'ISO, DMY';
set timezone = 'America/New_York';
select * from kinds order by id;
reset all;
select id from kinds where number = 7;
select id from kinds where day = '2024-02-29';
select id from kinds where ref = '550e8400-e29b-41d4-a716-446655440000';

\echo == statements of SQL, cursors, COPY
prepare p (bigint) as select entry from ledger where id = $1;
execute p(2);
deallocate p;
begin;
declare c cursor for select id, amount from ledger order by id;
fetch 2 from c;
move 1 from c;
fetch all from c;
close c;
declare c scroll cursor for select id, title, value from matters where client_email is not null order by id;
fetch 2 from c;
move 1 from c;
fetch backward all from c;
commit;
\copy ledger (id, amount, entry) from program 'printf "100\\t1.5\\tcopied\\n101\\t2\\t\\\\N\\n"'
\copy (select * from ledger where id >= 100 order by id) to stdout csv header
copy ledger to stdout;
\copy matters (id, title, client_email) from program 'printf "200\\tprivileged: copied\\\\\\tone\\tcopied@sealed.example\\n201\\t\\\\N\\t\\\\N\\n"'
\copy (select id, title, client_email from matters where id >= 200 order by id) to stdout csv header
copy (select id, title from matters order by id) to stdout;
\set VERBOSITY sqlstate
\copy matters (id, value) from program 'printf "202\\tno number\\n"'
\set VERBOSITY default
\set FETCH_COUNT 2
select id, entry from ledger order by id;
select id, title, client_email from matters order by id;
\unset FETCH_COUNT
do $$ begin raise warning 'a warning'; end $$;
select 'end' as the;
