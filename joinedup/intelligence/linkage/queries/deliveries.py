"""Deliveries and their reconciliation, rows kept back, corrections to be told to the source."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer, acting, looking
from joinedup.intelligence.linkage.choices import DeliveryStatus
from joinedup.intelligence.linkage.models import Correction, Delivery


@dataclass(frozen=True)
class KeptBack:
    """A thing wrong with a row; `raw` is the row as sent, for the agency that sent it alone."""

    row: int
    column: str
    reason: str
    raw: str


def deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """Every delivery, the newest first; raises NotPermitted."""
    viewer.must(Permission.SEE_DELIVERIES)
    return Delivery.objects.select_related("agency", "night", "before").order_by("-as_at", "-pk")


def latest(viewer: Viewer) -> list[Delivery]:
    """Of each contract the last delivery that was loaded; raises NotPermitted."""
    loaded = deliveries(viewer).filter(status=DeliveryStatus.LOADED)
    return list(loaded.order_by("contract", "-as_at", "-pk").distinct("contract"))


def delivery(viewer: Viewer, delivery_id: int) -> Delivery:
    """One delivery; raises Delivery.DoesNotExist, NotPermitted."""
    return deliveries(viewer).get(pk=delivery_id)


def kept_back(viewer: Viewer, delivery_id: int, *, at: datetime.datetime) -> list[KeptBack]:
    """What was kept back of a delivery; showing rows as sent is a look, and leaves its line."""
    found = delivery(viewer, delivery_id)
    whole = viewer.is_system or viewer.agency == found.agency_id
    with looking(viewer, at=at, subject_kind="rows kept back", subject_id=str(found.pk)):
        rows = found.kept_back.order_by("row", "pk")
        return [KeptBack(r.row, r.column, r.reason, r.raw if whole else "") for r in rows]


def corrections(viewer: Viewer, agency_code: str) -> list[Correction]:
    """What an agency is still to be told is wrong in its records (P5); raises NotPermitted."""
    viewer.must(Permission.SEE_DELIVERIES)
    with acting(viewer):
        told = Correction.objects.select_related("record", "by__team")
        open_ones = told.filter(record__agency_id=agency_code, mended_on__isnull=True)
        return list(open_ones.order_by("-at", "-pk"))
