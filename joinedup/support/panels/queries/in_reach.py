"""Services that come in to practices and other sites, by service and phase, with their next sessions."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Team
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.choices import ClinicStands, Rhythm
from joinedup.support.panels.models import ClinicChange, InReachClinic
from joinedup.support.panels.rules.in_reach import sessions, stands

SHOWN = 8


@dataclass(frozen=True)
class ClinicShown:
    """A service's sessions at one host."""

    clinic: InReachClinic
    stands: ClinicStands
    next: tuple[datetime.date, ...]
    changes: tuple[ClinicChange, ...]

    @property
    def host(self) -> str:
        """Where they are held."""
        return self.clinic.practice.name if self.clinic.practice else self.clinic.site


def clinics(viewer: Viewer, today: datetime.date) -> list[ClinicShown]:
    """Every service that comes in somewhere: by service, then by phase and host."""
    found = InReachClinic.objects.select_related("team__agency", "practice__locality")
    rows = found.prefetch_related("changes").order_by("team__name", "phase", "starts_on", "pk")
    return [_shown(each, today) for each in rows]


def one_clinic(viewer: Viewer, clinic_id: int, today: datetime.date) -> ClinicShown:
    """One of them; raises InReachClinic.DoesNotExist."""
    found = InReachClinic.objects.select_related("team__agency", "practice__locality")
    return _shown(found.prefetch_related("changes").get(pk=clinic_id), today)


def keeps(viewer: Viewer, clinic: InReachClinic) -> bool:
    """Whether the viewer plans these sessions: a manager of the service, or a panel's coordinator."""
    own = viewer.role in MANAGERS and viewer.team_id == clinic.team_id
    return own or viewer.may(Permission.COORDINATE_PANELS)


def services_of(viewer: Viewer) -> list[Team]:
    """The teams whose sessions the viewer may plan: their own, or a coordinator's every team."""
    teams = Team.objects.select_related("agency").order_by("name")
    if viewer.may(Permission.COORDINATE_PANELS):
        return list(teams.filter(agency__is_provider=True))
    manages = viewer.role in MANAGERS and viewer.team_id is not None
    return list(teams.filter(pk=viewer.team_id or 0)) if manages else []


def hosts(viewer: Viewer) -> list[Practice]:
    """The practices that can host, by name."""
    return list(Practice.objects.select_related("locality").order_by("name"))


def _shown(clinic: InReachClinic, today: datetime.date) -> ClinicShown:
    changes = sorted(clinic.changes.all(), key=lambda each: each.on)
    found = sessions(
        starts_on=clinic.starts_on, ends_on=clinic.ends_on, weekday=clinic.weekday,
        rhythm=Rhythm(clinic.rhythm), changes={each.on: each.moved_to for each in changes},
        today=today, many=SHOWN,
    )  # fmt: skip
    where = stands(
        starts_on=clinic.starts_on, ends_on=clinic.ends_on, is_pilot=clinic.is_pilot, today=today
    )
    return ClinicShown(clinic, where, tuple(found), tuple(changes))
