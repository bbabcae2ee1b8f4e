"""How often the public pages take something from one browser or one network within the hour.

A whole library or pub may share one network, so that its limit is wide; a person in danger is not
limited at all: the exit and the numbers know nothing of this (P19).
"""

import datetime
import ipaddress
from collections.abc import Mapping

from joinedup.support.frontdoor.choices import PublicAct

WITHIN = datetime.timedelta(hours=1)
MOST_OF_A_BROWSER: Mapping[PublicAct, int] = {
    PublicAct.SENT: 5,
    PublicAct.BEGUN: 20,
    PublicAct.CODE_TRIED: 10,
}
MOST_OF_A_NETWORK: Mapping[PublicAct, int] = {
    PublicAct.SENT: 40,
    PublicAct.BEGUN: 120,
    PublicAct.CODE_TRIED: 60,
}
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


def is_too_much(act: PublicAct, *, of_browser: int, of_network: int) -> bool:
    """Whether so many within the hour are enough for now."""
    return of_browser >= MOST_OF_A_BROWSER[act] or of_network >= MOST_OF_A_NETWORK[act]
