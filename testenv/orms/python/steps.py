"""What the Python programs share: the rows that each step begins with, and how a step is reported.

A line is "version", "step" and tab-separated fields:

    version  TEXT
    step     NAME  ok     RESULT
    step     NAME  error  SQLSTATE  EXCEPTION
"""

import datetime
import decimal
import json

MATTERS = [
    dict(reference="M-1", status="open", title="privileged: Acme v. Bolt", client_email="ann@sealed.example", value=decimal.Decimal("1250.50"),
         opened=datetime.date(2024, 2, 29), confidential=True, notes={"k": "privileged: first", "n": 1}),
    dict(reference="M-2", status="open", title="privileged: O'Hara \\ \"trust\" Ünï 株", client_email="bob@sealed.example", value=decimal.Decimal("-3.00"),
         opened=datetime.date(2025, 1, 1), confidential=False, notes=["privileged: list", None, 1.5]),
    dict(reference="M-3", status="closed", title="", client_email="eve@sealed.example", value=None, opened=None, confidential=False, notes=None),
]
PARTIES = [
    dict(matter_id=1, name="privileged: Ann Acme", email="ann@sealed.example", role="client"),
    dict(matter_id=1, name="privileged: Zoe Bolt", email="zoe@sealed.example", role="opponent"),
    dict(matter_id=2, name="privileged: Bob O'Hara", email="bob@sealed.example", role="client"),
]
DOCUMENTS = [dict(matter_id=1, path="a.pdf", pages=3), dict(matter_id=1, path="b.pdf", pages=10), dict(matter_id=2, path="c.pdf", pages=7)]
EMPTY = "truncate matters, parties, documents restart identity cascade"


def more(n, **changes):
    """A matter that is not among the first ones."""
    m = dict(reference="M-%d" % n, status="new", title="privileged: more %d" % n, client_email="more%d@sealed.example" % n,
             value=decimal.Decimal(n), opened=datetime.date(2026, 1, 1 + n % 28), confidential=n % 2 == 0, notes={"n": n})
    m.update(changes)
    return m


def version(text):
    print("version", text, sep="\t", flush=True)


def show(result):
    return json.dumps(result, default=lambda v: "%s(%s)" % (type(v).__name__, v), ensure_ascii=False)


def sqlstate(e):
    """The SQLSTATE of an error or of what it was made from."""
    seen = []
    while e is not None and e not in seen:
        seen.append(e)
        for attribute in ("pgcode", "sqlstate"):
            if getattr(e, attribute, None):
                return getattr(e, attribute)
        e = getattr(e, "orig", None) or e.__cause__ or e.__context__
    return "none"


def step(name, do, reset):
    """Runs do on fresh rows; reset also has to end whatever an error has left open."""
    reset()
    try:
        line = ("ok", show(do()))
    except Exception as e:  # every error is a result
        line = ("error", sqlstate(e), type(e).__name__)
        if line[1] == "none":
            line += (str(e).replace("\n", " ")[:200],)
    print("step", name, *line, sep="\t", flush=True)
