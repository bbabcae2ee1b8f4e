"""Keep the public pages from being flooded, and whoever needs them from being shut out."""

import datetime
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import PublicAct
from joinedup.support.frontdoor.models import PublicCount
from joinedup.support.frontdoor.rules.flood import WITHIN, is_too_much, limits, network_of

COUNTING = Viewer.system("keeping the public pages from being flooded")
_WHY = "A great deal came from this computer or this network within the last hour, so this waits."
_RING = "If it cannot wait, ring one of the numbers here; in danger, ring 999."
_TOO_MUCH = {
    PublicAct.SENT: f"{_WHY} What you wrote is kept: send it again in an hour, or come back to it with the "
    f"code. {_RING}",
    PublicAct.BEGUN: f"{_WHY} What you wrote stands below, and is not kept anywhere else yet. Leave this page "
    f"open and go on in an hour. {_RING}",
    PublicAct.CODE_TRIED: f"{_WHY} Try the code again in an hour. {_RING}",
    PublicAct.FILE_ADDED: f"{_WHY} Send what you wrote without the file, or add the file in an hour. {_RING}",
}


class TooMuch(Exception):
    """Why something of the public is not taken now and what to do instead, fit for the page."""


@dataclass(frozen=True)
class From:
    """Where something came from, as digests."""

    browser: str
    network: str


def came_from(*, browser: str, address: str, at: datetime.datetime) -> From:
    """Where a request came from, so that it can be counted and never be told."""
    return From(_digest(f"browser {browser}", at), _digest(f"network {network_of(address)}", at))


def count_act(*, act: PublicAct, of: From, at: datetime.datetime) -> None:
    """Count an act of the public; raises TooMuch where there were enough within the hour."""
    with acting(COUNTING):
        lately = PublicCount.objects.filter(act=act, at__gt=at - WITHIN)
        found = lately.aggregate(
            browser=Count("pk", filter=Q(browser=of.browser)),
            network=Count("pk", filter=Q(network=of.network)),
        )
        if is_too_much(
            limits(settings.PUBLIC_LIMITS)[act],
            of_browser=found["browser"],
            of_network=found["network"],
        ):
            raise TooMuch(_TOO_MUCH[act])
        PublicCount.objects.create(act=act, browser=of.browser, network=of.network, at=at)
        PublicCount.objects.filter(at__lt=at - WITHIN).delete()


def _digest(said: str, at: datetime.datetime) -> str:
    key = f"{settings.SECRET_KEY} {day_of(at)}".encode()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
