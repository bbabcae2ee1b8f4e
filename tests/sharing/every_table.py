"""The walk over everything the database keeps: what holds or reaches a person, and what guards it not."""

from typing import Any

PEOPLE = ("people_person", "people_record", "sharing_matter")
"""What leads to a person: themselves, an agency's record of them, and any matter about them."""

TELLING_NAMES = (
    "person", "person_id", "person_key", "of_person", "subject_id", "record_id", "record_key",
    "given_name", "middle_names", "family_name", "known_as", "surname", "name", "born_on", "dob",
    "nhs_number", "sex", "address", "address_key", "postcode", "uprn", "phone", "email", "profile",
    "raw", "identity", "session_data", "draft", "arguments", "words", "because", "summary",
    "detail", "headline", "link", "query", "reason",
)  # fmt: skip
"""A column of such a name may be of a person, whatever its table is called."""

TELLING_TYPES = ("json", "jsonb", "xml", "bytea", "hstore", "tsvector")
"""A column of such a type may hold anything: arguments of a job, a draft, a file."""

ROOM_FOR_WORDS = 150
"""A column that takes so many letters, or any number, is written in by hand, and may name somebody."""

ABOUT_NOBODY = {
    "accounts_factor": "a practitioner's own second factor",
    "accounts_outsidesignin": "whose single sign-on a practitioner's account is joined to",
    "accounts_session": "what one browser works with, reached by its secret key; ends with the sign-in",
    "accounts_user": "the practitioner's own name and address to sign in",
    "agencies_agency": "the name of a body",
    "agencies_agencyexit": "why an agency leaves, and what becomes of its data as a whole",
    "agencies_schoollink": "which social work manager a school has, and why that changed",
    "agencies_team": "the name of a team",
    "audit_treecheck": "whether the audit is intact, and which of its lines is not, by number",
    "audit_treenode": "hashes of hashes",
    "auth_group": "Django's own, empty",
    "auth_permission": "Django's own list of what may be done to a model",
    "cases_bedsite": "the name of a house or ward with places",
    "cases_pathway": "why a version of a pathway is as it is",
    "cases_pathwaystep": "what a step of a pathway is, for anybody",
    "cases_thresholddocument": "the title of a version of the threshold document",
    "cases_thresholdlevel": "what a level of need means for anybody",
    "django_migrations": "Django's own list of migrations",
    "frontdoor_route": "the name of a place a referral can be sent to",
    "frontdoor_sourceopening": "how a way in was tried before it opened",
    "frontdoor_threshold": "from where a limit was taken",
    "frontdoor_venue": "the name of a pub or a bookmaker",
    "funds_delegatedlimit": "the name of a scheme of delegation",
    "funds_pointsline": "what is asked and what an answer is worth, of anybody",
    "funds_pointstable": "from where a table of points was taken",
    "handovers_clocklimit": "from where a limit was taken",
    "linkage_delivery": "counts, and sentences about a file as a whole",
    "linkage_flow": "on which law a delivery rests",
    "linkage_linkagemodel": "the name of a model's file",
    "linkage_night": "counts and seconds",
    "linkage_retentionrule": "where an agency’s own schedule says for how long it keeps what it deleted",
    "linkage_retentionrun": "counts, numbers of lines of the audit, and a sentence about the machine",
    "meetings_action": "what a meeting as a whole gave somebody to do; an item about somebody has its words apart",
    "meetings_agendaitem": "the title of a general item; an item about somebody bears none",
    "meetings_interest": "why a practitioner's interest is lifted, at an item that names nobody here",
    "meetings_meeting": "the name of a body, its day, and which disciplines it needs",
    "panels_casemove": "why the cases of a team move, all of them together",
    "panels_clinicchange": "why a session of a service at a practice is moved or not held",
    "panels_inreachclinic": "what a service comes in to a practice for",
    "panels_jointmove": "why the cases of several teams move, all of them together",
    "panels_jointmoveteam": "why the cases of a team stay, all of them together",
    "panels_panel": "the name of a panel, its rhythm and its room",
    "panels_rollout": "how far a practice has got with its meetings",
    "panels_termsofreference": "by which terms a panel works",
    "places_area": "the name of a part of the place",
    "places_locality": "the name of a part of the place",
    "places_lsoa": "the name of a part of the place",
    "places_postcode": "every postcode there is, whoever lives there",
    "places_practice": "the name of a practice",
    "questions_question": "what is asked of anybody: its choices, and when it is shown",
    "questions_questionset": "the name of a set of questions, and whom it is for",
    "questions_section": "a heading over questions, and what it says",
    "questions_setversion": "what a version of a set of questions changed",
    "safeguarding_doorline": "the number and the name of a duty line",
    "sharing_agencysight": "masks between two agencies",
    "sharing_agreementact": "what was done with an agreement between agencies, and why",
    "sharing_commitment": "what an agency has promised the partnership",
    "sharing_sharingagreement": "what agencies agree with each other",
    "sharing_sharingbarrier": "what stands in the way of sharing; its page asks for no person",
    "workforce_approval": "a practitioner's own approval, and why it ended",
    "workforce_competence": "by what a practitioner shows that they can do something",
    "workforce_course": "the name of a course",
    "workforce_language": "a language that a practitioner works in",
    "workforce_statutoryfunction": "which agency carries out a function, by which section",
}
"""Tables that a telling column is in, and why it tells of nobody; each was looked at."""

BY_NAME = {
    "audit_inquiry": "what was concluded of a practitioner's unusual looks",
    "audit_leaf": "which lines of the audit there are",
    "frontdoor_publiccount": "what a browser did on a public page, by a digest of a day",
    "people_sealedfingerprint": "fingerprints of people, which only the key that made them tells apart",
}
"""Tables that are about people and that no column gives away."""


def reaching(cursor: Any) -> set[str]:
    """Every table that leads to a person by foreign keys, however many."""
    cursor.execute(
        """WITH RECURSIVE reached AS (
             SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relname = ANY(%s)
             UNION SELECT k.conrelid FROM reached r JOIN pg_constraint k
               ON k.confrelid = r.oid AND k.contype = 'f')
           SELECT c.relname FROM reached JOIN pg_class c USING (oid)""",
        [list(PEOPLE)],
    )
    return {name for (name,) in cursor.fetchall()}


def telling(cursor: Any) -> set[str]:
    """Every table with a column that may be of a person, by its name or its type."""
    cursor.execute(
        """SELECT DISTINCT c.relname FROM pg_class c
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           JOIN pg_type t ON t.oid = a.atttypid
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
             AND (a.attname = ANY(%s) OR a.attname LIKE 'person\\_%%' OR a.attname LIKE '%%\\_person'
                  OR t.typname = ANY(%s) OR t.typname IN ('text', '_text')
                  OR t.typname IN ('varchar', '_varchar')
                    AND (a.atttypmod = -1 OR a.atttypmod - 4 >= %s))""",
        [list(TELLING_NAMES), list(TELLING_TYPES), ROOM_FOR_WORDS],
    )
    return {name for (name,) in cursor.fetchall()}


def guarded(cursor: Any) -> set[str]:
    """Every table under row security, with a policy that somebody wrote."""
    cursor.execute(
        """SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
             AND c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"""
    )
    return {name for (name,) in cursor.fetchall()}


def shut_to_the_application(cursor: Any) -> set[str]:
    """Every table of which the application may not read so much as a column."""
    cursor.execute(
        """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
             AND relkind IN ('r', 'p') AND NOT has_any_column_privilege('joinedup_app', oid, 'SELECT')"""
    )
    return {name for (name,) in cursor.fetchall()}


def about_people(cursor: Any) -> set[str]:
    """Every table that holds or reaches a person, as far as the walk can tell."""
    return reaching(cursor) | (telling(cursor) - ABOUT_NOBODY.keys()) | BY_NAME.keys()


def unguarded(cursor: Any) -> set[str]:
    """What holds or reaches a person and lies open."""
    return about_people(cursor) - guarded(cursor) - shut_to_the_application(cursor)


OF_WHOEVER_IS_ENTERED = {
    "wall_sight": "masks of the viewer's own recipients and purpose, by settings",
    "wall_kept_by_team": "identifiers of holdings that other teams keep to themselves",
    "wall_member": "identifiers of homes of which the viewer sees a place that somebody has there",
    "wall_part": "in which matters the viewer has a part, and how far it goes",
    "wall_record": "identifiers of records that the viewer sees",
}
"""Views that policies look into with their owner's eyes; what each gives has a test of its own."""


def faulty_views(cursor: Any) -> set[str]:
    """Views that read with their owner's eyes, and copies that no policy ever reaches."""
    cursor.execute(
        """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
             AND relname <> ALL (%s)
             AND (relkind IN ('m', 'f') OR (relkind = 'v' AND NOT coalesce(
               'security_invoker=true' = ANY(reloptions)
               OR 'security_invoker=on' = ANY(reloptions), false)))""",
        [list(OF_WHOEVER_IS_ENTERED)],
    )
    return {name for (name,) in cursor.fetchall()}
