"""Which of their posts somebody is working in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core.pages import for_anybody
from joinedup.single_view.forms import PostChoice
from joinedup.single_view.middleware import POST
from joinedup.single_view.queries.posts import posts_of


@for_anybody
@require_http_methods(["GET", "POST"])
def your_post(request: HttpRequest) -> HttpResponse:
    """Lets somebody with several posts choose; the whole site then works as that post."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    posts = posts_of(request.user.pk, timezone.localdate())
    form = PostChoice(posts, request.POST or None)
    if form.is_valid():
        request.session[POST] = form.cleaned_data["post"]
        return redirect("start")
    return render(request, "single_view/your_post.html", {"form": form, "posts": posts})
