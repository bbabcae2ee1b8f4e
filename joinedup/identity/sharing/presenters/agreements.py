"""How agreements read on a page: the register, one agreement, its schedule and its history."""

import datetime
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.safestring import SafeString

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, listed, moment
from joinedup.identity.sharing.choices import (
    AgreementDeed,
    AgreementKind,
    AgreementState,
    Category,
    Purpose,
)
from joinedup.identity.sharing.gateways import GATEWAYS, Gateway
from joinedup.identity.sharing.models import (
    AgreementAct,
    AgreementParty,
    SharingAgreement,
    SharingFlow,
)
from joinedup.identity.sharing.presenters.agreement_picture import Arrow, picture
from joinedup.identity.sharing.queries.agreements import AgreementShown, Changed, RegisterLine
from joinedup.identity.sharing.rules.agreements import Warned
from joinedup.identity.sharing.rules.editing import Difference
from joinedup.identity.sharing.rules.headings import SECTIONS

TAGS = {
    AgreementState.DRAFT: "govuk-tag--grey",
    AgreementState.SIGNED: "govuk-tag--blue",
    AgreementState.LIVE: "govuk-tag--green",
    AgreementState.SUSPENDED: "govuk-tag--yellow",
    AgreementState.EXPIRED: "govuk-tag--red",
    AgreementState.ENDED: "govuk-tag--grey",
    AgreementState.REPLACED: "govuk-tag--grey",
}
DEEDS = {
    AgreementDeed.DRAFTED: "Begun",
    AgreementDeed.EDITED: "Edited",
    AgreementDeed.SIGNED: "Signed",
    AgreementDeed.AMENDED: "New version begun",
    AgreementDeed.SUSPENDED: "Suspended",
    AgreementDeed.RESUMED: "Resumed",
    AgreementDeed.REVIEW_ACCEPTED: "Accepted to go on past its review",
    AgreementDeed.ENDED: "Ended",
}
_TITLES = {heading.field: heading.title for section in SECTIONS for heading in section.headings}
_GATEWAYS = {row.code: row for row in GATEWAYS}


def register(lines: Sequence[RegisterLine], found: int) -> Table:
    """The central log."""
    return table(
        count(found, "agreement"),
        ["Agreement", "State", "Parties", Column("First day", date=True),
         Column("Review", date=True), Column("End", date=True)],
        [
            [
                Cell(
                    line.agreement.title,
                    note=f"{line.agreement.reference}, version {line.agreement.version}, "
                    f"{_kind(line.agreement)}",
                    href=reverse("agreement", args=[line.agreement.pk]),
                ),
                state_cell(line.state, warned(line.warned)),
                listed(line.parties),
                day(line.agreement.starts_on),
                day(line.agreement.review_on),
                day(line.agreement.ends_on),
            ]
            for line in lines
        ],
    )  # fmt: skip


def _kind(agreement: SharingAgreement) -> str:
    binds = "binding" if agreement.is_binding else "not binding"
    return f"{AgreementKind(agreement.kind).label}, {binds}"


def state_cell(state: AgreementState, note: str = "") -> Cell:
    """A state as a coloured tag."""
    return Cell(state.value.capitalize(), tag=TAGS[state], note=note)


def warned(found: Warned | None) -> str:
    """Closes in 7 days unless reviewed."""
    if found is None:
        return ""
    reason = {
        "review": "unless its review is accepted",
        "acceptance": "when its acceptance runs out",
        "end": "when it ends",
    }[found.by]
    return f"Closes in {count(found.days, 'day')}, {reason}"


def parties(shown: Iterable[AgreementParty]) -> Table:
    """Who is party to it, and who signed for them."""
    return table(
        "Parties and signatures",
        ["Agency", "Signed by", Column("When", date=True)],
        [
            [
                party.agency.name,
                who(party.signed_by) if party.signed_by else "Not signed yet",
                moment(party.signed_at),
            ]
            for party in shown
        ],
    )


def who(post: Post | None) -> str:
    """A post by name, role and agency."""
    if post is None:
        return "Joined Up"
    return f"{post.user.name}, {role(post.role).name}, {post.team.agency.name}"


def drawn(page: AgreementShown) -> tuple[SafeString, Table]:
    """The agreement as a picture, and the table beside it."""
    pairs = list(dict.fromkeys((line.holder.name, line.recipient.name) for line in page.lines))
    numbers = {pair: number for number, pair in enumerate(pairs, 1)}
    carried = _carried_by_pair(page.lines)
    arrows = [
        Arrow(number, *pair, f"{number}: {pair[0]} to {pair[1]}: {carried[pair]}")
        for pair, number in numbers.items()
    ]
    named = dict.fromkeys(party.agency.name for party in page.parties)
    named.update(dict.fromkeys(name for pair in pairs for name in pair))
    live = page.state is AgreementState.LIVE
    title = "Who sends to whom" if live else "Who would send to whom: nothing passes today"
    return picture(list(named), arrows, title=title, open_=live), schedule(page.lines, numbers)


def schedule(lines: Iterable[SharingFlow], numbers: dict[tuple[str, str], int]) -> Table:
    """The lines of the schedule, each with the arrow it is in the picture."""
    return table(
        "Schedule",
        ["Arrow", "From and to", "Purpose and gateway", "Categories"],
        [
            [
                str(numbers[(line.holder.name, line.recipient.name)]),
                f"{line.holder.name} to {line.recipient.name}",
                Cell(Purpose(line.purpose).label, note=gateway_words(line.gateway)),
                Cell(categories(line.categories), note=_conditions(line)),
            ]
            for line in lines
        ],
    )


def gateway_words(code: str) -> str:
    """The sentence of a gateway and the law it rests on."""
    row = _GATEWAYS.get(code)
    return f"{row.sentence} {basis(row)}" if row else code


def basis(row: Gateway) -> str:
    """The lawful basis of a gateway: it is shown, and never asked of anybody."""
    return f"{row.article_6}; {row.article_9}; common law: {row.common_law}."


def categories(codes: Iterable[str]) -> str:
    """Categories by their labels, in the order of the table of categories."""
    held = set(codes)
    return listed(
        category.label if i == 0 else _lowered(category.label)
        for i, category in enumerate(c for c in Category if c.value in held)
    )


def _lowered(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _conditions(line: SharingFlow) -> str:
    said = []
    if line.consent_needed:
        said.append("only with the person’s consent")
    if line.pseudonymised:
        said.append("without anybody’s identity")
    return listed(said)


def _carried_by_pair(lines: Iterable[SharingFlow]) -> dict[tuple[str, str], str]:
    held: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        held.setdefault((line.holder.name, line.recipient.name), set()).update(line.categories)
    return {pair: categories(codes) for pair, codes in held.items()}


def sections(page: AgreementShown) -> list[tuple[str, str, list[dict[str, object]]]]:
    """Each section: its code, title, and rows of a summary list."""
    return [
        (
            section.code,
            section.title,
            [
                {
                    "key": {"text": heading.title},
                    "value": {
                        "text": written(heading.field, getattr(page.agreement, heading.field))
                        or "Not written yet"
                    },
                }
                for heading in section.headings
            ],
        )
        for section in SECTIONS
    ]


def written(field: str, value: object) -> str:
    """What stands in a heading as words: the kind of agreement by its name."""
    if field == "kind" and value in list(AgreementKind):
        return AgreementKind(str(value)).label
    return plain(value)


def plain(value: object) -> str:
    """A heading's value as words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.date):
        return day(value)
    return "" if value is None else str(value)


def acts(done: Iterable[AgreementAct]) -> Table:
    """What was done with it, newest first."""
    return table(
        "What was done with this version",
        ["What", Column("When", date=True), "Who", "Why"],
        [[DEEDS[AgreementDeed(a.act)], moment(a.at), who(a.by), a.because] for a in done],
    )


def versions(page: AgreementShown) -> Table | None:
    """The other versions; nothing where there is one."""
    if len(page.versions) < 2:
        return None
    return table(
        "Versions",
        ["Version", Column("Begun", date=True), "Compared"],
        [
            [
                Cell(
                    f"Version {each.version}"
                    + (", this one" if each.pk == page.agreement.pk else ""),
                    href=reverse("agreement", args=[each.pk]),
                ),
                day(each.made_at),
                Cell(
                    f"What version {each.version} changed" if each.replaces_id else "",
                    href=reverse("agreement-compared", args=[each.pk]) if each.replaces_id else "",
                ),
            ]
            for each in page.versions
        ],
    )


def changed_fields(changed: Changed) -> Table | None:
    """Heading by heading, what it was and what it is."""
    if not changed.fields:
        return None
    return table(
        "Headings",
        ["Heading", f"Version {changed.before.version}", f"Version {changed.after.version}"],
        [
            [_TITLES[name], written(name, was) or "Empty", written(name, now) or "Empty"]
            for name, was, now in changed.fields
        ],
    )


def changed_schedule(changed: Changed) -> Table | None:
    """Lines that are new and lines that are gone."""
    lines = [("New", line) for line in changed.lines_new]
    lines += [("Gone", line) for line in changed.lines_gone]
    if not lines:
        return None
    return table(
        "Schedule",
        ["Line", "From and to", "Purpose", "Categories"],
        [
            [
                word,
                f"{line.holder.name} to {line.recipient.name}",
                Purpose(line.purpose).label,
                Cell(categories(line.categories), note=_conditions(line)),
            ]
            for word, line in lines
        ],
    )


def differences(found: Sequence[Difference]) -> Table | None:
    """What somebody else wrote meanwhile, beside what I wrote, field by field."""
    if not found:
        return None
    return table(
        "What the two of you wrote",
        ["Heading", "Saved meanwhile", "You wrote", "In the form below"],
        [
            [
                _TITLES[each.field],
                written(each.field, each.theirs) or "Empty",
                written(each.field, each.mine) or "Empty",
                "Yours" if each.both_changed else "The saved one: you had not changed it",
            ]
            for each in found
        ],
    )


def said_of_state(page: AgreementShown) -> str:
    """Where it stands, in a sentence."""
    if page.closed is None:
        return "It is in force: what its schedule lists may pass."
    return f"It opens nothing: {page.closed}."
