"""What a Python application does with psycopg 3, and what it sees: parameters bound by the server, text and binary, pipelines.

usage: client.py URL

Prints one line for each thing seen; the caller compares two runs.
"""

import datetime
import decimal
import sys
import threading
import time
import uuid

import psycopg
from psycopg.types.json import Jsonb


def say(*words):
    print(*(str(w).replace("\n", "\\n").replace("\r", "\\r") for w in words))


def status(conn):
    return conn.info.transaction_status.name


def show(cur):
    """The result of the last statement: columns, rows, tag."""
    if cur.description:
        for c in cur.description:
            say("column", c.name, c.type_code, c.internal_size, c.precision, c.scale)
        for row in cur.fetchall():
            say("row", row)
    say(cur.statusmessage, cur.rowcount, status(cur.connection))


def do(conn, sql, args=None, **options):
    with conn.cursor(binary=options.pop("binary", False)) as cur:
        cur.execute(sql, args, **options)
        show(cur)


def fails(conn, sql, args=None, words=True):
    """A statement that fails; words: its message tells nothing of a sealed value."""
    try:
        conn.execute(sql, args)
        say("no error")
    except psycopg.Error as e:
        say("error", type(e).__name__, e.sqlstate, e.diag.severity_nonlocalized,
            (e.diag.message_primary, e.diag.constraint_name, e.diag.table_name) if words else "")
    say("status", status(conn))


INSERT = "insert into matters (id, title, client_email, value, note) values (%s, %s, %s, %s, %s)"


def inserts(conn):
    do(conn, INSERT, (1, "privileged: Acme v. Bolt", "ann@sealed.example", decimal.Decimal("1250.50"), "open"))
    do(conn, INSERT + " returning *", (2, "privileged: O'Hara \\ \"q\" Ünï 株", "bob@sealed.example", decimal.Decimal(-3), None))
    do(conn, INSERT, (3, None, None, None, ""), prepare=True)
    do(conn, INSERT, (4, "", "eve@sealed.example", decimal.Decimal("-0.000100"), "50% off"), prepare=True)
    with conn.cursor() as cur:  # in a pipeline of its own
        cur.executemany(INSERT + " returning id, title", [(10 + i, "privileged: many %d" % i, None, decimal.Decimal(i), None) for i in range(20)], returning=True)
        while True:
            say("executemany", cur.fetchone())
            if not cur.nextset():
                break
    conn.commit()
    do(conn, "insert into ledger (id, amount, entry) values (%s, %s, %s), (2, 5, 'five')", (1, 10, "fee"))
    conn.commit()


def selects(conn):
    for binary in (False, True):
        for prepare in (False, True):
            do(conn, "select * from matters where id < %s order by id", (10,), binary=binary, prepare=prepare)
            do(conn, "select id, value from matters where client_email = %s", ("ann@sealed.example",), binary=binary, prepare=prepare)
            do(conn, "select id from matters where client_email = any(%s) order by id", (["bob@sealed.example", "eve@sealed.example"],), binary=binary, prepare=prepare)
    for i in range(8):  # prepared by itself after the fifth time
        do(conn, "select title from matters where id = %s", (i % 5,))
    do(conn, "select m.id, m.title, l.amount from matters m join ledger l on l.id = m.id where m.id < %s order by m.id", (5,))
    with conn.cursor("named") as cur:  # a cursor of the server, on a table that is not sealed
        cur.itersize = 1
        cur.execute("select id, entry from ledger order by id")
        for row in cur:
            say("cursor", row)
    say("stream", list(conn.cursor().stream("select id, title from matters where id < 4 order by id")))
    conn.commit()


def cursors(conn):
    """Cursors of the server over sealed columns: declared with parameters, described as a portal."""
    for binary in (False, True):
        for options in ({}, {"scrollable": True}, {"withhold": True}):
            with conn.cursor("matters", **options) as cur:
                cur.itersize = 3
                cur.execute("select id, title, client_email, value from matters where client_email <> %s order by id", ("ann@sealed.example",), binary=binary)
                say([(c.name, c.type_code) for c in cur.description])
                say("cursor", cur.fetchone(), cur.fetchmany(2))
                if options.get("scrollable"):
                    cur.scroll(-1)
                    say("back", cur.fetchone())
                    cur.scroll(1, mode="absolute")
                if options.get("withhold"):
                    conn.commit()
                for row in cur:
                    say("row", row)
            conn.commit()


def transactions(conn):
    with conn.transaction():
        do(conn, INSERT, (60, "privileged: committed", None, 1, None))
    try:
        with conn.transaction():
            do(conn, INSERT, (61, "privileged: rolled back", None, 1, None))
            raise RuntimeError("the application gives up")
    except RuntimeError as e:
        say(e, status(conn))
    with conn.transaction():
        try:
            with conn.transaction():
                do(conn, INSERT, (60, "privileged: twice", None, 1, None))
        except psycopg.Error as e:
            say("inner", e.sqlstate, status(conn))
        do(conn, INSERT, (62, "privileged: after the savepoint", None, 2, None))
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
]


def mistakes(conn):
    for autocommit in (False, True):
        conn.autocommit = autocommit
        for sql, args, words in MISTAKES:
            fails(conn, sql, args, words)
            if not autocommit:
                fails(conn, "select title from matters where id = 1")
                conn.rollback()
            do(conn, "select id, title from matters where id = %s", (1,))
            if not autocommit:
                conn.commit()
    conn.autocommit = False


def pipelines(conn):
    """libpq's pipeline mode, with an error in the middle, alone and with Syncs between."""
    for autocommit in (True, False):
        conn.autocommit = autocommit
        with conn.pipeline() as p:
            cursors = [conn.execute("select id, title from matters where id = %s", (i,)) for i in (1, 2, 60)]
            p.sync()
            for cur in cursors:
                say("pipelined", cur.fetchall())
        try:
            with conn.pipeline() as p:
                conn.execute(INSERT, (300, "privileged: before the error", None, 1, None))
                conn.execute("select 1/0")
                conn.execute(INSERT, (301, "privileged: behind the error", None, 1, None))
                p.sync()
        except psycopg.Error as e:
            say("pipeline", e.sqlstate, status(conn))
        if not autocommit:
            conn.rollback()
        do(conn, "select id from matters where id >= 300")
        if not autocommit:
            conn.commit()
        try:
            with conn.pipeline() as p:
                conn.execute(INSERT, (310, "privileged: its own segment", None, 1, None))
                p.sync()
                conn.execute("select title from nowhere")
                p.sync()
                conn.execute(INSERT, (311, "privileged: the next segment", None, 1, None))
                p.sync()
        except psycopg.Error as e:
            say("pipeline", e.sqlstate, status(conn))
        if not autocommit:
            conn.rollback()
        do(conn, "select id, title from matters where id >= 300 order by id")
        do(conn, "delete from matters where id >= 300")
        if not autocommit:
            conn.commit()
    conn.autocommit = False


def kinds(conn):
    values = (1, "code", b"\x00\xff'\\", -7, 7, 2**62, decimal.Decimal("10.005"), True, datetime.date(2024, 2, 29),
              datetime.datetime(2026, 3, 4, 5, 6, 7, 123456, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30))),
              uuid.UUID("550e8400-e29b-41d4-a716-446655440000"), Jsonb({"k": [1, None, "ü"]}))
    for n, mark in ((1, "%s"), (2, "%b"), (3, "%t")):
        marks = ", ".join([mark] * len(values))
        do(conn, "insert into kinds values (%s) returning *" % marks, (n,) + values[1:])
    do(conn, "insert into kinds values (%s)" % ", ".join(["%s"] * len(values)), (4,) + (None,) * 11)
    for binary in (False, True):
        do(conn, "select * from kinds where number = %s order by id", (7,), binary=binary)
        do(conn, "select id, doc from kinds where ref = %s order by id", (values[10],), binary=binary)
        do(conn, "select id from kinds where day = %s and moment = %s order by id", (values[8], values[9]), binary=binary)
    do(conn, "set timezone = 'Asia/Tokyo'")
    do(conn, "select id, moment, day from kinds order by id")
    conn.commit()


def copy(conn):
    for form in ("", " (format binary)"):
        with conn.cursor() as cur:
            with cur.copy("copy ledger (id, amount, entry) from stdin" + form) as c:
                if form:
                    c.set_types(["int8", "numeric", "text"])
                for i in range(40):
                    c.write_row((100 + i + (50 if form else 0), decimal.Decimal(i), "copied"))
            say(cur.statusmessage)
            with cur.copy("copy (select id, entry from ledger order by id) to stdout" + form) as c:
                if form:
                    c.set_types(["int8", "text"])
                say("out", list(c.rows()))
    try:
        with conn.cursor().copy("copy ledger from stdin") as c:
            c.write("not a number\n")
    except psycopg.Error as e:
        say("copy fails", e.sqlstate, status(conn))
    conn.rollback()
    try:
        with conn.cursor().copy("copy ledger from stdin") as c:
            raise RuntimeError("the application gives up")
    except (RuntimeError, psycopg.Error) as e:
        say("copy given up", type(e).__name__, status(conn))
    conn.rollback()
    do(conn, "select count(*) from ledger")
    conn.commit()


def cancel(conn):
    conn.autocommit = True
    say("pid", conn.execute("select pg_backend_pid()").fetchone()[0] == conn.info.backend_pid)
    timer = threading.Timer(0.3, conn.cancel)
    timer.start()
    began = time.monotonic()
    fails(conn, "select pg_sleep(20)")
    say("in time", time.monotonic() - began < 10)
    timer.join()
    do(conn, "select title from matters where id = 1")
    conn.autocommit = False


def notify(conn):
    conn.autocommit = True
    conn.add_notify_handler(lambda n: say("notified", n.channel, n.payload, n.pid == conn.info.backend_pid))
    conn.add_notice_handler(lambda d: say("notice", d.severity, d.message_primary))
    do(conn, "listen python_channel")
    do(conn, "notify python_channel, 'hello'")
    do(conn, "select 1")
    do(conn, "do $$ begin raise notice 'a notice'; end $$")
    conn.autocommit = False


def main():
    with psycopg.connect(sys.argv[1], application_name="psycopg client") as conn:
        conn.execute("delete from matters")
        conn.execute("delete from kinds")
        conn.execute("delete from ledger")
        conn.commit()
        for part in (inserts, selects, cursors, transactions, mistakes, pipelines, kinds, copy, cancel, notify):
            say("#", part.__name__)
            part(conn)


main()
