"""Pages of a restricted address: ask for it, and the holder’s duty managers answer (P13)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.forms.emergency import AskForAddressForm
from joinedup.identity.sharing.models import AddressRelease
from joinedup.identity.sharing.operations.address_release import (
    CannotRelease,
    agree_to_release,
    ask_for_address,
    refuse_release,
    relay_instead,
)
from joinedup.identity.sharing.presenters import emergency as presenters
from joinedup.identity.sharing.queries.emergency import (
    agencies_to_ask,
    one_release,
    released_to,
    releases,
)

ANSWERS = {"agree": agree_to_release, "relay": relay_instead, "refuse": refuse_release}
SAID = {
    "agree": "Your agreement is on record.",
    "relay": "It is on record that you passed the message on.",
    "refuse": "Your refusal is on record.",
}


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Asks an agency to pass a message on or release an address, and shows what was released to one."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = AskForAddressForm(agencies_to_ask(viewer), request.POST or None)
    if form.is_valid():
        try:
            ask_for_address(
                by=viewer,
                person_id=person_id,
                holder=form.cleaned_data["holder"],
                why=form.cleaned_data["why"],
                at=clock.now(),
            )
        except CannotRelease as why:
            form.add_error("why", str(why))
        else:
            messages.success(
                request,
                "The duty manager has been asked. If they can help, they will ring you.",
            )
            return redirect("../")
    released = released_to(viewer, person_id, at=clock.now())
    shown = {"form": form, "person_id": person_id, "released": presenters.released(released)}
    response = render(request, "sharing/address_ask.html", shown)
    if released:
        response.headers["Cache-Control"] = "no-store"
    return response


@for_posts_that_may(Permission.RELEASE_RESTRICTED)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits on the duty managers of this agency."""
    found = releases(request.viewer, at=clock.now())  # type: ignore[attr-defined]
    return render(request, "sharing/address_queue.html", {"asked": presenters.asked(found)})


@for_posts_that_may(Permission.RELEASE_RESTRICTED)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    """One request; two duty managers together release, one alone relays or refuses."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = one_release(viewer, release_id, at=at)
        chosen = request.POST.get("answer", "")
        if chosen in ANSWERS:
            ANSWERS[chosen](by=viewer, release_id=release_id, at=at)
            messages.success(request, SAID[chosen])
            return redirect("address-releases")
    except AddressRelease.DoesNotExist as gone:
        raise Http404 from gone
    except CannotRelease as why:
        messages.error(request, str(why))
        return redirect("address-release", release_id=release_id)
    shown = {"release": found, "facts": presenters.release_facts(found)}
    return render(request, "sharing/address_release.html", shown)
