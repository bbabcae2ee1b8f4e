"""Which roles an agency may fill, and who may answer for whom."""

from collections.abc import Hashable, Mapping

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.roles import REFERRER


def why_not_this_role(role: str, kind: AgencyKind) -> str | None:
    """Why a role cannot be filled in an agency of that kind; None where it can (S2-30, P18)."""
    if kind.only_refers and role != REFERRER.code:
        return "Licensed premises refer and see nothing: only a referrer can be appointed there."
    return None


def leads_back[Key: Hashable](
    post: Key, manager: Key | None, manager_of: Mapping[Key, Key]
) -> bool:
    """Whether somebody would come, through their managers, to answer to themselves."""
    seen = {post}
    while manager is not None:
        if manager in seen:
            return True
        seen.add(manager)
        manager = manager_of.get(manager)
    return False


def school_key(name: str) -> str:
    """A school's name as it is looked up: small letters and figures, without what people leave out."""
    words = "".join(each if each.isalnum() else " " for each in name.casefold()).split()
    kept = [word for word in words if word not in _LEFT_OUT]
    return " ".join(kept or words)


_LEFT_OUT = frozenset({"the", "school"})
