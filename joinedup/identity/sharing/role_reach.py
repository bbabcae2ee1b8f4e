"""What each role reaches, where the database reads it on entering: written by the owner after each migration."""

from django.db import connections, transaction

from joinedup.foundations.agencies.roles import ROLES, Role
from joinedup.identity.sharing.choices import Category, mask_of
from joinedup.identity.sharing.gateways import OWN_PAGE, TEAM_BOUND

OWN_PAGE_ROLE = "own_page"
"""The row that says what a person sees on their own page."""

Reach = tuple[str, int, int, str, list[str]]


def reach_of_roles() -> list[Reach]:
    """Role, mask of its own agency's data, mask of all it carries, permissions, purposes."""
    own_page: Reach = (OWN_PAGE_ROLE, mask_of(OWN_PAGE), 0, "", [])
    return [own_page, *(_reach(role) for role in ROLES)]


def _reach(role: Role) -> Reach:
    carried = frozenset(map(Category, role.categories))
    permissions = "".join(f",{permission}" for permission in sorted(role.permissions))
    return (
        role.code,
        mask_of(carried - TEAM_BOUND),
        mask_of(carried),
        f"{permissions},",
        list(role.purposes),
    )


def write_role_reach() -> None:
    """Write the table anew, as the owner: the application itself has no hand on it."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM sharing_rolereach")
        cursor.executemany(
            """INSERT INTO sharing_rolereach (role, own_mask, carries, permissions, purposes)
               VALUES (%s, %s, %s, %s, %s)""",
            reach_of_roles(),
        )


def role_reach_in_database() -> list[Reach]:
    """What the table says, in the same shape; for those who check that it is up to date."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT role, own_mask, carries, permissions, purposes FROM sharing_rolereach"
        )
        found: list[Reach] = cursor.fetchall()
    return found
