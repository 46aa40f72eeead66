from django.db import migrations, models


class Migration(migrations.Migration):
    """A table that is not protected: made and taken away while the application is at work."""

    dependencies = [("legal", "0001_initial")]
    operations = [
        migrations.CreateModel("Tag", [
            ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.TextField(unique=True)),
        ], {"db_table": "tags"}),
    ]
