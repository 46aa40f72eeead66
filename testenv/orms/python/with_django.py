"""A legal product's data layer in Django.

usage: with_django.py URL schema|work
"""

import datetime
import decimal
import sys
from urllib.parse import urlparse

import django
from django.conf import settings

import steps

url = urlparse(sys.argv[1])
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:], "USER": url.username, "PASSWORD": url.password,
                           "HOST": url.hostname, "PORT": url.port, "OPTIONS": {"sslmode": "disable"}}},
    INSTALLED_APPS=["legal"], DEFAULT_AUTO_FIELD="django.db.models.AutoField", USE_TZ=True)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Sum, TextField, Value, When, Window  # noqa: E402
from django.db.models.functions import Coalesce, Lower, RowNumber  # noqa: E402
from legal.models import Document, Matter, Party  # noqa: E402

FIELDS = ("id", "reference", "status", "title", "client_email", "value", "opened", "confidential", "notes", "version")
ANN = "ann@sealed.example"


def fields(m):
    return [getattr(m, f) for f in FIELDS]


def matters():
    return [fields(m) for m in Matter.objects.order_by("id")]


def ids(query):
    return list(query.values_list("id", flat=True))


def reset():
    connection.rollback() if not connection.get_autocommit() else None
    with connection.cursor() as c:
        c.execute(steps.EMPTY)
    Matter.objects.bulk_create([Matter(**m) for m in steps.MATTERS])
    Party.objects.bulk_create([Party(**p) for p in steps.PARTIES])
    Document.objects.bulk_create([Document(**d) for d in steps.DOCUMENTS])


class Work:
    def create(self):
        return fields(Matter.objects.get(pk=Matter.objects.create(**steps.more(10)).pk))

    def create_with_nulls(self):
        return fields(Matter.objects.create(reference="M-11", status="new", confidential=False))

    def read_by_id(self):
        return [fields(Matter.objects.get(pk=i)) for i in (1, 2, 3)]

    def update(self):
        m = Matter.objects.get(pk=1)
        m.title, m.value, m.notes, m.confidential = "privileged: renamed", decimal.Decimal("99.90"), {"privileged: key": [1]}, False
        m.save()
        return matters()

    def update_one_field(self):
        m = Matter.objects.only("title").get(pk=1)
        m.title = "privileged: only"
        m.save(update_fields=["title"])
        return matters()

    def update_to_null(self):
        m = Matter.objects.get(pk=1)
        m.title = m.value = m.notes = m.opened = None
        m.save()
        return matters()

    def delete(self):
        return [Matter.objects.get(pk=1).delete(), matters()]

    def relations_lazy(self):
        m = Matter.objects.get(pk=1)
        return [(p.name, p.email, p.matter.title) for p in m.parties.order_by("id")] + [d.path for d in m.documents.order_by("id")]

    def relations_create(self):
        m = Matter.objects.create(**steps.more(10))
        m.parties.create(name="privileged: new", email="new@sealed.example", role="client")
        m.documents.create(path="n.pdf", pages=1)
        return list(m.parties.values_list("id", "name")) + list(m.documents.values_list("id", "path"))

    def eager_join(self):
        return [(p.name, p.matter.title) for p in Party.objects.select_related("matter").order_by("id")]

    def eager_second_query(self):
        clients = Prefetch("parties", Party.objects.filter(role="client").order_by("id"))
        return [(m.title, [p.name for p in m.parties.all()], sorted(d.path for d in m.documents.all()))
                for m in Matter.objects.prefetch_related(clients, "documents").order_by("id")]

    def bulk_insert(self):
        Matter.objects.bulk_create([Matter(**steps.more(n)) for n in range(10, 40)])
        return matters()

    def bulk_insert_ignore(self):
        Matter.objects.bulk_create([Matter(**steps.more(10, client_email=ANN)), Matter(**steps.more(11))], ignore_conflicts=True)
        return matters()

    def bulk_update(self):
        """UPDATE ... SET title = CASE WHEN id = ... with casts."""
        all = list(Matter.objects.order_by("id"))
        for m in all:
            m.title, m.value, m.opened, m.confidential = "privileged: bulk %d" % m.id, m.id, datetime.date(2026, 2, m.id), True
        Matter.objects.bulk_update(all, ["title", "value", "opened", "confidential"])
        return matters()

    def update_where(self):
        return [Matter.objects.filter(status="open").update(title="privileged: all", confidential=True), matters()]

    def update_where_related(self):
        return [Matter.objects.filter(parties__email="zoe@sealed.example").update(title="privileged: disputed"), matters()]

    def update_case(self):
        Matter.objects.update(title=Case(When(id=1, then=Value("privileged: one")), When(id=2, then=Value("privileged: two")), default=F("title"), output_field=TextField()))
        return matters()

    def update_coalesce(self):
        Matter.objects.update(value=Coalesce(F("value"), decimal.Decimal("5.00")))
        return matters()

    def update_computed(self):
        Matter.objects.update(value=F("value") + 1)
        return matters()

    def upsert(self):
        """update_or_create: a transaction with SELECT FOR UPDATE."""
        changed, made = Matter.objects.update_or_create(client_email=ANN, defaults={"title": "privileged: updated"})
        new, also = Matter.objects.update_or_create(client_email="more10@sealed.example", defaults=steps.more(10))
        return [changed.id, made, new.id, also, matters()]

    def find_or_create(self):
        m, made = Matter.objects.get_or_create(client_email=ANN, defaults=steps.more(10, client_email=ANN))
        n, also = Matter.objects.get_or_create(client_email="more11@sealed.example", defaults=steps.more(11))
        return [m.id, made, n.id, also]

    def delete_where(self):
        return [Party.objects.filter(email="zoe@sealed.example").delete(), list(Party.objects.order_by("id").values_list("id", "name"))]

    def find_by_email(self):
        return fields(Matter.objects.get(client_email=ANN))

    def find_by_emails(self):
        return ids(Matter.objects.filter(client_email__in=[ANN, "eve@sealed.example", "no@sealed.example"]).order_by("id")), list(Matter.objects.in_bulk([ANN], field_name="client_email"))

    def find_not_email(self):
        return ids(Matter.objects.exclude(client_email=ANN).order_by("id"))

    def find_or(self):
        return ids(Matter.objects.filter(Q(client_email=ANN) | Q(status="closed")).order_by("id"))

    def find_by_date(self):
        return ids(Matter.objects.filter(opened=datetime.date(2024, 2, 29)))

    def find_by_boolean(self):
        return ids(Matter.objects.filter(confidential=True)), ids(Matter.objects.filter(confidential=False).order_by("id"))

    def find_by_boolean_in(self):
        return ids(Matter.objects.filter(confidential__in=[True]))

    def find_null(self):
        return ids(Matter.objects.filter(value__isnull=True)), ids(Matter.objects.filter(title__isnull=False).order_by("id"))

    def page_by_offset(self):
        return [m.title for m in Matter.objects.order_by("-reference")[1:3]]

    def page_by_id(self):
        return [m.title for m in Matter.objects.filter(id__gt=1).order_by("id")[:2]]

    def count(self):
        return [Matter.objects.count(), Matter.objects.filter(client_email=ANN).count(), Matter.objects.aggregate(n=Count("value"))]

    def count_distinct(self):
        return Party.objects.aggregate(n=Count("email", distinct=True))

    def exists(self):
        same = Party.objects.filter(matter=OuterRef("pk"), email=OuterRef("client_email"))
        return Matter.objects.filter(client_email="bob@sealed.example").exists(), ids(Matter.objects.filter(Exists(same)).order_by("id"))

    def group_by_sealed(self):
        return sorted(Party.objects.values_list("email").annotate(n=Count("id")).order_by())

    def group_by_plain(self):
        return list(Matter.objects.values_list("status").annotate(n=Count("id", distinct=True), pages=Sum("documents__pages")).order_by("status"))

    def annotate_count(self):
        """GROUP BY every column of the model, sealed ones too."""
        return [(m.title, m.n) for m in Matter.objects.annotate(n=Count("parties")).order_by("id")]

    def join_filter(self):
        return list(Matter.objects.filter(parties__email="zoe@sealed.example").values_list("title", "parties__name"))

    def subquery_in(self):
        return ids(Matter.objects.filter(id__in=Party.objects.filter(role="client").values("matter_id")).order_by("id"))

    def subquery_in_sealed(self):
        return ids(Matter.objects.filter(client_email__in=Party.objects.values("email")).order_by("id"))

    def scalar_subquery(self):
        first = Party.objects.filter(matter=OuterRef("pk")).order_by("id").values("name")[:1]
        return list(Matter.objects.annotate(first_party=Subquery(first)).order_by("id").values_list("id", "first_party"))

    def union(self):
        return sorted(v for (v,) in Matter.objects.values_list("client_email").union(Party.objects.values_list("email"), all=True))

    def window(self):
        return list(Matter.objects.annotate(n=Window(RowNumber(), partition_by=F("status"), order_by=F("id").asc())).order_by("id").values_list("title", "n"))

    def coalesce(self):
        return list(Matter.objects.annotate(t=Coalesce("title", Value(""), output_field=TextField())).order_by("id").values_list("id", "t"))

    def lock_rows(self):
        with transaction.atomic():
            return [m.title for m in Matter.objects.select_for_update().filter(client_email=ANN)]

    def stream(self):
        """A cursor of the server, outside a transaction WITH HOLD."""
        return [m.title for m in Matter.objects.order_by("id").iterator(chunk_size=2)]

    def stream_in_transaction(self):
        with transaction.atomic():
            return [m.title for m in Matter.objects.order_by("id").iterator(chunk_size=2)]

    def rollback(self):
        try:
            with transaction.atomic():
                Matter.objects.create(**steps.more(10))
                Matter.objects.filter(pk=1).update(title="privileged: never")
                raise RuntimeError
        except RuntimeError:
            return matters()

    def savepoint(self):
        with transaction.atomic():
            Matter.objects.filter(pk=1).update(title="privileged: outer")
            try:
                with transaction.atomic():
                    Matter.objects.create(**steps.more(10, client_email="bob@sealed.example"))
            except IntegrityError as e:
                inner = steps.sqlstate(e)
        return [inner] + matters()

    def unique_violation(self):
        Matter.objects.create(**steps.more(10, client_email="bob@sealed.example"))

    def value_out_of_range(self):
        with connection.cursor() as c:
            c.execute("update matters set value = %s where id = 1", ["10000000000000"])

    def optimistic_lock(self):
        m = Matter.objects.get(pk=1)
        first = Matter.objects.filter(pk=1, version=m.version).update(title="privileged: won", version=F("version") + 1)
        second = Matter.objects.filter(pk=1, version=m.version).update(title="privileged: lost", version=F("version") + 1)
        return [first, second, matters()]

    def raw_sql(self):
        return [fields(m) for m in Matter.objects.raw("select * from matters where client_email = %s", ["bob@sealed.example"])]

    # what sealed values cannot do

    def order_by_sealed(self):
        return ids(Matter.objects.order_by("title"))

    def like_sealed(self):
        return ids(Matter.objects.filter(title__startswith="privileged: A"))

    def contains_sealed(self):
        return ids(Matter.objects.filter(title__icontains="acme"))

    def case_blind_email(self):
        return ids(Matter.objects.filter(client_email__iexact=ANN))

    def lower_sealed(self):
        return list(Matter.objects.annotate(l=Lower("client_email")).order_by("id").values_list("l", flat=True))

    def equals_randomized(self):
        return ids(Matter.objects.filter(title="privileged: Acme v. Bolt"))

    def range_sealed(self):
        return ids(Matter.objects.filter(value__gt=100))

    def date_part(self):
        return ids(Matter.objects.filter(opened__year=2024))

    def sum_sealed(self):
        return Matter.objects.aggregate(s=Sum("value"))

    def max_sealed(self):
        return Matter.objects.aggregate(m=Max("opened"))

    def json_path(self):
        return ids(Matter.objects.filter(notes__k="privileged: first"))

    def distinct_randomized(self):
        return sorted(Matter.objects.values_list("title", flat=True).distinct())

    def after_refusal(self):
        with transaction.atomic():
            Matter.objects.filter(pk=1).update(status="kept")
            code = "DatabaseError"
            try:
                with transaction.atomic():
                    list(Matter.objects.order_by("title"))
            except django.db.DatabaseError as e:
                code = "DatabaseError" if isinstance(e, django.db.Error) else type(e)
        return [code, matters()]

    # the schema

    def migrate_again(self):
        call_command("migrate", "legal", "0001", verbosity=0)
        return True

    def migrate_plain_table(self):
        call_command("migrate", "legal", "0002", verbosity=0)
        with connection.cursor() as c:
            c.execute("insert into tags (name) values ('urgent') returning id, name")
            rows = c.fetchall()
        call_command("migrate", "legal", "0001", verbosity=0)
        return rows

    def migrate_plain_column(self):
        call_command("migrate", "legal", "0003", verbosity=0)
        with connection.cursor() as c:
            c.execute("select id, title, priority, court from matters order by id")
            rows = c.fetchall()
        call_command("migrate", "legal", "0001", verbosity=0)
        return rows

    def introspect(self):
        with connection.cursor() as c:
            of = connection.introspection
            return [sorted(of.table_names(c)), [d.name for d in of.get_table_description(c, "matters")], sorted(of.get_constraints(c, "matters"))]

    def introspect_types(self):
        with connection.cursor() as c:
            of = connection.introspection
            return [(d.name, of.get_field_type(d.type_code, d)) for d in of.get_table_description(c, "matters")]


def main(what):
    if what == "schema":
        return call_command("migrate", "legal", "0001", verbosity=0)
    import psycopg2
    steps.version("Django %s, psycopg2 %s" % (django.get_version(), psycopg2.__version__.split()[0]))
    w = Work()
    for name in [n for n in vars(Work) if not n.startswith("_")]:
        steps.step(name.replace("_", " "), getattr(w, name), reset)
    reset()


main(sys.argv[2])
