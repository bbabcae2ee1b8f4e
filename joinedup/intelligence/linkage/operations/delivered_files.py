"""Files that agencies delivered leave the inbox: once their days are over, or as a recall reaches them (P15)."""

import datetime
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.choices import DeliveryStatus
from joinedup.intelligence.linkage.models import Delivery
from joinedup.pipeline.deliveries.file_name import DeliveryName, NotADeliveryName
from joinedup.pipeline.inbox import sha256_of


@dataclass(frozen=True)
class Lying:
    """A file in the inbox, and as what a night took it in: loaded, refused or set aside. None where it waits."""

    path: Path
    name: DeliveryName
    taken_in: Delivery | None


@dataclass(frozen=True)
class Reached:
    """What a recall did in the inbox, by the names of files."""

    removed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    """No night has read these: they are not lost, and the next one would bring back what they hold."""
    nameless: tuple[str, ...] = ()
    """Whose these are their names do not say."""


def reach(by: Viewer, agency: str, files: Sequence[Path], *, at: datetime.datetime) -> Reached:
    """Remove each file of this agency that a night has taken in, and tell those that none has.

    All of them and not those alone that name the record: what a night refused may not even be readable,
    and the rows of the others stand in the database. Raises OSError where one stays.
    """
    named, nameless = _named(files)
    theirs = [_lying(path, name) for path, name in named if name.contract.agency == agency]
    for one in theirs:
        if one.taken_in is not None:
            _remove(by, one, one.taken_in, at=at)
    return Reached(
        removed=tuple(one.path.name for one in theirs if one.taken_in is not None),
        waiting=tuple(one.path.name for one in theirs if one.taken_in is None),
        nameless=tuple(path.name for path in nameless),
    )


def names_of(agency: str, files: Sequence[Path]) -> tuple[str, ...]:
    """The names of this agency's files, whatever became of them."""
    named, _ = _named(files)
    return tuple(path.name for path, name in named if name.contract.agency == agency)


def clear(
    by: Viewer, files: Sequence[Path], *, taken_in_before: datetime.datetime, at: datetime.datetime
) -> None:
    """Remove each file that a night took in before then, and none that waits.

    Raises OSError where one stays, once the others are gone.
    """
    old = Delivery.objects.filter(night__finished_at__lt=taken_in_before)
    days: dict[tuple[str, str], datetime.date] = {}
    for contract, population, day in old.values_list("contract", "population", "as_at"):
        days[contract, population] = max(day, days.get((contract, population), day))
    stays: OSError | None = None
    for path, name in _named(files)[0]:
        latest = days.get((name.contract.code, name.population))
        if latest is None or name.as_at > latest:
            continue  # not read again, night for night, while its days last
        one = _lying(path, name)
        when = one.taken_in.night.finished_at if one.taken_in else None
        if one.taken_in and when is not None and when < taken_in_before:
            try:
                _remove(by, one, one.taken_in, at=at)
            except OSError as why:
                stays = stays or why
    if stays is not None:
        raise stays


def _named(files: Iterable[Path]) -> tuple[list[tuple[Path, DeliveryName]], list[Path]]:
    named: list[tuple[Path, DeliveryName]] = []
    nameless: list[Path] = []
    for path in files:
        try:
            named.append((path, DeliveryName.parse(path)))
        except NotADeliveryName:
            nameless.append(path)
    return named, nameless


def _lying(path: Path, name: DeliveryName) -> Lying:
    return Lying(path, name, _taken_in(sha256_of(path), name))


def _taken_in(sha256: str, name: DeliveryName) -> Delivery | None:
    """As what a night first took this file in: under its own day, or as what stands under a day since.

    What says the same again under a later day is still to be read (P5).
    """
    of_source = Delivery.objects.filter(contract=name.contract.code, population=name.population)
    same = of_source.filter(sha256=sha256).select_related("night").order_by("night_id", "pk")
    newest = of_source.filter(status=DeliveryStatus.LOADED).aggregate(day=Max("as_at"))["day"]
    if newest is None or name.as_at > newest:
        same = same.filter(as_at=name.as_at)
    return same.first()


def _remove(by: Viewer, one: Lying, taken_in: Delivery, *, at: datetime.datetime) -> None:
    """Take it away, with its line: whose it was, as which delivery it is known. Raises OSError."""
    with transaction.atomic():
        record_change(
            at=at, post_id=by.post_id, act="removed", subject_kind="delivered file",
            subject_id=str(taken_in.pk), purpose=by.purpose, holder=one.name.contract.agency,
            detail={"contract": one.name.contract.code, "as_at": one.name.as_at.isoformat()},
        )  # fmt: skip
        if one.path.is_symlink():
            raise OSError(errno.ELOOP, "it only points at a file elsewhere", str(one.path))
        one.path.unlink(missing_ok=True)
