"""E-mail is handed to a real mail server on this machine; what it says is kept in our words."""

import smtplib
import socket
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from joinedup.foundations.notices.choices import Failure
from joinedup.foundations.notices.mail import CannotSend, Letter, MailServer
from joinedup.foundations.notices.models import Notice
from joinedup.foundations.notices.operations import Sent, send_due
from tests.unit.foundations.notices.test_notices import AT, a_post, tell

LETTER = Letter(uuid.uuid4(), "ann@example.org", 1, "https://joinedup.example/notices/1/", AT)


class Box:
    """What the mail server took, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.to_recipient = self.to_content = "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, _: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return self.to_content


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def box(running: tuple[Box, int]) -> Box:
    running[0].__init__()  # type: ignore[misc]
    return running[0]


@pytest.fixture
def server(running: tuple[Box, int]) -> MailServer:
    return MailServer.at(f"smtp://127.0.0.1:{running[1]}?tls=none", "notices@joinedup.example")


def test_a_letter_arrives_under_its_own_identifier(box: Box, server: MailServer) -> None:
    server.send(LETTER)
    ((to, content),) = box.taken
    assert to == "ann@example.org"
    assert f"Message-ID: <{LETTER.key}@joinedup.example>".encode() in content
    assert b"Subject: Joined Up: a notice waits for you" in content
    assert b"Date: Fri, 20 Nov 2026 12:00:00 +0000" in content
    assert LETTER.link.encode() in content


@pytest.mark.django_db
def test_a_notice_comes_to_a_mailbox(box: Box, server: MailServer) -> None:
    post = a_post()
    tell(post)
    done = send_due(send=server.send, site="https://joinedup.example", at=AT)
    assert done == Sent(sent=1)
    ((to, content),) = box.taken
    assert to == post.user.email
    assert f"https://joinedup.example/notices/{Notice.objects.get().pk}/".encode() in content


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("550 5.1.1 no mailbox of ann@example.org", Failure.REFUSED),
        ("450 4.2.0 greylisted", Failure.REFUSED_FOR_NOW),
    ],
)
def test_a_refused_address_is_told_in_our_words(
    box: Box, server: MailServer, answer: str, failure: Failure
) -> None:
    box.to_recipient = answer
    with pytest.raises(CannotSend) as refused:
        server.send(LETTER)
    assert refused.value.failure is failure
    assert "ann" not in str(refused.value)


def test_what_is_put_off_after_the_text_is_put_off(box: Box, server: MailServer) -> None:
    box.to_content = "451 4.3.0 try later"
    with pytest.raises(CannotSend) as refused:
        server.send(LETTER)
    assert refused.value.failure is Failure.REFUSED_FOR_NOW


def test_a_server_that_is_not_there_is_no_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    away = MailServer.at(f"smtp://127.0.0.1:{port}?tls=none", "notices@joinedup.example")
    with pytest.raises(CannotSend) as refused:
        away.send(LETTER)
    assert refused.value.failure is Failure.NO_CONNECTION


def test_a_server_without_tls_is_sent_nothing_unless_it_was_said(
    box: Box, server: MailServer
) -> None:
    careful = MailServer.at(f"smtp://127.0.0.1:{server.port}", "notices@joinedup.example")
    with pytest.raises(CannotSend) as refused:
        careful.send(LETTER)
    assert isinstance(refused.value.__cause__, smtplib.SMTPException)
    assert box.taken == []


def test_the_address_of_a_server_says_how_to_reach_it() -> None:
    server = MailServer.at("smtps://ann%40x:p%3Aw@mail.example", "a@b.example")
    assert (server.host, server.port, server.tls) == ("mail.example", 465, "implicit")
    assert (server.user, server.password) == ("ann@x", "p:w")
