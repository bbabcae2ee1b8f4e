"""Tells a screen in the room that nothing is new, before the request is opened for anything else."""

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.meetings.operations.presence import Asked, ask
from joinedup.support.panels.forms.live import Screen

_LIVE = re.compile(r"/panels/meetings/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/live/")
_NO_CONTENT = 204


class NothingNew:
    """Answers most of what the screens of a meeting ask, at a tenth of what a page costs.

    It says that nothing is new and never anything else, and only while session, account, post and
    seat stand. Whatever shows anything, refuses, or signs out goes on through every gate.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        live = _LIVE.fullmatch(request.path_info)
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if live is None or request.method != "GET" or not (session and session.isalnum()):
            return self.get_response(request)
        screen = Screen.of(request.GET)
        asked = ask(
            session_key=session, meeting_id=uuid.UUID(live[1]), agenda_id=screen.looks_at,
            types_in=screen.types_in, now=timezone.now(),
        )  # fmt: skip
        if asked is None or not _is_up_to_date(screen, asked):
            return self.get_response(request)
        return HttpResponse(status=_NO_CONTENT, headers={"Cache-Control": "no-store"})


def _is_up_to_date(screen: Screen, asked: Asked) -> bool:
    return (
        not screen.wants_all
        and (screen.version, screen.moves) == (asked.version, asked.moves)
        and Permission.SIT_ON_PANELS in role(asked.role).permissions
    )
