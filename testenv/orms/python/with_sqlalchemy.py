"""A legal product's data layer in SQLAlchemy, ORM and Core, in the style of version 2.

usage: with_sqlalchemy.py URL schema|work [asyncpg]
"""

import asyncio
import decimal
import sys

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import insert

import steps

Base = orm.declarative_base()


class Matter(Base):
    __tablename__ = "matters"
    id = sa.Column(sa.Integer, primary_key=True)
    reference = sa.Column(sa.String(20), nullable=False, unique=True)
    status = sa.Column(sa.String(10), nullable=False, index=True)
    title = sa.Column(sa.Text)
    client_email = sa.Column(sa.String(254), unique=True)
    value = sa.Column(sa.Numeric(14, 2))
    opened = sa.Column(sa.Date)
    confidential = sa.Column(sa.Boolean, nullable=False)
    notes = sa.Column(pg.JSONB(none_as_null=True))
    version = sa.Column(sa.Integer, nullable=False)
    parties = orm.relationship("Party", back_populates="matter", order_by="Party.id", cascade="all, delete-orphan")
    documents = orm.relationship("Document", order_by="Document.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}


class Party(Base):
    __tablename__ = "parties"
    id = sa.Column(sa.Integer, primary_key=True)
    matter_id = sa.Column(sa.ForeignKey("matters.id"), nullable=False)
    name = sa.Column(sa.Text)
    email = sa.Column(sa.String(254))
    role = sa.Column(sa.String(20), nullable=False)
    matter = orm.relationship(Matter, back_populates="parties")


class Document(Base):
    __tablename__ = "documents"
    id = sa.Column(sa.Integer, primary_key=True)
    matter_id = sa.Column(sa.ForeignKey("matters.id"), nullable=False)
    path = sa.Column(sa.Text, nullable=False)
    pages = sa.Column(sa.Integer, nullable=False)


FIELDS = ("id", "reference", "status", "title", "client_email", "value", "opened", "confidential", "notes", "version")


def fields(m):
    return [getattr(m, f) for f in FIELDS]


class Work:
    def __init__(self, session):
        self.s = session

    def reset(self):
        self.s.rollback()
        self.s.expunge_all()
        self.s.execute(sa.text(steps.EMPTY))
        self.s.add_all([Matter(**m) for m in steps.MATTERS])
        self.s.flush()
        self.s.add_all([Party(**p) for p in steps.PARTIES] + [Document(**d) for d in steps.DOCUMENTS])
        self.s.commit()

    def all(self, statement):
        return [tuple(row) for row in self.s.execute(statement)]

    def ids(self, statement):
        return list(self.s.scalars(statement.with_only_columns(Matter.id)))

    def matters(self):
        self.s.expire_all()
        return [fields(m) for m in self.s.scalars(sa.select(Matter).order_by(Matter.id))]

    # one after the other, what an application does

    def create(self):
        m = Matter(**steps.more(10))
        self.s.add(m)
        self.s.commit()
        return fields(m)

    def create_with_nulls(self):
        m = Matter(reference="M-11", status="new", confidential=False)
        self.s.add(m)
        self.s.commit()
        return fields(m)

    def read_by_id(self):
        return [fields(self.s.get(Matter, i)) for i in (1, 2, 3)]

    def update(self):
        m = self.s.get(Matter, 1)
        m.title, m.value, m.notes, m.confidential = "privileged: renamed", decimal.Decimal("99.90"), {"privileged: key": [1]}, False
        self.s.commit()
        return self.matters()

    def update_to_null(self):
        m = self.s.get(Matter, 1)
        m.title = m.value = m.notes = m.opened = None
        self.s.commit()
        return self.matters()

    def delete(self):
        self.s.delete(self.s.get(Matter, 1))
        self.s.commit()
        return self.matters()

    def relations_lazy(self):
        m = self.s.get(Matter, 1)
        return [(p.name, p.email, p.matter.title) for p in m.parties] + [d.path for d in m.documents]

    def relations_create(self):
        m = Matter(**steps.more(10), parties=[Party(name="privileged: new", email="new@sealed.example", role="client")], documents=[Document(path="n.pdf", pages=1)])
        self.s.add(m)
        self.s.commit()
        return [(p.id, p.name) for p in m.parties] + [(d.id, d.path) for d in m.documents]

    def eager(self, how):
        q = sa.select(Matter).options(how(Matter.parties), how(Matter.documents)).order_by(Matter.id)
        return [(m.title, [p.name for p in m.parties], [d.path for d in m.documents]) for m in self.s.scalars(q).unique()]

    def eager_join(self):
        return self.eager(orm.joinedload)

    def eager_second_query(self):
        return self.eager(orm.selectinload)

    def eager_subquery(self):
        return self.eager(orm.subqueryload)

    def eager_page(self):
        q = sa.select(Matter).options(orm.joinedload(Matter.parties)).order_by(Matter.reference.desc()).limit(2)
        return [(m.title, [p.name for p in m.parties]) for m in self.s.scalars(q).unique()]

    def bulk_insert(self):
        self.s.execute(sa.insert(Matter), [steps.more(n, version=1) for n in range(10, 40)])
        self.s.commit()
        return self.matters()

    def bulk_insert_orm(self):
        self.s.add_all([Matter(**steps.more(n)) for n in range(10, 40)])
        self.s.commit()
        return self.matters()

    def bulk_insert_one_statement(self):
        rows = self.all(sa.insert(Matter).values([steps.more(n, version=1) for n in range(10, 13)]).returning(Matter.id, Matter.title, Matter.value))
        self.s.commit()
        return rows

    def bulk_update(self):
        self.s.bulk_update_mappings(Matter, [dict(id=i, title="privileged: bulk %d" % i, value=i, version=1) for i in (1, 2, 3)])
        self.s.commit()
        return self.matters()

    def update_where(self):
        n = self.s.execute(sa.update(Matter).where(Matter.status == "open").values(title="privileged: all", confidential=True)).rowcount
        self.s.commit()
        return [n] + self.matters()

    def update_case(self):
        e = sa.case((Matter.id == 1, "privileged: one"), (Matter.id == 2, "privileged: two"), else_=Matter.title)
        self.s.execute(sa.update(Matter).values(title=e), execution_options={"synchronize_session": False})
        self.s.commit()
        return self.matters()

    def update_coalesce(self):
        e = sa.func.coalesce(Matter.value, decimal.Decimal("5.00"))
        self.s.execute(sa.update(Matter).values(value=e), execution_options={"synchronize_session": False})
        self.s.commit()
        return self.matters()

    def update_from(self):
        self.s.execute(sa.update(Matter).where(Matter.id == Party.matter_id, Party.role == "opponent").values(title="privileged: disputed"),
                       execution_options={"synchronize_session": False})
        self.s.commit()
        return self.matters()

    def update_computed(self):
        self.s.execute(sa.update(Matter).values(value=Matter.value + 1), execution_options={"synchronize_session": False})
        self.s.commit()
        return self.matters()

    def upsert(self):
        q = insert(Matter).values(steps.more(10, client_email="ann@sealed.example", version=1))
        q = q.on_conflict_do_update(index_elements=[Matter.client_email], set_=dict(title=q.excluded.title, value=q.excluded.value)).returning(Matter.id, Matter.title)
        rows = self.all(q)
        self.s.commit()
        return rows + self.matters()

    def insert_or_ignore(self):
        self.s.execute(insert(Matter).values(steps.more(10, client_email="ann@sealed.example", version=1)).on_conflict_do_nothing())
        self.s.commit()
        return self.matters()

    def delete_where(self):
        n = self.s.execute(sa.delete(Party).where(Party.email == "zoe@sealed.example")).rowcount
        self.s.commit()
        return n, self.all(sa.select(Party.id, Party.name).order_by(Party.id))

    def find_by_email(self):
        return [fields(self.s.scalars(sa.select(Matter).where(Matter.client_email == "ann@sealed.example")).one())]

    def find_by_emails(self):
        return self.ids(sa.select(Matter).where(Matter.client_email.in_(["ann@sealed.example", "eve@sealed.example", "no@sealed.example"])).order_by(Matter.id))

    def find_not_email(self):
        return self.ids(sa.select(Matter).where(Matter.client_email != "ann@sealed.example").order_by(Matter.id))

    def find_or(self):
        return self.ids(sa.select(Matter).where(sa.or_(Matter.client_email == "ann@sealed.example", Matter.status == "closed")).order_by(Matter.id))

    def find_by_date(self):
        import datetime
        return self.ids(sa.select(Matter).where(Matter.opened == datetime.date(2024, 2, 29)))

    def find_by_boolean(self):
        return self.ids(sa.select(Matter).where(Matter.confidential.is_(True))), self.ids(sa.select(Matter).where(Matter.confidential == sa.bindparam("c", False)).order_by(Matter.id))

    def find_null(self):
        return self.ids(sa.select(Matter).where(Matter.value.is_(None))), self.ids(sa.select(Matter).where(Matter.title.is_not(None)).order_by(Matter.id))

    def page_by_offset(self):
        return [m.title for m in self.s.scalars(sa.select(Matter).order_by(Matter.reference.desc()).limit(2).offset(1))]

    def page_by_id(self):
        return [m.title for m in self.s.scalars(sa.select(Matter).where(Matter.id > 1).order_by(Matter.id).limit(2))]

    def count(self):
        return [self.s.scalar(sa.select(sa.func.count()).select_from(Matter)), self.s.scalar(sa.select(sa.func.count(Matter.value))),
                self.s.scalar(sa.select(sa.func.count()).select_from(sa.select(Matter).where(Matter.client_email == "ann@sealed.example").subquery()))]

    def count_distinct(self):
        return self.s.scalar(sa.select(sa.func.count(sa.distinct(Party.email))))

    def exists(self):
        q = sa.select(Matter.id).where(sa.exists().where(Party.matter_id == Matter.id, Party.email == Matter.client_email)).order_by(Matter.id)
        return [self.s.scalar(sa.select(sa.exists().where(Matter.client_email == "bob@sealed.example"))), list(self.s.scalars(q))]

    def group_by_sealed(self):
        return sorted(self.all(sa.select(Party.email, sa.func.count()).group_by(Party.email)))

    def group_by_plain(self):
        return self.all(sa.select(Matter.status, sa.func.count(), sa.func.sum(Document.pages)).join(Matter.documents).group_by(Matter.status).order_by(Matter.status))

    def join_on_sealed(self):
        return self.all(sa.select(Matter.title, Party.name).join(Party, Party.email == Matter.client_email).order_by(Matter.id))

    def join_filter(self):
        return self.all(sa.select(Matter.title, Party.name).join(Matter.parties).where(Party.email == "zoe@sealed.example"))

    def subquery_in(self):
        return self.ids(sa.select(Matter).where(Matter.id.in_(sa.select(Party.matter_id).where(Party.role == "client"))).order_by(Matter.id))

    def subquery_in_sealed(self):
        return self.ids(sa.select(Matter).where(Matter.client_email.in_(sa.select(Party.email))).order_by(Matter.id))

    def common_table(self):
        c = sa.select(Matter.id, Matter.title, Matter.client_email).where(Matter.status == "open").cte("c")
        return self.all(sa.select(c.c.title, c.c.client_email).order_by(c.c.id))

    def scalar_subquery(self):
        q = sa.select(Party.name).where(Party.matter_id == Matter.id).order_by(Party.id).limit(1).scalar_subquery()
        return self.all(sa.select(Matter.id, q.label("first_party")).order_by(Matter.id))

    def union(self):
        q = sa.union_all(sa.select(Matter.client_email), sa.select(Party.email))
        return sorted(r[0] for r in self.all(q))

    def window(self):
        return self.all(sa.select(Matter.title, sa.func.row_number().over(partition_by=Matter.status, order_by=Matter.id)).order_by(Matter.id))

    def coalesce(self):
        return self.all(sa.select(Matter.id, sa.func.coalesce(Matter.title, "")).order_by(Matter.id))

    def lock_rows(self):
        return [m.title for m in self.s.scalars(sa.select(Matter).where(Matter.client_email == "ann@sealed.example").with_for_update())]

    def stream(self):
        return [row for row in self.all(sa.select(Matter.id, Matter.title).order_by(Matter.id).execution_options(yield_per=2, stream_results=True))]

    def rollback(self):
        self.s.add(Matter(**steps.more(10)))
        self.s.flush()
        self.s.get(Matter, 1).title = "privileged: never"
        self.s.flush()
        self.s.rollback()
        return self.matters()

    def savepoint(self):
        self.s.get(Matter, 1).title = "privileged: outer"
        try:
            with self.s.begin_nested():
                self.s.add(Matter(**steps.more(10, client_email="bob@sealed.example")))
                self.s.flush()
        except sa.exc.IntegrityError as e:
            inner = steps.sqlstate(e)
        self.s.commit()
        return [inner] + self.matters()

    def unique_violation(self):
        self.s.add(Matter(**steps.more(10, client_email="bob@sealed.example")))
        self.s.flush()

    def value_out_of_range(self):
        self.s.add(Matter(**steps.more(10, value=decimal.Decimal(10) ** 13)))
        self.s.flush()

    def optimistic_lock(self):
        m = self.s.get(Matter, 1)
        self.s.execute(sa.text("update matters set version = 7 where id = 1"))
        m.title = "privileged: lost"
        try:
            self.s.flush()
        except orm.exc.StaleDataError as e:
            return type(e).__name__

    def raw_sql(self):
        return self.all(sa.text("select id, title, value from matters where client_email = :mail").bindparams(mail="bob@sealed.example"))

    # what sealed values cannot do

    def refused(self, statement):
        return self.all(statement)

    def order_by_sealed(self):
        return self.ids(sa.select(Matter).order_by(Matter.title))

    def like_sealed(self):
        return self.ids(sa.select(Matter).where(Matter.title.like("privileged: A%")))

    def contains_sealed(self):
        return self.ids(sa.select(Matter).where(Matter.title.ilike("%acme%")))

    def case_blind_email(self):
        return self.ids(sa.select(Matter).where(sa.func.lower(Matter.client_email) == "ann@sealed.example"))

    def equals_randomized(self):
        return self.ids(sa.select(Matter).where(Matter.title == "privileged: Acme v. Bolt"))

    def range_sealed(self):
        return self.ids(sa.select(Matter).where(Matter.value > 100))

    def sum_sealed(self):
        return self.s.scalar(sa.select(sa.func.sum(Matter.value)))

    def max_sealed(self):
        return self.s.scalar(sa.select(sa.func.max(Matter.opened)))

    def json_path(self):
        return self.ids(sa.select(Matter).where(Matter.notes["k"].astext == "privileged: first"))

    def distinct_randomized(self):
        return sorted(v for (v,) in self.all(sa.select(Matter.title).distinct()))

    def after_refusal(self):
        """A refusal in a transaction: it is failed, and goes on from the savepoint."""
        self.s.get(Matter, 1).status = "kept"
        self.s.flush()
        code = "ok"
        try:
            with self.s.begin_nested():
                self.order_by_sealed()
        except sa.exc.DBAPIError as e:
            code = type(e).__name__
        self.s.commit()
        return [code == "ok" or code.endswith("Error")] + self.matters()

    # the schema

    def migrate_again(self):
        Base.metadata.create_all(self.s.connection())
        self.s.commit()
        return True

    def migrate_plain_table(self):
        t = sa.Table("tags", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, unique=True))
        t.create(self.s.connection())
        self.s.execute(t.insert().values(name="urgent"))
        rows = self.all(sa.select(t.c.name))
        t.drop(self.s.connection())
        self.s.commit()
        return rows

    def migrate_plain_column(self):
        self.s.execute(sa.text("ALTER TABLE matters ADD COLUMN priority INTEGER"))
        self.s.execute(sa.text("CREATE INDEX ix_matters_priority ON matters (priority)"))
        rows = self.all(sa.text("SELECT id, title, priority FROM matters ORDER BY id"))
        self.s.execute(sa.text("ALTER TABLE matters DROP COLUMN priority"))
        self.s.commit()
        return rows

    def introspect(self):
        inspector = sa.inspect(self.s.connection())
        return [sorted(inspector.get_table_names()), [c["name"] for c in inspector.get_columns("matters")],
                sorted(k["name"] for k in inspector.get_unique_constraints("matters"))]

    def introspect_types(self):
        return [(c["name"], str(c["type"])) for c in sa.inspect(self.s.connection()).get_columns("matters")]


LEFT_OUT = ("reset", "all", "ids", "matters", "eager", "refused")


def work(session):
    w = Work(session)
    for name in [n for n in vars(Work) if not n.startswith("_") and n not in LEFT_OUT]:
        steps.step(name.replace("_", " "), getattr(w, name), w.reset)
    w.reset()
    session.close()


def main(url, what, driver="psycopg2"):
    url = url.replace("postgres://", "postgresql+%s://" % (driver if what == "work" else "psycopg2"), 1)
    if driver == "asyncpg" and what == "work":
        return asyncio.run(with_asyncpg(url.replace("?sslmode=disable", "?ssl=disable")))
    engine = sa.create_engine(url, future=True)
    if what == "schema":
        return Base.metadata.create_all(engine)
    import psycopg2
    steps.version("SQLAlchemy %s, psycopg2 %s" % (sa.__version__, psycopg2.__version__.split()[0]))
    with orm.Session(engine, future=True) as session:
        work(session)


async def with_asyncpg(url):
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
    import asyncpg
    steps.version("SQLAlchemy %s, asyncpg %s" % (sa.__version__, asyncpg.__version__))
    engine = create_async_engine(url, future=True)
    async with AsyncSession(engine) as session:
        await session.run_sync(work)
    await engine.dispose()


main(*sys.argv[1:])
