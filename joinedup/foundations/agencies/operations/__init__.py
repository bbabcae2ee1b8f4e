"""Agencies join; people are appointed to posts, moved, managed, and their posts end."""

from joinedup.foundations.agencies.operations.join import USUAL, join_usual_agencies
from joinedup.foundations.agencies.operations.lists import AGENCIES, CannotTakeLists, take_lists
from joinedup.foundations.agencies.operations.posts import (
    Appointed,
    CannotAppoint,
    CannotEndPost,
    CannotMoveTeam,
    CannotSetManagers,
    appoint,
    close_account_of,
    end_post,
    move_team,
    set_managers,
)
from joinedup.foundations.agencies.operations.teams import (
    CannotName,
    CannotServe,
    serve,
    stop_serving,
    team_called,
)

__all__ = [
    "AGENCIES", "USUAL", "Appointed", "CannotAppoint", "CannotEndPost", "CannotMoveTeam", "CannotName",
    "CannotServe", "CannotSetManagers", "CannotTakeLists", "appoint", "close_account_of", "end_post",
    "join_usual_agencies", "move_team", "serve", "set_managers", "stop_serving", "take_lists", "team_called",
]  # fmt: skip
