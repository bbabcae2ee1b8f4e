"""What went to MARAC, MAPPA or IOM before is kept from those it is about, as what goes there now."""

from django.db import migrations

KEPT = """
UPDATE sharing_matter SET leaves_no_trace = true
WHERE id IN (SELECT matter_id FROM frontdoor_highriskpapers)
"""


class Migration(migrations.Migration):
    dependencies = [("frontdoor", "0012_parts_at_once"), ("sharing", "0024_looks_at_all")]
    operations = [migrations.RunSQL(KEPT, migrations.RunSQL.noop)]
