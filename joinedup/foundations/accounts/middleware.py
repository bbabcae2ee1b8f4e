"""Ends a session that nobody has used for a while, and notes when each was last used."""

import datetime
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from joinedup.foundations.accounts.rules import IDLE, is_fresh
from joinedup.foundations.accounts.sessions import SEEN, read_time

_NOTED_EACH = datetime.timedelta(minutes=1)


class Presence:
    """Signs out whoever was away too long; desks are shared.

    It goes by the machine's clock, as Django's own sessions do: moving the clock of the policies, as
    a test or the demo may, signs nobody out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            seen = read_time(request.session.get(SEEN))
            if seen is not None and not is_fresh(seen, IDLE, now):
                logout(request)
            elif seen is None or now - seen >= _NOTED_EACH:
                request.session[SEEN] = now.isoformat()
        return self.get_response(request)
