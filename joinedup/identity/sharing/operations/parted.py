"""Two people who were held to be one: what kept eyes away stays over both, and the rest goes where it belongs."""

import datetime
import uuid
from typing import Any

from django.db import connection, transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import DisclosureDecision, RestrictionKind

PARTING = Viewer.system("keeping what protects two people who were held to be one")

Moment = datetime.datetime

_PARTED = """
CREATE TEMPORARY TABLE parted ON COMMIT DROP AS
SELECT p.stays, p.goes, p.record, p.were_one FROM ({}) p (stays, goes, record, were_one)
WHERE p.stays <> p.goes AND wall_canonical(p.stays) IS DISTINCT FROM wall_canonical(p.goes)
"""
# From whose identifiers to whom. Two who were one keep each other's; somebody to whom one record went
# takes over what kept eyes from it, and gives nothing back.
_ONTO = """onto AS (
    SELECT DISTINCT stays AS one, goes AS other FROM parted
    UNION SELECT goes, stays FROM parted WHERE were_one
)"""
_KEEP_AWAY = f"""
WITH {_ONTO}, due AS (
    SELECT DISTINCT ON (o.other, r.kind, r.holder_id, r.barred_id, r.categories)
        o.other AS person_id, r.kind, r.holder_id, r.barred_id, r.categories, r.because, r.set_by_id,
        r.starts_at, r.ends_at
    FROM onto o JOIN sharing_restriction r ON r.person_id = ANY (wall_identifiers(o.one))
    WHERE r.kind = ANY (%(kinds)s) AND (r.ends_at IS NULL OR r.ends_at > %(at)s)
    ORDER BY o.other, r.kind, r.holder_id, r.barred_id, r.categories, r.ends_at DESC NULLS FIRST
)
INSERT INTO sharing_restriction (id, person_id, kind, holder_id, barred_id, categories, because,
    set_by_id, starts_at, ends_at)
SELECT gen_random_uuid(), d.* FROM due d WHERE NOT EXISTS (
    SELECT FROM sharing_restriction s
    WHERE s.person_id = ANY (wall_identifiers(d.person_id)) AND s.kind = d.kind
      AND s.holder_id = d.holder_id AND s.barred_id IS NOT DISTINCT FROM d.barred_id
      AND s.categories = d.categories
      AND coalesce(s.ends_at, 'infinity') >= coalesce(d.ends_at, 'infinity'))
RETURNING id, person_id, holder_id, set_by_id, barred_id
"""
_CODES = """
UPDATE sharing_ownaccess a SET revoked_at = %(at)s
FROM (SELECT stays AS one FROM parted UNION SELECT goes FROM parted) p
WHERE a.person_id = ANY (wall_identifiers(p.one)) AND a.revoked_at IS NULL
RETURNING a.id, a.person_id, a.agency_id, a.handed_over_by_id
"""
_MARK = """
INSERT INTO sharing_partedperson (person_id, at)
SELECT one, %(at)s FROM (SELECT stays AS one FROM parted UNION SELECT goes FROM parted) p
RETURNING id
"""
# Which half an agency speaks of: that in which all its records are. Where it has records in both, or
# none at all, nobody knows.
_WHOSE = """whose AS (
    SELECT p.stays, p.goes, a.code AS agency, CASE
        WHEN went.some AND NOT kept.some THEN 'goes' WHEN kept.some AND NOT went.some THEN 'stays'
        ELSE 'nobody knows' END AS half, p.were_one OR went.some AS may_be_either
    FROM (SELECT stays, goes, bool_or(were_one) AS were_one FROM parted GROUP BY stays, goes) p
    CROSS JOIN agencies_agency a,
        LATERAL (SELECT EXISTS (SELECT FROM parted m JOIN people_record r ON r.id = m.record
            WHERE m.stays = p.stays AND m.goes = p.goes AND r.agency_id = a.code) AS some) went,
        LATERAL (SELECT EXISTS (SELECT FROM people_record r
            WHERE r.person_id = wall_canonical(p.stays) AND r.agency_id = a.code) AS some) kept
)"""
_LIVE_WORDS = """(w.expires_at IS NULL OR w.expires_at > %(at)s) AND w.withdrawn_at IS NULL"""
_WORDS_FOLLOW = f"""
WITH {_WHOSE} UPDATE sharing_consent w SET person_id = h.goes FROM whose h
WHERE w.person_id = ANY (wall_identifiers(h.stays)) AND h.agency = w.agency_id AND h.half = 'goes'
RETURNING w.id, w.person_id, w.agency_id
"""
# What nobody can tell whose it was: a yes runs out for both, a no is kept for both.
_YES_ENDS = f"""
WITH {_WHOSE} UPDATE sharing_consent w
SET expires_at = greatest(%(at)s, w.said_at + interval '1 microsecond') FROM whose h
WHERE w.person_id = ANY (wall_identifiers(h.stays)) AND h.agency = w.agency_id
  AND h.half = 'nobody knows' AND w.state = 'given' AND {_LIVE_WORDS}
RETURNING w.id, w.person_id, w.agency_id
"""
_NO_FOR_BOTH = f"""
WITH {_WHOSE}
INSERT INTO sharing_consent (id, person_id, purpose, holder_id, recipient_id, categories, state,
    who_spoke, competence, responsible_id, capacity_id, method, evidence, agency_id, recorded_by_id,
    said_at, expires_at, withdrawn_at, withdrawn_by_id)
SELECT gen_random_uuid(), h.goes, w.purpose, w.holder_id, w.recipient_id, w.categories, w.state,
    w.who_spoke, w.competence, w.responsible_id, w.capacity_id, w.method, w.evidence, w.agency_id,
    w.recorded_by_id, w.said_at, w.expires_at, NULL, NULL
FROM sharing_consent w JOIN whose h ON w.person_id = ANY (wall_identifiers(h.stays))
    AND h.agency = w.agency_id AND h.half = 'nobody knows'
WHERE w.state <> 'given' AND {_LIVE_WORDS}
RETURNING id, person_id, agency_id
"""
_LIVE_DECISIONS = "(w.ends_at IS NULL OR w.ends_at > %(at)s)"
_DECISIONS_FOLLOW = f"""
WITH {_WHOSE} UPDATE sharing_disclosure w SET person_id = h.goes FROM whose h
WHERE w.person_id = ANY (wall_identifiers(h.stays)) AND h.agency = w.holder_id AND h.half = 'goes'
RETURNING w.id, w.person_id, w.holder_id
"""
_SHOWING_ENDS = f"""
WITH {_WHOSE} UPDATE sharing_disclosure w SET ends_at = greatest(%(at)s, w.decided_at) FROM whose h
WHERE w.person_id = ANY (wall_identifiers(h.stays)) AND h.agency = w.holder_id
  AND h.half = 'nobody knows' AND w.decision = %(disclose)s AND {_LIVE_DECISIONS}
RETURNING w.id, w.person_id, w.holder_id
"""
_NOT_SHOWN_OF_BOTH = f"""
WITH {_WHOSE}
INSERT INTO sharing_disclosure (id, person_id, holder_id, recipient_id, purpose, categories, decision,
    reason, decided_by_id, decided_at, ends_at)
SELECT gen_random_uuid(), h.goes, w.holder_id, w.recipient_id, w.purpose, w.categories, w.decision,
    w.reason, w.decided_by_id, w.decided_at, w.ends_at
FROM sharing_disclosure w JOIN whose h ON w.person_id = ANY (wall_identifiers(h.stays))
    AND h.agency = w.holder_id AND h.half = 'nobody knows'
WHERE w.decision <> %(disclose)s AND {_LIVE_DECISIONS}
RETURNING id, person_id, holder_id
"""
# What an agency holds, and its involvement, are of the half that its records are of.
_HOLDINGS_FOLLOW = f"""
WITH {_WHOSE}, theirs AS (
    SELECT h.id, w.goes FROM people_holding h
    JOIN whose w ON h.person_id = ANY (wall_identifiers(w.stays)) AND w.agency = h.holder_id
    WHERE w.half = 'goes'
), in_short AS (
    UPDATE people_holdingsummary s SET person_id = t.goes FROM theirs t WHERE s.holding_id = t.id
), in_full AS (
    UPDATE people_holdingdetail d SET person_id = t.goes FROM theirs t WHERE d.holding_id = t.id
)
UPDATE people_holding h SET person_id = t.goes FROM theirs t WHERE h.id = t.id
RETURNING h.id, h.person_id, h.holder_id
"""
_INVOLVEMENTS_FOLLOW = f"""
WITH {_WHOSE} UPDATE sharing_involvement i SET person_id = w.goes FROM whose w
WHERE i.person_id = ANY (wall_identifiers(w.stays)) AND w.agency = i.agency_id AND w.half = 'goes'
RETURNING i.id, i.person_id, i.agency_id
"""
# What may be of either waits for somebody of the agency to say; it stays where it is until then.
_WAITS = f"""
WITH {_WHOSE}, held AS (
    SELECT 'holding' AS kind, id, person_id, holder_id AS agency FROM people_holding
    UNION ALL SELECT 'involvement', id, person_id, agency_id FROM sharing_involvement
)
INSERT INTO sharing_heldplacing (kind, row, agency_id, stays_person, goes_person, found_at)
SELECT DISTINCT ON (h.id) h.kind, h.id, h.agency, w.stays, w.goes, %(at)s FROM whose w
JOIN held h ON h.person_id = ANY (wall_identifiers(w.stays)) AND h.agency = w.agency
WHERE w.half = 'nobody knows' AND w.may_be_either
ORDER BY h.id, w.goes
ON CONFLICT DO NOTHING RETURNING row, stays_person, agency_id
"""
_WHO_PLACES = """
SELECT DISTINCT w.stays_person, p.id FROM sharing_heldplacing w
LEFT JOIN people_holding h ON h.id = w.row LEFT JOIN sharing_involvement i ON i.id = w.row
JOIN agencies_team t ON t.agency_id = w.agency_id JOIN agencies_post p ON p.team_id = t.id
WHERE w.found_at = %(at)s AND w.decided_at IS NULL
  AND (p.id = coalesce(h.recorded_by_id, i.post_id) OR (coalesce(h.recorded_by_id, i.post_id) IS NULL
      AND p.role = 'team_manager' AND (i.team_id IS NULL OR i.team_id = t.id)))
"""
_HELD = (
    ("holding", "followed a split", _HOLDINGS_FOLLOW),
    ("involvement", "followed a split", _INVOLVEMENTS_FOLLOW),
    ("held placing", "waits after a split", _WAITS),
)
_SPOKEN = (
    ("consent", "followed a split", _WORDS_FOLLOW),
    ("consent", "kept for both halves of a split", _NO_FOR_BOTH),
    ("consent", "ended by a split", _YES_ENDS),
    ("disclosure", "followed a split", _DECISIONS_FOLLOW),
    ("disclosure", "kept for both halves of a split", _NOT_SHOWN_OF_BOTH),
    ("disclosure", "ended by a split", _SHOWING_ENDS),
)


def part(query: str, *, at: Moment, by: uuid.UUID | None = None) -> int:
    """Bring what was said and set of one person over to the two they turn out to be; return how much.

    `query` names, for each record that went, whom it left, to whom it came, the record, and whether
    the two were one before. Call it in the transaction of the split, once the records are there and
    before sight is derived. On the safe side throughout: a bar, a withholding, a no are kept over both
    halves until a human lifts them; a yes, or a decision to show, goes with the records of the agency
    that wrote it down, and where that tells nothing it ends for both; codes to own pages die (P39),
    and what was written there before is shown there no more.
    What an agency holds and its involvements go with its records as well; where it has records of
    both, or none, each waits for somebody of the agency to say whose it is.
    """
    with transaction.atomic(), acting(PARTING):
        with connection.cursor() as cursor:
            cursor.execute(_PARTED.format(query))
        _rows(_MARK, {"at": at})
        done = _keep_away(by, at) + _revoke_codes(by, at)
        done += _sort(_SPOKEN, by, at) + _sort(_HELD, by, at)
        _tell_who_places(by, at)
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE parted")
    return done


def _keep_away(by: uuid.UUID | None, at: Moment) -> int:
    kinds = [RestrictionKind.BARRED_POST.value, RestrictionKind.HOLDER_WITHHOLDS.value]
    kept = _rows(_KEEP_AWAY, {"at": at, "kinds": kinds})
    for pk, person, holder, setter, barred in kept:
        _on_record(by, "restriction", pk, "kept over both halves of a split", person, holder, at)
        # Who is kept away is not led to the other half.
        if setter is not None and setter != barred:
            _tell(by, setter, NoticeKind.RESTRICTION_SET, f"/people/{person}/", at)
    return len(kept)


def _revoke_codes(by: uuid.UUID | None, at: Moment) -> int:
    """Whoever opens the page by an old code may be the other of the two (P39)."""
    codes = _rows(_CODES, {"at": at})
    for pk, person, agency, handed_over_by in codes:
        _on_record(by, "own access", pk, "revoked by a split", person, agency, at)
        link = f"/people/{person}/own-page/"
        _tell(by, handed_over_by, NoticeKind.OWN_CODE_REVOKED, link, at)
    return len(codes)


def _sort(what: tuple[tuple[str, str, str], ...], by: uuid.UUID | None, at: Moment) -> int:
    done = 0
    for subject, act, statement in what:
        found = _rows(statement, {"at": at, "disclose": DisclosureDecision.DISCLOSE.value})
        for pk, person, agency in found:
            _on_record(by, subject, pk, act, person, agency, at)
        done += len(found)
    return done


def _tell_who_places(by: uuid.UUID | None, at: Moment) -> None:
    """Whoever wrote it; where that is nobody's post the managers of the agency: once each for a person."""
    for person, post in _rows(_WHO_PLACES, {"at": at}):
        _tell(by, post, NoticeKind.HELD_TO_PLACE, f"/people/{person}/placing/", at)


def _rows(statement: str, words: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return cursor.fetchall()


def _tell(by: uuid.UUID | None, post: uuid.UUID, kind: NoticeKind, link: str, at: Moment) -> None:
    held = Post.objects.held_on(day_of(at)).filter(pk=post)
    tell(by=by, posts=held.values_list("pk", flat=True), kind=kind, link=link, at=at)


def _on_record(
    by: uuid.UUID | None,
    subject: str,
    pk: uuid.UUID,
    act: str,
    person: uuid.UUID,
    holder: str,
    at: Moment,
) -> None:
    record_change(
        at=at,
        post_id=by,
        act=act,
        subject_kind=subject,
        subject_id=str(pk),
        purpose=PARTING.purpose,
        person_id=person,
        holder=holder,
    )
