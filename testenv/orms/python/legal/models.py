"""The models, as an application would write them without knowing of pgseal."""

from django.db import models


class Matter(models.Model):
    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, db_index=True)
    title = models.TextField(null=True)
    client_email = models.EmailField(null=True, unique=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    opened = models.DateField(null=True)
    confidential = models.BooleanField()
    notes = models.JSONField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "matters"


class Party(models.Model):
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties")
    name = models.TextField(null=True)
    email = models.EmailField(null=True)
    role = models.CharField(max_length=20)

    class Meta:
        db_table = "parties"


class Document(models.Model):
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="documents")
    path = models.TextField()
    pages = models.IntegerField()

    class Meta:
        db_table = "documents"
