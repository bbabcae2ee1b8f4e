"""Kinds of area that lie across the localities."""

from enum import StrEnum


class AreaKind(StrEnum):
    """What drew an area's line; areas of different kinds overlap (S3-34)."""

    DISTRICT = "district"
    WARD = "ward"
    NEIGHBOURHOOD = "neighbourhood"
    TEST_BED = "test_bed"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return {"neighbourhood": "Integrated neighbourhood", "test_bed": "Test bed"}.get(
            self, self.value.capitalize()
        )
