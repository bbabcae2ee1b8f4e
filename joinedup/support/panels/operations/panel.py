"""Open a panel after a template, change how it meets, let another succeed it; agree its terms of reference."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Discipline, Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import ForWhom
from joinedup.support.frontdoor.models import Route
from joinedup.support.panels.choices import (
    DecisionKind,
    PanelItemState,
    PanelTemplate,
    Rhythm,
)
from joinedup.support.panels.models import Panel, PanelItem, PanelMember, TermsOfReference
from joinedup.support.panels.rules.templates import TEMPLATES

WORKING = Viewer.system("keeping panels and their queues")


class CannotKeepPanel(Exception):
    """A panel cannot be kept so; says why."""


@dataclass(frozen=True)
class PanelWords:
    """What a panel is and how it meets."""

    name: str
    coordinator: Post
    chair: Post
    chair_cover: Post | None
    weekday: int
    at_time: datetime.time
    rhythm: Rhythm
    minutes: int
    minutes_an_item: int
    place: str = ""
    before_agreement_basis: str = ""
    """On which basis it considers somebody who has not agreed; empty where it does not (P25)."""


@dataclass(frozen=True)
class TermsWords:
    """What terms of reference say."""

    words: str
    quorum: int
    required: tuple[Discipline, ...]
    case_types: tuple[ForWhom, ...]
    decisions: tuple[DecisionKind, ...]
    question_sets: tuple[str, ...] = ()
    correction_days: int = 5


def open_panel(
    *,
    by: Viewer,
    code: str,
    template: PanelTemplate,
    words: PanelWords,
    starts_on: datetime.date,
    at: datetime.datetime,
    route: Route | None = None,
    practice: Practice | None = None,
    succeeds: Panel | None = None,
) -> Panel:
    """Open a panel with the terms that its template begins with; a successor takes over the queue.

    What the panel before it decided stays its own and is read from both. Raises CannotKeepPanel,
    NotPermitted.
    """
    by.must(Permission.COORDINATE_PANELS)
    _fits(template, words, practice)
    if Panel.objects.filter(code=code).exists():
        raise CannotKeepPanel("There is a panel of that short name. Choose another.")
    with transaction.atomic():
        if succeeds is not None:
            _make_way(succeeds, starts_on)
            if route is None:
                route, succeeds.route = succeeds.route, None
            succeeds.save()
        panel = Panel.objects.create(
            code=code, template=template, team=words.coordinator.team, route=route,
            practice=practice, succeeds=succeeds, starts_on=starts_on, **_kept(words),
        )  # fmt: skip
        usual = TEMPLATES[template]
        _terms(
            by, panel, 1, starts_on,
            TermsWords(usual.words, usual.quorum, usual.required, usual.case_types, usual.decisions),
        )  # fmt: skip
        if succeeds is not None:
            for member in PanelMember.objects.filter(panel=succeeds, ends_on__isnull=True):
                member.pk, member.panel, member.starts_on = None, panel, starts_on
                member.save(force_insert=True)
            with acting(WORKING):
                PanelItem.objects.filter(panel=succeeds, state=PanelItemState.QUEUED).update(
                    panel=panel
                )
        _leave_a_line(by, panel, "opened a panel", at, {"template": template})
    return panel


def change_panel(*, by: Viewer, panel_id: int, words: PanelWords, at: datetime.datetime) -> Panel:
    """Change who chairs and coordinates a panel, and how it meets. Raises CannotKeepPanel, NotPermitted."""
    by.must(Permission.COORDINATE_PANELS)
    with transaction.atomic():
        panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel_id)
        if panel.ends_on is not None and panel.ends_on <= day_of(at):
            raise CannotKeepPanel("This panel has ended. Change the one that succeeded it.")
        _fits(PanelTemplate(panel.template), words, panel.practice)
        for field, value in _kept(words).items():
            setattr(panel, field, value)
        panel.team = words.coordinator.team
        panel.save()
        _leave_a_line(by, panel, "changed a panel", at, {"weekday": words.weekday})
    return panel


def agree_terms(
    *,
    by: Viewer,
    panel_id: int,
    terms: TermsWords,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> TermsOfReference:
    """Put down the next version of a panel's terms of reference; the one before stays readable.

    Raises CannotKeepPanel, NotPermitted.
    """
    by.must(Permission.COORDINATE_PANELS)
    if not terms.words.strip():
        raise CannotKeepPanel("Write what the panel is for and how it works.")
    if terms.quorum < 2:
        raise CannotKeepPanel("A panel decides with at least two agencies there.")
    if not terms.decisions or not terms.case_types:
        raise CannotKeepPanel("Say for whom the panel may be asked, and what it may decide.")
    with transaction.atomic():
        panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel_id)
        last = panel.terms.order_by("-version").first()
        if last is not None and starts_on <= last.starts_on:
            raise CannotKeepPanel(
                f"The version before holds from {last.starts_on:%d/%m/%Y}. This one begins after that."
            )
        made = _terms(by, panel, (last.version if last else 0) + 1, starts_on, terms)
        _leave_a_line(by, panel, "agreed terms of reference", at, {"version": made.version})
    return made


def _fits(template: PanelTemplate, words: PanelWords, practice: Practice | None) -> None:
    if not words.name.strip():
        raise CannotKeepPanel("Give the panel a name.")
    if words.chair_cover is not None and words.chair_cover.pk == words.chair.pk:
        raise CannotKeepPanel("The chair is covered by somebody else.")
    if words.minutes < words.minutes_an_item:
        raise CannotKeepPanel("The meeting is shorter than one item. Lengthen it.")
    if not 0 <= words.weekday <= 4:
        raise CannotKeepPanel("A panel meets on a weekday.")
    if words.before_agreement_basis.strip() and not TEMPLATES[template].decides_before_agreement:
        raise CannotKeepPanel(
            f"{template.label}: this kind of panel considers nobody who has not agreed (P25)."
        )
    if template is PanelTemplate.CARE_TEAM and practice is None:
        raise CannotKeepPanel("A care team meeting is of a practice. Choose which.")


def _make_way(before: Panel, starts_on: datetime.date) -> None:
    if before.ends_on is not None:
        raise CannotKeepPanel("That panel has been succeeded already.")
    if starts_on <= before.starts_on:
        raise CannotKeepPanel("A successor begins after the panel before it.")
    with acting(WORKING):
        called = PanelItem.objects.filter(panel=before, state=PanelItemState.ON_AGENDA).exists()
    if called:
        raise CannotKeepPanel(
            "Items stand on an agenda of the panel before. Hold that meeting, or take them off, first."
        )
    before.ends_on = starts_on


def _kept(words: PanelWords) -> dict[str, object]:
    return {
        "name": words.name.strip(), "coordinator": words.coordinator, "chair": words.chair,
        "chair_cover": words.chair_cover, "weekday": words.weekday, "at_time": words.at_time,
        "rhythm": words.rhythm, "minutes": words.minutes, "minutes_an_item": words.minutes_an_item,
        "place": words.place.strip(),
        "before_agreement": bool(words.before_agreement_basis.strip()),
        "before_agreement_basis": words.before_agreement_basis.strip(),
    }  # fmt: skip


def _terms(
    by: Viewer, panel: Panel, version: int, starts_on: datetime.date, terms: TermsWords
) -> TermsOfReference:
    return TermsOfReference.objects.create(
        panel=panel, version=version, words=terms.words.strip(), quorum=terms.quorum,
        required_disciplines=[str(each) for each in terms.required],
        case_types=[str(each) for each in terms.case_types],
        decisions=[str(each) for each in terms.decisions],
        question_sets=list(terms.question_sets), correction_days=terms.correction_days,
        starts_on=starts_on, agreed_by_id=by.post_id,
    )  # fmt: skip


def _leave_a_line(
    by: Viewer, panel: Panel, act: str, at: datetime.datetime, detail: dict[str, object]
) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="panel", subject_id=str(panel.pk),
        purpose=by.purpose, detail=detail, agency=by.agency, role=by.role,
    )  # fmt: skip
