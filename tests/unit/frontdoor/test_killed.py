"""The server dies in the middle of submissions: none acknowledged is lost, none is doubled."""

from django.utils import timezone

from benchmarks.frontdoor_killed import Site, drafts_to_send, faults, send_them_all
from joinedup.config.site import free_port
from tests.databases import PrivateDatabase


def test_none_acknowledged_is_lost_and_none_doubled_when_the_server_dies(
    private_database: PrivateDatabase,
) -> None:
    """benchmarks/frontdoor_killed.py does it with five hundred."""
    keys = drafts_to_send(24, timezone.now())
    site = Site(free_port("127.0.0.1", 8450), private_database.environment)
    told = send_them_all(site, keys, [8])
    assert told.kills == 1
    assert faults(told, keys) == []
