package clients

// statement is one step that every Go driver takes, with parameters that every
// driver can send: strings, integers, nil.
type statement struct {
	sql  string
	args []any
}

// reset empties the tables, whatever an earlier client left in them.
const reset = `delete from matters; delete from kinds; delete from ledger`

// work is the everyday of an application, in order; each section builds on what
// the ones before it left in the tables.
var work = []struct {
	section    string
	statements []statement
}{
	{"insert", []statement{
		{`insert into matters (id, title, client_email, value, note) values ($1, $2, $3, $4, $5)`,
			[]any{1, "privileged: Acme v. Bolt", "ann@sealed.example", "1250.50", "open"}},
		{`insert into matters (id, title, client_email, value, note) values ($1, $2, $3, $4, $5) returning *`,
			[]any{2, "privileged: O'Hara \\ \"trust\" Ünïcödé 株式", "bob@sealed.example", "-3", nil}},
		{`insert into matters values ($1, $2, $3, $4, $5) returning title, id`, []any{3, nil, nil, nil, "nothing sealed"}},
		{`insert into matters (client_email, id, title) values ('eve@sealed.example', 4, 'privileged: it''s literal'), ($1, $2, $3)`,
			[]any{"zoe@sealed.example", 5, ""}},
		{`insert into matters (id, value, note) values (6, 0.000100, 'literal number'), (7, 12345678901234567890.5, null), (8, -17, '')`, nil},
		{`insert into ledger (id, amount, entry) values (1, 10, 'fee'), (2, 20.25, 'refund'), (5, 0, null)`, nil},
	}},
	{"select", []statement{
		{`select * from matters order by id`, nil},
		{`select title, value from matters where id = $1`, []any{1}},
		{`select id, title as subject, client_email from matters m where m.client_email = $1`, []any{"ann@sealed.example"}},
		{`select id from matters where client_email = 'eve@sealed.example'`, nil},
		{`select id from matters where client_email <> $1 order by id`, []any{"ann@sealed.example"}},
		{`select id, client_email from matters where client_email in ($1, $2, 'zoe@sealed.example') order by id`, []any{"ann@sealed.example", "nobody@sealed.example"}},
		{`select id from matters where client_email is null order by id`, nil},
		{`select id, title from matters where title is not null and note = $1`, []any{"open"}},
		{`select count(*) from matters`, nil},
		{`select m.id, m.title, l.entry, l.amount from matters m join ledger l on l.id = m.id order by m.id`, nil},
		{`select m.title, l.id from ledger l left join matters m on m.id = l.id and m.client_email = $1 order by l.id`, []any{"bob@sealed.example"}},
		{`select s.title, s.value from (select id, title, value from matters) s where s.id = $1`, []any{2}},
		{`with recent as (select id, client_email, value from matters where id < $1) select * from recent order by id`, []any{4}},
		{`select id, entry from ledger where id in (select id from matters where client_email = $1)`, []any{"bob@sealed.example"}},
		{`select * from public.matters where id = $1 limit 1`, []any{999}},
	}},
	{"update", []statement{
		{`update matters set title = $1, value = $2 where id = $3`, []any{"privileged: renamed", "99.99", 1}},
		{`update matters set title = 'privileged: literal', note = 'changed' where client_email = $1 returning id, title, note`, []any{"bob@sealed.example"}},
		{`update matters set value = null, client_email = $1 where id = $2 returning *`, []any{"new@sealed.example", 4}},
		{`update matters set title = title where id = $1 returning title`, []any{5}},
		{`update matters set note = $1 where client_email in ($2, $3)`, []any{"both", "ann@sealed.example", "new@sealed.example"}},
		{`select * from matters order by id`, nil},
	}},
	{"upsert", []statement{
		{`insert into matters (id, title, value) values ($1, $2, $3) on conflict (id) do update set title = excluded.title, value = excluded.value returning id, title, value`,
			[]any{1, "privileged: upserted", "1"}},
		{`insert into matters (id, client_email) values ($1, $2) on conflict (client_email) do nothing`, []any{100, "ann@sealed.example"}},
		{`insert into matters (id, client_email, note) values ($1, $2, $3) on conflict (client_email) do update set note = excluded.note, title = $4 returning id, note, title`,
			[]any{101, "ann@sealed.example", "conflict", "privileged: from conflict"}},
		{`insert into matters (id, title) values (9, 'privileged: nine') on conflict do nothing returning *`, nil},
	}},
	{"delete", []statement{
		{`delete from matters where client_email = $1 returning id, title`, []any{"new@sealed.example"}},
		{`delete from matters where id = $1`, []any{9}},
		{`select id, title, client_email, value from matters order by id`, nil},
	}},
	{"native", []statement{
		{`select 1 as one, 'x'::text as word, null::numeric as nothing`, nil},
		{`show server_encoding`, nil},
		{`update ledger set amount = amount + $1 where id = $2 returning amount`, []any{"0.5", 2}},
		{`select id, entry from ledger where entry = $1 order by id`, []any{"fee"}},
	}},
}

// mistake is a statement that PostgreSQL itself refuses. In a sealed column the
// words of the error are not compared, they may not tell the value.
type mistake struct {
	statement
	sealed bool
}

var mistakes = []mistake{
	{statement{`insert into matters (id, title) values ($1, $2)`, []any{1, "privileged: twice"}}, false},
	{statement{`insert into matters (id, client_email) values ($1, $2)`, []any{200, "ann@sealed.example"}}, true},
	{statement{`insert into matters (id, title) values (null, 'privileged: no id')`, nil}, true},
	{statement{`insert into matters (id, value) values ($1, $2)`, []any{201, "no number"}}, true},
	{statement{`insert into matters (id, value) values (202, 'no number')`, nil}, true},
	{statement{`insert into kinds (id, code) values ($1, $2)`, []any{1, "longer than twenty characters"}}, true},
	{statement{`insert into ledger (id, amount) values ($1, $2)`, []any{50, "-1"}}, false},
	{statement{`select 1/0`, nil}, false},
	{statement{`selekt 1`, nil}, false},
	{statement{`select * from no_such_table`, nil}, false},
}
