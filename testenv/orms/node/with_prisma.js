// A legal product's data layer in Prisma, with the query compiler in WebAssembly and the pg adapter. `prisma migrate` needs an engine that is
// downloaded from elsewhere than npm: the tables are made by the SQL that it would write.
//
// usage: with_prisma.js URL schema|work     LEGAL_CLIENT: the folder of the generated client
"use strict";

const { PrismaClient, Prisma } = require(process.env.LEGAL_CLIENT);
const { PrismaPg } = require("@prisma/adapter-pg");
const s = require("./steps.js");

const TABLES = `
CREATE TABLE "matters" ("id" SERIAL NOT NULL, "reference" VARCHAR(20) NOT NULL, "status" VARCHAR(10) NOT NULL, "title" TEXT, "client_email" VARCHAR(254),
  "value" DECIMAL(14,2), "opened" DATE, "confidential" BOOLEAN NOT NULL, "notes" JSONB, "version" INTEGER NOT NULL DEFAULT 1, CONSTRAINT "matters_pkey" PRIMARY KEY ("id"));
CREATE TABLE "parties" ("id" SERIAL NOT NULL, "matter_id" INTEGER NOT NULL, "name" TEXT, "email" VARCHAR(254), "role" VARCHAR(20) NOT NULL, CONSTRAINT "parties_pkey" PRIMARY KEY ("id"));
CREATE TABLE "documents" ("id" SERIAL NOT NULL, "matter_id" INTEGER NOT NULL, "path" TEXT NOT NULL, "pages" INTEGER NOT NULL, CONSTRAINT "documents_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "matters_reference_key" ON "matters"("reference");
CREATE UNIQUE INDEX "matters_client_email_key" ON "matters"("client_email");
CREATE INDEX "matters_status_idx" ON "matters"("status");
ALTER TABLE "parties" ADD CONSTRAINT "parties_matter_id_fkey" FOREIGN KEY ("matter_id") REFERENCES "matters"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "documents" ADD CONSTRAINT "documents_matter_id_fkey" FOREIGN KEY ("matter_id") REFERENCES "matters"("id") ON DELETE CASCADE ON UPDATE CASCADE;`;

const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.argv[2], max: 1 }), log: [], errorFormat: "minimal" });
const M = db.matter;

// as is a matter as Prisma takes it: dates as Date, no null for JSON.
const as = (m) => ({ ...m, opened: m.opened && new Date(m.opened), notes: m.notes === null ? Prisma.DbNull : m.notes });
const more = (n, changes) => as(s.more(n, changes));

async function reset() {
  await db.$executeRawUnsafe(s.EMPTY);
  for (const m of s.MATTERS) await M.create({ data: as(m) });
  for (const data of s.PARTIES) await db.party.create({ data });
  for (const data of s.DOCUMENTS) await db.document.create({ data });
}

const byId = { orderBy: { id: "asc" } };
const matters = async () => (await M.findMany(byId)).map(s.fields);
const ids = async (where, orderBy) => (await M.findMany({ select: { id: true }, where, orderBy: orderBy || { id: "asc" } })).map((m) => m.id);
const names = (m) => [m.title, (m.parties || []).map((p) => p.name).sort(), (m.documents || []).map((d) => d.path).sort()];

const steps = [
  ["create", async () => s.fields(await M.create({ data: more(10) }))],
  ["create with nulls", async () => s.fields(await M.create({ data: { reference: "M-11", status: "new", confidential: false } }))],
  ["read by id", async () => (await Promise.all([1, 2, 3].map((id) => M.findUnique({ where: { id } })))).map(s.fields)],
  ["update", async () => [s.fields(await M.update({ where: { id: 1 }, data: { title: "privileged: renamed", value: "99.90", notes: { "privileged: key": [1] }, confidential: false } })), await matters()]],
  ["update by email", async () => s.fields(await M.update({ where: { client_email: s.ANN }, data: { title: "privileged: r" } }))],
  ["update to null", async () => { await M.update({ where: { id: 1 }, data: { title: null, value: null, notes: Prisma.DbNull, opened: null } }); return matters(); }],
  ["delete", async () => [s.fields(await M.delete({ where: { client_email: s.ANN } })), await matters()]],
  ["relations create", async () => {
    const m = await M.create({ data: { ...more(10), parties: { create: [{ name: "privileged: new", email: "new@sealed.example", role: "client" }] }, documents: { create: [{ path: "n.pdf", pages: 1 }] } },
      include: { parties: true, documents: true } });
    return names(m);
  }],
  ["relations connect or create", async () => (await db.party.create({ data: { name: "privileged: p", role: "client", matter: { connectOrCreate: { where: { client_email: s.ANN }, create: more(10) } } }, include: { matter: true } })).matter.title],
  ["eager second query", async () => (await M.findMany({ include: { parties: true, documents: true }, ...byId })).map(names)],
  ["eager page", async () => (await M.findMany({ include: { parties: { take: 1, orderBy: { id: "asc" } } }, orderBy: { reference: "desc" }, take: 2 })).map(names)],
  ["bulk insert", async () => [await M.createMany({ data: s.range(10, 40).map((n) => more(n)) }), await matters()]],
  ["bulk insert returning", async () => (await M.createManyAndReturn({ data: s.range(10, 13).map((n) => more(n)) })).map(s.fields)],
  ["bulk insert ignore", async () => [await M.createMany({ data: [more(10, { client_email: s.ANN }), more(11)], skipDuplicates: true }), await matters()]],
  ["update where", async () => [await M.updateMany({ where: { status: "open" }, data: { title: "privileged: all", confidential: true } }), await matters()]],
  ["update where related", async () => [await M.updateMany({ where: { parties: { some: { email: "zoe@sealed.example" } } }, data: { title: "privileged: disputed" } }), await matters()]],
  ["update computed", async () => s.fields(await M.update({ where: { id: 1 }, data: { value: { increment: 1 } } }))],
  ["upsert", async () => [await M.upsert({ where: { client_email: s.ANN }, create: more(10, { client_email: s.ANN }), update: { title: "privileged: merged" } }), await matters()]],
  ["upsert that creates", async () => s.fields(await M.upsert({ where: { client_email: "more10@sealed.example" }, create: more(10), update: { title: "privileged: merged" } }))],
  ["delete where", async () => [await db.party.deleteMany({ where: { email: "zoe@sealed.example" } }), (await db.party.findMany(byId)).map((p) => [p.id, p.name])]],
  ["find by email", async () => s.fields(await M.findUniqueOrThrow({ where: { client_email: s.ANN } }))],
  ["find by emails", async () => ids({ client_email: { in: [s.ANN, "eve@sealed.example", "no@sealed.example"] } })],
  ["find not email", async () => ids({ client_email: { not: s.ANN } })],
  ["find or", async () => ids({ OR: [{ client_email: s.ANN }, { status: "closed" }] })],
  ["find by date", async () => ids({ opened: new Date("2024-02-29") })],
  ["find by boolean", async () => [await ids({ confidential: true }), await ids({ confidential: false })]],
  ["find null", async () => [await ids({ value: null }), await ids({ title: { not: null } })]],
  ["page by offset", async () => (await M.findMany({ orderBy: { reference: "desc" }, take: 2, skip: 1 })).map((m) => m.title)],
  ["page by id", async () => (await M.findMany({ cursor: { id: 1 }, skip: 1, take: 2, ...byId })).map((m) => m.title)],
  ["count", async () => [await M.count(), await M.count({ where: { client_email: s.ANN } }), await M.count({ select: { value: true } })]],
  ["count relations", async () => (await M.findMany({ include: { _count: { select: { parties: true } } }, ...byId })).map((m) => [m.title, m._count.parties])],
  ["group by sealed", async () => (await db.party.groupBy({ by: ["email"], _count: true })).map((r) => [r.email, r._count]).sort()],
  ["group by plain", async () => db.document.groupBy({ by: ["matter_id"], _sum: { pages: true }, orderBy: { matter_id: "asc" } })],
  ["join filter", async () => ids({ parties: { some: { email: "zoe@sealed.example" } } })],
  ["join filter none", async () => ids({ parties: { none: { email: "zoe@sealed.example" } } })],
  ["distinct", async () => (await db.party.findMany({ distinct: ["email"], ...byId })).map((p) => p.name)],
  ["rollback", async () => {
    await db.$transaction(async (t) => {
      await t.matter.create({ data: more(10) });
      await t.matter.update({ where: { id: 1 }, data: { title: "privileged: never" } });
      throw new Error("the application gives up");
    }).catch(() => {});
    return matters();
  }],
  ["transaction of a list", async () => { await db.$transaction([M.create({ data: more(10) }), M.update({ where: { id: 1 }, data: { title: "privileged: both" } })]); return matters(); }],
  ["unique violation", async () => M.create({ data: more(10, { client_email: "bob@sealed.example" }) })],
  ["value out of range", async () => M.update({ where: { id: 1 }, data: { value: "10000000000000" } })],
  ["optimistic lock", async () => [await M.updateMany({ where: { id: 1, version: 1 }, data: { title: "privileged: won", version: { increment: 1 } } }),
    await M.updateMany({ where: { id: 1, version: 1 }, data: { title: "privileged: lost", version: { increment: 1 } } })]],
  ["raw sql", async () => db.$queryRaw`select id, title, value from matters where client_email = ${"bob@sealed.example"}`],
  // what sealed values cannot do
  ["order by sealed", async () => ids({}, { title: "asc" })],
  ["like sealed", async () => ids({ title: { startsWith: "privileged: A" } })],
  ["contains sealed", async () => ids({ title: { contains: "acme", mode: "insensitive" } })],
  ["case blind email", async () => ids({ client_email: { equals: s.ANN, mode: "insensitive" } })],
  ["equals randomized", async () => ids({ title: "privileged: Acme v. Bolt" })],
  ["range sealed", async () => ids({ value: { gt: 100 } })],
  ["sum sealed", async () => M.aggregate({ _sum: { value: true } })],
  ["max sealed", async () => M.aggregate({ _max: { opened: true } })],
  ["json path", async () => ids({ notes: { path: ["k"], equals: "privileged: first" } })],
  ["after refusal", async () => { await ids({}, { title: "asc" }).catch(() => {}); return matters(); }],
];

(async () => {
  if (process.argv[3] === "schema") {
    for (const statement of TABLES.split(";").filter((t) => t.trim())) await db.$executeRawUnsafe(statement);
  } else {
    s.tell("version", `Prisma ${Prisma.prismaVersion.client}, node-postgres ${require("pg/package.json").version}`);
    await s.run(steps, reset);
    await reset();
  }
  await db.$disconnect();
})().catch((e) => { console.error(e); process.exit(1); });
