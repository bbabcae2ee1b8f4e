"""Which points table and which limits hold on a day; neither names a person."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.dates import day_of
from joinedup.partnership.funds import rules
from joinedup.partnership.funds.models import DelegatedLimit, PointsLine, PointsTable, holding_on
from joinedup.partnership.funds.rules import Authority, Limit


@dataclass(frozen=True)
class TableOnADay:
    """The table that holds on a day, its lines by their question."""

    table: PointsTable
    questions: tuple[tuple[str, tuple[PointsLine, ...]], ...]


def table_on(day: datetime.date) -> TableOnADay | None:
    """The points table that holds on that day, or None where none is published."""
    table = PointsTable.objects.filter(holding_on(day)).order_by("-number").first()
    return with_lines(table) if table else None


def table_by(table_id: int) -> TableOnADay:
    """One version of the table, whenever it held; raises PointsTable.DoesNotExist."""
    return with_lines(PointsTable.objects.get(pk=table_id))


def with_lines(table: PointsTable) -> TableOnADay:
    """A table with its lines."""
    by: dict[str, list[PointsLine]] = {}
    for line in table.lines.order_by("place"):
        by.setdefault(line.question, []).append(line)
    return TableOnADay(table, tuple((each, tuple(lines)) for each, lines in by.items()))


def may_authorise(
    post_id: uuid.UUID | None, pence: int, *, is_maker: bool, at: datetime.datetime
) -> Authority:
    """Whether this post may authorise so much a year, by the scheme of whoever employs its holder."""
    posts = Post.objects.held_on(day_of(at)).filter(user__is_active=True)
    held = (
        posts.select_related("team__agency", "home_agency").filter(pk=post_id).first()
        if post_id
        else None
    )
    if held is None:
        return Authority(False, "Nobody holds this post today.")
    employer = held.home_agency or held.team.agency
    limits = DelegatedLimit.objects.filter(holding_on(day_of(at)))
    found = limits.filter(agency=employer, role=held.role).first()
    limit = Limit(found.up_to_pence, found.alone_up_to_pence, found.scheme) if found else None
    return rules.may_authorise(
        limit, pence, is_maker=is_maker, role_name=role(held.role).name, agency_name=employer.name
    )


def limits_on(day: datetime.date) -> list[DelegatedLimit]:
    """Every limit that holds on that day, by agency."""
    found = DelegatedLimit.objects.filter(holding_on(day))
    return list(found.select_related("agency").order_by("agency__name", "role"))
