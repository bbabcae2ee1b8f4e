"""What an agency holds about somebody beside its cases: records, what is held, who worked with them, warnings."""

import uuid
from collections.abc import Iterable

from joinedup.identity.accountability.models import DataComplaint
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.choices import Category, ConsentState, LeftOutBecause, Purpose
from joinedup.identity.sharing.models import Consent, Involvement
from joinedup.single_view.queries.subject_held.thing import Group, Item, day, joined
from joinedup.support.contacts.choices import Channel, How, Need
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.safeguarding.choices import Knows
from joinedup.support.safeguarding.models import RiskPlan

_Ids = tuple[uuid.UUID, ...]


def groups(agency: str, ids: _Ids) -> Iterable[Group]:
    """What the agency holds, sort by sort."""
    yield Group("Who you are, as it is written down", tuple(_records(agency, ids)))
    yield Group("What is held about you", tuple(_held(agency, ids)))
    yield Group("Who has worked with you, and why", tuple(_involved(agency, ids)))
    yield Group("What you said about sharing", tuple(_said(agency, ids)))
    yield Group("What you complained of", tuple(_complained(agency, ids)))
    yield Group("Warnings that go before a contact with you", tuple(_warnings(agency, ids)))
    yield Group("How you are reached and understood", tuple(_reach(agency, ids)))
    yield Group("When you were in contact outside a case", tuple(_contacts(agency, ids)))


def _records(agency: str, ids: _Ids) -> Iterable[Item]:
    for row in Record.objects.filter(agency=agency, person__in=ids).order_by("received_on", "pk"):
        lines = (
            ("Name", joined(row.given_name, row.middle_names, row.family_name)),
            ("Name before", row.previous_family_name), ("Known as", row.known_as),
            ("Born", day(row.born_on)), ("Died", day(row.died_on)), ("Sex", row.sex),
            ("NHS number", row.nhs_number), ("Address", joined(row.address, row.postcode)),
            ("Address before", joined(row.previous_address, row.previous_postcode)),
            ("Telephone", row.phone), ("E-mail", row.email), ("GP practice", row.gp_practice),
            ("Changed", day(row.changed_on)), ("Gone", day(row.gone_on)),
        )  # fmt: skip
        said = ". ".join(f"{name}: {text}" for name, text in lines if text)
        yield Item(f"record:{row.pk}", day(row.received_on), f"Record {row.record_id}", said)


def _held(agency: str, ids: _Ids) -> Iterable[Item]:
    rows = Holding.objects.filter(holder=agency, person__in=ids).select_related("summary", "detail")
    for row in rows.order_by("starts_on", "pk"):
        said = joined(
            row.summary.summary if hasattr(row, "summary") else "",
            row.detail.detail if hasattr(row, "detail") else "",
            f"Until {day(row.ends_on)}." if row.ends_on else "",
        )
        what = f"{Category(row.category).label}: {row.headline}"
        yield Item(f"held:{row.pk}", day(row.starts_on), what, said)


def _involved(agency: str, ids: _Ids) -> Iterable[Item]:
    rows = Involvement.objects.filter(agency=agency, person__in=ids).select_related("team")
    for row in rows.order_by("starts_at", "pk"):
        until = f" until {day(row.ends_at)}" if row.ends_at else ""
        what = f"{row.team.name}{until}"
        yield Item(f"involved:{row.pk}", day(row.starts_at), what, row.because)


def _said(agency: str, ids: _Ids) -> Iterable[Item]:
    rows = Consent.objects.filter(agency=agency, person__in=ids)
    for row in rows.select_related("holder", "recipient").order_by("said_at", "pk"):
        answer = "Yes" if row.state == ConsentState.GIVEN else "No"
        holder = row.holder.name if row.holder else "any agency"
        to = row.recipient.name if row.recipient else "the others"
        back = f" Taken back on {day(row.withdrawn_at)}." if row.withdrawn_at else ""
        yield Item(
            f"said:{row.pk}", day(row.said_at), f"{answer}: {holder} may tell {to}",
            f"{Purpose(row.purpose).label}.{back}",
        )  # fmt: skip


def _complained(agency: str, ids: _Ids) -> Iterable[Item]:
    rows = DataComplaint.objects.filter(agency=agency, person__in=ids)
    for row in rows.order_by("received_on", "written_at"):
        said = joined(row.words, row.progress, f"Answer: {row.answer}" if row.answer else "")
        yield Item(f"complaint:{row.pk}", day(row.received_on), "Your complaint", said)


def _warnings(agency: str, ids: _Ids) -> Iterable[Item]:
    """Warning notes, in a case or outside; one that the person was not told of is marked."""
    rows = RiskPlan.objects.filter(written_by__team__agency=agency, person__in=ids)
    for row in rows.order_by("starts_at", "pk"):
        untold = row.knows == Knows.NOT_INFORMED
        yield Item(
            f"warning:{row.pk}", day(row.starts_at), row.warning,
            joined(
                row.risk, row.plan, f"Asked before: {row.manager_consulted}.",
                f"To be looked at again on {day(row.review_on)}.",
                f"Ended on {day(row.ends_at)}. {row.end_words}" if row.ends_at else "",
            ),
            LeftOutBecause.SERIOUS_HARM if untold else None,
            row.why_not_told if untold else "",
        )  # fmt: skip


def _reach(agency: str, ids: _Ids) -> Iterable[Item]:
    profiles = ContactProfile.objects.filter(set_by__team__agency=agency, person__in=ids)
    for profile in profiles.order_by("starts_at", "pk"):
        never = ", ".join(Channel(each).label.lower() for each in profile.forbidden)
        yield Item(
            f"reach:{profile.pk}", day(profile.starts_at), "How you are safely reached",
            joined(
                profile.number, profile.email, f"Never by {never}." if never else "",
                f"Interpreter: {profile.interpreter}." if profile.interpreter else "",
                profile.safe_words, profile.words,
            ),
        )  # fmt: skip
    needs = CommunicationNeed.objects.filter(set_by__team__agency=agency, person__in=ids)
    for need in needs.order_by("starts_at", "pk"):
        yield Item(f"need:{need.pk}", day(need.starts_at), Need(need.kind).label, need.words)


def _contacts(agency: str, ids: _Ids) -> Iterable[Item]:
    rows = Contact.objects.filter(
        by__team__agency=agency, person__in=ids, matter__case__isnull=True
    )
    for row in rows.order_by("at", "pk"):
        yield Item(
            f"contact:{row.pk}", day(row.at), How(row.how).label, joined(row.words, row.their_words)
        )
