"""Agencies, their teams and where these serve, and the posts people hold in them."""

from joinedup.foundations.agencies.models.agency import Agency
from joinedup.foundations.agencies.models.leaving import AgencyExit
from joinedup.foundations.agencies.models.post import Post, Posts
from joinedup.foundations.agencies.models.saved_look import SavedLook
from joinedup.foundations.agencies.models.school import SchoolLink, SchoolLinks
from joinedup.foundations.agencies.models.team import Team, TeamArea, TeamAreas

__all__ = [
    "Agency",
    "AgencyExit",
    "Post",
    "Posts",
    "SavedLook",
    "SchoolLink",
    "SchoolLinks",
    "Team",
    "TeamArea",
    "TeamAreas",
]
