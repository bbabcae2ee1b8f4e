"""What points come to, and whether a post may authorise an amount; each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A delegated limit as the rule reads it, in pence a year."""

    up_to: int
    alone_up_to: int
    scheme: str


@dataclass(frozen=True)
class Authority:
    """Whether an amount may be authorised, and in a sentence why or why not."""

    may: bool
    why: str
    scheme: str = ""

    def __bool__(self) -> bool:
        return self.may


def may_authorise(
    limit: Limit | None, pence: int, *, is_maker: bool, role_name: str, agency_name: str
) -> Authority:
    """Whether somebody of this role and employer may authorise so much a year.

    Above the limit for acting alone, whoever made a budget does not authorise it (S4-28).
    """
    if limit is None:
        return Authority(
            False,
            f"No scheme of delegation lets a {role_name.lower()} of {agency_name} authorise money.",
        )
    if pence > limit.up_to:
        return Authority(
            False,
            f"By {limit.scheme} a {role_name.lower()} of {agency_name} authorises up to "
            f"{pounds(limit.up_to)} a year. Ask somebody with a higher limit.",
            limit.scheme,
        )
    if is_maker and pence > limit.alone_up_to:
        return Authority(
            False,
            "Whoever made a budget does not authorise it. Ask a second person.",
            limit.scheme,
        )
    return Authority(True, f"Up to {pounds(limit.up_to)} a year, by {limit.scheme}.", limit.scheme)


def indicative(points: Iterable[int], pence_a_point: int) -> int:
    """The indicative amount in pence a year: the points, at what a point is worth."""
    return sum(points) * pence_a_point


def pounds(pence: int) -> str:
    """£1,234.50; whole pounds without their pence."""
    sign, whole, rest = ("−" if pence < 0 else ""), abs(pence) // 100, abs(pence) % 100
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")
