from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that are not protected, and an index on one, in a table that is."""

    dependencies = [("legal", "0002_tags")]
    operations = [
        migrations.AddField("Matter", "priority", models.IntegerField(null=True)),
        migrations.AddField("Matter", "court", models.TextField(default="none")),
        migrations.AddIndex("Matter", models.Index(fields=["priority"], name="matters_priority")),
    ]
