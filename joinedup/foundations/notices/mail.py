"""An e-mail that says nothing but that something waits, and the mail server that takes it."""

import contextlib
import datetime
import smtplib
import ssl
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from joinedup.foundations.notices.choices import Failure

_PATIENCE = 20
"""Seconds to wait for a mail server."""


class CannotSend(Exception):
    """The mail server did not take it; `failure` says why in our words."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.label)
        self.failure = failure


@dataclass(frozen=True)
class Letter:
    """Whom it goes to, how many notices wait, the one link, and when. There is no room for more."""

    key: uuid.UUID
    to: str
    count: int
    link: str
    at: datetime.datetime

    def written(self, sender: str) -> EmailMessage:
        """The e-mail itself: the same words for everybody."""
        waits = "A notice waits" if self.count == 1 else f"{self.count} notices wait"
        mail = EmailMessage()
        mail["Subject"] = f"Joined Up: {waits[0].lower()}{waits[1:]} for you"
        mail["From"], mail["To"] = sender, self.to
        mail["Date"] = format_datetime(self.at)
        mail["Message-ID"] = f"<{self.key}@{sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(
            f"{waits} for you in Joined Up. Sign in to read:\n\n{self.link}\n\n"
            "This e-mail says no more than that, so that it tells nothing to anybody else.\n"
            "Choose how you are told on the page of your notices.\n"
        )
        return mail


@dataclass(frozen=True)
class MailServer:
    """Where e-mail is handed over, and as whom."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "starttls"
    """`starttls`, `implicit`, or `none` for a server on this machine."""

    @classmethod
    def at(cls, address: str, sender: str) -> "MailServer":
        """From smtp://user:password@host:port or smtps://…; `?tls=none` for one on this machine."""
        parts = urlsplit(address)
        implicit = parts.scheme == "smtps"
        tls = "implicit" if implicit else "none" if "tls=none" in parts.query else "starttls"
        port = parts.port or (465 if implicit else 587)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname or "localhost", port, sender, user, password, tls)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        if self.tls == "implicit":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=_PATIENCE, context=context
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)
        with connection:
            if self.tls == "starttls":
                connection.starttls(context=context)
            if self.user:
                connection.login(self.user, self.password)
            yield connection

    def send(self, letter: Letter) -> None:
        """Hand a letter over; raises CannotSend."""
        try:
            with self._connected() as connection:
                connection.send_message(letter.written(self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise CannotSend(
                Failure.REFUSED if code >= 500 else Failure.REFUSED_FOR_NOW
            ) from refused
        except (smtplib.SMTPSenderRefused, smtplib.SMTPAuthenticationError) as refused:
            raise CannotSend(Failure.SENDER_REFUSED) from refused
        except smtplib.SMTPResponseException as refused:
            lasting = refused.smtp_code >= 500
            raise CannotSend(Failure.REFUSED if lasting else Failure.REFUSED_FOR_NOW) from refused
        except (OSError, smtplib.SMTPException) as lost:
            raise CannotSend(Failure.NO_CONNECTION) from lost
