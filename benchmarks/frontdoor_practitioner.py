"""A practitioner at work with referrals, one after another: as one types and thinks, or only pressing.

What somebody does who types: opens the form, says why they look, types name, birth date, address and
postcode (each key of the identity asks who it may be, as the page's own script does: one question at a
time, of several keys the last counts), types what is going on, goes on, answers the questions, reads
through and sends. A key takes a fifth of a second in the middle, now and then much longer; what was
typed is kept whenever no key follows within 350 ms. Between two boxes one looks up, before each
question one reads it, and while words are typed one listens. All times are drawn from the seed.
"""

import random
import re
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum

from benchmarks.frontdoor_browser import TOKEN, Browser, Page
from benchmarks.frontdoor_desks import Somebody

KEY_S, KEY_SPREAD = 0.2, 0.55
"""The middle of the seconds between two keys, and the spread of their logarithm."""
KEPT_AFTER_S = 0.35
LOOK_S, LISTEN_S, READ_QUESTION_S, READ_THROUGH_S = 2.0, 6.0, 6.0, 12.0
"""On average: between two boxes; at the end of a sentence; before a question; before “Send” and after it."""
A_REFERRAL_S, STAGGERED_S = 240.0, 10.0
"""About as long as one referral takes; within how long they sit down, somewhere in the middle of one."""

GOING_ON = (
    "Behind with the rent since the summer, and the post lies unopened.",
    "The neighbour says that nobody has come to the door for a week.",
    "There is food in the house, and the heating is off to save money.",
    "She used to go to the lunch club, until the bus was taken off.",
)
WANTED = "Somebody to go through the letters with, and somewhere warm to go."
ANSWERS = {
    "q-danger": "none", "q-violence": "no", "q-offending": "no", "q-victim": "more_than_once",
    "q-harmed-others": "no", "q-emergency": "none", "q-high-risk": "none", "q-needs": "money",
    "q-agencies-needed": "voluntary", "q-how-soon": "soon", "q-passed-on": "0",
}  # fmt: skip
_IDENTITY = ("p1_given_name", "p1_family_name", "p1_born_on", "p1_postcode")
_KNOWN = re.compile(r'name="(q-[a-z-]+-still)"')


class Kind(StrEnum):
    """What a time was measured of."""

    SEND = "submit to routed"
    SEND_AND_PAGE = "submit to the page that says so"
    MATCH = "who it may be"
    KEEP = "kept while typed"
    PAGE = "pages and presses"
    BARE = "bare Django page"


@dataclass
class Noted:
    """What was measured, and what went wrong, of one practitioner or of all."""

    times: dict[Kind, list[float]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    wrong: list[str] = field(default_factory=list)


class Practitioner(threading.Thread):
    """One at a desk. With `think` they only press, so many seconds apart on average; else they type."""

    def __init__(
        self, number: int, browser: Browser, bare: Browser, who: list[Somebody], until: float,
        think: float | None,
    ) -> None:  # fmt: skip
        super().__init__(daemon=True)
        self.browser, self.bare, self.who, self.until = browser, bare, who, until
        self.think = think
        self.chance = random.Random(number)
        self.noted = Noted()
        self.ahead = 0.0 if think else self.chance.uniform(0, A_REFERRAL_S)
        """Seconds of the first referral that are over when the measuring begins: all are at work by then."""

    def run(self) -> None:
        try:
            time.sleep(self.chance.uniform(0, self.think or STAGGERED_S))
            while time.monotonic() < self.until:
                self._one()
        except _Over:
            pass
        except Exception as broken:
            self.noted.wrong.append(f"{type(broken).__name__}: {broken}")

    def _one(self) -> None:
        one = self.chance.choice(self.who)
        self._get("/refer/")
        form = self._press("/refer/", {})
        typed = {
            **_seen(form),
            "for_whom": "person",
            "purpose": _purpose(form),
            "agreement": "agreed",
        }
        boxes = {
            "p1_given_name": one.given_name, "p1_family_name": one.family_name,
            "p1_born_on": one.born_on, "p1_address": one.address, "p1_postcode": one.postcode,
        }  # fmt: skip
        if self.think is None:
            self._type_form(form, typed, boxes)
        else:
            typed |= {**boxes, "going_on": GOING_ON[0], "wanted": WANTED}
        questions = self._press(form.address, {**typed, "do": "on"})
        if not questions.address.endswith("/questions/"):
            self.noted.wrong.append(f"the form did not go on: {_errors(questions)}")
            return
        self._answer_and_send(questions)

    def _type_form(self, form: Page, typed: dict[str, str], boxes: dict[str, str]) -> None:
        self._look()
        self._keep(form, typed)
        for name, text in boxes.items():
            self._look()
            self._type(form, typed, name, text, matched=name != "p1_address")
        typed["going_on"] = ""
        for sentence in GOING_ON:
            self._wait(LISTEN_S)
            self._type(form, typed, "going_on", typed["going_on"] + sentence + " ")
        self._wait(LISTEN_S)
        self._type(form, typed, "wanted", WANTED)
        self._look()
        self._keep(form, typed)

    def _type(
        self, form: Page, typed: dict[str, str], name: str, text: str, *, matched: bool = False
    ) -> None:
        """Key after key; asked at each key of the identity, kept after each rest and at the end."""
        at, answered = len(typed.get(name, "")), 0.0
        while at < len(text):
            at += 1
            typed[name] = text[:at]
            rest = self.chance.lognormvariate(0, KEY_SPREAD) * KEY_S
            if matched and answered <= 0:
                answered = self._match(form, typed)
            if rest > KEPT_AFTER_S or at == len(text):
                self._sleep(KEPT_AFTER_S)
                rest -= KEPT_AFTER_S + self._keep(form, typed)
            self._sleep(max(rest, 0.0))
            answered -= max(rest, 0.0)

    def _answer_and_send(self, page: Page) -> None:
        known = dict.fromkeys(_KNOWN.findall(page.text), "right")
        said = _seen(page)
        if self.think is None:
            for name, answer in {**known, **ANSWERS}.items():
                self._wait(READ_QUESTION_S)
                said[name] = answer
                self._sleep(KEPT_AFTER_S)
                self._keep(page, said)
            self._wait(READ_THROUGH_S)
        sent = self._ask(
            Kind.SEND_AND_PAGE, page.address, {**said, **known, **ANSWERS, "do": "send"}
        )
        if sent.address.endswith("/sent/"):
            self.noted.times[Kind.SEND].append(sent.answered_ms)
        else:
            self.noted.wrong.append(f"not sent: {_errors(sent)}")
        self.noted.times[Kind.BARE].append(self.bare.get("/").shown_ms)
        if self.think is None:
            self._wait(READ_THROUGH_S)

    def _keep(self, page: Page, typed: dict[str, str]) -> float:
        """Keep what stands in the boxes; return the seconds it took."""
        if self.ahead > 0:
            return 0.0
        kept = self._ask(Kind.KEEP, f"{page.address}keep/", typed)
        found = re.search(r'"version": ?(\d+)', kept.text)
        if kept.status != 200 or found is None:
            self.noted.wrong.append(f"not kept: {kept.status}")
        else:
            typed["version"] = found[1]
        return kept.shown_ms / 1000

    def _match(self, form: Page, typed: dict[str, str]) -> float:
        """Ask who it may be; return the seconds until it was answered."""
        if self.ahead > 0:
            return 0.0
        said = {name: typed.get(name, "") for name in ("purpose", *_IDENTITY)}
        asked = self._ask(Kind.MATCH, f"{form.address}match/", said)
        if asked.status != 200:
            self.noted.wrong.append(f"not matched: {asked.status}")
        return asked.shown_ms / 1000

    def _get(self, path: str) -> Page:
        page = self.browser.get(path)
        self.noted.times[Kind.PAGE].append(page.shown_ms)
        return page

    def _press(self, path: str, said: dict[str, str]) -> Page:
        """After some thought."""
        self._wait(self.think or LOOK_S)
        return self._ask(Kind.PAGE, path, said)

    def _ask(self, kind: Kind, path: str, said: dict[str, str]) -> Page:
        page = self.browser.post(path, said)
        self.noted.times[kind].append(page.shown_ms)
        return page

    def _look(self) -> None:
        self._wait(LOOK_S)

    def _wait(self, seconds: float) -> None:
        """So long on average."""
        self._sleep(self.chance.expovariate(1 / seconds))

    def _sleep(self, seconds: float) -> None:
        if time.monotonic() >= self.until:
            raise _Over
        if self.ahead > 0:
            self.ahead -= seconds
        else:
            time.sleep(seconds)


class _Over(Exception):
    """The time of measuring is over: what was begun is left, as at the end of a day."""


def _seen(page: Page) -> dict[str, str]:
    """What the page's form holds hidden."""
    return {name: value for name, value in page.hidden.items() if name != TOKEN}


def _purpose(page: Page) -> str:
    """The first purpose that the form offers this post."""
    choices = re.search(r'name="purpose".*?</select>', page.text, re.DOTALL)
    found = re.findall(r'<option value="([^"]+)"', choices.group(0)) if choices else []
    return found[0] if found else ""


def _errors(page: Page) -> str:
    found = re.findall(r"govuk-error-message[^>]*>(.*?)</p>", page.text, re.DOTALL)
    told = "; ".join(re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in found)[:300]
    return told or f"{page.status} {page.address}"
