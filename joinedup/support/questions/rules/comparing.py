"""What one version asks that another does not, and what both ask in other words."""

from dataclasses import dataclass, fields

from joinedup.support.questions.rules.asked import Asked, AskedVersion, Choice


@dataclass(frozen=True)
class Change:
    """One thing that reads differently: of which question (or of the version), what, before and after."""

    of: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """All that differs between two versions."""

    words: tuple[Change, ...]
    added: tuple[Asked, ...]
    taken_out: tuple[Asked, ...]
    changed: tuple[Change, ...]
    moved: tuple[Asked, ...]

    @property
    def nothing(self) -> bool:
        """Whether they ask the same in the same order."""
        return not (self.words or self.added or self.taken_out or self.changed or self.moved)


_TITLES = {
    "kind": "Kind of answer", "text": "Question", "help": "Help", "required": "Must be answered",
    "choices": "Answers", "lowest": "Lowest", "highest": "Highest", "lowest_means": "Lowest means",
    "highest_means": "Highest means", "shown_if": "Asked only where", "known_from": "Known from",
    "source": "Source",
}  # fmt: skip
_OF_VERSION = {
    "variant": "Variant", "introduction": "Introduction", "source": "Source", "licence": "Licence",
}  # fmt: skip


def compare(before: AskedVersion, after: AskedVersion) -> Compared:
    """What the later of two versions changed."""
    was, now = ({q.code: q for q in version} for version in (before, after))
    stayed = [code for code in now if code in was]
    order = [code for code in was if code in now]
    return Compared(
        words=(*_words(before, after), *_sections(before, after)),
        added=tuple(now[code] for code in now if code not in was),
        taken_out=tuple(was[code] for code in was if code not in now),
        changed=tuple(change for code in stayed for change in _changes(was[code], now[code])),
        moved=tuple(now[code] for code in _moved(order, stayed)),
    )


def _words(before: AskedVersion, after: AskedVersion) -> list[Change]:
    return [
        Change("", title, getattr(before, name), getattr(after, name))
        for name, title in _OF_VERSION.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _sections(before: AskedVersion, after: AskedVersion) -> list[Change]:
    was, now = (_said_of_sections(version) for version in (before, after))
    return [] if was == now else [Change("", "Sections", was, now)]


def _said_of_sections(version: AskedVersion) -> str:
    parts = (f"{s.title}: {s.words}" if s.words else s.title for s in version.sections)
    return "; ".join(part for part in parts if part)


def _changes(before: Asked, after: Asked) -> list[Change]:
    return [
        Change(after.text, _TITLES[field.name], said_of(before, field.name), said_of(after, field.name))
        for field in fields(Asked)
        if field.name != "code" and getattr(before, field.name) != getattr(after, field.name)
    ]  # fmt: skip


def said_of(question: Asked, name: str) -> str:
    """One property of a question, as it reads beside another's."""
    value = getattr(question, name)
    if name == "choices":
        return "; ".join(said_of_choice(choice) for choice in question.choices)
    if name == "shown_if":
        return f"{value.question} is {' or '.join(value.any_of)}" if value else "Always"
    if name in {"kind", "known_from"}:
        return str(value.label)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)


def said_of_choice(choice: Choice) -> str:
    """An answer of a list with what it does."""
    does = []
    if choice.points is not None:
        does.append(f"{choice.points} points")
    if choice.trigger:
        does.append(f"opens the exit: {choice.trigger}")
    if choice.means:
        does.append(f"tells {', '.join(choice.means)}")
    if choice.categories:
        at_least = f"{choice.at_least} of " if choice.at_least > 1 else ""
        does.append(f"known from {at_least}{', '.join(choice.categories)}")
    return f"{choice.label} ({'; '.join(does)})" if does else choice.label


def _moved(before: list[str], after: list[str]) -> list[str]:
    """The fewest questions whose moving makes one order of the other: all but a longest common row."""
    places = {code: n for n, code in enumerate(before)}
    best: dict[str, tuple[int, str | None]] = {}
    for n, code in enumerate(after):
        earlier = [o for o in after[:n] if places[o] < places[code]]
        last = max(earlier, key=lambda other: best[other][0], default=None)
        best[code] = (best[last][0] + 1 if last else 1, last)
    keep: set[str] = set()
    here = max(best, key=lambda code: best[code][0], default=None)
    while here is not None:
        keep.add(here)
        here = best[here][1]
    return [code for code in after if code not in keep]
