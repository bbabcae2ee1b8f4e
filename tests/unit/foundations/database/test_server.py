"""The database server of our own starts however it was left, as root and not, and only once."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from joinedup.config import start
from joinedup.foundations.core.database import process, server
from joinedup.foundations.core.database.addresses import database_settings
from joinedup.foundations.core.database.cluster import ADMIN, APP, DATABASE, PORT, Cluster
from joinedup.foundations.core.database.server import CannotStartDatabase
from joinedup.foundations.core.trouble import Trouble

AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root has another way to run")


def _folder() -> "tempfile.TemporaryDirectory[str]":
    # Short and open to others, which pytest's own is not.
    made = tempfile.TemporaryDirectory(prefix="joinedup-server-")
    Path(made.name).chmod(0o755)
    return made


@pytest.fixture
def folder() -> Iterator[Path]:
    with _folder() as made:
        yield Path(made)


@pytest.fixture
def bare_cluster(folder: Path) -> Iterator[Cluster]:
    """Return a server of which there is no file yet."""
    made = Cluster(folder / "postgres")
    yield made
    if made.folder.exists():
        server.stop(made)


@pytest.fixture(scope="module")
def used_cluster() -> Iterator[Cluster]:
    with _folder() as made:
        cluster = Cluster(Path(made) / "postgres")
        server.start(cluster, durable=False)
        yield cluster
        server.stop(cluster)


@pytest.fixture
def cluster(used_cluster: Cluster) -> Iterator[Cluster]:
    """Return a server that is stopped, as earlier tests have left it."""
    server.stop(used_cluster)
    yield used_cluster
    server.stop(used_cluster)


def _start(cluster: Cluster, **how: object) -> bool:
    return server.start(cluster, **{"durable": False, "dies_with_us": True, **how})


def _ask(cluster: Cluster, question: str, user: str = ADMIN) -> object:
    with psycopg.connect(
        host=str(cluster.socket_folder), port=PORT, user=user, dbname=DATABASE
    ) as asked:
        row = asked.execute(question).fetchone()
    return row and row[0]


def _run(cluster: Cluster, statement: str) -> None:
    with psycopg.connect(
        host=str(cluster.socket_folder), port=PORT, user=ADMIN, dbname=DATABASE
    ) as there:
        there.execute(statement)


def _gone(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_first_start_makes_roles_and_database(bare_cluster: Cluster) -> None:
    assert _start(bare_cluster)
    assert _ask(bare_cluster, "SELECT current_user", APP) == APP
    owner = "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'joinedup'"
    assert _ask(bare_cluster, owner) == "joinedup_owner"


def test_second_start_finds_the_first(cluster: Cluster) -> None:
    assert _start(cluster)
    pid = server.status(cluster).pid
    assert not _start(cluster)
    assert server.status(cluster).pid == pid


def test_stop_ends_it_and_says_whether_it_ran(cluster: Cluster) -> None:
    _start(cluster)
    assert server.stop(cluster)
    assert not server.stop(cluster)
    assert server.status(cluster).pid is None


def test_nothing_listens_on_the_network(cluster: Cluster) -> None:
    _start(cluster)
    assert _ask(cluster, "SHOW listen_addresses") == ""
    assert cluster.socket_folder.stat().st_mode & 0o077 == 0


def test_what_the_demo_writes_is_forced_to_disk(cluster: Cluster) -> None:
    _start(cluster, durable=True)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert _ask(cluster, f"SHOW {setting}") == "on"


def test_starts_after_kill_9_with_all_that_was_committed(cluster: Cluster) -> None:
    _start(cluster, durable=True)
    _run(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")
    pid = server.status(cluster).pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert _start(cluster, durable=True)
    assert server.status(cluster).pid != pid
    assert _ask(cluster, "SELECT answer FROM kept") == 42


def test_starts_after_kill_9_while_somebody_was_connected(cluster: Cluster) -> None:
    """The killed server's children hold its shared memory until they notice; a start waits for them."""
    _start(cluster)
    held = psycopg.connect(host=str(cluster.socket_folder), port=PORT, user=ADMIN, dbname=DATABASE)
    held.execute("SELECT 1")
    pid = server.status(cluster).pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert _start(cluster)
    held.close()
    assert _ask(cluster, "SELECT 1") == 1


@pytest.mark.parametrize("named", ["this process", "no process", "not a number"])
def test_a_stale_pid_file_is_seen_through(cluster: Cluster, named: str) -> None:
    """PostgreSQL itself would believe a file that names any living process."""
    _start(cluster)
    lines = cluster.pid_file.read_text().splitlines()
    server.stop(cluster)
    lines[0] = {"this process": str(os.getpid()), "no process": "4194303"}.get(named, "x")
    cluster.pid_file.write_text("\n".join(lines) + "\n")
    assert server.status(cluster).pid is None
    assert _start(cluster)
    assert _ask(cluster, "SELECT 1") == 1


def test_a_kill_while_the_files_were_made_leaves_no_harm(bare_cluster: Cluster) -> None:
    half = bare_cluster.folder / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert _start(bare_cluster)


def test_a_path_too_long_for_a_socket_is_no_matter(folder: Path) -> None:
    cluster = Cluster(folder / ("long" * 25) / "postgres")
    assert len(os.fsencode(cluster.folder / "socket" / f".s.PGSQL.{PORT}")) > 107
    try:
        assert _start(cluster)
        assert len(os.fsencode(cluster.socket_folder)) < 90
        assert _ask(cluster, "SELECT 1") == 1
        other = Cluster(folder / ("long" * 26) / "postgres")
        assert other.socket_folder != cluster.socket_folder
    finally:
        server.stop(cluster)
        cluster.socket_folder.rmdir()


def test_a_socket_folder_made_by_somebody_else_is_refused(
    bare_cluster: Cluster, folder: Path
) -> None:
    bare_cluster.folder.mkdir()
    (folder / "theirs").mkdir()
    bare_cluster.socket_folder.symlink_to(folder / "theirs")
    with pytest.raises(CannotStartDatabase, match="is a link"):
        _start(bare_cluster)


def test_data_of_another_version_is_not_touched(bare_cluster: Cluster) -> None:
    bare_cluster.data.mkdir(parents=True)
    (bare_cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(CannotStartDatabase, match="PostgreSQL 14"):
        _start(bare_cluster)
    assert [path.name for path in bare_cluster.data.iterdir()] == ["PG_VERSION"]


def test_a_server_that_cannot_start_says_why(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    _start(cluster)
    server.stop(cluster)
    control = cluster.data / "global" / "pg_control"
    control.rename(control.with_name("away"))
    monkeypatch.setattr(server, "_PATIENCE", 0.3)
    with pytest.raises(CannotStartDatabase, match="pg_control"):
        _start(cluster)
    control.with_name("away").rename(control)


def test_a_server_that_lives_and_never_answers_is_told(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody removed its socket under it, and a wait for it would never end."""
    _start(cluster)
    (cluster.socket_folder / f".s.PGSQL.{PORT}").unlink()
    monkeypatch.setattr(server, "_SILENCE", 0.3)
    with pytest.raises(CannotStartDatabase, match="does not answer"):
        _start(cluster)


def _start_elsewhere(cluster: Cluster, told: "multiprocessing.Queue[object]") -> None:
    told.put(server.start(cluster, durable=False))


def test_two_starts_at_once_make_one_server(bare_cluster: Cluster) -> None:
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    both = [context.Process(target=_start_elsewhere, args=(bare_cluster, told)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted([told.get(), told.get()], key=str) == [False, True]
    told.close()
    told.join_thread()


@needs_root
@pytest.mark.parametrize("way", ["namespace", "65534"])
def test_root_starts_it_in_either_way(cluster: Cluster, way: str) -> None:
    """Containers often forbid namespaces; then it runs as another user."""
    if way == "namespace" and not process._may_make_namespaces():
        pytest.skip("namespaces are forbidden here")
    assert _start(cluster, way=way)
    assert _ask(cluster, "SELECT 1") == 1


@needs_root
def test_root_may_change_from_one_way_to_the_other(cluster: Cluster) -> None:
    for way in ("65534", process.way_to_run(), "65534"):
        assert _start(cluster, way=way)
        assert server.stop(cluster)


@needs_root
def test_where_namespaces_are_forbidden_root_becomes_another_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process, "_may_make_namespaces", lambda: False)
    assert int(process.way_to_run()) > 0


def _as_nobody(work: Callable[[], None]) -> int:
    """Do the work in a child that is a plain user, and return its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_root
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_plain_user_starts_it_as_himself(folder: Path) -> None:
    reached = ["setpriv", "--reuid=65534", "--clear-groups", "test", "-x", server.program("initdb")]
    if subprocess.run(reached, check=False).returncode:
        pytest.skip("another user cannot reach the programs in this folder")
    cluster = Cluster(folder / "theirs")
    cluster.folder.mkdir()
    os.chown(cluster.folder, 65534, 65534)

    def work() -> None:
        assert process.way_to_run() == "self"
        assert server.start(cluster, durable=False)
        assert _ask(cluster, "SELECT 1") == 1
        assert server.stop(cluster)

    assert _as_nobody(work) == 0
    assert cluster.data.stat().st_uid == 65534


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_test_server_ends_with_whoever_started_it(cluster: Cluster) -> None:
    code = (
        "import sys, pathlib, time\n"
        "from joinedup.foundations.core.database import server\n"
        "from joinedup.foundations.core.database.cluster import Cluster\n"
        "cluster = Cluster(pathlib.Path(sys.argv[1]))\n"
        "server.start(cluster, durable=False, dies_with_us=True)\n"
        "print(server.status(cluster).pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(cluster.folder)], stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout
        pid = int(starter.stdout.readline())
        starter.kill()
    assert _gone(pid)


def test_database_url_wins(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("JOINEDUP_DATA", str(folder))
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@elsewhere/theirs")
    assert not start.start_database()
    assert list(folder.iterdir()) == []


def test_database_url_is_read_whole(folder: Path) -> None:
    found = database_settings(
        {
            "DATABASE_URL": "postgresql://me:p%40ss@db.example:6543/theirs?sslmode=require",
            "DATABASE_OWNER_URL": "postgresql://chief@/theirs?host=/run/postgresql&port=5433",
        },
        folder,
    )
    app, owner = found["default"], found["owner"]
    assert (app["HOST"], app["PORT"], app["USER"]) == ("db.example", 6543, "me")
    assert (app["PASSWORD"], app["NAME"]) == ("p@ss", "theirs")
    assert app["OPTIONS"]["sslmode"] == "require"
    assert app["OPTIONS"]["pool"]
    assert (owner["HOST"], owner["PORT"], owner["USER"]) == ("/run/postgresql", 5433, "chief")
    assert owner["OPTIONS"] == {"assume_role": "joinedup_owner"}


@pytest.mark.parametrize("url", ["mysql://me@there/x", "postgresql://me@there", "theirs"])
def test_a_database_url_that_is_none_is_refused_in_a_sentence(url: str, folder: Path) -> None:
    with pytest.raises(Trouble, match="should look like postgresql://"):
        database_settings({"DATABASE_URL": url}, folder)
