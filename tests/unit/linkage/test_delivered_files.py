"""Delivered files leave the inbox when their days are over, and at once where a record is recalled (P15)."""

import datetime
import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.trouble import Trouble
from joinedup.intelligence.linkage.models import Delivery, Night
from joinedup.intelligence.linkage.operations.night import Done, NightWork, run_the_night
from joinedup.intelligence.linkage.operations.recall import (
    CannotRecall,
    Recalled,
    forget_deleted,
    recall_records,
)
from joinedup.pipeline.inbox import files_in
from tests import commands
from tests.unit.linkage import traces
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN, CAT

YEARS, DAYS = datetime.timedelta(days=900), datetime.timedelta(days=3)


def files_lie_in_the_inbox(place: Place) -> None:
    """One loaded, one refused, one set aside as late, one of another agency; one that waits."""
    place.deliver("housing", ANN, BEN)
    place.deliver("gp", CAT)
    place.night()
    refused = place.deliver("housing", ANN)
    refused.write_text("nothing;here\nAnn;Ash\n")
    late = place.deliver("housing", {**ANN, "phone": "07700 900222"})
    late.rename(late.with_name(late.name.replace(str(place.day), "2026-11-01")))
    refused.write_text("nothing;here\nAnn;Ash\n")
    place.night()
    place.deliver("housing", {**ANN, "phone": "07700 900333"}, BEN)


@pytest.fixture
def lying(place_where: Callable[..., Place]) -> Place:
    there = place_where(files_lie_in_the_inbox)
    states = dict(Delivery.objects.values_list("file_name", "status"))
    assert sorted(states[name] for name in names(there) if name in states) == [
        "loaded", "loaded", "refused", "set_aside",
    ]  # fmt: skip
    assert len(names(there)) == 5
    return there


def names(there: Place) -> set[str]:
    return {path.name for path in files_in(there.inbox)}


def recall(there: Place, record_id: str = "1") -> Recalled:
    return recall_records(
        by=SYSTEM, agency="housing", record_ids=[record_id], data=there.data, inbox=there.inbox,
        at=timezone.now(),
    )  # fmt: skip


def night(there: Place, kept_since: datetime.datetime) -> Done:
    work = NightWork(
        files=files_in(there.inbox), data=there.data, as_at=there.day, files_kept_since=kept_since
    )
    there.day += datetime.timedelta(days=1)
    return run_the_night(by=SYSTEM, work=work, clock=timezone.now, progress=lambda *_: None)


def test_a_recall_takes_away_what_was_read_and_tells_what_was_not(lying: Place) -> None:
    """P15: no file that a night took in still holds the record; none is lost that no night has read (P5)."""
    (lying.inbox / "list of housing.csv").write_text("Ann Ash")
    waiting = f"housing_tenants__active-caseload__full__{lying.day}.csv"
    [gp] = [name for name in names(lying) if name.startswith("gp")]
    assert waiting in names(lying)
    done = recall(lying)
    assert names(lying) == {gp, waiting, "list of housing.csv"}
    assert (done.files.waiting, done.files.nameless) == ((waiting,), ("list of housing.csv",))
    assert len(done.files.removed) == 3
    lines = Entry.objects.using("owner").filter(act="removed", subject_kind="delivered file")
    assert {line.holder for line in lines} == {"housing"}
    files = Delivery.objects.filter(pk__in=[line.subject_id for line in lines])
    assert set(files.values_list("file_name", flat=True)) == set(done.files.removed)
    (lying.inbox / waiting).unlink()
    (lying.inbox / "list of housing.csv").unlink()
    assert traces.in_files(lying.folder, "OAKROAD,ALDERMERE,JU10AA,1990") == []
    lying.deliver("housing", BEN)
    lying.night()
    assert lying.record("housing", "2").gone_on is None, "the nights go on without the files"


def test_a_file_that_stays_holds_the_recall_back(
    lying: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15: it is not told as taken back while a file of it lies there; nor does a link pass for a file."""
    before = names(lying)
    with monkeypatch.context() as machine:
        machine.setattr(Path, "unlink", may_not)
        with pytest.raises(Trouble, match=r"Nothing was taken back: .*csv .*Permission denied"):
            recall(lying)
    assert names(lying) == before
    assert lying.record("housing", "1").given_name == "Ann"
    assert not Entry.objects.using("owner").filter(act="removed").exists()
    elsewhere = lying.folder / "elsewhere.csv"
    one = next(path for path in files_in(lying.inbox) if "2026-11-01" in path.name)
    one.rename(elsewhere)
    one.symlink_to(elsewhere)
    with pytest.raises(Trouble, match="only points at a file elsewhere"):
        recall(lying)
    assert lying.record("housing", "1").given_name == "Ann"


def may_not(path: Path, **_: bool) -> None:
    raise PermissionError(errno.EACCES, "Permission denied", str(path))


def test_a_recall_of_what_is_not_here_names_the_files_that_may_hold_it(lying: Place) -> None:
    """P15: what was only ever refused stands in no table."""
    before = names(lying)
    with pytest.raises(
        CannotRecall, match=r"no such record here\. Its files in the inbox may hold it"
    ) as why:
        recall(lying, "9")
    assert all((name in str(why.value)) == name.startswith("housing") for name in before)
    done = forget_deleted(
        by=SYSTEM, agency="housing", gone_before=lying.day, data=lying.data, inbox=lying.inbox,
        at=timezone.now(),
    )  # fmt: skip
    assert (done.counts["people_record"], done.files.removed) == (0, ())
    assert names(lying) == before


def test_a_night_removes_files_when_their_days_are_over_and_never_one_to_be_read(
    lying: Place,
) -> None:
    """P5, P15: retention runs from the night that took a file in; what waits is read first."""
    before = names(lying)
    later = lying.day + DAYS
    waits = lying.deliver("gp", CAT)
    waits.rename(waits.with_name(waits.name.replace(str(lying.day), str(later))))
    night(lying, timezone.now() - YEARS)
    assert names(lying) > before, "their days are not over"
    Night.objects.using("owner").filter(pk__lt=Night.objects.latest("pk").pk).update(
        started_at=timezone.now() - YEARS, finished_at=timezone.now() - YEARS
    )
    done = night(lying, timezone.now() - YEARS / 2)
    since = Delivery.objects.filter(night__gt=done.night.pk - 2, status="loaded")
    loaded_last_night = since.values_list("file_name", flat=True)
    assert names(lying) == {*loaded_last_night, waits.name.replace(str(later - DAYS), str(later))}
    lines = Entry.objects.using("owner").filter(act="removed", subject_kind="delivered file")
    assert lines.count() == 4


def test_what_says_the_same_under_a_later_day_is_read_before_it_goes(place: Place) -> None:
    """P5: a file is known by its contents and its day; a bare fingerprint would lose the later one."""
    one = place.deliver("housing", ANN)
    place.night()
    place.deliver("housing", BEN)
    place.night()
    again = place.inbox / one.name.replace("2026-11-20", str(place.day + DAYS))
    again.write_bytes(one.read_bytes())
    Night.objects.using("owner").update(
        started_at=timezone.now() - YEARS, finished_at=timezone.now() - YEARS
    )
    night(place, timezone.now())
    assert recall(place, "2").files.waiting == (again.name,)
    assert names(place) == {again.name}
    place.day += DAYS
    night(place, timezone.now() - YEARS)
    assert place.record("housing", "1").gone_on is None


def test_a_night_tells_what_it_could_not_remove_and_removes_the_rest(
    lying: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15: the night holds, says what is left, and the next one does it."""
    unlink, stays = Path.unlink, "2026-11-01"

    def some(path: Path, **given: bool) -> None:
        (may_not if stays in path.name and path.parent == lying.inbox else unlink)(path, **given)

    with monkeypatch.context() as machine:
        machine.setattr(Path, "unlink", some)
        done = night(lying, timezone.now())
    [told] = done.ran.told[-1:]
    assert told == (
        "The night holds, but delivered files whose days are over are still in the inbox "
        "(PermissionError). The next night does it."
    )
    assert told in Night.objects.latest("pk").sentence
    left = [name for name in names(lying) if stays in name]
    assert left
    night(lying, timezone.now())
    assert not [name for name in names(lying) if stays in name]


def test_both_commands_empty_the_inbox_that_is_set(place: Place) -> None:
    """P15: from end to end, with the number of days and the folder as production sets them."""
    environment = {
        **place.database.environment, "JOINEDUP_DATA": str(place.data),
        "JOINEDUP_INBOX": str(place.inbox), "JOINEDUP_INBOX_DAYS": "3",
    }  # fmt: skip
    one = place.deliver("housing", ANN, BEN)
    said = commands.run("night", "--as-at", str(place.day), environment=environment)
    assert "is committed" in said.stdout, said
    assert one.exists()
    said = commands.run("recall", "housing", "1", environment=environment)
    assert f"Removed from {place.inbox}, as a night had taken them in: {one.name}." in said.stdout
    assert names(place) == set()
    place.day += datetime.timedelta(days=1)
    place.deliver("housing", BEN)
    environment["JOINEDUP_INBOX_DAYS"] = "0"
    for _ in range(2):
        commands.run("night", "--as-at", str(place.day), environment=environment)
    assert names(place) == set()
    waits = place.deliver("housing", {**BEN, "phone": "07700 900444"})
    waits.rename(waits.with_name(waits.name.replace(str(place.day), "2026-12-24")))
    said = commands.run("recall", "housing", "2", environment=environment)
    assert "the next brings back what they hold" in said.stdout, said
    assert "2026-12-24" in said.stdout


def test_the_command_refuses_what_it_could_only_half_do(place: Place) -> None:
    """P15: a folder that is not there holds the files no night reads; they would be told as gone."""
    for words, told in (
        (("housing",), "Name records"),
        (("housing", "1", "--gone-before", "2026-11-01"), "Name records"),
        (("gp", "1", "--controller", "Z99002"), "with --gone-before"),
        (("housing", "1", "--inbox", str(place.folder / "none")), "There is no folder"),
    ):
        said = commands.run("recall", *words, environment=place.database.environment)
        assert (said.returncode, told in said.stdout) == (2, True), said
