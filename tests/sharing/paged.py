"""What a person's page shows a practitioner, read from the page itself."""

import re
import uuid

from django.test import Client

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.choices import Category, Level

_HELD = re.compile(
    r'<article class="held" data-holder="([^"]+)" data-category="([^"]+)" data-level="([^"]+)">'
)
_KNOWN = re.compile(r'<li data-holder="([^"]+)" data-category="identity"')
_WITHHELD = re.compile(r'<li data-withheld="([^"]+)"')


def client_of(post: Post, purpose: str) -> Client:
    """A browser signed in at this post, for this purpose."""
    client = Client()
    client.force_login(post.user)
    session = client.session
    session["post"], session["purpose"] = str(post.pk), purpose
    session.save()
    return client


class Page:
    """One page, and what it says."""

    def __init__(self, client: Client, person_id: uuid.UUID) -> None:
        response = client.get(f"/people/{person_id}/")
        self.status = response.status_code
        html = response.content.decode() if self.status == 200 else ""
        self.levels = {
            (holder, Category(category)): Level[level.upper()]
            for holder, category, level in _HELD.findall(html)
        }
        self.known = set(_KNOWN.findall(html))
        self.withheld = sorted(_WITHHELD.findall(html))
        self.existence = "Something more is held that may not be shown to you." in html
