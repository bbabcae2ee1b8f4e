"""`joinedup demo`: everything from nothing, and the second start keeps what was done."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from joinedup.config import outcomes, site
from joinedup.foundations.core.database import server
from joinedup.foundations.core.database.cluster import own_cluster
from joinedup.foundations.core.trouble import Trouble


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="joinedup-demo-") as made:
        yield Path(made)
        server.stop(own_cluster(Path(made)))


@contextmanager
def _demo(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Run the demo, and give its address and all it said until it was ready; then press Ctrl-C."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "DJANGO_", "JOINEDUP_"))
    }
    with subprocess.Popen(
        [sys.executable, "-m", "joinedup.config", "demo", "--people", "600", "--port", "8420"],
        env={**environment, "JOINEDUP_DATA": str(data), "JOINEDUP_PROCESSES": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        assert running.stdout
        said = []
        for line in running.stdout:
            said.append(line.strip())
            if "Stop with Ctrl-C" in line:
                break
        ready = [line for line in said if line.startswith("Ready in")]
        assert ready, said
        try:
            yield ready[0].split()[-1], said
        finally:
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=30) == outcomes.FINE


def test_demo_starts_from_nothing_and_the_second_start_keeps_what_was_done(data: Path) -> None:
    with _demo(data) as (address, said):
        with urlopen(f"{address}sign-in/") as page:
            assert page.status == 200
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            text = page.read().decode()
        assert "Ruth Okafor" in text
        assert any("Ruth Okafor" in line for line in said)
        assert server.status(own_cluster(data)).pid
    assert server.status(own_cluster(data)).pid is None
    made = (data / "demo" / "borough" / "borough.json").stat().st_mtime_ns

    with _demo(data) as (address, said):
        assert not any(line.startswith("Making") for line in said)
        with urlopen(f"{address}sign-in/") as page:
            assert page.status == 200
    assert (data / "demo" / "borough" / "borough.json").stat().st_mtime_ns == made


def test_a_taken_port_is_passed_over() -> None:

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert site.free_port("127.0.0.1", port) > port
        with pytest.raises(Trouble, match="is taken"):
            site.free_port("127.0.0.1", port, tries=1)
