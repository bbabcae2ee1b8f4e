"""What went wrong with data in the demo: a list that went to the wrong address, and a man who complains."""

import datetime
import uuid

from joinedup.demo.panel_people import viewer_of
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.identity.accountability.choices import BreachKind, ComplaintWay
from joinedup.identity.accountability.operations.breaches import tell_of_breach
from joinedup.identity.accountability.operations.complaints import write_complaint_down

_KNOWN = datetime.timedelta(hours=20)
_CAME = datetime.timedelta(days=5)


def make_slips(him: uuid.UUID, *, at: datetime.datetime) -> None:
    """Tell of a breach whose clock runs, and write down the complaint of the man of journey 1."""
    housing = Agency.objects.get(pk="housing")
    tell_of_breach(
        by=viewer_of("housing"), controller=housing, kinds=[BreachKind.CONFIDENTIALITY],
        what="A list of tenants in arrears went by e-mail to a builder of the same name as a colleague.",
        aware_at=at - _KNOWN, happened_on=day_of(at - _KNOWN), at=at,
    )  # fmt: skip
    write_complaint_down(
        by=viewer_of("front-door"), person_id=him, agency=housing, way=ComplaintWay.PHONE,
        words="Somebody from the landlord told my neighbour that I owe rent. I want to know who did, "
        "and that it does not happen again.",
        received_on=day_of(at - _CAME), at=at,
    )  # fmt: skip
