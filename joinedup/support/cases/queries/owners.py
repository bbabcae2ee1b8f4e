"""Who has promised each action, in words."""

import uuid
from collections.abc import Sequence

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.support.cases.choices.plan import OwnerKind
from joinedup.support.cases.models import CaseMember, PlanAction


def owners_in_words(found: Sequence[PlanAction]) -> dict[uuid.UUID, str]:
    """A name and where they are from, for each action; a person by such a name as the reader may see."""
    posts = Post.objects.select_related("user", "team").in_bulk(
        {each.owner_post_id for each in found if each.owner_post_id}
    )
    members = CaseMember.objects.in_bulk(
        {each.owner_member_id for each in found if each.owner_member_id}
    )
    names = names_of_people({each.owner_person_id for each in found if each.owner_person_id})
    told = {}
    for each in found:
        if each.owner == OwnerKind.PRACTITIONER and each.owner_post_id in posts:
            post = posts[each.owner_post_id]
            told[each.pk] = f"{post.user.name}, {post.team.name}"
        elif each.owner == OwnerKind.MEMBER and each.owner_member_id in members:
            member = members[each.owner_member_id]
            told[each.pk] = f"{member.name}, {member.relation}" if member.relation else member.name
        else:
            told[each.pk] = names.get(each.owner_person_id, "The person themselves")
    return told
