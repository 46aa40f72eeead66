// A legal product's data layer in Knex, a query builder.
//
// usage: with_knex.js URL schema|work
"use strict";

const s = require("./steps.js");
const db = require("knex")({ client: "pg", connection: process.argv[2], pool: { min: 1, max: 1 } });

async function createAll() {
  await db.schema.createTable("matters", (t) => {
    t.increments("id");
    t.string("reference", 20).notNullable().unique();
    t.string("status", 10).notNullable().index();
    t.text("title");
    t.string("client_email", 254).unique();
    t.decimal("value", 14, 2);
    t.date("opened");
    t.boolean("confidential").notNullable();
    t.jsonb("notes");
    t.integer("version").notNullable().defaultTo(0);
  });
  await db.schema.createTable("parties", (t) => {
    t.increments("id");
    t.integer("matter_id").notNullable().references("matters.id").onDelete("CASCADE");
    t.text("name");
    t.string("email", 254);
    t.string("role", 20).notNullable();
  });
  await db.schema.createTable("documents", (t) => {
    t.increments("id");
    t.integer("matter_id").notNullable().references("matters.id").onDelete("CASCADE");
    t.text("path").notNullable();
    t.integer("pages").notNullable();
  });
}

async function reset() {
  await db.raw(s.EMPTY);
  await db("matters").insert(s.MATTERS);
  await db("parties").insert(s.PARTIES);
  await db("documents").insert(s.DOCUMENTS);
}

const matters = async () => (await db("matters").orderBy("id")).map(s.fields);
const ids = (query) => query.orderBy("matters.id").pluck("matters.id");
const M = () => db("matters");

const steps = [
  ["create", async () => (await M().insert(s.more(10)).returning("*")).map(s.fields)],
  ["create with nulls", async () => (await M().insert({ reference: "M-11", status: "new", confidential: false }).returning("*")).map(s.fields)],
  ["read by id", async () => Promise.all([1, 2, 3].map(async (i) => s.fields(await M().where({ id: i }).first())))],
  ["update", async () => [await M().where({ id: 1 }).update({ title: "privileged: renamed", value: "99.90", notes: { "privileged: key": [1] }, confidential: false }), await matters()]],
  ["update to null", async () => [await M().where({ id: 1 }).update({ title: null, value: null, notes: null, opened: null }), await matters()]],
  ["update returning", async () => M().where({ client_email: s.ANN }).update({ title: "privileged: r" }, ["id", "title", "value"])],
  ["delete", async () => [await M().where({ id: 1 }).del(), await matters()]],
  ["delete returning", async () => M().where({ client_email: s.ANN }).del(["id", "title"])],
  ["bulk insert", async () => [await M().insert(s.range(10, 40).map((n) => s.more(n))), await matters()].slice(1)],
  ["bulk insert chunks", async () => [(await db.batchInsert("matters", s.range(10, 40).map((n) => s.more(n)), 7).returning(["id", "title"])), await matters()]],
  ["bulk insert different columns", async () => [await M().insert([s.more(10), { reference: "M-11", status: "new", confidential: true }]).returning("id"), await matters()]],
  ["update where", async () => [await M().where({ status: "open" }).update({ title: "privileged: all", confidential: true }), await matters()]],
  ["update where related", async () => [await M().whereIn("id", db("parties").select("matter_id").where({ email: "zoe@sealed.example" })).update({ title: "privileged: disputed" }), await matters()]],
  ["update from", async () => [await M().updateFrom("parties").where("matters.id", db.ref("parties.matter_id")).where("parties.role", "opponent").update({ title: "privileged: disputed" }), await matters()]],
  ["update computed", async () => [await M().where({ id: 1 }).increment("value", 1), await matters()]],
  ["upsert", async () => [await M().insert(s.more(10, { client_email: s.ANN })).onConflict("client_email").merge(["title", "value"]).returning(["id", "title"]), await matters()]],
  ["upsert values", async () => [await M().insert(s.more(10, { client_email: s.ANN })).onConflict("client_email").merge({ title: "privileged: merged" }).returning(["id", "title"]), await matters()]],
  ["insert or ignore", async () => [await M().insert(s.more(10, { client_email: s.ANN })).onConflict("client_email").ignore(), await matters()].slice(1)],
  ["delete where", async () => [await db("parties").where({ email: "zoe@sealed.example" }).del(), await db("parties").select("id", "name").orderBy("id")]],
  ["find by email", async () => s.fields(await M().where("client_email", s.ANN).first())],
  ["find by emails", async () => ids(M().whereIn("client_email", [s.ANN, "eve@sealed.example", "no@sealed.example"]))],
  ["find not email", async () => ids(M().whereNot("client_email", s.ANN))],
  ["find or", async () => ids(M().where("client_email", s.ANN).orWhere("status", "closed"))],
  ["find by date", async () => ids(M().where("opened", "2024-02-29"))],
  ["find by boolean", async () => [await ids(M().where("confidential", true)), await ids(M().where({ confidential: false }))]],
  ["find null", async () => [await ids(M().whereNull("value")), await ids(M().whereNotNull("title"))]],
  ["page by offset", async () => M().orderBy("reference", "desc").limit(2).offset(1).pluck("title")],
  ["page by id", async () => M().where("id", ">", 1).orderBy("id").limit(2).pluck("title")],
  ["count", async () => [await M().count(), await M().where("client_email", s.ANN).count("* as n"), await M().count("value")]],
  ["count distinct", async () => db("parties").countDistinct("email")],
  ["exists", async () => ids(M().whereExists(db("parties").whereRaw("parties.matter_id = matters.id and parties.email = matters.client_email")))],
  ["group by sealed", async () => (await db("parties").select("email").count("* as n").groupBy("email")).map((r) => [r.email, r.n]).sort()],
  ["group by plain", async () => M().join("documents", "documents.matter_id", "matters.id").select("status").sum("pages as pages").groupBy("status").orderBy("status")],
  ["join on sealed", async () => M().join("parties", "parties.email", "matters.client_email").select("title", "name").orderBy("matters.id")],
  ["join filter", async () => M().join("parties", "parties.matter_id", "matters.id").where("parties.email", "zoe@sealed.example").select("title", "name")],
  ["eager join", async () => M().leftJoin("parties", "parties.matter_id", "matters.id").select("matters.*", "parties.name as party").orderBy(["matters.id", "parties.id"])],
  ["subquery in", async () => ids(M().whereIn("id", db("parties").select("matter_id").where({ role: "client" })))],
  ["subquery in sealed", async () => ids(M().whereIn("client_email", db("parties").select("email")))],
  ["subquery from", async () => db.from(M().where({ status: "open" }).as("t")).select("t.title", "t.value").orderBy("t.id")],
  ["common table", async () => db.with("c", M().select("id", "title").where({ status: "open" })).select("title").from("c").orderBy("id")],
  ["union", async () => (await M().select("client_email as mail").unionAll(db("parties").select("email"))).map((r) => r.mail).sort()],
  ["window", async () => M().select("title").rowNumber("n", (w) => w.partitionBy("status").orderBy("id")).orderBy("id")],
  ["insert from select", async () => [await db(db.raw("documents (matter_id, path, pages)")).insert(M().select("id", "reference", "version")), await db("documents").orderBy("id")].slice(1)],
  ["insert from select sealed", async () => [await db(db.raw("parties (matter_id, email, role)")).insert(M().select("id", "client_email", db.raw("'copied'"))), await db("parties").orderBy("id")].slice(1)],
  ["lock rows", async () => db.transaction((t) => t("matters").where("client_email", s.ANN).forUpdate().skipLocked().pluck("title"))],
  ["stream", async () => { const rows = []; for await (const r of M().select("id", "title").orderBy("id").stream({ batchSize: 2 })) rows.push([r.id, r.title]); return rows; }],
  ["rollback", async () => {
    await db.transaction(async (t) => {
      await t("matters").insert(s.more(10));
      await t("matters").where({ id: 1 }).update({ title: "privileged: never" });
      throw new Error("the application gives up");
    }).catch(() => {});
    return matters();
  }],
  ["savepoint", async () => {
    let inner;
    await db.transaction(async (t) => {
      await t("matters").where({ id: 1 }).update({ title: "privileged: outer" });
      await t.transaction((n) => n("matters").insert(s.more(10, { client_email: "bob@sealed.example" }))).catch((e) => { inner = s.sqlstate(e); });
    });
    return [inner, await matters()];
  }],
  ["unique violation", async () => M().insert(s.more(10, { client_email: "bob@sealed.example" }))],
  ["value out of range", async () => M().where({ id: 1 }).update({ value: "10000000000000" })],
  ["optimistic lock", async () => [await M().where({ id: 1, version: 0 }).update({ title: "privileged: won", version: 1 }), await M().where({ id: 1, version: 0 }).update({ title: "privileged: lost", version: 1 })]],
  ["raw sql", async () => (await db.raw("select id, title, value from matters where client_email = ?", ["bob@sealed.example"])).rows],
  // what sealed values cannot do
  ["order by sealed", async () => M().orderBy("title").pluck("id")],
  ["like sealed", async () => ids(M().whereLike("title", "privileged: A%"))],
  ["contains sealed", async () => ids(M().whereILike("title", "%acme%"))],
  ["case blind email", async () => ids(M().whereRaw("lower(client_email) = ?", [s.ANN]))],
  ["equals randomized", async () => ids(M().where("title", "privileged: Acme v. Bolt"))],
  ["range sealed", async () => ids(M().where("value", ">", 100))],
  ["sum sealed", async () => M().sum("value")],
  ["max sealed", async () => M().max("opened")],
  ["json path", async () => ids(M().whereJsonPath("notes", "$.k", "=", "privileged: first"))],
  ["distinct randomized", async () => (await M().distinct("title")).map((r) => r.title).sort()],
  ["after refusal", async () => {
    await db.transaction(async (t) => {
      await t("matters").where({ id: 1 }).update({ status: "kept" });
      await t.transaction((n) => n("matters").orderBy("title")).catch(() => {});
    });
    return matters();
  }],
  // the schema
  ["migrate plain table", async () => {
    await db.schema.createTable("tags", (t) => { t.increments("id"); t.text("name").unique(); });
    const rows = await db("tags").insert({ name: "urgent" }).returning("*");
    await db.schema.dropTable("tags");
    return rows;
  }],
  ["migrate plain column", async () => {
    await db.schema.alterTable("matters", (t) => { t.integer("priority").index(); });
    const rows = await M().select("id", "title", "priority").orderBy("id");
    await db.schema.alterTable("matters", (t) => { t.dropColumn("priority"); });
    return rows;
  }],
  ["introspect", async () => [await db.schema.hasTable("matters"), await db.schema.hasColumn("matters", "title"), Object.keys(await M().columnInfo()).sort()]],
  ["introspect types", async () => Object.entries(await M().columnInfo()).map(([name, c]) => [name, c.type]).sort()],
];

(async () => {
  if (process.argv[3] === "schema") {
    await createAll();
  } else {
    s.tell("version", `Knex ${require("knex/package.json").version}, node-postgres ${require("pg/package.json").version}`);
    await s.run(steps, reset);
    await reset();
  }
  await db.destroy();
})().catch((e) => { console.error(e); process.exit(1); });
