"""Which sections of an assessment stand, which are corrected, and what that leaves missing."""

from collections.abc import Iterable

from joinedup.support.cases.choices.assessment import Profession
from joinedup.support.cases.models import AssessmentSection
from joinedup.support.cases.rules.assessing import SectionFacts, in_order


def standing_sections(sections: Iterable[AssessmentSection]) -> dict[Profession, AssessmentSection]:
    """Of each profession the section that stands: the newest that is signed, else the one being written."""
    found: dict[Profession, AssessmentSection] = {}
    for each in sorted(sections, key=lambda s: (s.signed_at is not None, s.begun_at)):
        found[Profession(each.profession)] = each
    return {profession: found[profession] for profession in in_order(found)}


def facts_of(sections: Iterable[AssessmentSection]) -> list[SectionFacts]:
    """Each profession's section as far as what is missing hangs on it, strengths first."""
    rows = list(sections)
    open_ = {each.profession for each in rows if each.signed_at is None}
    return [
        SectionFacts(
            profession,
            signed=section.signed_at is not None,
            begun=bool(section.draft.get("values")),
            corrected=section.signed_at is not None and profession in open_,
        )
        for profession, section in standing_sections(rows).items()
    ]
