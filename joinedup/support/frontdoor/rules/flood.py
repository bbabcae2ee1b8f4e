"""How often the public pages take something from one browser or one network within the hour.

A whole library or pub may share one network, so that its limit is wide; a person in danger is not
limited at all: the exit and the numbers know nothing of this (P19).
"""

import datetime
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from joinedup.support.frontdoor.choices import PublicAct

WITHIN = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Most:
    """So much within the hour from one browser, and from one network, is enough."""

    of_a_browser: int
    of_a_network: int


STANDARD: Mapping[PublicAct, Most] = {
    # A person asks for themself, a partner, a child or two; a library or a pub may send a group's.
    PublicAct.SENT: Most(5, 40),
    # Each tab, and each way out and in again, begins anew.
    PublicAct.BEGUN: Most(20, 120),
    # Sixteen letters of a code cannot be guessed at this pace; mistyped it is tried a few times.
    PublicAct.CODE_TRIED: Most(10, 60),
    # Three go with one referral and are chosen anew where one was wrong; each may have 20 MB.
    PublicAct.FILE_ADDED: Most(12, 60),
}
"""Proposals, each for the reason beside it; a partnership sets its own (JOINEDUP_PUBLIC_LIMITS)."""
_V4, _V6 = 24, 56
"""How much of an address tells the network: what one household or one library has in common."""


def network_of(address: str) -> str:
    """The network an address is of; one for all where it is none."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(read, ipaddress.IPv6Address) and read.ipv4_mapped:
        read = read.ipv4_mapped
    size = _V4 if read.version == 4 else _V6
    return str(ipaddress.ip_network(f"{read}/{size}", strict=False))


def limits(set_here: Mapping[str, object]) -> dict[PublicAct, Most]:
    """What is proposed, but for what a partnership has set; raises ValueError with what is wrong with that."""
    found = dict(STANDARD)
    for name, said in set_here.items():
        if name not in PublicAct:
            raise ValueError(f"{name} is none of {', '.join(PublicAct)}.")
        if not isinstance(said, list) or len(said) != 2 or not all(map(_is_count, said)):
            raise ValueError(f"{name} wants two whole numbers, of one browser and of one network.")
        if said[1] < said[0]:
            raise ValueError(f"{name} lets a network do less than one browser in it.")
        found[PublicAct(name)] = Most(*said)
    return found


def _is_count(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and said > 0


def is_too_much(most: Most, *, of_browser: int, of_network: int) -> bool:
    """Whether so many within the hour are enough for now."""
    return of_browser >= most.of_a_browser or of_network >= most.of_a_network
