"""The audit tells on whoever touches it: `joinedup audit verify` names the first line that is wrong."""

import json
import uuid
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from joinedup.config import command
from joinedup.foundations.audit.models import Entry, KeptApart, TreeHead
from joinedup.foundations.audit.operations.heads import FILE, sign_head, written
from joinedup.foundations.audit.operations.inquire import erase_words
from joinedup.foundations.audit.operations.sequence import sequence_leaves
from joinedup.foundations.audit.operations.signing_key import NAME
from joinedup.foundations.audit.queries.tree import (
    consistency_proof,
    inclusion_proof,
    root_at,
    size_of_tree,
)
from joinedup.foundations.audit.rules.leaf import FIELDS, hash_of
from joinedup.foundations.audit.rules.merkle import is_consistent, is_included
from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.sharing.access import Viewer, acting
from tests.unit.foundations.audit.chain import LINES, Chain


def broken(chain: Chain) -> str:
    found = chain.check()
    assert not found.intact
    return found.sentence


def test_what_nobody_touched_is_intact(chain: Chain) -> None:
    chain.grow(3, note="Jane Smith")
    chain.look(2)
    found = chain.check()
    assert (found.intact, found.size, found.heads, found.waiting) == (True, 14, 2, 2)
    assert found.root == root_at(14).hex()
    assert found.root in found.sentence
    assert chain.check().intact, "a check changes nothing that a check looks at"


def test_a_line_altered_is_named(chain: Chain) -> None:
    with chain.as_superuser() as admin:
        admin.execute("UPDATE audit_entry SET purpose = 'x' WHERE id = %s", [chain.entry(4)])
        admin.execute("UPDATE audit_entry SET purpose = 'x' WHERE id = %s", [chain.entry(9)])
    assert broken(chain) == f"Line 4 was altered: entry {chain.entry(4)} is not what it was."


@pytest.mark.parametrize("column", ["traceless", "same_name", "no_involvement"])
def test_a_mark_taken_off_a_line_is_an_alteration(chain: Chain, column: str) -> None:
    with chain.as_superuser() as admin:
        admin.execute(
            f"UPDATE audit_entry SET {column} = NOT {column} WHERE id = %s", [chain.entry(0)]
        )
    assert "Line 0 was altered" in broken(chain)


def test_a_line_removed_is_named(chain: Chain) -> None:
    entry = chain.entry(5)
    with chain.as_superuser() as admin:
        admin.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    assert broken(chain) == f"Line 5 is missing: entry {entry} is gone."


def test_a_line_removed_with_its_leaf_is_named(chain: Chain) -> None:
    with chain.as_superuser() as admin:
        admin.execute("DELETE FROM audit_entry WHERE id = %s", [chain.entry(5)])
        admin.execute("DELETE FROM audit_leaf WHERE number = 5")
    assert broken(chain) == "Line 5 is missing: its place in the tree is empty."


def test_a_line_put_in_is_named(chain: Chain) -> None:
    entry = uuid.uuid4()
    with chain.as_superuser() as admin:
        admin.execute(_COPY.format("'3'"), [entry, chain.entry(3)])
    assert broken(chain) == (f"Entry {entry} was inserted: nothing numbered it when its like were.")


def test_a_line_put_between_others_is_named(chain: Chain) -> None:
    entry = uuid.uuid4()
    with chain.as_superuser() as admin:
        admin.execute(_COPY.format("written_in"), [entry, chain.entry(3)])
        admin.execute("UPDATE audit_leaf SET number = -number - 1 WHERE number > 3")
        admin.execute("UPDATE audit_leaf SET number = -number WHERE number < 0")
        admin.execute("INSERT INTO audit_leaf VALUES (4, %s)", [entry])
    assert broken(chain) == f"Line 4 was inserted: entry {entry} was never numbered."


def test_lines_exchanged_are_named(chain: Chain) -> None:
    two, six = chain.entry(2), chain.entry(6)
    with chain.as_superuser() as admin:
        admin.execute("UPDATE audit_leaf SET number = -1 WHERE number = 2")
        admin.execute("UPDATE audit_leaf SET number = 2 WHERE number = 6")
        admin.execute("UPDATE audit_leaf SET number = 6 WHERE number = -1")
    assert broken(chain) == f"Line 2 is out of order: entry {six} belongs at 6."
    assert two == chain.entry(6)


def test_a_tail_cut_off_clean_is_told_by_the_last_signed_head(chain: Chain) -> None:
    with chain.as_superuser() as admin:
        cut_from(admin, 8)
    told = broken(chain)
    assert "Line 8 is missing, with all after it" in told
    assert "was over 11 lines, and there are 8" in told


def test_a_tree_made_anew_over_an_altered_line_is_told_by_the_head(chain: Chain) -> None:
    """Somebody with every right and our own programs: only the second place knows better."""
    chain.grow(5)
    entry = chain.entry(12)
    with chain.as_superuser() as admin:
        admin.execute("UPDATE audit_entry SET purpose = 'x' WHERE id = %s", [entry])
        admin.execute("DELETE FROM audit_leaf")
        admin.execute("DELETE FROM audit_treenode")
        admin.execute("UPDATE audit_sequencer SET since = '0'")
        admin.execute("DELETE FROM audit_treehead")
    assert sequence_leaves() == 16
    assert "A line between 11 and 15 was altered, and the tree with it" in broken(chain)


def test_a_node_altered_is_told(chain: Chain) -> None:
    with chain.as_superuser() as admin:
        admin.execute("UPDATE audit_treenode SET hash = sha256('x') WHERE level = 2 AND place = 1")
    assert "node 1 of level 2" in broken(chain)


def test_a_head_with_a_false_signature_is_told(chain: Chain) -> None:
    [head] = written(chain.second_place)
    forged = {**vars(head), "root": "00" * 32}
    (chain.second_place / FILE).write_text(json.dumps(forged) + "\n")
    assert "tampered with: its signature is false" in broken(chain)


def test_a_head_signed_with_another_key_is_told(chain: Chain, tmp_path: Path) -> None:
    (chain.second_place / FILE).unlink()
    with chain.as_superuser() as admin:
        admin.execute("DELETE FROM audit_treehead")
    sign_head(data=tmp_path / "forger", second_place=chain.second_place, at=timezone.now())
    assert "signed with a key that is not ours" in broken(chain)


def test_heads_lost_from_the_second_place_are_told(chain: Chain) -> None:
    (chain.second_place / FILE).unlink()
    assert "missing from the second place" in broken(chain)


def test_words_altered_are_told_and_words_erased_are_not(chain: Chain) -> None:
    """P15: erasing what was kept apart leaves the tree whole."""
    chain.grow(1, note="Jane Smith")
    with chain.as_superuser() as admin:
        admin.execute("UPDATE audit_keptapart SET words = 'Somebody else'")
    assert "Line 11 was altered: the words" in broken(chain)
    with acting(Viewer.system("a test")):
        entry = KeptApart.objects.get().pk
    assert not erase_words(by=None, entry_id=entry, purpose="x", at=timezone.now()), "nobody may"
    with acting(Viewer.system("a test")):
        assert erase_words(by=None, entry_id=entry, purpose="a request", at=timezone.now())
    found = chain.check()
    assert (found.intact, found.erased) == (True, 1)


def test_the_second_place_only_ever_grows(chain: Chain) -> None:
    before = (chain.second_place / FILE).read_bytes()
    assert sign_head(data=chain.data, second_place=chain.second_place, at=timezone.now()) is None
    chain.grow(2)
    assert (chain.second_place / FILE).read_bytes().startswith(before)
    assert [head.size for head in written(chain.second_place)] == [11, 13]
    assert list(TreeHead.objects.order_by("size").values_list("size", flat=True)) == [11, 13]


def test_a_head_cut_short_by_a_crash_is_no_head(chain: Chain) -> None:
    with (chain.second_place / FILE).open("a") as file:
        file.write('{"size": 4')
    assert len(written(chain.second_place)) == 1
    (chain.second_place / FILE).write_text("not a head\n")
    with pytest.raises(Trouble, match="no head"):
        chain.check()


def test_without_a_second_place_no_head_is_kept(chain: Chain) -> None:
    chain.look(1)
    sequence_leaves()
    nowhere = chain.second_place / FILE
    with pytest.raises(Trouble, match="cannot be written"):
        sign_head(data=chain.data, second_place=nowhere, at=timezone.now())
    assert TreeHead.objects.count() == 1


def test_the_key_is_for_its_owner_alone(chain: Chain) -> None:
    assert (chain.data / NAME).stat().st_mode & 0o077 == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM audit_treehead t")
        assert (chain.data / NAME).read_text() not in cursor.fetchone()[0]


def test_proofs_from_the_database_hold(chain: Chain) -> None:
    chain.grow(9)
    size = size_of_tree()
    with acting(Viewer.system("a test")):
        for entry in Entry.objects.values(*FIELDS):
            number, path = inclusion_proof(entry["id"], size)
            assert is_included(hash_of(entry), number, size, path, root_at(size))
    for first in range(1, size + 1):
        proof = consistency_proof(first, size)
        assert is_consistent(first, size, root_at(first), root_at(size), proof)


def test_a_line_that_commits_late_is_never_skipped(chain: Chain) -> None:
    """Two open transactions: the one that began first ends last."""
    early, late = (psycopg.connect(chain.database.app_url) for _ in range(2))
    first, second = uuid.uuid4(), uuid.uuid4()
    with early, late:
        early.execute(_LINE, [first])
        late.execute(_LINE, [second])
        assert sequence_leaves() == 0
        late.commit()
        assert sequence_leaves() == 1
        assert chain.entry(LINES) == second
        chain.look(1)
        assert sequence_leaves() == 1
        early.commit()
        assert sequence_leaves() == 1
    assert chain.entry(LINES + 2) == first
    assert chain.check().intact


def test_a_line_that_was_rolled_back_has_no_place(chain: Chain) -> None:
    with psycopg.connect(chain.database.app_url) as other:
        other.execute(_LINE, [uuid.uuid4()])
        other.rollback()
    assert sequence_leaves() == 0
    assert chain.check().intact


def test_one_sequencer_at_a_time_and_nobody_waits(chain: Chain) -> None:
    chain.look(3)
    with psycopg.connect(chain.database.app_url) as other:
        other.execute("SET statement_timeout = '5s'")
        assert other.execute("SELECT audit_number(10)").fetchone() == (3,)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '5s'")
        chain.look(2)
        assert sequence_leaves() == 0
        other.rollback()
    assert sequence_leaves() == 5
    assert chain.check().intact


def test_numbering_goes_on_after_a_restore_on_another_server(chain: Chain) -> None:
    """There transactions are counted anew; nothing that comes is older than what was."""
    with chain.as_superuser() as admin:
        admin.execute("UPDATE audit_sequencer SET since = '900000000000'")
    chain.look(2)
    assert sequence_leaves() == 2
    assert chain.check().intact


def test_numbering_in_small_batches_leaves_nothing_out(chain: Chain) -> None:
    chain.look(7)
    assert [sequence_leaves(most=3) for _ in range(4)] == [3, 3, 1, 0]
    assert chain.check().intact


@pytest.mark.usefixtures("chain")
def test_the_command_says_intact_or_names_the_line(
    chain: Chain, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, place in (("DATA", chain.data), ("AUDIT_HEADS", chain.second_place)):
        monkeypatch.setattr(f"django.conf.settings.{name}", place, raising=False)
    monkeypatch.setattr("joinedup.config.start.start", lambda: None)
    chain.look(2)
    assert command.main(["audit", "sequence"]) == 0
    assert "Numbered 2 lines" in capsys.readouterr().out
    assert command.main(["audit", "heads"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert command.main(["audit", "verify"]) == 0
    assert "Intact: 13 lines" in capsys.readouterr().out
    with chain.as_superuser() as admin:
        admin.execute("DELETE FROM audit_entry WHERE id = %s", [chain.entry(1)])
    assert command.main(["audit", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["sentence"].startswith("Line 1 is missing")


def cut_from(admin: "psycopg.Connection[tuple[object, ...]]", size: int) -> None:
    """Make it so that only the first lines ever were."""
    admin.execute(
        "DELETE FROM audit_entry e USING audit_leaf l WHERE l.entry_id = e.id AND l.number >= %s",
        [size],
    )
    admin.execute("DELETE FROM audit_leaf WHERE number >= %s", [size])
    admin.execute("DELETE FROM audit_treenode WHERE (place + 1) << level > %s", [size])
    admin.execute("DELETE FROM audit_treehead")


_LINE = """INSERT INTO audit_entry (id, at, act, subject_kind, purpose)
           VALUES (%s, now(), 'looked', 'person', 'own_work')"""
_COPY = """INSERT INTO audit_entry (id, at, act, subject_kind, purpose, written_in)
           SELECT %s, at, act, subject_kind, purpose, {} FROM audit_entry WHERE id = %s"""
