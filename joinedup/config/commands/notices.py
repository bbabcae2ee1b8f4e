"""joinedup notices: send the e-mails that wait."""

import argparse
import sys
import time
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "notices",
        help="send the e-mails that wait, each a link and nothing more",
        description="Sends what is due and ends. Run it every minute from cron or a timer, or with --watch "
        "let it go on by itself; several at once do no harm. JOINEDUP_MAIL names the mail server, as in "
        "smtp://name:password@host:587, and JOINEDUP_ADDRESS the address of the site.",
    )
    parser.add_argument("what", choices=["send"])
    parser.add_argument(
        "--watch", type=int, metavar="SECONDS", help="go on, looking again after so many seconds"
    )


def run(asked: argparse.Namespace) -> int:
    """Send once, or again and again."""
    from joinedup.config import start

    start.start()
    from django.conf import settings
    from django.utils import timezone

    from joinedup.foundations.core.trouble import Trouble
    from joinedup.foundations.notices.mail import MailServer
    from joinedup.foundations.notices.operations import send_due

    if not settings.MAIL_SERVER:
        raise Trouble("No mail server is named: set JOINEDUP_MAIL. Notices wait until one is.")
    server = MailServer.at(settings.MAIL_SERVER, settings.MAIL_SENDER)
    while True:
        done = send_due(send=server.send, site=settings.SITE_ADDRESS, at=timezone.now())
        print(
            f"Sent {done.sent}, no longer needed {done.not_needed}, put off {done.put_off}, "
            f"given up {done.given_up}.",
            flush=True,
        )
        if not asked.watch:
            if done.given_up:
                sys.stderr.write("See the page of notices that could not be delivered.\n")
            return outcomes.FINE
        time.sleep(asked.watch)
