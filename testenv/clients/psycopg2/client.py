"""What a Python application does with psycopg2, and what it sees.

usage: client.py URL work|refused

Prints one line for each thing seen; the caller compares two runs.
"""

import datetime
import decimal
import sys
import uuid

import psycopg2
import psycopg2.extensions
import psycopg2.extras

STATUS = {
    psycopg2.extensions.TRANSACTION_STATUS_IDLE: "idle",
    psycopg2.extensions.TRANSACTION_STATUS_INTRANS: "in transaction",
    psycopg2.extensions.TRANSACTION_STATUS_INERROR: "failed",
}


def say(*words):
    print(*(str(w).replace("\n", "\\n").replace("\r", "\\r") for w in words))


def status(conn):
    return STATUS.get(conn.info.transaction_status, conn.info.transaction_status)


def show(cur):
    """The result of the last statement: columns, rows, count."""
    if cur.description:
        for c in cur.description:
            say("column", c.name, c.type_code, c.internal_size, c.precision, c.scale)
        for row in cur.fetchall():
            say("row", [bytes(v) if isinstance(v, memoryview) else v for v in row])
    say(cur.statusmessage, cur.rowcount, status(cur.connection))


def do(conn, sql, args=None):
    with conn.cursor() as cur:
        cur.execute(sql, args)
        show(cur)


def fails(conn, sql, args=None, words=True):
    """A statement that fails; words: its message tells nothing of a sealed value."""
    with conn.cursor() as cur:
        try:
            cur.execute(sql, args)
            say("no error", cur.statusmessage)
        except psycopg2.Error as e:
            say("error", type(e).__name__, e.pgcode, e.diag.severity_nonlocalized,
                (e.diag.message_primary, e.diag.constraint_name, e.diag.table_name) if words else "")
    say("status", status(conn))


def usable(conn):
    do(conn, "select id, title from matters where id = %s", (1,))


INSERT = "insert into matters (id, title, client_email, value, note) values (%s, %s, %s, %s, %s)"


def inserts(conn):
    do(conn, INSERT, (1, "privileged: Acme v. Bolt", "ann@sealed.example", decimal.Decimal("1250.50"), "open"))
    do(conn, INSERT + " returning *", (2, "privileged: O'Hara \\ \"q\" Ünï 株", "bob@sealed.example", -3, None))
    do(conn, INSERT, (3, None, None, None, ""))
    do(conn, INSERT, (4, "", "eve@sealed.example", decimal.Decimal("-0.000100"), "50% off"))
    with conn.cursor() as cur:
        cur.executemany(INSERT, [(10 + i, "privileged: many %d" % i, None, i, None) for i in range(5)])
        say("executemany", cur.rowcount)
        psycopg2.extras.execute_values(
            cur, "insert into matters (id, title, client_email, value) values %s returning id, title",
            [(20 + i, "privileged: values %d" % i, "v%d@sealed.example" % i, decimal.Decimal(i) / 4) for i in range(30)])
        show(cur)
        psycopg2.extras.execute_batch(
            cur, "update matters set title = %s, value = %s where id = %s",
            [("privileged: batch %d" % i, i * 2, 20 + i) for i in range(30)], page_size=7)
        say("execute_batch", cur.statusmessage)
    conn.commit()
    do(conn, "insert into ledger (id, amount, entry) values (%s, %s, %s), (2, 5, 'five')", (1, 10, "fee"))
    conn.commit()


def selects(conn):
    do(conn, "select * from matters order by id")
    do(conn, "select id, value from matters where client_email = %s", ("ann@sealed.example",))
    do(conn, "select id from matters where client_email in %s order by id", (("ann@sealed.example", "v3@sealed.example", "nobody"),))
    do(conn, "select id from matters where client_email = any(%s) order by id", (["bob@sealed.example", "v4@sealed.example"],))
    do(conn, "select m.id, m.title, l.amount from matters m join ledger l on l.id = m.id where m.id < %s order by m.id", (5,))
    do(conn, "select %s as param, count(*) from ledger", ("x",))
    with conn.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cur:
        cur.execute("select id, title, value from matters where id = %(id)s", {"id": 1})
        say("dict", dict(cur.fetchone()))
    with conn.cursor("named") as cur:  # a cursor of the server, on a table that is not sealed
        cur.itersize = 1
        cur.execute("select id, entry from ledger order by id")
        for row in cur:
            say("cursor", row)
    conn.commit()


def cursors(conn):
    """Cursors of the server over sealed columns."""
    for options in ({}, {"scrollable": True}, {"withhold": True}):
        with conn.cursor("matters", **options) as cur:
            cur.itersize = 3
            cur.execute("select id, title, client_email, value from matters where client_email <> %s order by id", ("ann@sealed.example",))
            say("cursor", cur.fetchone(), cur.fetchmany(2))
            say([(c.name, c.type_code) for c in cur.description])
            if options.get("scrollable"):
                cur.scroll(-1)
                say("back", cur.fetchone())
                cur.scroll(1, mode="absolute")
            if options.get("withhold"):
                conn.commit()
            for row in cur:
                say("row", row)
        conn.commit()
    with conn.cursor("second") as cur, conn.cursor() as other:
        cur.execute("select title from matters where id < 3 order by id for update")
        say(cur.fetchone())
        other.execute("update matters set note = 'at the cursor', title = %s where current of second", ("privileged: at the cursor",))
        say(other.statusmessage)
    do(conn, "select id, title, note from matters where id < 3 order by id")
    conn.rollback()


def transactions(conn):
    with conn:
        do(conn, INSERT, (60, "privileged: committed", None, 1, None))
    try:
        with conn:
            do(conn, INSERT, (61, "privileged: rolled back", None, 1, None))
            raise RuntimeError("the application gives up")
    except RuntimeError as e:
        say(e, status(conn))
    do(conn, "savepoint s")
    fails(conn, INSERT, (60, "privileged: twice", None, 1, None))
    fails(conn, "select title from matters")
    do(conn, "rollback to savepoint s")
    do(conn, INSERT, (62, "privileged: after the savepoint", None, 2, None))
    conn.commit()
    do(conn, "select id, title, value from matters where id >= 60 order by id")
    conn.commit()


MISTAKES = [
    (INSERT, (1, "privileged: twice", None, 1, None), True),
    (INSERT, (200, "privileged: same address", "ann@sealed.example", 1, None), False),
    ("insert into matters (id, value) values (%s, %s)", (201, "no number"), False),
    ("insert into kinds (id, code) values (1, %s)", ("longer than twenty characters",), False),
    ("insert into ledger (id, amount) values (9, %s)", (-1,), True),
    ("select 1/0", None, True),
    ("selekt 1", None, True),
    ("select 1; select 1/0; select 2", None, True),
    ("update matters set title = %s where id = 1; select 1/0", ("privileged: undone with its neighbour",), True),
]


def mistakes(conn):
    for autocommit in (False, True):
        conn.autocommit = autocommit
        for sql, args, words in MISTAKES:
            fails(conn, sql, args, words)
            if not autocommit:
                fails(conn, "select title from matters where id = 1")
                conn.rollback()
            usable(conn)
            if not autocommit:
                conn.commit()
    conn.autocommit = False


def kinds(conn):
    psycopg2.extras.register_uuid()
    values = (1, "code", psycopg2.Binary(b"\x00\xff'\\"), -7, 7, 2**62, decimal.Decimal("10.005"), True,
              datetime.date(2024, 2, 29),
              datetime.datetime(2026, 3, 4, 5, 6, 7, 123456, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30))),
              uuid.UUID("550e8400-e29b-41d4-a716-446655440000"), psycopg2.extras.Json({"k": [1, None, "ü"]}))
    marks = ", ".join(["%s"] * len(values))
    do(conn, "insert into kinds values (%s) returning *" % marks, values)
    do(conn, "insert into kinds values (%s)" % marks, (2,) + (None,) * 11)
    do(conn, "select * from kinds where number = %s", (7,))
    do(conn, "select id, doc from kinds where ref = %s", (values[10],))
    do(conn, "select id from kinds where day = %s and moment = %s", (values[8], values[9]))
    do(conn, "set timezone = 'Asia/Tokyo'")
    do(conn, "select id, moment, day from kinds order by id")
    conn.commit()


def copy(conn):
    import io
    with conn.cursor() as cur:
        cur.copy_expert("copy ledger (id, amount, entry) from stdin", io.StringIO("".join("%d\t%d\tcopied\n" % (100 + i, i) for i in range(40))))
        say("copied", cur.rowcount)
        out = io.StringIO()
        cur.copy_expert("copy (select * from ledger order by id) to stdout", out)
        say("out", out.getvalue())
        try:
            cur.copy_expert("copy ledger from stdin", io.StringIO("not a number\n"))
        except psycopg2.Error as e:
            say("copy fails", e.pgcode, status(conn))
    conn.rollback()
    with conn.cursor() as cur:
        cur.copy_expert("copy matters (id, title, client_email, value) from stdin csv", io.StringIO(
            "".join('%d,"privileged: ""copied""\n%d",copied%d@sealed.example,%d.50\n' % (100 + i, i, i, i) for i in range(40)) + "200,,,\n201,\"\",,\n"))
        say("copied", cur.rowcount)
        for options in ("", "csv header", "(format csv, force_quote (title), null 'none')"):
            out = io.StringIO()
            cur.copy_expert("copy (select * from matters order by id) to stdout " + options, out)
            say("out", out.getvalue())
        try:
            cur.copy_expert("copy matters (id, value) from stdin", io.StringIO("300\t1\n301\tno number\n"))
        except psycopg2.Error as e:
            say("copy fails", e.pgcode, status(conn))
    conn.rollback()
    do(conn, "select count(*) from matters")
    do(conn, "select count(*) from ledger")
    conn.commit()


def notify(conn):
    conn.autocommit = True
    do(conn, "listen python_channel")
    do(conn, "notify python_channel, 'hello'")
    conn.poll()
    say("notified", [(n.channel, n.payload) for n in conn.notifies])
    do(conn, "do $$ begin raise notice 'a notice'; end $$")
    say("notices", conn.notices)
    conn.autocommit = False


def work(conn):
    with conn.cursor() as cur:
        cur.execute("delete from matters; delete from kinds; delete from ledger")
    conn.commit()
    for part in (inserts, selects, cursors, transactions, mistakes, kinds, copy, notify):
        say("#", part.__name__)
        part(conn)


def refused(conn):
    """What the proxy refuses, alone and inside a transaction: SQLSTATE or ok,
    status, and whether the next statement works."""
    import io
    with conn.cursor() as cur:
        cur.execute("delete from matters")
        cur.execute("insert into matters (id, title) values (1, 'privileged: one')")
    conn.commit()
    for sql in REFUSED:
        for autocommit in (True, False):
            conn.autocommit = autocommit
            with conn.cursor() as cur:
                try:
                    if sql.startswith("copy"):
                        cur.copy_expert(sql, io.StringIO())
                    else:
                        cur.execute(sql)
                    code = "ok"
                except psycopg2.Error as e:
                    code = e.pgcode
            after = status(conn)
            if not autocommit:
                conn.rollback()
            with conn.cursor() as cur:
                cur.execute("select title from matters where id = 1")
                row = cur.fetchone()
            if not autocommit:
                conn.rollback()
            print(sql, "alone" if autocommit else "inside", code, after, row == ("privileged: one",), sep="|")


REFUSED = [
    "select id from matters order by title",
    "select lower(client_email) from matters",
    "select id from matters where client_email like 'a%'",
    "select sum(value) from matters",
    "select id from matters where title = 'privileged: one'",
    "update matters set title = note where id = 0",
    "copy (select lower(title) from matters) to stdout",
    "copy (select id from matters order by title) to stdout",
]


def main():
    url, what = sys.argv[1], sys.argv[2]
    conn = psycopg2.connect(url, application_name="psycopg2 client")
    {"work": work, "refused": refused}[what](conn)
    conn.close()


main()
