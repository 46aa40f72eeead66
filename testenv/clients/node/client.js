// What a Node.js application does with node-postgres, or with postgres.js, and what it sees.
//
// usage: client.js URL pg|postgres
//
// Prints one line for each thing seen; the caller compares two runs.
'use strict';

const { pipeline } = require('node:stream/promises');
const { Readable, Writable } = require('node:stream');

function say(...words) {
  console.log(words.map((w) => JSON.stringify(w, (_, v) => (typeof v === 'bigint' ? v.toString() : v === undefined ? 'undefined' : v))).join(' '));
}

const INSERT = 'insert into matters (id, title, client_email, value, note) values ($1, $2, $3, $4, $5)';
const ROWS = [
  [1, 'privileged: Acme v. Bolt', 'ann@sealed.example', '1250.50', 'open'],
  [2, 'privileged: O\'Hara \\ "q" Ünï 株', 'bob@sealed.example', '-3', null],
  [3, null, null, null, ''],
  [4, '', 'eve@sealed.example', '-0.000100', '50% off'],
];
const KINDS = [1, 'code', Buffer.from([0, 255, 39, 92]), -7, 7, '4611686018427387904', '10.005', true, '2024-02-29',
  new Date('2026-03-03T23:36:07.123Z'), '550e8400-e29b-41d4-a716-446655440000', { k: [1, null, 'ü'] }];
const MISTAKES = [
  [INSERT, [1, 'privileged: twice', null, 1, null], true],
  [INSERT, [200, 'privileged: same address', 'ann@sealed.example', 1, null], false],
  ['insert into matters (id, value) values (201, $1)', ['no number'], false],
  ['insert into kinds (id, code) values (1, $1)', ['longer than twenty characters'], false],
  ['select 1/0', [], true],
  ['selekt 1', [], true],
];

async function fails(words, f) {
  try {
    await f();
    say('no error');
  } catch (e) {
    say('error', e.code, e.severity, words ? e.message : '');
  }
}

async function withPg(url) {
  const { Client, types } = require('pg');
  const Cursor = require('pg-cursor');
  const { from, to } = require('pg-copy-streams');
  types.setTypeParser(1082, (v) => v); // dates as they come
  const conn = new Client({ connectionString: url });
  await conn.connect();
  conn.on('notice', (n) => say('notice', n.message));
  const show = (r) => say(r.command, r.rowCount, r.fields.map((f) => [f.name, f.dataTypeID, f.dataTypeModifier, f.dataTypeSize, f.format]), r.rows);
  const ask = async (...args) => show(await conn.query(...args));

  await conn.query('delete from matters; delete from kinds; delete from ledger');
  say('# inserts');
  for (const row of ROWS) await ask(INSERT + ' returning *', row);
  for (let i = 0; i < 20; i++) await conn.query({ name: 'insert', text: INSERT, values: [10 + i, `privileged: prepared ${i}`, null, i, null] });
  await ask("insert into ledger (id, amount, entry) values ($1, $2, $3), (2, 5, 'five')", [1, 10, 'fee']);
  say('# selects');
  await ask('select * from matters order by id');
  for (let i = 0; i < 3; i++) await ask({ name: 'found', text: 'select id, value from matters where client_email = $1', values: [ROWS[i][2]] });
  await ask('select id from matters where client_email = any($1) order by id', [['bob@sealed.example', 'eve@sealed.example']]);
  await ask({ text: 'select id, title from matters where id < $1 order by id', values: [10], rowMode: 'array', binary: false });
  const cursor = conn.query(new Cursor('select id, title from matters where id < $1 order by id', [100]));
  for (let rows = await cursor.read(7); rows.length > 0; rows = await cursor.read(7)) say('cursor', rows); // a portal with a row limit
  await cursor.close();
  say('# transactions');
  await ask('begin');
  await ask(INSERT, [60, 'privileged: committed', null, 1, null]);
  await ask('savepoint s');
  await fails(true, () => conn.query(INSERT, [60, 'privileged: twice', null, 1, null]));
  await fails(true, () => conn.query('select title from matters'));
  await ask('rollback to savepoint s');
  await ask('commit');
  await ask('begin');
  await ask(INSERT, [61, 'privileged: rolled back', null, 1, null]);
  await fails(true, () => conn.query('select 1/0'));
  await ask('commit');
  await ask('select id, title, value from matters where id >= 60 order by id');
  say('# mistakes');
  for (const [sql, args, words] of MISTAKES) {
    await fails(words, () => conn.query(sql, args));
    await ask('select id, title from matters where id = $1', [1]);
  }
  await fails(true, () => conn.query("update matters set title = 'privileged: undone with its neighbour' where id = 1; select 1/0"));
  say('# many at once');
  const many = await Promise.allSettled([1, 2, 'x', 3].map((id) => conn.query('select id, title from matters where id = $1', [id])));
  say(many.map((m) => (m.status === 'fulfilled' ? m.value.rows : m.reason.code)));
  say('# kinds');
  await ask('insert into kinds values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning *', KINDS);
  await ask('insert into kinds (id) values (2) returning *');
  await ask('select * from kinds where number = $1', [7]);
  await ask('select id, doc from kinds where ref = $1 and day = $2 and moment = $3', [KINDS[10], KINDS[8], KINDS[9]]);
  say('# copy');
  await pipeline(Readable.from(Array.from({ length: 40 }, (_, i) => `${100 + i}\t${i}\tcopied\n`)), conn.query(from('copy ledger (id, amount, entry) from stdin')));
  const out = [];
  await pipeline(conn.query(to('copy (select id, entry from ledger order by id) to stdout')), new Writable({ write(b, _, done) { out.push(b.toString()); done(); } }));
  say('out', out.join(''));
  await fails(true, () => pipeline(Readable.from(['not a number\n']), conn.query(from('copy ledger from stdin'))));
  await ask('select count(*) from ledger');
  say('# notify');
  const heard = new Promise((resolve) => conn.once('notification', (n) => resolve([n.channel, n.payload, n.processId === conn.processID])));
  await conn.query('listen node_channel');
  await conn.query("notify node_channel, 'hello'");
  say('notified', await heard);
  await conn.query("do $$ begin raise notice 'a notice'; end $$");
  say('# cancel');
  const other = new Client({ connectionString: url });
  await other.connect();
  const slow = fails(true, () => conn.query('select pg_sleep(20)'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await other.query('select pg_cancel_backend($1)', [conn.processID]);
  await slow;
  await other.end();
  await ask('select title from matters where id = 1');
  await conn.end();
}

async function withPostgres(url) {
  const postgres = require('postgres');
  const sql = postgres(url, { max: 1, onnotice: (n) => say('notice', n.message), types: { date: { to: 1082, from: [1082], serialize: (v) => v, parse: (v) => v } } });
  const show = (r) => say(r.command, r.count, (r.columns ?? []).map((c) => [c.name, c.type]), r);

  await sql.unsafe('delete from matters; delete from kinds; delete from ledger').simple();
  say('# inserts'); // it serializes by the types that the server describes
  for (const [id, title, client_email, value, note] of ROWS) show(await sql`insert into matters ${sql({ id, title, client_email, value, note })} returning *`);
  show(await sql`insert into matters ${sql(Array.from({ length: 20 }, (_, i) => ({ id: 10 + i, title: `privileged: many ${i}`, value: i })))}`);
  show(await sql`insert into ledger ${sql([{ id: 1, amount: 10, entry: 'fee' }, { id: 2, amount: 5, entry: 'five' }])}`);
  say('# selects');
  show(await sql`select * from matters order by id`);
  for (const row of ROWS) show(await sql`select id, value from matters where client_email = ${row[2]}`);
  show(await sql`select id from matters where client_email in ${sql(['bob@sealed.example', 'eve@sealed.example'])} order by id`);
  show(await sql`select id from matters where client_email = any(${['bob@sealed.example', 'eve@sealed.example']}) order by id`);
  await sql`select id, title from matters where id < ${100} order by id`.cursor(7, (rows) => say('cursor', rows));
  const described = await sql`select id, title, value from matters where client_email = ${''}`.describe();
  say('described', described.types, described.columns.map((c) => [c.name, c.type]));
  say('raw', (await sql`select title from matters where id = 1`.raw()).map((r) => r.map((v) => v && v.toString())));
  say('# transactions');
  await sql.begin(async (tx) => show(await tx`insert into matters (id, title) values (60, ${'privileged: committed'})`));
  await fails(true, () => sql.begin(async (tx) => {
    await tx`insert into matters (id, title) values (61, ${'privileged: rolled back'})`;
    await tx`select 1/0`;
  }));
  await sql.begin(async (tx) => {
    await fails(true, () => tx.savepoint((s) => s`insert into matters (id, title) values (60, ${'privileged: twice'})`));
    show(await tx`insert into matters (id, title) values (62, ${'privileged: after the savepoint'})`);
  });
  show(await sql`select id, title from matters where id >= 60 order by id`);
  say('# mistakes');
  for (const [text, args, words] of MISTAKES) {
    await fails(words, () => sql.unsafe(text, args));
    show(await sql`select id, title from matters where id = ${1}`);
  }
  say('# pipelined');
  const many = await Promise.allSettled([1, 2, 'x', 3].map((id) => sql`select id, title from matters where id = ${id}`));
  say(many.map((m) => (m.status === 'fulfilled' ? m.value : m.reason.code)));
  say('# kinds');
  const [id, code, raw, small, number, big, amount, flag, day, moment, ref, doc] = KINDS;
  show(await sql`insert into kinds ${sql({ id, code, raw, small, number, big, amount, flag, day, moment, ref, doc })} returning *`);
  show(await sql`select * from kinds where number = ${7} and day = ${day} and moment = ${moment} and ref = ${ref}`);
  say('# copy');
  await pipeline(Readable.from(Array.from({ length: 40 }, (_, i) => `${100 + i}\t${i}\tcopied\n`)), await sql`copy ledger (id, amount, entry) from stdin`.writable());
  const out = [];
  for await (const b of await sql`copy (select id, entry from ledger order by id) to stdout`.readable()) out.push(b.toString());
  say('out', out.join(''));
  show(await sql`select count(*) from ledger`);
  say('# notify');
  let hear;
  const heard = new Promise((resolve) => { hear = resolve; });
  const listening = await sql.listen('node_channel', hear);
  await sql.notify('node_channel', 'hello');
  say('notified', await heard);
  await listening.unlisten();
  await sql`do $$ begin raise notice 'a notice'; end $$`;
  say('# cancel');
  const slow = sql`select pg_sleep(20)`.execute();
  setTimeout(() => slow.cancel(), 300);
  await fails(true, () => slow);
  show(await sql`select title from matters where id = ${1}`);
  await sql.end();
}

const [url, driver] = process.argv.slice(2);
({ pg: withPg, postgres: withPostgres })[driver](url).catch((e) => {
  console.error(e);
  process.exit(1);
});
