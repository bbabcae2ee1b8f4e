"""Find a person: how often the right one is first and how long it takes, beside trigrams and Splink.

python -m benchmarks.find --people 1500000 --seed 7 --questions-seed 1101 [--from FOLDER]

The spine is the truth itself, so that this measures finding and not linkage. Run it with JOINEDUP_DATA
naming an empty folder: it starts a durable PostgreSQL there and fills it. Where it is filled, `--as-it-is`
asks at once. PostgreSQL takes huge pages where the machine has set some aside (docs/production.md); whether
it did is printed.
"""

import argparse
import gc
import json
import os
import statistics
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from joinedup.config import start

AS_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLIENTS = 8


def main() -> None:
    """Load where nothing is loaded, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--seed", type=int, default=7, help="of the borough")
    parser.add_argument(
        "--from", dest="folder", type=Path, help="a synthetic borough there already"
    )
    parser.add_argument(
        "--as-it-is", action="store_true", help="ask the index that is there, not one made anew"
    )
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--questions-seed", type=int, default=1101)
    parser.add_argument("--peers", type=int, default=200, help="questions put to trigrams")
    parser.add_argument("--splink", type=int, default=40, help="questions put to Splink")
    parser.add_argument("--misses", type=int, default=0, help="questions to show that went wrong")
    asked = parser.parse_args()
    os.environ.setdefault("JOINEDUP_DEMO", "1")
    start.start()
    start.migrate()
    from benchmarks import find_borough  # Django is ready only now
    from benchmarks.find_questions import questions, remember

    figures: dict[str, Any] = find_borough.load(
        asked.people, asked.seed, asked.folder, as_it_is=asked.as_it_is
    )
    known = find_borough.known()
    remember(known)
    made = questions(known, asked.questions, asked.questions_seed)
    texts = [question.text for question in made]
    print(f"{figures}", flush=True)

    find_borough.warm()
    as_the_server_does()
    ask_all(texts[:300])
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    answers, seconds = ask_all(texts)
    right = [question.person for question in made]
    figures["ours"] = quality(right, answers) | timing(seconds)
    print("ours", figures["ours"], flush=True)
    report_by_damage(made, answers, asked.misses)
    figures["ours, 8 clients"] = timing(many_clients(texts))
    print("ours, 8 clients", figures["ours, 8 clients"], flush=True)
    for name, number in (("trigrams", asked.peers), ("splink", asked.splink)):
        if number:
            ask = getattr(find_borough, f"ask_{name}")()
            timed = [timed_call(ask, question) for question in made[:number]]
            figures[name] = quality(right, [a for a, _ in timed]) | timing([s for _, s in timed])
            print(name, figures[name], flush=True)
    print(json.dumps(figures))


def ask_all(texts: list[str]) -> tuple[list[list[str]], list[float]]:
    """Ask one after another, as one practitioner behind the wall, each look audited."""
    from benchmarks.find_borough import practitioner
    from joinedup.intelligence.linkage.queries.find import find_people

    viewer = practitioner()
    answers, seconds = [], []
    for text in texts:
        begun = time.perf_counter()
        found = find_people(viewer, text, at=AS_AT)
        seconds.append(time.perf_counter() - begun)
        answers.append([str(answer.person) for answer in found.answers])
    return answers, seconds


def as_the_server_does() -> None:
    """Set aside what is loaded, which the collector of memory would else look through in a tenth of a second."""
    gc.collect()
    gc.freeze()


def _client(texts: list[str]) -> list[float]:
    start.start_django()
    ask_all(texts[:1])
    as_the_server_does()
    ask_all(texts[:20])
    return ask_all(texts)[1]


def many_clients(texts: list[str]) -> list[float]:
    """Ask the same from eight processes at once, each a part."""
    parts = [texts[n::CLIENTS] for n in range(CLIENTS)]
    with ProcessPoolExecutor(CLIENTS, mp_context=get_context("spawn")) as pool:
        return [second for part in pool.map(_client, parts) for second in part]


def timed_call(ask: Any, question: Any) -> tuple[list[str], float]:
    """The answers to one question and the seconds they took."""
    begun = time.perf_counter()
    return ask(question), time.perf_counter() - begun


def quality(right: list[str], answers: list[list[str]]) -> dict[str, float]:
    """How often the right person was first, and among the first five."""
    asked = range(len(answers))
    first = statistics.fmean(answers[n][:1] == [right[n]] for n in asked)
    five = statistics.fmean(right[n] in answers[n][:5] for n in asked)
    return {"questions": len(answers), "first": round(first, 4), "in first five": round(five, 4)}


def timing(seconds: list[float]) -> dict[str, float]:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    return {
        "p50 ms": round(1000 * statistics.median(ordered), 2),
        "p95 ms": round(1000 * ordered[int(0.95 * len(ordered))], 2),
        "worst ms": round(1000 * ordered[-1], 2),
    }


def report_by_damage(made: list[Any], answers: list[list[str]], misses: int) -> None:
    """Where it goes wrong: by damage, and some questions themselves (invented people)."""
    total: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for question, answer in zip(made, answers, strict=True):
        for damage in question.damages or ("none",):
            total[damage] += 1
            missed[damage] += answer[:1] != [question.person]
        if answer[:1] != [question.person] and misses > 0:
            misses -= 1
            place = answer.index(question.person) + 1 if question.person in answer else 0
            print(f"  {question.text!r} {question.damages} place {place} of {len(answer)}")
    for damage, number in sorted(total.items()):
        print(f"  {damage:26} {number:5} {1 - missed[damage] / number:.3f}")


if __name__ == "__main__":
    main()
