"""The second thing beside the code to one's own page: chosen at the first opening, asked at each (P39)."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from pyotp import TOTP

from joinedup.foundations.accounts.entering import client_address
from joinedup.foundations.accounts.operations.factors import new_seed
from joinedup.foundations.accounts.sealing import seal, unseal
from joinedup.foundations.accounts.squares import square_of
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody
from joinedup.identity.sharing.operations.own_access import CannotOpenOwnPage
from joinedup.identity.sharing.operations.own_factor import (
    CannotChooseFactor,
    choose_app,
    choose_number,
    prove_factor,
)
from joinedup.single_view.forms import ChooseAppForm, ChooseNumberForm, SecondForm
from joinedup.single_view.views.own_page import HALF, OWN

_SEED = "own_seed"


@for_anybody
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Asks, at the first opening, for a number to remember or an app's first code."""
    half = request.session.get(HALF)
    if half is None:
        return redirect("own-page-open")
    access_id, at = uuid.UUID(half), clock.now()
    way = request.POST.get("way", "")
    number = ChooseNumberForm(request.POST if way == "number" else None)
    app = ChooseAppForm(request.POST if way == "app" else None)
    try:
        if number.is_valid():
            choose_number(access_id=access_id, number=number.cleaned_data["number"], at=at)
            return _opened(request, access_id)
        if app.is_valid():
            code = app.cleaned_data["code"]
            choose_app(access_id=access_id, seed=_seed(request), code=code, at=at)
            return _opened(request, access_id)
    except CannotChooseFactor as why:
        (number if way == "number" else app).add_error(None, str(why))
    seed = _seed(request)
    shown = {
        "form": app if app.is_bound else number,
        "number_form": number,
        "app_form": app,
        "seed": " ".join(seed[start : start + 4] for start in range(0, len(seed), 4)),
        "picture": square_of(TOTP(seed).provisioning_uri(name="my page", issuer_name="Joined Up")),
    }
    return render(request, "single_view/own_choose.html", shown)


@for_anybody
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Asks for the second thing."""
    half = request.session.get(HALF)
    if half is None:
        return redirect("own-page-open")
    form = SecondForm(request.POST or None)
    if form.is_valid():
        try:
            access = prove_factor(
                access_id=uuid.UUID(half),
                typed=form.cleaned_data["typed"],
                address=client_address(request),
                at=clock.now(),
            )
        except CannotOpenOwnPage as why:
            form.add_error(None, str(why))
        else:
            return _opened(request, access.pk)
    return render(request, "single_view/own_second.html", {"form": form})


def _opened(request: HttpRequest, access_id: uuid.UUID) -> HttpResponse:
    request.session.flush()
    request.session[OWN] = str(access_id)
    return redirect("own-page")


def _seed(request: HttpRequest) -> str:
    """The seed that is being shown, kept sealed until its first code is right."""
    if _SEED not in request.session:
        request.session[_SEED] = seal(new_seed().encode()).decode()
    return unseal(request.session[_SEED].encode()).decode()
