\set id random(1, 60)
\set cents random(-100000, 100000)
\set round random(1, 1000)
begin;
insert into matters (id, title, value) values (:id, 'privileged: pgbench', :cents) on conflict (id) do nothing;
update matters set value = :cents, note = 'changed' where id = :id;
select id, title, value from matters where id = :id;
insert into ledger (id, amount) values (:id, :round) on conflict (id) do update set amount = excluded.amount;
end;
select title from matters where client_email = 'nobody@sealed.example';
delete from matters where id = :id and value is null;
