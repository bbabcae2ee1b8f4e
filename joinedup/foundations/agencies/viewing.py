"""Whoever looks from a post; sharing makes them, the rooms beneath only ask."""

import uuid
from typing import Any, Protocol


class AtWork(Protocol):
    """A post at work, as the rooms of foundations need to know it."""

    @property
    def post_id(self) -> uuid.UUID | None: ...

    @property
    def user_id(self) -> uuid.UUID | None: ...

    @property
    def purpose(self) -> str: ...

    def may(self, permission: Any, /) -> bool: ...

    def must(self, permission: Any, /) -> None: ...
