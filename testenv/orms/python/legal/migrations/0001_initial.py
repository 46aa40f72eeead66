from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Matter", [
            ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(max_length=20, unique=True)),
            ("status", models.CharField(max_length=10, db_index=True)),
            ("title", models.TextField(null=True)),
            ("client_email", models.EmailField(max_length=254, null=True, unique=True)),
            ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
            ("opened", models.DateField(null=True)),
            ("confidential", models.BooleanField()),
            ("notes", models.JSONField(null=True)),
            ("version", models.IntegerField(default=1)),
        ], {"db_table": "matters"}),
        migrations.CreateModel("Party", [
            ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("matter", models.ForeignKey("legal.Matter", models.CASCADE, related_name="parties")),
            ("name", models.TextField(null=True)),
            ("email", models.EmailField(max_length=254, null=True)),
            ("role", models.CharField(max_length=20)),
        ], {"db_table": "parties"}),
        migrations.CreateModel("Document", [
            ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("matter", models.ForeignKey("legal.Matter", models.CASCADE, related_name="documents")),
            ("path", models.TextField()),
            ("pages", models.IntegerField()),
        ], {"db_table": "documents"}),
    ]
