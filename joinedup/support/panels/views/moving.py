"""Many cases to another team: chosen, previewed, moved; what became of each, and what waits to be accepted."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import NotPermitted, Viewer, looking
from joinedup.support.cases.queries.titles import titles_of
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.choices import MovedState
from joinedup.support.panels.forms.moving import MoveForm, StayForm, WhereForm
from joinedup.support.panels.models import CaseMove, JointMove
from joinedup.support.panels.operations import moving as operations
from joinedup.support.panels.operations.moving_together import (
    begin_joint_move,
    join_in,
    stay_out,
)
from joinedup.support.panels.presenters import moving as words
from joinedup.support.panels.queries import moving as queries
from joinedup.support.panels.queries import moving_together as together

for_leads = for_posts_that_may(Permission.TAKE_HANDOVERS)


@for_leads
@require_http_methods(["GET", "POST"])
def moves(request: HttpRequest) -> HttpResponse:
    """Chooses a team and shows what would move; pressed with a reason, it is moved."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    if viewer.role not in MANAGERS:
        return render(request, "panels/moves.html", {"manages": False})
    data = request.GET or None
    where = WhereForm(queries.teams_to_move_to(viewer, at, request.GET.get("locality", "")), data)
    seen, form = None, None
    # Another locality narrows the teams before one of them is chosen.
    if data and data.get("team") and where.is_valid():
        team = next(
            each
            for each in queries.teams_to_move_to(viewer, at)
            if str(each.pk) == where.cleaned_data["team"]
        )
        programme = where.cleaned_data["programme"]
        with looking(viewer, at=at, subject_kind="cases to move"):
            found = queries.cases_to_move(viewer, at, programme)
        seen = queries.preview_of(viewer, found, team, at)
        others = [each for each in together.teams_to_ask(viewer, at) if each.pk != team.pk]
        form = MoveForm(others, request.POST or None)
        if form.is_valid():
            try:
                return _begun(viewer, team.pk, programme, form, at)
            except (operations.CannotMove, NotPermitted) as why:
                form.add_error(None, str(why))
    elif data and not data.get("team"):
        where = WhereForm(
            queries.teams_to_move_to(viewer, at, data.get("locality", "")), initial=data.dict()
        )
    shown = {
        "manages": True,
        "where": where,
        "form": form,
        "seen": seen,
        "preview": words.preview(seen) if seen else None,
        "after": words.after(seen) if seen else None,
        "moves": words.moves(queries.moves_of(viewer)),
        "joint": words.joint_moves(together.joint_moves_of(viewer)),
    }
    return render(request, "panels/moves.html", shown)


def _begun(
    viewer: Viewer, team: int, programme: str, form: MoveForm, at: datetime.datetime
) -> HttpResponse:
    """Moves the cases of one's own team, alone or with other teams asked."""
    said = {"by": viewer, "to_team_id": team, "programme": programme, "at": at}
    reason, others = form.cleaned_data["reason"], form.cleaned_data.get("others")
    if others:
        joint = begin_joint_move(team_ids=others, reason=reason, **said)  # type: ignore[arg-type]
        return redirect("case-moves-together", joint_id=joint.pk)
    made = operations.begin_move(reason=reason, **said)  # type: ignore[arg-type]
    return redirect("case-move", move_id=made.pk)


@for_leads
@require_http_methods(["GET", "POST"])
def moves_together(request: HttpRequest, joint_id: uuid.UUID) -> HttpResponse:
    """A move of several teams: what each answered; the viewer's own part is previewed, and moved or kept."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = together.joint_shown(viewer, joint_id)
    except JointMove.DoesNotExist:
        raise Http404 from None
    stays = "because" in request.POST
    form = StayForm(request.POST if stays else None)
    if request.method == "POST" and (not stays or form.is_valid()):
        try:
            if stays:
                stay_out(by=viewer, joint_id=joint_id, because=form.cleaned_data["because"], at=at)
                return redirect("case-moves-together", joint_id=joint_id)
            made = join_in(by=viewer, joint_id=joint_id, at=at)
            return redirect("case-move", move_id=made.pk)
        except (operations.CannotMove, NotPermitted) as why:
            messages.error(request, str(why))
            return redirect("case-moves-together", joint_id=joint_id)
    seen = None
    if found.waits_for_viewer:
        with looking(viewer, at=at, subject_kind="cases to move"):
            cases = queries.cases_to_move(viewer, at, found.joint.programme)
        seen = queries.preview_of(viewer, cases, found.joint.to_team, at)
    shown = {
        "found": found,
        "table": words.teams_of(found, viewer.team_id),
        "seen": seen,
        "preview": words.preview(seen) if seen else None,
        "after": words.after(seen) if seen else None,
        "form": form,
    }
    return render(request, "panels/moves_together.html", shown)


@for_leads
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, move_id: uuid.UUID) -> HttpResponse:
    """One move: what became of each case; the rest is gone on with, or what waits here accepted."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=at, subject_kind="move of cases", subject_id=str(move_id)):
            made, rows = queries.move_shown(viewer, move_id)
            titles = titles_of(viewer, queries.cases_read(viewer, move_id))
    except CaseMove.DoesNotExist:
        raise Http404 from None
    left = [each for each in rows if each.state == MovedState.WAITING]
    offered = [each for each in rows if each.state == MovedState.OFFERED]
    receives = viewer.team_id == made.to_team_id
    if request.method == "POST":
        _press(request, move_id, receives=receives)
        return redirect("case-move", move_id=move_id)
    shown = {
        "move": made,
        "table": words.cases(rows, titles),
        "left": len(left) if not receives else 0,
        "offered": len(offered) if receives else 0,
    }
    return render(request, "panels/move.html", shown)


def _press(request: HttpRequest, move_id: uuid.UUID, *, receives: bool) -> None:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    if not receives:
        done = operations.go_on(by=viewer, move_id=move_id, at=at)
        messages.success(request, f"{sum(done.values())} more were gone on with.")
        return
    accepted, not_accepted = operations.accept_moved(by=viewer, move_id=move_id, at=at)
    for _, why in not_accepted:
        messages.error(request, why)
    messages.success(request, f"{accepted} {'is' if accepted == 1 else 'are'} your team’s now.")
