// A legal product's data layer in Sequelize.
//
// usage: with_sequelize.js URL schema|work
"use strict";

const { Sequelize, DataTypes, Op, QueryTypes } = require("sequelize");
const s = require("./steps.js");

const db = new Sequelize(process.argv[2].replace("?sslmode=disable", ""), { logging: false, pool: { max: 1 }, define: { timestamps: false } });

const Matter = db.define("matter", {
  reference: { type: DataTypes.STRING(20), allowNull: false, unique: true },
  status: { type: DataTypes.STRING(10), allowNull: false },
  title: DataTypes.TEXT,
  client_email: { type: DataTypes.STRING(254), unique: true },
  value: DataTypes.DECIMAL(14, 2),
  opened: DataTypes.DATEONLY,
  confidential: { type: DataTypes.BOOLEAN, allowNull: false },
  notes: DataTypes.JSONB,
}, { tableName: "matters", version: "version", indexes: [{ fields: ["status"] }] });
const Party = db.define("party", { name: DataTypes.TEXT, email: DataTypes.STRING(254), role: { type: DataTypes.STRING(20), allowNull: false } }, { tableName: "parties" });
const Document = db.define("document", { path: { type: DataTypes.TEXT, allowNull: false }, pages: { type: DataTypes.INTEGER, allowNull: false } }, { tableName: "documents" });
for (const [model, name] of [[Party, "parties"], [Document, "documents"]]) {
  Matter.hasMany(model, { as: name, foreignKey: { name: "matter_id", allowNull: false }, onDelete: "CASCADE" });
  model.belongsTo(Matter, { as: "matter", foreignKey: "matter_id" });
}
const Tag = db.define("tag", { name: { type: DataTypes.TEXT, unique: true } }, { tableName: "tags" });

async function reset() {
  await db.query(s.EMPTY);
  await Matter.bulkCreate(s.MATTERS);
  await Party.bulkCreate(s.PARTIES);
  await Document.bulkCreate(s.DOCUMENTS);
}

const byId = { order: ["id"] };
const matters = async () => (await Matter.findAll(byId)).map(s.fields);
const ids = async (options) => (await Matter.findAll({ attributes: ["id"], ...byId, ...options })).map((m) => m.id);
const names = (m) => [m.title, (m.parties || []).map((p) => p.name).sort(), (m.documents || []).map((d) => d.path).sort()];

const steps = [
  ["create", async () => s.fields(await Matter.findByPk((await Matter.create(s.more(10))).id))],
  ["create with nulls", async () => s.fields(await (await Matter.create({ reference: "M-11", status: "new", confidential: false })).reload())],
  ["read by id", async () => Promise.all([1, 2, 3].map(async (i) => s.fields(await Matter.findByPk(i))))],
  ["update", async () => {
    const m = await Matter.findByPk(1);
    await m.update({ title: "privileged: renamed", value: "99.90", notes: { "privileged: key": [1] }, confidential: false });
    return matters();
  }],
  ["update to null", async () => {
    await (await Matter.findByPk(1)).update({ title: null, value: null, notes: null, opened: null });
    return matters();
  }],
  ["delete", async () => { await (await Matter.findByPk(1)).destroy(); return matters(); }],
  ["relations lazy", async () => {
    const m = await Matter.findByPk(1);
    return [(await m.getParties(byId)).map((p) => [p.name, p.email]), (await m.getDocuments(byId)).map((d) => d.path)];
  }],
  ["relations create", async () => {
    const m = await Matter.create({ ...s.more(10), parties: [{ name: "privileged: new", email: "new@sealed.example", role: "client" }], documents: [{ path: "n.pdf", pages: 1 }] },
      { include: ["parties", "documents"] });
    return [m.parties.map((p) => [p.id, p.name]), m.documents.map((d) => [d.id, d.path])];
  }],
  ["eager join", async () => (await Matter.findAll({ include: ["parties", "documents"], ...byId })).map(names)],
  ["eager second query", async () => (await Matter.findAll({ include: [{ association: "parties", separate: true }, { association: "documents", separate: true }], ...byId })).map(names)],
  ["eager page", async () => (await Matter.findAll({ include: ["parties"], order: [["reference", "DESC"]], limit: 2 })).map(names)],
  ["bulk insert", async () => { await Matter.bulkCreate(s.range(10, 40).map((n) => s.more(n))); return matters(); }],
  ["bulk insert ignore", async () => { await Matter.bulkCreate([s.more(10, { client_email: s.ANN }), s.more(11)], { ignoreDuplicates: true }); return matters(); }],
  ["update where", async () => [await Matter.update({ title: "privileged: all", confidential: true }, { where: { status: "open" } }), await matters()]],
  ["update returning", async () => {
    const [n, rows] = await Matter.update({ title: "privileged: all" }, { where: { client_email: s.ANN }, returning: true });
    return [n, rows.map(s.fields)];
  }],
  ["update computed", async () => { await Matter.increment({ value: 1 }, { where: { id: 1 } }); return matters(); }],
  ["upsert", async () => {
    const [m] = await Matter.upsert(s.more(10, { client_email: s.ANN, version: 0 }), { conflictFields: ["client_email"] });
    return [m.id, m.title, await matters()];
  }],
  ["upsert many", async () => {
    await Matter.bulkCreate([s.more(10, { client_email: s.ANN }), s.more(11)], { updateOnDuplicate: ["title", "value"], conflictAttributes: ["client_email"] });
    return matters();
  }],
  // findOrCreate itself wraps its INSERT in a function, with the values as text in its body.
  ["find or create", async () => {
    const [m, made] = await Matter.findOrCreate({ where: { client_email: s.ANN }, defaults: s.more(10) });
    const [n, also] = await Matter.findOrCreate({ where: { client_email: "more11@sealed.example" }, defaults: s.more(11) });
    return [m.id, made, n.title, also];
  }],
  ["find or create without transaction", async () => {
    const [m, made] = await Matter.findCreateFind({ where: { client_email: s.ANN }, defaults: s.more(10) });
    const [n, also] = await Matter.findCreateFind({ where: { client_email: "more11@sealed.example" }, defaults: s.more(11) });
    return [m.id, made, n.title, also];
  }],
  ["delete where", async () => [await Party.destroy({ where: { email: "zoe@sealed.example" } }), (await Party.findAll(byId)).map((p) => [p.id, p.name])]],
  ["find by email", async () => s.fields(await Matter.findOne({ where: { client_email: s.ANN } }))],
  ["find by emails", async () => ids({ where: { client_email: [s.ANN, "eve@sealed.example", "no@sealed.example"] } })],
  ["find not email", async () => ids({ where: { client_email: { [Op.ne]: s.ANN } } })],
  ["find or", async () => ids({ where: { [Op.or]: [{ client_email: s.ANN }, { status: "closed" }] } })],
  ["find by date", async () => ids({ where: { opened: "2024-02-29" } })],
  ["find by boolean", async () => [await ids({ where: { confidential: true } }), await ids({ where: { confidential: false } })]],
  ["find null", async () => [await ids({ where: { value: null } }), await ids({ where: { title: { [Op.not]: null } } })]],
  ["page by offset", async () => (await Matter.findAll({ order: [["reference", "DESC"]], limit: 2, offset: 1 })).map((m) => m.title)],
  ["page by id", async () => (await Matter.findAll({ where: { id: { [Op.gt]: 1 } }, ...byId, limit: 2 })).map((m) => m.title)],
  ["page and count", async () => { const r = await Matter.findAndCountAll({ include: ["parties"], distinct: true, limit: 2, ...byId }); return [r.count, r.rows.map(names)]; }],
  ["count", async () => [await Matter.count(), await Matter.count({ where: { client_email: s.ANN } }), await Matter.count({ col: "value" })]],
  ["count distinct", async () => Party.count({ col: "email", distinct: true })],
  ["group by sealed", async () => (await Party.count({ group: ["email"] })).map((r) => [r.email, r.count]).sort()],
  ["group by plain", async () => Document.sum("pages", { group: ["matter_id"], attributes: ["matter_id"], plain: false, order: ["matter_id"] })],
  ["join filter", async () => (await Matter.findAll({ include: [{ association: "parties", where: { email: "zoe@sealed.example" } }] })).map(names)],
  ["subquery in", async () => ids({ where: { id: { [Op.in]: db.literal("(select matter_id from parties where role = 'client')") } } })],
  ["lock rows", async () => db.transaction(async (transaction) => (await Matter.findAll({ where: { client_email: s.ANN }, lock: true, transaction })).map((m) => m.title))],
  ["rollback", async () => {
    await db.transaction(async (transaction) => {
      await Matter.create(s.more(10), { transaction });
      await Matter.update({ title: "privileged: never" }, { where: { id: 1 }, transaction });
      throw new Error("the application gives up");
    }).catch(() => {});
    return matters();
  }],
  ["savepoint", async () => {
    let inner;
    await db.transaction(async (transaction) => {
      await Matter.update({ title: "privileged: outer" }, { where: { id: 1 }, transaction });
      await db.transaction({ transaction }, (nested) => Matter.create(s.more(10, { client_email: "bob@sealed.example" }), { transaction: nested })).catch((e) => { inner = [e.name, s.sqlstate(e)]; });
    });
    return [inner, await matters()];
  }],
  ["unique violation", async () => Matter.create(s.more(10, { client_email: "bob@sealed.example" }))],
  ["value out of range", async () => Matter.update({ value: "10000000000000" }, { where: { id: 1 } })],
  ["optimistic lock", async () => {
    const [a, b] = [await Matter.findByPk(1), await Matter.findByPk(1)];
    await a.update({ title: "privileged: won" });
    const lost = await b.update({ title: "privileged: lost" }).catch((e) => e.name);
    return [lost, await matters()];
  }],
  ["raw sql", async () => db.query("select id, title, value from matters where client_email = $mail", { bind: { mail: "bob@sealed.example" }, type: QueryTypes.SELECT })],
  ["raw sql replacements", async () => db.query("select id, title, value from matters where client_email in (:mails)", { replacements: { mails: ["bob@sealed.example"] }, type: QueryTypes.SELECT })],
  // what sealed values cannot do
  ["order by sealed", async () => ids({ order: ["title"] })],
  ["like sealed", async () => ids({ where: { title: { [Op.startsWith]: "privileged: A" } } })],
  ["contains sealed", async () => ids({ where: { title: { [Op.iLike]: "%acme%" } } })],
  ["case blind email", async () => ids({ where: db.where(db.fn("lower", db.col("client_email")), s.ANN) })],
  ["equals randomized", async () => ids({ where: { title: "privileged: Acme v. Bolt" } })],
  ["range sealed", async () => ids({ where: { value: { [Op.gt]: 100 } } })],
  ["sum sealed", async () => Matter.sum("value")],
  ["max sealed", async () => Matter.max("opened")],
  ["json path", async () => ids({ where: { notes: { k: "privileged: first" } } })],
  ["after refusal", async () => {
    await db.transaction(async (transaction) => {
      await Matter.update({ status: "kept" }, { where: { id: 1 }, transaction });
      await db.transaction({ transaction }, (nested) => Matter.findAll({ order: ["title"], transaction: nested })).catch(() => {});
    });
    return matters();
  }],
  // the schema
  ["migrate plain table", async () => {
    await Tag.sync();
    await Tag.create({ name: "urgent" });
    const rows = (await Tag.findAll()).map((t) => t.name);
    await Tag.drop();
    return rows;
  }],
  ["migrate plain column", async () => {
    const q = db.getQueryInterface();
    await q.addColumn("matters", "priority", { type: DataTypes.INTEGER });
    await q.addIndex("matters", ["priority"]);
    const rows = await db.query("select id, title, priority from matters order by id", { type: QueryTypes.SELECT });
    await q.removeColumn("matters", "priority");
    return rows;
  }],
  ["introspect", async () => {
    const q = db.getQueryInterface();
    return [(await q.showAllTables()).sort(), Object.keys(await q.describeTable("matters")).sort(), (await q.showIndex("matters")).map((i) => i.name).sort()];
  }],
  ["introspect types", async () => Object.entries(await db.getQueryInterface().describeTable("matters")).map(([name, c]) => [name, c.type]).sort()],
];

(async () => {
  if (process.argv[3] === "schema") {
    await db.sync();
  } else {
    s.tell("version", `Sequelize ${require("sequelize/package.json").version}, node-postgres ${require("pg/package.json").version}`);
    await s.run(steps, reset);
    await reset();
  }
  await db.close();
})().catch((e) => { console.error(e); process.exit(1); });
