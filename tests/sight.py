"""Lets every agency see who the others' people are, where a test is about something else than sharing."""

from django.db import connection

from joinedup.identity.sharing.choices import Category, Purpose, mask_of

IDENTITY = mask_of(
    (
        Category.IDENTITY,
        Category.NHS_NUMBER,
        Category.ADDRESS,
        Category.CONTACT,
        Category.INVOLVEMENT,
    )
)


def everybody_sees_identity() -> None:
    """Open identity between every two agencies there are, for every purpose."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO sharing_agencysight (recipient_id, holder_id, purpose, headline, summary,
                 detail, told_in_full, told_existence, starts_at, ends_at)
               SELECT a.code, b.code, purpose, %s, %s, 0, 0, 0, '0001-01-02', '9999-12-31'
               FROM agencies_agency a, agencies_agency b, unnest(%s::text[]) purpose
               WHERE a.code <> b.code ON CONFLICT DO NOTHING""",
            [IDENTITY, IDENTITY, [str(purpose) for purpose in Purpose]],
        )
