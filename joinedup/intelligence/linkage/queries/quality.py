"""How good the linkage is: the latest measures, and one measure over the nights."""

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.choices import NightState
from joinedup.intelligence.linkage.models import QualityMeasure


def latest(viewer: Viewer) -> list[QualityMeasure]:
    """Every measure of the last committed night that has any; raises NotPermitted."""
    viewer.must(Permission.SEE_QUALITY)
    measured = QualityMeasure.objects.filter(night__state=NightState.COMMITTED)
    last = measured.order_by("-night_id").values_list("night_id", flat=True).first()
    if last is None:
        return []
    of_last = measured.filter(night_id=last).select_related("night")
    return list(of_last.order_by("basis", "tier", "measure", "group_kind", "group"))


def history(viewer: Viewer, measure: str, *, tier: str = "certain") -> list[QualityMeasure]:
    """One measure for everybody, night by night, the oldest first; raises NotPermitted."""
    viewer.must(Permission.SEE_QUALITY)
    measured = QualityMeasure.objects.filter(
        measure=measure, tier=tier, group_kind="", night__state=NightState.COMMITTED
    )
    return list(measured.select_related("night").order_by("night_id", "basis"))
