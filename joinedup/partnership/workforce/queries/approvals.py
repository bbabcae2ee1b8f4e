"""Who may carry out what on a day, who answers for it, and what the administrator's pages show."""

import datetime
import uuid

from django.db.models import Q, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce import rules
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.partnership.workforce.rules import Answer, Held


def may_do(post_id: uuid.UUID, function: FunctionCode, at: datetime.datetime) -> Answer:
    """Whether whoever holds this post may carry out the function on that day, and why or why not.

    It reads as true or false; `why` is a sentence fit for the page. Reads no person.
    """
    day = day_of(at)
    post = Post.objects.select_related("user", "team").get(pk=post_id)
    entered = StatutoryFunction.objects.on(day).filter(function=function)
    operating = set(entered.values_list("operating_id", flat=True))
    approvals = Approval.objects.filter(holder=post.user_id, function=function, starts_on__lte=day)
    return rules.may_do(
        function,
        day,
        name=post.user.name,
        operates=bool({post.team.agency_id, post.home_agency_id} & operating),
        somebody_operates=bool(operating),
        approvals=[Held(each.starts_on, each.ends_on) for each in approvals],
    )


def who_answers_for(
    function: FunctionCode, operating: str, at: datetime.datetime
) -> StatutoryFunction | None:
    """The entry of the register by which that agency carries out the function on that day."""
    entered = StatutoryFunction.objects.on(day_of(at)).select_related("accountable", "operating")
    return entered.filter(function=function, operating=operating).first()


def functions_of(agency: str, at: datetime.datetime) -> list[FunctionCode]:
    """The functions that an agency carries out on that day, by name."""
    entered = StatutoryFunction.objects.on(day_of(at)).filter(operating=agency)
    codes = {FunctionCode(each) for each in entered.values_list("function", flat=True)}
    return sorted(codes, key=lambda code: code.label)


def register(viewer: Viewer) -> QuerySet[StatutoryFunction]:
    """The whole register with what was before; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    found = StatutoryFunction.objects.select_related("accountable", "operating")
    return found.order_by("function", "-starts_on", "pk")


def approvals(viewer: Viewer, words: str = "") -> QuerySet[Approval]:
    """Approvals, those that end first on top; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    found = Approval.objects.select_related("holder", "given_by")
    for word in words.split():
        found = found.filter(Q(holder__name__icontains=word) | Q(holder__email__icontains=word))
    return found.order_by("ends_on", "holder__name", "pk")


def bodies(viewer: Viewer) -> QuerySet[Agency]:
    """The agencies to choose from; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    return Agency.objects.order_by("name")


def post_of_email(viewer: Viewer, email: str, at: datetime.datetime) -> Post | None:
    """A post that somebody with that e-mail address holds today; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    held = Post.objects.held_on(day_of(at)).filter(user__email__iexact=email.strip())
    return held.select_related("user", "team__agency").order_by("starts_on", "pk").first()


def approvals_near(viewer: Viewer, at: datetime.datetime) -> list[Approval]:
    """The viewer's own approvals, and those of the posts it manages or supervises."""
    near = Post.objects.held_on(day_of(at)).filter(
        Q(pk=viewer.post_id)
        | Q(operational_manager=viewer.post_id)
        | Q(professional_supervisor=viewer.post_id)
    )
    found = Approval.objects.filter(holder__in=near.values("user"))
    return list(found.select_related("holder", "given_by").order_by("ends_on", "pk"))


def agency_names() -> dict[str, str]:
    """The name of each agency by its code."""
    return dict(Agency.objects.values_list("code", "name"))
