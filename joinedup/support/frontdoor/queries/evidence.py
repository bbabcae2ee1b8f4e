"""What speaks for a characteristic: what the referrer said, and contacts that agencies hold and may show."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.frontdoor.choices import (
    Characteristic,
    ContactReason,
    EmergencyService,
    EventCode,
    FoundKind,
    HighRiskRoute,
    Need,
)
from joinedup.support.frontdoor.models import Evidence as EvidenceRow
from joinedup.support.frontdoor.models import Found, Referral, Threshold
from joinedup.support.frontdoor.rules.eligibility import Case, Evidence, HighRisk
from joinedup.support.frontdoor.rules.thresholds import Contact, Counted, Line
from joinedup.support.questions.queries.answers import sets_answered
from joinedup.support.questions.rules.reading import Meaning

AS_SAID = "as the referral says"


@dataclass(frozen=True)
class Said:
    """What somebody said that triage goes by, whoever it was."""

    evidence: tuple[Evidence, ...] = ()
    agencies: frozenset[str] = frozenset()
    needs: frozenset[Need] = frozenset()
    high_risk: tuple[HighRisk, ...] = ()
    agencies_known: frozenset[str] = frozenset()
    """Those said to be involved already: evidence, and never the test (P16)."""

    def case(self) -> Case:
        """What eligibility rests upon, going by this alone."""
        return Case(self.evidence, self.agencies, self.high_risk, self.agencies_known)

    def and_also(self, more: "Said") -> "Said":
        """This with what another said added to it."""
        return Said(
            self.evidence + more.evidence,
            self.agencies | more.agencies,
            self.needs | more.needs,
            self.high_risk + more.high_risk,
            self.agencies_known | more.agencies_known,
        )


def said_in(viewer: Viewer, referral: Referral) -> Said:
    """What the referrer typed or confirmed: all that the reason they are told may rest upon (P17)."""
    answered = sets_answered(viewer, referral.pk)
    words = [meaning for each in answered for meaning in each.meanings]
    values = {code: value for each in answered for code, value in each.values.items()}
    kinds = {*referral.agencies_needed, *_codes(words, "agency")}
    return Said(
        evidence=tuple(
            Evidence(Characteristic(code), f"the referral says so ({each.answer})")
            for each in words
            for code in _codes([each], "characteristic")
            if code in set(Characteristic)
        ),
        agencies=frozenset(agency_in_words(kind) for kind in kinds),
        needs=frozenset(
            Need(code) for code in (*referral.needs, *_codes(words, "need")) if code in set(Need)
        ),
        high_risk=tuple(
            HighRisk(
                HighRiskRoute(code),
                str(values.get("high-risk-by") or AS_SAID)[:200],
                str(values.get("high-risk-tool") or AS_SAID)[:100],
                _day(values.get("high-risk-on")),
            )
            for code in dict.fromkeys(_codes(words, "high_risk"))
            if code in set(HighRiskRoute)
        ),
        agencies_known=frozenset(agency_in_words(kind) for kind in _codes(words, "known")),
    )


def found_out(viewer: Viewer, matter_id: uuid.UUID) -> Said:
    """What the front door found out and the referrer had not said."""
    rows = Found.objects.filter(matter_id=matter_id, taken_back_at__isnull=True)
    of = {kind: [row for row in rows if row.kind == kind] for kind in FoundKind}
    return Said(
        evidence=tuple(
            Evidence(Characteristic(row.code), f"found out by the front door ({row.words})")
            for row in of[FoundKind.CHARACTERISTIC]
        ),
        agencies=frozenset(agency_in_words(row.code) for row in of[FoundKind.AGENCY]),
        needs=frozenset(Need(row.code) for row in of[FoundKind.NEED]),
        high_risk=tuple(
            HighRisk(HighRiskRoute(row.code), "the front door", row.words[:100])
            for row in of[FoundKind.HIGH_RISK]
        ),
    )


def contacts_held(viewer: Viewer, person_ids: Iterable[uuid.UUID]) -> list[Contact]:
    """The contacts that agencies hold of these people and that row security lets this viewer count.

    Inside `acting(viewer)`: nothing is asked about but what the viewer could open on the person's page.
    """
    found = []
    for person_id in person_ids:
        held = Holding.objects.filter(person__in=identifiers_of(person_id)).exclude(event_code="")
        for row in held:
            if row.event_code in set(EventCode):
                service, reason = EventCode(row.event_code).counts_as
                found.append(
                    Contact(
                        service, reason, row.starts_on, row.holder_id, row.category, str(person_id)
                    )
                )
    return found


def thresholds_on(day: datetime.date) -> list[Line]:
    """The thresholds in force on that day."""
    in_force = Threshold.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    return [
        Line(EmergencyService(t.service), ContactReason(t.reason), t.contacts, t.days, t.source)
        for t in in_force
    ]


def shown_by(counts: Iterable[Counted]) -> Said:
    """What counts say of characteristics, without the counts: those stand behind the wall by themselves."""
    shown = dict.fromkeys(each.shows for each in counts if each.shows is not None)
    return Said(
        evidence=tuple(
            Evidence(characteristic, "counted from what agencies hold and may show here")
            for characteristic in shown
        )
    )


def evidence_of(viewer: Viewer, triage_id: uuid.UUID) -> list[EvidenceRow]:
    """The counts behind a triage that this viewer may see, the ones that count first."""
    rows = EvidenceRow.objects.filter(triage_id=triage_id).select_related("holder")
    return sorted(rows, key=lambda row: (not row.characteristic, row.service, row.reason))


def agency_in_words(kind: str) -> str:
    """A kind of agency as a sentence names it."""
    return AgencyKind(kind).label if kind in set(AgencyKind) else kind.replace("_", " ")


def _codes(words: Iterable[Meaning], heading: str) -> list[str]:
    """The codes under a heading, in order: `agency:police` is police under agency."""
    pairs = [each.word.partition(":") for each in words]
    return [code for before, _, code in pairs if before == heading and code]


def _day(value: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
