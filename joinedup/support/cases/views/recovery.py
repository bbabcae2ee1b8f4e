"""Goals rated by whom they are of: the numbers that somebody gave, and one that was written wrongly."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.forms.recovery import CorrectRatingForm, RatingForm
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.rating_goals import Rating, correct_rating, rate_goals
from joinedup.support.cases.presenters.assessment import typed_day
from joinedup.support.cases.presenters.recovery import asked_of
from joinedup.support.cases.queries.goal_ratings import ratings_of, to_rate
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_rows import asked as asked_for
from joinedup.support.questions.forms.asking import question_form


@for_those_at_work
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, matter_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Asks one person how near they are to each goal of theirs."""
    frame = frame_or_404(request, matter_id, "measure")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    whom = next((each for each in to_rate(viewer, frame) if each.person_id == person_id), None)
    if whom is None:
        raise Http404
    version, goal_of = asked_of(whom)
    point = MeasurePoint.REVIEW if whom.started else MeasurePoint.START
    form = RatingForm(
        request.POST or None, initial={"point": point.value, "rated_on": typed_day(day_of(at))}
    )
    asked = question_form(version, request.POST or None)
    if form.is_valid() & asked.is_valid():
        said = form.cleaned_data
        numbers = {goal_of[code]: v for code, v in asked.values.items() if isinstance(v, int)}
        rating = Rating(
            person_id, MeasurePoint(said["point"]), RatedHow(said["how"]), said["rated_on"], numbers,
            said["words"],
        )  # fmt: skip
        try:
            rate_goals(by=viewer, matter_id=matter_id, said=rating, at=at)
        except CannotPlan as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Their numbers are kept.")
            return redirect("case-measures", matter_id)
    shown = {"form": form, "asked": asked, "version": version, "whose": whom.name}
    return page_of(request, frame, "cases/measure_take.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, matter_id: uuid.UUID, rating_id: uuid.UUID) -> HttpResponse:
    """Puts another number in the place of one that was written down wrongly."""
    frame = frame_or_404(request, matter_id, "measure")
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = (row for goal in ratings_of(viewer, frame) for row in goal.ratings)
    found = next((row for row in rows if row.pk == rating_id), None)
    if found is None:
        raise Http404
    form = CorrectRatingForm(request.POST or None, initial={"number": found.rating})
    return asked_for(
        request, frame, form,
        lambda: correct_rating(
            by=viewer, rating_id=rating_id, number=form.cleaned_data["number"],
            words=form.cleaned_data["words"], at=clock.now(),
        ),
        heading="Put a number right", button="Put it right", done="The number is put right.",
        back="case-measures", intro=f"{found.goal.words}: {found.rating} of 10 is written.",
    )  # fmt: skip
