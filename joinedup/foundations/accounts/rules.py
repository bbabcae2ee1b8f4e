"""When sign-in locks, how long a proof is good, which passwords are too easy, what a browser is called."""

import datetime
import ipaddress
import re
from collections.abc import Iterable

from joinedup.pipeline.standardise.addresses import home
from joinedup.pipeline.standardise.postcodes import standard_postcode

WINDOW = datetime.timedelta(minutes=15)
"""Failures older than this no longer count, so that a lock always ends."""

MOST_FAILURES = 5
MOST_FROM_AN_ADDRESS = 30
"""A ward or an office shares one address; an attacker has many, and each account its own lock."""

PROOF_LASTS = datetime.timedelta(minutes=5)
SIGNING_IN_LASTS = datetime.timedelta(minutes=10)
"""From the password to the second factor."""

SESSION_LASTS = datetime.timedelta(hours=12)
IDLE = datetime.timedelta(minutes=60)
INVITATION_LASTS = datetime.timedelta(hours=24)

LONGEST_PASSWORD = 200
OUR_WORDS = ("joinedup", "joined up", "partnership", "locality", "council", "password", "welcome")
"""What anybody would try first here (ASVS 6.1.2)."""


def locked_until(
    failures: Iterable[datetime.datetime], most: int, at: datetime.datetime
) -> datetime.datetime | None:
    """When the lock that these failures made ends, or None where there is none."""
    recent = sorted(failure for failure in failures if at - WINDOW < failure <= at)
    return recent[-most] + WINDOW if len(recent) >= most else None


def is_fresh(
    since: datetime.datetime | None, lasts: datetime.timedelta, at: datetime.datetime
) -> bool:
    """Whether something done at `since` still holds."""
    return since is not None and since <= at < since + lasts


def counted_as(address: str) -> str:
    """The address that failures are counted under: a whole /64 in IPv6, where one host has them all."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def home_of(address: str, postcode: str) -> str:
    """The key of a home, however its address is written, as records have it; empty where it tells none."""
    there, code = home(address), standard_postcode(postcode)
    return " ".join(filter(None, (there.house, there.street, code))) if there.house and code else ""


def why_too_easy(password: str, words: Iterable[str] = OUR_WORDS) -> str | None:
    """What makes a long password easy all the same, as a sentence; None where nothing does."""
    plain = password.casefold()
    if len(set(plain)) < 5:
        return "Use more than a few different characters"
    if re.fullmatch(r"(.+?)\1+", plain):
        return "Do not repeat one word to make it long"
    rest = re.sub(r"[\W\d_]+", "", plain)
    for word in words:
        rest = rest.replace(word.replace(" ", ""), "")
    if len(rest) < 4:
        return "It is made of words that anybody would try first"
    return None


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
             ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


def browser_words(user_agent: str) -> str:
    """“Firefox on Windows”, from what the browser says of itself."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "A browser")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
