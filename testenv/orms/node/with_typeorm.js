// A legal product's data layer in TypeORM.
//
// usage: with_typeorm.js URL schema|work
"use strict";

const fs = require("fs");
const path = require("path");
const { DataSource, EntitySchema, In, Not, IsNull, MoreThan, Like, ILike, Raw, Table, TableColumn, TableIndex } = require("typeorm");
const s = require("./steps.js");

const id = { type: "int", primary: true, generated: "increment" };
const Matter = new EntitySchema({
  name: "Matter", tableName: "matters",
  columns: {
    id,
    reference: { type: "varchar", length: 20, unique: true },
    status: { type: "varchar", length: 10 },
    title: { type: "text", nullable: true },
    client_email: { type: "varchar", length: 254, nullable: true, unique: true },
    value: { type: "numeric", precision: 14, scale: 2, nullable: true },
    opened: { type: "date", nullable: true },
    confidential: { type: "boolean" },
    notes: { type: "jsonb", nullable: true },
    version: { type: "int", version: true },
  },
  relations: {
    parties: { type: "one-to-many", target: "Party", inverseSide: "matter", cascade: true },
    documents: { type: "one-to-many", target: "Document", inverseSide: "matter", cascade: true },
  },
  indices: [{ columns: ["status"] }],
});
const matter = { type: "many-to-one", target: "Matter", joinColumn: { name: "matter_id" }, nullable: false, onDelete: "CASCADE" };
const Party = new EntitySchema({
  name: "Party", tableName: "parties",
  columns: { id, matter_id: { type: "int" }, name: { type: "text", nullable: true }, email: { type: "varchar", length: 254, nullable: true }, role: { type: "varchar", length: 20 } },
  relations: { matter: { ...matter, inverseSide: "parties" } },
});
const Document = new EntitySchema({
  name: "Document", tableName: "documents",
  columns: { id, matter_id: { type: "int" }, path: { type: "text" }, pages: { type: "int" } },
  relations: { matter: { ...matter, inverseSide: "documents" } },
});

const db = new DataSource({ type: "postgres", url: process.argv[2], entities: [Matter, Party, Document], logging: false, poolSize: 1 });
const M = () => db.getRepository(Matter);
const P = () => db.getRepository(Party);
const Q = () => M().createQueryBuilder("m");

async function reset() {
  await db.query(s.EMPTY);
  for (const m of s.MATTERS) await M().save({ ...m });
  for (const p of s.PARTIES) await P().save({ ...p });
  for (const d of s.DOCUMENTS) await db.getRepository(Document).save({ ...d });
}

const byId = { order: { id: "ASC" } };
const matters = async () => (await M().find(byId)).map(s.fields);
const ids = async (where, order) => (await M().find({ select: { id: true }, where, order: order || { id: "ASC" } })).map((m) => m.id);
const names = (m) => [m.title, (m.parties || []).map((p) => p.name).sort(), (m.documents || []).map((d) => d.path).sort()];

const steps = [
  ["create", async () => s.fields(await M().findOneBy({ id: (await M().save(s.more(10))).id }))],
  ["create with nulls", async () => s.fields(await M().save({ reference: "M-11", status: "new", confidential: false }))],
  ["read by id", async () => (await Promise.all([1, 2, 3].map((i) => M().findOneBy({ id: i })))).map(s.fields)],
  ["update", async () => {
    const m = await M().findOneBy({ id: 1 });
    Object.assign(m, { title: "privileged: renamed", value: "99.90", notes: { "privileged: key": [1] }, confidential: false });
    await M().save(m);
    return matters();
  }],
  ["update to null", async () => {
    const m = await M().findOneBy({ id: 1 });
    Object.assign(m, { title: null, value: null, notes: null, opened: null });
    await M().save(m);
    return matters();
  }],
  ["delete", async () => { await M().remove(await M().findOneBy({ id: 1 })); return matters(); }],
  ["relations lazy", async () => (await P().findBy({ matter: { id: 1 } })).map((p) => [p.name, p.email])],
  ["relations create", async () => {
    const m = await M().save({ ...s.more(10), parties: [{ name: "privileged: new", email: "new@sealed.example", role: "client" }], documents: [{ path: "n.pdf", pages: 1 }] });
    return [m.parties.map((p) => [p.id, p.name]), m.documents.map((d) => [d.id, d.path])];
  }],
  ["eager join", async () => (await M().find({ relations: { parties: true, documents: true }, ...byId })).map(names)],
  ["eager second query", async () => (await M().find({ relations: { parties: true, documents: true }, relationLoadStrategy: "query", ...byId })).map(names)],
  // A page of a join: SELECT DISTINCT of the ids from a subquery that selects every column.
  ["eager page", async () => (await M().find({ relations: { parties: true }, order: { reference: "DESC" }, take: 2 })).map(names)],
  ["find and count", async () => { const [rows, n] = await M().findAndCount({ relations: { parties: true }, take: 2, ...byId }); return [n, rows.map(names)]; }],
  ["bulk insert", async () => { await M().insert(s.range(10, 40).map((n) => s.more(n))); return matters(); }],
  ["bulk insert orm", async () => { await M().save(s.range(10, 40).map((n) => s.more(n))); return matters(); }],
  ["update where", async () => [(await M().update({ status: "open" }, { title: "privileged: all", confidential: true })).affected, (await matters()).map((m) => m.slice(0, 9))]],
  ["update returning", async () => (await Q().update().set({ title: "privileged: r" }).where("client_email = :e", { e: s.ANN }).returning(["id", "title"]).execute()).raw],
  ["update computed", async () => [(await M().increment({ id: 1 }, "value", 1)).affected, await matters()]],
  ["upsert", async () => { await M().upsert(s.more(10, { client_email: s.ANN }), ["client_email"]); return matters(); }],
  ["upsert many", async () => { await M().upsert([s.more(10, { client_email: s.ANN }), s.more(11)], { conflictPaths: ["client_email"], skipUpdateIfNoValuesChanged: false }); return matters(); }],
  // DO UPDATE ... WHERE a value IS DISTINCT FROM the excluded one.
  ["upsert unless equal", async () => { await M().upsert(s.more(10, { client_email: s.ANN }), { conflictPaths: ["client_email"], skipUpdateIfNoValuesChanged: true }); return matters(); }],
  ["insert or ignore", async () => { await Q().insert().values(s.more(10, { client_email: s.ANN })).orIgnore().execute(); return matters(); }],
  ["delete where", async () => [(await P().delete({ email: "zoe@sealed.example" })).affected, (await P().find(byId)).map((p) => [p.id, p.name])]],
  ["find by email", async () => s.fields(await M().findOneBy({ client_email: s.ANN }))],
  ["find by emails", async () => ids({ client_email: In([s.ANN, "eve@sealed.example", "no@sealed.example"]) })],
  ["find not email", async () => ids({ client_email: Not(s.ANN) })],
  ["find or", async () => ids([{ client_email: s.ANN }, { status: "closed" }])],
  ["find by date", async () => ids({ opened: "2024-02-29" })],
  ["find by boolean", async () => [await ids({ confidential: true }), await ids({ confidential: false })]],
  ["find null", async () => [await ids({ value: IsNull() }), await ids({ title: Not(IsNull()) })]],
  ["page by offset", async () => (await M().find({ order: { reference: "DESC" }, take: 2, skip: 1 })).map((m) => m.title)],
  ["page by id", async () => (await M().find({ where: { id: MoreThan(1) }, ...byId, take: 2 })).map((m) => m.title)],
  ["count", async () => [await M().count(), await M().countBy({ client_email: s.ANN })]],
  ["count distinct", async () => P().createQueryBuilder("p").select("count(distinct p.email)", "n").getRawOne()],
  ["exists", async () => [await M().existsBy({ client_email: "bob@sealed.example" }),
    (await Q().where((q) => "exists " + q.subQuery().select("1").from(Party, "p").where("p.matter_id = m.id and p.email = m.client_email").getQuery()).orderBy("m.id").getMany()).map((m) => m.id)]],
  ["group by sealed", async () => (await P().createQueryBuilder("p").select("p.email", "e").addSelect("count(*)", "n").groupBy("p.email").getRawMany()).map((r) => [r.e, r.n]).sort()],
  ["group by plain", async () => Q().innerJoin("m.documents", "d").select("m.status", "status").addSelect("sum(d.pages)", "pages").groupBy("m.status").orderBy("m.status").getRawMany()],
  ["join on sealed", async () => Q().innerJoin(Party, "p", "p.email = m.client_email").select(["m.title AS title", "p.name AS name"]).orderBy("m.id").getRawMany()],
  ["join filter", async () => (await M().find({ where: { parties: { email: "zoe@sealed.example" } }, relations: { parties: true } })).map(names)],
  ["subquery in", async () => (await Q().where((q) => "m.id in " + q.subQuery().select("p.matter_id").from(Party, "p").where("p.role = 'client'").getQuery()).orderBy("m.id").getMany()).map((m) => m.id)],
  ["lock rows", async () => db.transaction(async (t) => (await t.getRepository(Matter).find({ where: { client_email: s.ANN }, lock: { mode: "pessimistic_write" } })).map((m) => m.title))],
  ["rollback", async () => {
    await db.transaction(async (t) => {
      await t.getRepository(Matter).save(s.more(10));
      await t.getRepository(Matter).update({ id: 1 }, { title: "privileged: never" });
      throw new Error("the application gives up");
    }).catch(() => {});
    return matters();
  }],
  ["savepoint", async () => {
    let inner;
    await db.transaction(async (t) => {
      await t.getRepository(Matter).update({ id: 1 }, { title: "privileged: outer" });
      await t.transaction((n) => n.getRepository(Matter).insert(s.more(10, { client_email: "bob@sealed.example" }))).catch((e) => { inner = s.sqlstate(e); });
    });
    return [inner, await matters()];
  }],
  ["unique violation", async () => M().insert(s.more(10, { client_email: "bob@sealed.example" }))],
  ["value out of range", async () => M().update({ id: 1 }, { value: "10000000000000" })],
  ["optimistic lock", async () => {
    await M().update({ id: 1 }, { title: "privileged: won" });
    return db.transaction((t) => t.getRepository(Matter).findOne({ where: { id: 1 }, lock: { mode: "optimistic", version: 1 } })).catch((e) => e.name);
  }],
  ["raw sql", async () => db.query("select id, title, value from matters where client_email = $1", ["bob@sealed.example"])],
  // what sealed values cannot do
  ["order by sealed", async () => ids({}, { title: "ASC" })],
  ["like sealed", async () => ids({ title: Like("privileged: A%") })],
  ["contains sealed", async () => ids({ title: ILike("%acme%") })],
  ["case blind email", async () => ids({ client_email: Raw((c) => `lower(${c}) = :e`, { e: s.ANN }) })],
  ["equals randomized", async () => ids({ title: "privileged: Acme v. Bolt" })],
  ["range sealed", async () => ids({ value: MoreThan(100) })],
  ["sum sealed", async () => M().sum("value")],
  ["max sealed", async () => M().maximum("opened")],
  ["json path", async () => ids({ notes: Raw((c) => `${c.replace(/^Matter\./, "\"Matter\".")}->>'k' = :k`, { k: "privileged: first" }) })],
  ["after refusal", async () => {
    await db.transaction(async (t) => {
      await t.getRepository(Matter).update({ id: 1 }, { status: "kept" });
      await t.transaction((n) => n.getRepository(Matter).find({ order: { title: "ASC" } })).catch(() => {});
    });
    return matters();
  }],
  // the schema
  ["migrate plain table", async () => {
    const q = db.createQueryRunner();
    try {
      await q.createTable(new Table({ name: "tags", columns: [{ name: "id", type: "int", isPrimary: true, isGenerated: true, generationStrategy: "increment" }, { name: "name", type: "text", isUnique: true }] }));
      const rows = await q.query("insert into tags (name) values ('urgent') returning id, name");
      await q.dropTable("tags");
      return rows;
    } finally {
      await q.release();
    }
  }],
  ["migrate plain column", async () => {
    const q = db.createQueryRunner();
    try {
      await q.addColumn("matters", new TableColumn({ name: "priority", type: "int", isNullable: true }));
      await q.createIndex("matters", new TableIndex({ name: "matters_priority", columnNames: ["priority"] }));
      const rows = await q.query("select id, title, priority from matters order by id");
      await q.dropColumn("matters", "priority");
      return rows;
    } finally {
      await q.release();
    }
  }],
  ["introspect", async () => {
    const q = db.createQueryRunner();
    try {
      const t = await q.getTable("matters");
      return [t.columns.map((c) => c.name).sort(), t.indices.map((i) => i.name).sort(), t.uniques.map((u) => u.columnNames)].map((l) => l.sort());
    } finally {
      await q.release();
    }
  }],
  // What schema:sync would do now: nothing, where the columns have the types of the entities.
  ["introspect types", async () => (await db.driver.createSchemaBuilder().log()).upQueries.map((q) => q.query)],
];

// version of a module that does not export its package.json.
function version(name) {
  const file = path.join(process.env.NODE_PATH, name, "package.json");
  return JSON.parse(fs.readFileSync(file, "utf8")).version;
}

(async () => {
  await db.initialize();
  if (process.argv[3] === "schema") {
    await db.synchronize();
  } else {
    s.tell("version", `TypeORM ${version("typeorm")}, node-postgres ${require("pg/package.json").version}`);
    await s.run(steps, reset);
    await reset();
  }
  await db.destroy();
})().catch((e) => { console.error(e); process.exit(1); });
