"""Addresses of assessments, measures and carers of a case, and of the combined-factor check."""

from django.urls import path

from joinedup.support.cases.views import (
    assessment,
    assessment_figures,
    carers,
    combined,
    measures,
    recovery,
    sections,
)

CASE = "cases/<uuid:matter_id>/assessment/"
ONE = f"{CASE}<uuid:assessment_id>/"
SECTION = f"{CASE}sections/<uuid:section_id>/"

urlpatterns = [
    path(CASE, assessment.assessments, name="case-assessment"),
    path(f"{CASE}begin/", assessment.begin, name="case-assessment-begin"),
    path(f"{CASE}strengths-and-needs/", assessment.findings, name="case-findings"),
    path(
        f"{CASE}strengths-and-needs/<uuid:finding_id>/over/",
        assessment.finding_over,
        name="case-finding-over",
    ),
    path(f"{CASE}measures/", measures.measures, name="case-measures"),
    path(f"{CASE}measures/goals/<uuid:person_id>/", recovery.rate, name="case-goals-rate"),
    path(
        f"{CASE}measures/ratings/<uuid:rating_id>/correct/",
        recovery.correct,
        name="case-goal-rating",
    ),
    path(f"{CASE}measures/<slug:measure>/<uuid:whose>/", measures.take, name="case-measure-take"),
    path(f"{CASE}carers/", carers.carers, name="case-carers"),
    path(f"{CASE}carers/<uuid:carer_id>/offer/", carers.offer, name="case-carer-offer"),
    path(f"{CASE}carers/<uuid:carer_id>/over/", carers.over, name="case-carer-over"),
    path(ONE, assessment.one, name="case-assessment-one"),
    path(f"{ONE}add-section/", assessment.add_section, name="case-assessment-add"),
    path(f"{ONE}declined/", assessment.refuse, name="case-assessment-refuse"),
    path(f"{ONE}eligibility/", assessment.eligibility, name="case-eligibility"),
    path(SECTION, sections.section, name="case-section"),
    path(f"{SECTION}keep/", sections.keep, name="case-section-keep"),
    path(f"{SECTION}their-signature/", sections.theirs, name="case-section-theirs"),
    path(f"{SECTION}two/", sections.two, name="case-section-two"),
    path(f"{SECTION}correct/", sections.correct, name="case-section-correct"),
    path("assessments/figures/", assessment_figures.figures, name="assessment-figures"),
    path("assessments/overrides/", assessment_figures.overrides, name="assessment-overrides"),
    path("safeguarding/bears-on-a-child/", combined.alerts, name="combined-alerts"),
    path("safeguarding/bears-on-a-child/<uuid:alert_id>/", combined.alert, name="combined-alert"),
]
