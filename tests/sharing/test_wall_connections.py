"""What stays on a connection between transactions, and what the owner keeps for the wall."""

from django.db import connection

from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.role_reach import reach_of_roles, role_reach_in_database
from tests.databases import PrivateDatabase
from tests.sharing import walled

NAMES = (
    "system",
    "post",
    "team",
    "agency",
    "own_mask",
    "purpose",
    "recipients",
    "person",
    "barred",
)


def _entered() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('joinedup.' || name, true), '') FROM unnest(%s::text[]) name",
            [list(NAMES)],
        )
        return [value for (value,) in cursor.fetchall()]


def test_nothing_of_who_was_entered_stays_on_a_connection(
    private_database: PrivateDatabase,
) -> None:
    """Two transactions on one connection of the pool: the second finds nobody."""
    walled.agency("gp")
    viewer = walled.viewer("gp")
    with acting(viewer):
        assert _entered()[NAMES.index("agency")] == "gp"
    assert _entered() == [""] * len(NAMES)
    with acting(walled.SYSTEM):
        assert _entered()[0] == "a test"
    assert _entered() == [""] * len(NAMES)


def test_what_the_roles_reach_is_as_the_product_says(private_database: PrivateDatabase) -> None:
    assert sorted(role_reach_in_database()) == sorted(reach_of_roles())
