"""The night: run the pipeline, bring what it found into the database, keep its files for the next."""

import datetime
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.choices import NightState
from joinedup.intelligence.linkage.models import LinkageModel, Night
from joinedup.intelligence.linkage.operations import (
    after_night,
    cache,
    delivered_files,
    seal_ledger,
    trouble,
)
from joinedup.intelligence.linkage.operations.commit import commit
from joinedup.intelligence.linkage.operations.commit_seals import key_check
from joinedup.intelligence.linkage.operations.find_ahead import forget_laid
from joinedup.intelligence.linkage.operations.measure import Truth, measure
from joinedup.intelligence.linkage.operations.night_lock import hold_answers, let_answers_in
from joinedup.intelligence.linkage.operations.seal_key import seal_key
from joinedup.intelligence.linkage.operations.writing import NIGHT, Writing
from joinedup.intelligence.linkage.queries import night_facts
from joinedup.intelligence.linkage.rules import is_unusual_loss
from joinedup.pipeline.linkage import NeedsFullRun
from joinedup.pipeline.night_folder import NightFolder
from joinedup.pipeline.permitted import MayBeUsed
from joinedup.pipeline.run import Asked, Ran, run_night

Progress = Callable[[str, float], None]
Clock = Callable[[], datetime.datetime]

LOCK = 0x4E494748
"""The advisory lock that a running night holds."""

PIPELINE_SHARE = 0.6

COMMITTED = "Overwriting what has left"
"""What progress is told once all rows are committed: what left the night's files is overwritten then (P2)."""


class CannotRunNight(Exception):
    """The night was not started; the message says why, and what to do."""


@dataclass(frozen=True)
class NightWork:
    """What a night works on."""

    files: Sequence[Path]
    data: Path
    as_at: datetime.date
    full: bool = False
    accept_losses: frozenset[str] = frozenset()
    """Contracts whose absences somebody has confirmed, however many."""
    truth: Truth | None = None
    """Where the synthetic truth lies, if these people are invented."""
    files_kept_since: datetime.datetime | None = None
    """Files that a night took in before then are removed; where it is None, no file is."""


@dataclass(frozen=True)
class Done:
    """A night that was committed: what it counted, and what there is to tell."""

    night: Night
    ran: Ran


def run_the_night(*, by: Viewer, work: NightWork, clock: Clock, progress: Progress) -> Done:
    """Run one night from files to committed rows; all of it holds, or none.

    Raises CannotRunNight when another night runs, NotPermitted, and Trouble when the disk or the
    database fails: then nothing is kept, and the next night mends it.
    """
    by.must(Permission.SEND_DELIVERIES)
    with trouble.told_plainly(), _only_one(work.data), _only_night(by, work, clock()) as night:
        try:
            with trouble.told_plainly():
                done = _run(by, night, work, clock, progress)
        except Exception as error:
            _fail(
                night, clock(), str(error) if isinstance(error, Trouble) else type(error).__name__
            )
            shutil.rmtree(cache.folder_of(work.data, night).path, ignore_errors=True)
            raise
    return done


def _run(by: Viewer, night: Night, work: NightWork, clock: Clock, progress: Progress) -> Done:
    folder = cache.folder_of(work.data, night)
    scratch = work.data / "scratch" / str(night.stamp)
    scratch.mkdir(parents=True)
    try:
        put_back = seal_ledger.put_back(work.data, on=work.as_at)
        asked = _asked(work, folder, scratch)
        with Writing(night, clock=clock) as writing:
            ran = _run_pipeline(asked, writing, scratch, progress)
            if put_back:
                ran = replace(ran, told=(*ran.told, seal_ledger.told(put_back)))
            folder.close(
                {"stamp": str(night.stamp), "as_at": work.as_at, "counts": ran.linked.counts}
            )
            cursor, written = writing.go_on()
            started = clock()
            counts = commit(
                cursor, night, ran, at=started, scratch=scratch, written=written,
                progress=lambda stage, share: progress(
                    stage, PIPELINE_SHARE + (0.95 - PIPELINE_SHARE) * share
                ),
            )  # fmt: skip
            progress("Measuring quality", 0.95)
            measure(night, ran, work.truth, as_at=work.as_at)
            _close(cursor, by, night, ran, counts, started=started, at=clock())
        progress(COMMITTED, 0.99)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    left = after_night.finish(
        night, work.data, folder, files_over=lambda: _clear_inbox(by, work, clock())
    )
    progress("The night is done", 1.0)
    return Done(night, replace(ran, told=(*ran.told, *left)))


def _clear_inbox(by: Viewer, work: NightWork, at: datetime.datetime) -> None:
    if work.files_kept_since is not None:
        delivered_files.clear(by, work.files, taken_in_before=work.files_kept_since, at=at)


def _run_pipeline(asked: Asked, writing: Writing, scratch: Path, progress: Progress) -> Ran:
    def share(stage: str, done: float) -> None:
        progress(stage, done * PIPELINE_SHARE)

    ahead = asked
    if asked.before:
        ahead = replace(asked, told_what_changed=writing.begin, told_whose=writing.told_whose)
    try:
        return run_night(ahead, progress=share)
    except NeedsFullRun:
        # Another model, or another version's files: link anew from what the database holds.
        writing.undo()
        with acting(NIGHT), connection.cursor() as cursor:
            base = cache.rebuild(cursor, scratch)
        return run_night(replace(asked, before=None, before_linked=None, base=base), progress=share)


def _asked(work: NightWork, folder: NightFolder, scratch: Path) -> Asked:
    last = night_facts.last_committed()
    before = None if work.full else cache.last_folder(work.data, last)
    base = before_linked = None
    with acting(NIGHT), connection.cursor() as cursor:
        if last is not None and before is None:
            base = cache.rebuild(cursor, scratch)
        elif last is not None and before is not None:
            before_linked = cache.links_as_reviewed(cursor, before, last, scratch)
        key = seal_key(work.data)
        may = MayBeUsed(
            as_at=work.as_at,
            key=key,
            flows=night_facts.flows(),
            seals=night_facts.seals(),
            fingerprints=night_facts.fingerprints(but=key_check(key)),
            objections=night_facts.objections(work.as_at),
            left=night_facts.left(),
        )
        absent, decisions = night_facts.absences(), night_facts.decisions()
    return Asked(
        files=work.files,
        as_at=work.as_at,
        may=may,
        out=folder.path,
        loaded=night_facts.files_loaded(),
        latest=night_facts.latest_deliveries(),
        absent=absent,
        is_unusual_loss=is_unusual_loss,
        accept_losses=work.accept_losses,
        decisions=decisions,
        before=before,
        before_linked=before_linked,
        base=base,
    )


MOMENTS = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait for a lock that no running night holds."""


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """Hold the lock of the night, or refuse and name the night that holds it.

    What killed nights left behind goes before anything else is done.
    """
    for moment in (*MOMENTS, None):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if cursor.fetchone()[0]:
                break
        # A connection that has just gone holds it for a moment more, and no night runs.
        if moment is None or Night.objects.filter(state=NightState.RUNNING).exists():
            raise CannotRunNight(_who_runs())
        time.sleep(moment)
    try:
        with connection.cursor() as cursor:
            hold_answers(cursor)
            forget_laid(cursor)
        cache.shut(data)
        cache.clear_rubble(data, night_facts.last_committed())
        yield
    finally:
        _unlock()


def _who_runs() -> str:
    running = Night.objects.filter(state=NightState.RUNNING).first()
    if running is None:
        return "Another night is just starting. Wait until it has ended."
    started = timezone.localtime(running.started_at)
    return (
        f"Night {running.pk} is running; it started at {started:%H:%M on %d/%m/%Y}. "
        "Wait until it has ended."
    )


def _unlock() -> None:
    try:
        with connection.cursor() as cursor:
            let_answers_in(cursor)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    except (OperationalError, InterfaceError):
        connection.close()  # the database has let go of the lock with the connection


@contextmanager
def _only_night(by: Viewer, work: NightWork, at: datetime.datetime) -> Iterator[Night]:
    """Write down that a night runs; one that was killed is told as interrupted."""
    with transaction.atomic():
        Night.objects.filter(state=NightState.RUNNING).update(
            state=NightState.INTERRUPTED,
            finished_at=at,
            sentence="It was killed before it had ended. Nothing of it was kept.",
        )
        night = Night.objects.create(
            as_at=work.as_at, started_at=at, full=work.full, started_by_id=by.post_id
        )
    yield night


def _close(
    cursor: Any, by: Viewer, night: Night, ran: Ran, counts: dict[str, int], *,
    started: datetime.datetime, at: datetime.datetime,
) -> None:  # fmt: skip
    """Commit the night itself, with its line in the audit; it must still be the one that runs."""
    seconds = {**ran.seconds, "Committing": round((at - started).total_seconds(), 2)}
    night.counts = {**ran.linked.counts, **counts}
    night.seconds = seconds
    night.sentence = " ".join(ran.told)
    night.state, night.finished_at = NightState.COMMITTED.value, at
    night.model, _ = LinkageModel.objects.get_or_create(
        name=ran.model, defaults={"first_used_on": night.as_at}
    )
    cursor.execute(
        "SELECT FROM linkage_night WHERE id = %s AND state = 'running' FOR UPDATE", [night.pk]
    )
    if cursor.rowcount != 1:
        raise Trouble(f"Night {night.pk} was overtaken by another. Nothing of it was kept.")
    night.save()
    record_change(
        at=at,
        post_id=by.post_id,
        act="ran",
        subject_kind="night",
        subject_id=str(night.pk),
        purpose=by.purpose,
        detail=counts,
    )


def _fail(night: Night, at: datetime.datetime, sentence: str) -> None:
    """Say that the night failed, if the database can still be told."""
    connection.close_if_unusable_or_obsolete()
    try:
        Night.objects.filter(pk=night.pk, state=NightState.RUNNING).update(
            state=NightState.FAILED, finished_at=at, sentence=sentence
        )
        with connection.cursor() as cursor:
            forget_laid(cursor)
    except DatabaseError:
        connection.close()
