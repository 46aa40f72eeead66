// What the JavaScript programs share: the rows that each step begins with, and how a step is reported (see ../python/steps.py).
"use strict";

const MATTERS = [
  { reference: "M-1", status: "open", title: "privileged: Acme v. Bolt", client_email: "ann@sealed.example", value: "1250.50",
    opened: "2024-02-29", confidential: true, notes: { k: "privileged: first", n: 1 } },
  { reference: "M-2", status: "open", title: "privileged: O'Hara \\ \"trust\" Ünï 株", client_email: "bob@sealed.example", value: "-3.00",
    opened: "2025-01-01", confidential: false, notes: { list: ["privileged: list", null, 1.5] } },
  { reference: "M-3", status: "closed", title: "", client_email: "eve@sealed.example", value: null, opened: null, confidential: false, notes: null },
];
const PARTIES = [
  { matter_id: 1, name: "privileged: Ann Acme", email: "ann@sealed.example", role: "client" },
  { matter_id: 1, name: "privileged: Zoe Bolt", email: "zoe@sealed.example", role: "opponent" },
  { matter_id: 2, name: "privileged: Bob O'Hara", email: "bob@sealed.example", role: "client" },
];
const DOCUMENTS = [{ matter_id: 1, path: "a.pdf", pages: 3 }, { matter_id: 1, path: "b.pdf", pages: 10 }, { matter_id: 2, path: "c.pdf", pages: 7 }];
const EMPTY = "truncate matters, parties, documents restart identity cascade";
const ANN = "ann@sealed.example";
const FIELDS = ["id", "reference", "status", "title", "client_email", "value", "opened", "confidential", "notes", "version"];

// more is a matter that is not among the first ones.
function more(n, changes) {
  return { reference: `M-${n}`, status: "new", title: `privileged: more ${n}`, client_email: `more${n}@sealed.example`, value: `${n}.00`,
    opened: `2026-01-${String(1 + (n % 28)).padStart(2, "0")}`, confidential: n % 2 === 0, notes: { n }, ...changes };
}

function range(from, to) {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function fields(m) {
  return FIELDS.map((f) => m[f]);
}

function tell(...words) {
  process.stdout.write(words.join("\t") + "\n");
}

function sqlstate(e) {
  for (let seen = 0; e && seen < 5; e = e.parent || e.original || e.driverError || e.cause, seen++) {
    if (e.originalCode) return e.originalCode; // as Prisma's adapter has it
    if (/^[0-9A-Z]{5}$/.test(e.code || "") && !/^P\d{4}$/.test(e.code)) return e.code;
    if (e.meta && e.meta.driverAdapterError) e = e.meta.driverAdapterError;
  }
  return "none";
}

// run runs steps, a list of [name, function], each on fresh rows.
async function run(steps, reset) {
  for (const [name, what] of steps) {
    try {
      await reset();
      tell("step", name, "ok", JSON.stringify((await what()) ?? null));
    } catch (e) { // every error is a result
      const code = sqlstate(e);
      const words = code === "none" ? [String((e && e.stack) || e).replace(/\s+/g, " ").slice(0, 300)] : [];
      tell("step", name, "error", code, e && e.constructor && e.constructor.name, ...words);
    }
  }
}

module.exports = { MATTERS, PARTIES, DOCUMENTS, EMPTY, ANN, FIELDS, more, range, fields, tell, sqlstate, run };
