"""What every test stands on: the database server, a clone for each worker, a private clone for some."""

import contextlib
import gc
import itertools
import os
import socket
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import chromium, databases
from tests.databases import PrivateDatabase, Server
from tests.pages import barriers, met

_numbers = itertools.count(1)

# A busy machine is slow, and no fault: no example has to come within a moment.
settings.register_profile(
    "patient",
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")


def _server() -> Server:
    return Server(
        Path(os.environ["JOINEDUP_TEST_FOLDER"]), os.environ.get("JOINEDUP_TEST_DATABASE_URL")
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before the workers: it ends with the process that starts it."""
    if _is_worker(config):
        return
    _ = _server().app_password  # workers inherit it
    if config.getoption("numprocesses", None):
        _server().start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server; a killed session takes it along by itself."""
    if not _is_worker(config) and "JOINEDUP_TEST_FOLDER" in os.environ:
        _server().stop()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def test_server() -> Server:
    """Return the database server of this session, started."""
    found = _server()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        found.start()
    return found


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Name this worker."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def django_db_setup(
    test_server: Server, django_db_blocker: DjangoDbBlocker, worker_name: str
) -> Iterator[None]:
    """Give this worker a clone of the migrated template; Django connects to it as the application."""
    name = f"{test_server.template}_{worker_name}"
    with django_db_blocker.unblock():
        databases.clone(test_server, name)
        with databases.django_on(test_server, name), django_db_blocker.block():
            yield
        databases.drop(test_server, name)


@pytest.fixture(scope="session")
def chromium_when_wanted() -> Iterator[chromium.Start]:
    """Give what starts this worker's Chromium, if anything wants it."""
    with chromium.when_wanted() as start:
        yield start


@pytest.fixture(scope="session")
def still_window(chromium_when_wanted: chromium.Start) -> Callable[[], barriers.Window]:
    """Give the one window of this worker in which pages are laid out, opened when it is first wanted."""
    return cache(lambda: barriers.Window(chromium_when_wanted))


@pytest.fixture(scope="module")
def no_barriers(still_window: Callable[[], barriers.Window]) -> Iterator[None]:
    """Whatever page a test of the module was given has no barrier, in as narrow a window as one zooms to."""
    with barriers.noting() as given:
        yield
    if chromium.why_not() or not given.pages:
        return
    found = barriers.barriers_of(given, still_window, barriers.looked_at_by(_server().folder))
    assert not found, "\n".join(f"{key}: {told}" for key, told in found.items())


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker, worker_name: str
) -> Iterator[PrivateDatabase]:
    """Give a test a clone of its own, with real commits: for browsers, crashes and concurrency."""
    name = f"{test_server.template}_{worker_name}_{next(_numbers)}"
    with django_db_blocker.unblock(), databases.copy(test_server, name) as given:
        yield given


@pytest.fixture(scope="session")
def site_door() -> Iterator[socket.socket]:
    """The one address of this worker's sites: a browser stays open from one to the next."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door


@pytest.fixture(scope="session")
def site_address(site_door: socket.socket) -> str:
    """Where a site answers while there is one."""
    return f"http://127.0.0.1:{site_door.getsockname()[1]}"


@pytest.fixture
def site(
    private_database: PrivateDatabase, site_door: socket.socket, site_address: str
) -> Iterator[str]:
    """Serve the site on a private database and return its address."""
    thread = _SiteThread(site_door)
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield site_address
    thread.terminate()


class _SiteServer(ThreadedWSGIServer):
    """Django's own behind a door that stays; it knows the threads that answer and whom each answers."""

    def __init__(self, door: socket.socket, handler: Any, **how: Any) -> None:
        self._door = door
        self.answering: dict[threading.Thread, socket.socket] = {}
        super().__init__(door.getsockname(), handler, **how)

    def server_bind(self) -> None:
        self.socket.close()
        self.socket = self._door.dup()
        self.server_name, self.server_port = self._door.getsockname()
        self.setup_environ()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self.answering[threading.current_thread()] = request
        super().process_request_thread(request, client_address)
        del self.answering[threading.current_thread()]

    def hang_up(self) -> None:
        """Hear no more and wait for the last answers, which could come to connect to the next database."""
        for thread, heard in list(self.answering.items()):
            with contextlib.suppress(OSError):
                heard.shutdown(socket.SHUT_RD)
            thread.join(timeout=10)


class _SiteThread(LiveServerThread):
    """Django's own, but each of its threads connects for itself, and none outlives the test."""

    def __init__(self, door: socket.socket) -> None:
        super().__init__("127.0.0.1", StaticFilesHandler)
        self.daemon = True
        self._door = door

    def _create_server(self, connections_override: Any = None) -> _SiteServer:
        return _SiteServer(self._door, QuietWSGIRequestHandler)

    def run(self) -> None:
        super().run()
        connections.close_all()

    def terminate(self) -> None:
        super().terminate()
        self.httpd.hang_up()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser by the folder it is in."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: no use in looking through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let it be collected at the very end, else DuckDB says that it was left lying; after a whole run, ask what was
    never laid before axe.
    """
    gc.unfreeze()
    config = session.config
    if _is_worker(config) or session.exitstatus or not _is_whole(config) or chromium.why_not():
        return
    if faults := met.faults(barriers.looked_at_by(_server().folder)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        told = config.pluginmanager.get_plugin("terminalreporter")
        told.section("pages never laid before axe", red=True)
        for fault in faults:
            told.line(fault, red=True)


def _is_whole(config: pytest.Config) -> bool:
    """Whether every test was asked for."""
    chosen = any(config.getoption(each, None) for each in ("keyword", "markexpr", "lf", "deselect"))
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen
