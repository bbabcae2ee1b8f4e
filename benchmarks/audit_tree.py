"""The audit's tree: numbering lines, and a head beside hashing every leaf anew and beside pymerkle.

python -m benchmarks.audit_tree --lines 1000000

It starts a durable PostgreSQL in a folder of its own and removes it. pymerkle is measured where it is
installed: `pip install pymerkle`, outside the project's own lock.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

BATCH = 500
HEADS = 25


def main() -> None:
    """Write lines, number them, take heads; print each beside its peers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=100_000)
    asked = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="joinedup-audit-")
    os.environ |= {"JOINEDUP_DATA": folder, "JOINEDUP_DEMO": "1"}
    os.environ.pop("DATABASE_URL", None)
    from joinedup.config import start
    from joinedup.foundations.core.database import server
    from joinedup.foundations.core.database.cluster import own_cluster

    try:
        start.start()
        start.migrate()
        measure(asked.lines, Path(folder))
    finally:
        server.stop(own_cluster(Path(folder)))
        shutil.rmtree(folder, ignore_errors=True)


def measure(lines: int, folder: Path) -> None:
    """All of it on the database that is there now."""
    from django.db import connections
    from django.utils import timezone

    from joinedup.foundations.audit.operations.heads import sign_head
    from joinedup.foundations.audit.operations.sequence import sequence_all
    from joinedup.foundations.audit.operations.verify import verify
    from joinedup.foundations.audit.queries.tree import consistency_proof, root_at
    from joinedup.foundations.audit.rules.merkle import root_of

    wrote = timed(lambda: write(lines))
    print(
        f"writing {lines:,} lines, {BATCH} a statement: {wrote:.1f} s, {wrote / lines * 1e6:.0f} µs a line"
    )
    numbered = timed(sequence_all)
    print(f"numbering them: {numbered:.1f} s, {lines / numbered:,.0f} a second")

    def leaves() -> list[bytes]:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT hash FROM audit_treenode WHERE level = 0 ORDER BY place")
            return [bytes(one) for (one,) in cursor.fetchall()]

    root_at(lines)  # a connection is made once
    head = statistics.median(timed(lambda: root_at(lines)) for _ in range(HEADS))
    proof = statistics.median(
        timed(lambda: consistency_proof(lines // 3, lines)) for _ in range(HEADS)
    )
    naive = timed(lambda: root_of(leaves()))
    assert root_of(leaves()) == root_at(lines)
    print(
        f"head over {lines:,}: {head * 1e3:.2f} ms; hashed anew {naive:.2f} s: ratio {naive / head:,.0f}"
    )
    print(f"consistency proof: {proof * 1e3:.2f} ms")
    beside_pymerkle(leaves(), numbered, head)
    sign_head(data=folder, second_place=folder / "heads", at=timezone.now())
    checked = timed(
        lambda: print(
            verify(
                data=folder, second_place=folder / "heads", at=timezone.now(), using="owner"
            ).sentence
        )
    )
    print(f"checking every line: {checked:.1f} s, {lines / checked:,.0f} a second")


def write(lines: int) -> None:
    """Looks by one post, as pages write them: many people in one statement."""
    from django.utils import timezone

    from joinedup.foundations.audit.operations import record_looks

    post = uuid.uuid4()
    for start in range(0, lines, BATCH):
        record_looks(
            at=timezone.now(), post_id=post, subject_kind="person", purpose="direct_care",
            subject_ids=[str(uuid.uuid4()) for _ in range(min(BATCH, lines - start))],
            agency="gp", role="general_practitioner", holder="gp", categories=("identity", "health"),
            basis="direct_care", detail={"in": "find"},
        )  # fmt: skip


def beside_pymerkle(leaves: list[bytes], numbered: float, head: float) -> None:
    """The same leaves in pymerkle's tree in memory: to fill it, and to take a head."""
    if importlib.util.find_spec("pymerkle") is None:
        print("pymerkle is not installed, so it is not measured.")
        return
    from pymerkle import InmemoryTree

    tree = InmemoryTree(algorithm="sha256")
    filled = timed(lambda: [tree.append_entry(leaf) for leaf in leaves])
    taken = statistics.median(timed(tree.get_root) for _ in range(HEADS))
    print(
        f"pymerkle, in memory: filled in {filled:.1f} s (ours, in the database, {numbered:.1f} s: ratio "
        f"{filled / numbered:.2f}); head {taken * 1e3:.3f} ms (ours {head * 1e3:.2f} ms)"
    )


def timed(work: Callable[[], object]) -> float:
    """The seconds that it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
