"""The inbox: which files are new, read and checked in the order of their days, and what became of each."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from joinedup.pipeline import deliveries
from joinedup.pipeline.changes import Counted
from joinedup.pipeline.deliveries import DeliveryName
from joinedup.pipeline.deliveries.file_name import FORMS, NotADeliveryName
from joinedup.pipeline.permitted import Arrived

Source = tuple[str, str]
"""What follows one after the other: deliveries of one contract and one population."""

LOADED, REFUSED, SET_ASIDE = "loaded", "refused", "set_aside"


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its status, a sentence where there is something to say, and counts.

    sent = loaded + quarantined + withheld + repeated; loaded = new + changed + unchanged + deletions.
    """

    contract: str
    agency: str
    population: str
    changes_only: bool
    as_at: date
    file_name: str
    sha256: str
    status: str = LOADED
    sentence: str = ""
    findings: tuple[dict[str, Any], ...] = ()
    sent: int = 0
    repeated: int = 0
    loaded: int = 0
    quarantined: int = 0
    withheld: int = 0
    matched: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    absences_held: int = 0

    @classmethod
    def of(cls, name: DeliveryName, path: Path, sha256: str) -> "Outcome":
        """The outcome of a file before anything is known but its name."""
        return cls(
            contract=name.contract.code,
            agency=name.contract.agency,
            population=name.population,
            changes_only=not name.is_full,
            as_at=name.as_at,
            file_name=path.name,
            sha256=sha256,
        )

    def refused(self, sentence: str) -> "Outcome":
        """The same, refused whole."""
        return replace(self, status=REFUSED, sentence=sentence)

    def set_aside(self, sentence: str) -> "Outcome":
        """The same, left where it lies."""
        return replace(self, status=SET_ASIDE, sentence=sentence)

    def counted(self, counted: Counted, *, quarantined: int, withheld: int) -> "Outcome":
        """The same, loaded."""
        return replace(
            self,
            loaded=counted.loaded,
            new=counted.new,
            changed=counted.changed,
            gone=counted.gone,
            absences_held=counted.absences_held,
            unchanged=counted.unchanged,
            quarantined=quarantined,
            withheld=withheld,
        )

    def with_matched(self, matched: int) -> "Outcome":
        """The same, with the number of rows whose person another agency knows too."""
        return replace(self, matched=matched)


@dataclass(frozen=True)
class ReadDelivery:
    """A delivery that was checked, and its outcome so far."""

    outcome: Outcome
    arrived: Arrived


@dataclass(frozen=True)
class Read:
    """What the inbox held: deliveries to go on with, files that go no further, and what to tell."""

    deliveries: tuple[ReadDelivery, ...]
    late: tuple[Arrived, ...]
    """Files set aside as late: of these only the seals are heeded (P2)."""
    outcomes: tuple[Outcome, ...]
    told: tuple[str, ...]


def files_in(inbox: Path) -> list[Path]:
    """The files of an inbox and of the folders in it, in a steady order; hidden ones left out."""
    return sorted(
        path
        for path in inbox.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts)
    )


def read(
    files: Sequence[Path],
    *,
    as_at: date,
    loaded: Mapping[str, frozenset[date]],
    latest: Mapping[Source, date],
    scratch: Path,
) -> Read:
    """Check every file that is new and due, the earliest first.

    A file that was loaded before, or says what the last of its contract said, changes nothing; one
    older than that last is set aside. `loaded` gives the days under which each sha256 was loaded.
    """
    named, told = _named(files)
    seen, newest = dict(loaded), dict(latest)
    going: list[ReadDelivery] = []
    late: list[Arrived] = []
    stopped: list[Outcome] = []
    for name, path in named:
        source = (name.contract.code, name.population)
        sha256 = sha256_of(path)
        if seen.get(sha256, frozenset()) & {name.as_at, newest.get(source)}:
            told.append(f"{path.name} was loaded before and changes nothing.")
            continue
        if name.as_at > as_at:
            told.append(f"{path.name} shows a day that is yet to come and waits in the inbox.")
            continue
        outcome = Outcome.of(name, path, sha256)
        why_late = _why_late(name, newest.get(source))
        if why_late:
            stopped.append(outcome.set_aside(why_late))
            late += _late(name, path, as_at, scratch / f"late_{len(stopped)}")
            continue
        checked = deliveries.check(path, as_at=as_at, scratch=scratch)
        outcome = replace(
            outcome,
            sent=checked.rows_sent,
            repeated=checked.rows_repeated,
            findings=tuple(vars(finding) for finding in checked.findings),
        )
        if checked.refused or checked.records_path is None:
            stopped.append(outcome.refused(checked.refused or "The file could not be read."))
            continue
        seen[sha256] = seen.get(sha256, frozenset()) | {name.as_at}
        newest[source] = name.as_at
        going.append(ReadDelivery(outcome, Arrived(name, checked.records_path, checked.quarantine)))
    return Read(tuple(going), tuple(late), tuple(stopped), tuple(told))


def sha256_of(path: Path) -> str:
    """The fingerprint by which a file is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _late(name: DeliveryName, path: Path, as_at: date, scratch: Path) -> list[Arrived]:
    # In a folder of its own: a file of the same name may be due tonight.
    scratch.mkdir(parents=True)
    checked = deliveries.check(path, as_at=as_at, scratch=scratch)
    if checked.refused or checked.records_path is None:
        return []
    return [Arrived(name, checked.records_path, checked.quarantine)]


def _named(files: Iterable[Path]) -> tuple[list[tuple[DeliveryName, Path]], list[str]]:
    named: list[tuple[DeliveryName, Path]] = []
    told: list[str] = []
    for path in files:
        try:
            named.append((DeliveryName.parse(path), path))
        except NotADeliveryName as error:
            if path.suffix.lower() in FORMS:
                told.append(f"{path.name} was left aside. {error}")
    named.sort(key=lambda each: (each[0].as_at, each[0].contract.code, each[1].name))
    return named, told


def _why_late(name: DeliveryName, newest: date | None) -> str:
    if newest is None or name.as_at > newest:
        return ""
    if name.as_at == newest:
        return (
            f"A delivery of {name.contract.code} as at {newest:%d/%m/%Y} was loaded already. "
            "Send a correction with a later date in its name."
        )
    return (
        f"It shows {name.as_at:%d/%m/%Y}, and a later delivery of {name.contract.code} ({name.population}), "
        f"as at {newest:%d/%m/%Y}, was loaded already. It was set aside."
    )
