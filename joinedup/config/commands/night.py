"""joinedup night: bring the agencies' deliveries into the spine."""

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "night",
        help="bring the agencies' deliveries into the spine",
        description="Reads every new file of the inbox, checks it, drops what may not be used, links "
        "records into people and commits the lot, or nothing.",
    )
    parser.add_argument(
        "--inbox", type=Path, help="folder of deliveries (default: the site's inbox)"
    )
    parser.add_argument(
        "--as-at", type=_day, metavar="DAY",
        help="the day the night is run for, as in 2026-11-20 (default: today)",
    )  # fmt: skip
    parser.add_argument(
        "--full", action="store_true", help="link everything anew, not what changed"
    )
    parser.add_argument(
        "--accept-losses", action="append", default=[], metavar="CONTRACT",
        help="believe that whom this contract's full deliveries no longer hold has left, however "
        "many they are; as in gp_registrations",
    )  # fmt: skip
    parser.add_argument(
        "--truth", type=Path, metavar="DIR", help="where these people are invented: their truth"
    )
    parser.add_argument("--json", action="store_true", help="say what was done as JSON")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as in 2026-11-20") from None


def run(args: argparse.Namespace) -> int:
    """Run one night and say what it did; 1 when a delivery was refused, rang or had rows kept back."""
    from joinedup.config import start

    start.start()
    from django.conf import settings
    from django.utils import timezone

    from joinedup.foundations.audit.operations.heads import sign_head
    from joinedup.foundations.audit.operations.sequence import sequence_all
    from joinedup.foundations.core import clock
    from joinedup.foundations.core.trouble import Trouble
    from joinedup.identity.sharing.access import Viewer
    from joinedup.identity.sharing.operations.nightly import compare_with_facts
    from joinedup.intelligence.linkage.operations.measure import Truth
    from joinedup.intelligence.linkage.operations.night import (
        CannotRunNight,
        NightWork,
        run_the_night,
    )
    from joinedup.pipeline.contracts.identity import CONTRACTS
    from joinedup.pipeline.inbox import files_in

    inbox = args.inbox or settings.INBOX
    if not inbox.is_dir():
        sys.stderr.write(f"There is no folder {inbox}. Name one with --inbox.\n")
        return outcomes.WRONG_USAGE
    truth = Truth(args.truth) if args.truth else None
    if truth and not (truth.records.is_file() and truth.people.is_file()):
        sys.stderr.write(f"There is no truth in {truth.folder}. Name the folder with --truth.\n")
        return outcomes.WRONG_USAGE
    unknown = sorted(set(args.accept_losses) - {contract.code for contract in CONTRACTS})
    if unknown:
        known = ", ".join(contract.code for contract in CONTRACTS)
        sys.stderr.write(f"There is no contract {unknown[0]}. Name one of these: {known}.\n")
        return outcomes.WRONG_USAGE
    work = NightWork(
        files=files_in(inbox),
        data=settings.DATA,
        as_at=args.as_at or timezone.localdate(),
        full=args.full,
        accept_losses=frozenset(args.accept_losses),
        truth=truth,
        files_kept_since=clock.now() - datetime.timedelta(days=settings.INBOX_DAYS),
    )
    try:
        with bar(quiet=args.json) as progress:
            done = run_the_night(
                by=Viewer.system("the night"), work=work, clock=timezone.now, progress=progress
            )
    except CannotRunNight as refused:
        raise Trouble(str(refused)) from refused
    # Derived anew beside what is there: a difference is an incident, on record, and put right.
    differences = compare_with_facts(at=clock.now())
    sequence_all()
    sign_head(data=settings.DATA, second_place=settings.AUDIT_HEADS, at=timezone.now())
    said = summary(done) | {"sight_differences": differences}
    sys.stdout.write(json.dumps(said, default=str) + "\n" if args.json else in_words(said))
    wrong = any(
        d["status"] == "refused" or d["quarantined"] or d["alarm"] for d in said["deliveries"]
    )
    return outcomes.WRONG_DATA if wrong or differences else outcomes.FINE


@contextmanager
def bar(*, quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """A progress bar on a terminal; a line for each stage elsewhere; nothing when quiet."""
    if quiet:
        yield lambda stage, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        told: list[str] = []

        def tell(stage: str, share: float) -> None:
            if stage not in told:
                told.append(stage)
                console.print(stage)

        yield tell
        return
    columns = (TextColumn("{task.description:<40}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as shown:
        task = shown.add_task("The night begins", total=1.0)
        yield lambda stage, share: shown.update(task, description=stage, completed=share)


def summary(done: Any) -> dict[str, Any]:
    """What a script wants to know of a night."""
    alarms = dict(done.night.deliveries.values_list("sha256", "alarm"))
    return {
        "night": done.night.pk,
        "as_at": done.night.as_at,
        "deliveries": [
            {
                "file": outcome.file_name,
                "status": outcome.status,
                "sentence": outcome.sentence,
                "alarm": alarms.get(outcome.sha256, ""),
                **{name: getattr(outcome, name) for name in _COUNTS},
            }
            for outcome in done.ran.outcomes
        ],
        "told": list(done.ran.told),
        "counts": done.night.counts,
        "seconds": done.night.seconds,
    }


_COUNTS = (
    "sent",
    "loaded",
    "quarantined",
    "withheld",
    "matched",
    "new",
    "changed",
    "gone",
    "unchanged",
    "absences_held",
)


def _count(name: str, number: int) -> str:
    return f"{name.replace('_', ' ')} {number:,}"


def in_words(said: dict[str, Any]) -> str:
    """The same for a person."""
    lines = [f"Night {said['night']}, as at {said['as_at']:%d/%m/%Y}, is committed."]
    if said["sight_differences"]:
        lines.append(
            f"INCIDENT: {said['sight_differences']:,} rows of what people may see differed from the "
            "facts. They were put right and are in the record of looks: find out why."
        )
    for delivery in said["deliveries"]:
        lines.append(f"\n{delivery['file']}: {delivery['status'].replace('_', ' ')}")
        if delivery["sentence"]:
            lines.append(f"  {delivery['sentence']}")
        else:
            lines.append("  " + ", ".join(_count(name, delivery[name]) for name in _COUNTS))
        if delivery["alarm"]:
            lines.append(f"  Far from usual: {delivery['alarm']}")
    already = {delivery["sentence"] for delivery in said["deliveries"]}
    lines += [f"\n{sentence}" for sentence in said["told"] if sentence not in already]
    return "\n".join(lines) + "\n"
