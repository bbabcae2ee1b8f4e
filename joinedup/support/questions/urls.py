"""Addresses of question sets, of writing them, and of the questions of a matter."""

from django.urls import path

from joinedup.support.questions.views import figures, matters, publishing, sets, writing

_ONE = "questions/versions/<uuid:version_id>/"

urlpatterns = [
    path("questions/", sets.register, name="question-sets"),
    path("questions/new/", sets.new, name="question-set-new"),
    path("questions/told-once/", figures.told_once, name="told-once"),
    path("questions/sets/<slug:code>/", sets.one, name="question-set"),
    path("questions/sets/<slug:code>/variants/", figures.variants, name="question-variants"),
    path(_ONE, sets.version, name="question-version"),
    path(f"{_ONE}draft/", sets.draft, name="question-draft"),
    path(f"{_ONE}throw-away/", sets.throw_away, name="question-throw-away"),
    path(f"{_ONE}compared/<uuid:other_id>/", sets.compared, name="question-compared"),
    path(f"{_ONE}words/", writing.version_words, name="question-words"),
    path(f"{_ONE}sections/new/", writing.new_section, name="question-section-new"),
    path(f"{_ONE}sections/<uuid:section_id>/", writing.section, name="question-section"),
    path(
        f"{_ONE}sections/<uuid:section_id>/new-question/", writing.new_question, name="question-new"
    ),
    path(f"{_ONE}questions/<uuid:question_id>/", writing.question, name="question"),
    path(f"{_ONE}move/", writing.move, name="question-move"),
    path(f"{_ONE}remove/", writing.remove, name="question-remove"),
    path(f"{_ONE}try/", publishing.try_it, name="question-try"),
    path(f"{_ONE}publish/", publishing.publish, name="question-publish"),
    path(f"{_ONE}retire/", publishing.retire, name="question-retire"),
    path(f"{_ONE}tested/", publishing.tested, name="question-tested"),
    path("matters/<uuid:matter_id>/questions/", matters.of_matter, name="matter-questions"),
    path("matters/<uuid:matter_id>/questions/<slug:code>/", matters.ask, name="matter-ask"),
]
