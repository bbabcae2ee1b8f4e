"""Addresses of a plan, of reviews, of closing, and of what others are asked and told from them."""

from django.urls import path

from joinedup.support.cases.views import (
    closing,
    plan,
    plan_actions,
    plan_copies,
    plan_goals,
    plan_help,
    referred,
    reviews,
)

_CASE = "cases/<uuid:matter_id>"
_PLAN = f"{_CASE}/plan"

urlpatterns = [
    path(f"{_PLAN}/", plan.plan, name="case-plan"),
    path(f"{_PLAN}/matters/", plan.matters, name="case-plan-matters"),
    path(f"{_PLAN}/version/", plan.put_down, name="case-plan-put-down"),
    path(f"{_PLAN}/versions/<int:number>/", plan.version, name="case-plan-version"),
    path(
        f"{_PLAN}/versions/<int:number>/says/<uuid:person_id>/",
        plan.answer,
        name="case-plan-answer",
    ),
    path(f"{_PLAN}/goals/new/", plan_goals.new_goal, name="case-goal-new"),
    path(f"{_PLAN}/goals/<uuid:goal_id>/", plan_goals.goal, name="case-goal"),
    path(f"{_PLAN}/goals/<uuid:goal_id>/became/", plan_goals.end_goal, name="case-goal-end"),
    path(
        f"{_PLAN}/goals/<uuid:goal_id>/steps/new/",
        plan_goals.new_milestone,
        name="case-milestone-new",
    ),
    path(f"{_PLAN}/steps/<uuid:milestone_id>/", plan_goals.milestone, name="case-milestone"),
    path(f"{_PLAN}/actions/new/", plan_actions.new_action, name="case-action-new"),
    path(f"{_PLAN}/actions/<uuid:action_id>/", plan_actions.action, name="case-action"),
    path(f"{_PLAN}/actions/<uuid:action_id>/done/", plan_actions.done, name="case-action-done"),
    path(f"{_PLAN}/actions/<uuid:action_id>/ask/", plan_actions.ask, name="case-action-ask"),
    path(f"{_PLAN}/asked/<uuid:referred_id>/", plan_actions.result, name="case-asked-result"),
    path(f"{_PLAN}/help/new/", plan_help.begin, name="case-help-new"),
    path(f"{_PLAN}/help/<uuid:help_id>/stop/", plan_help.stop, name="case-help-stop"),
    path(f"{_PLAN}/copies/", plan_copies.copies, name="case-plan-copies"),
    path(f"{_PLAN}/copies/<uuid:copy_id>/", plan_copies.copy, name="case-plan-copy"),
    path(f"{_PLAN}/copies/<uuid:copy_id>/plan.pdf", plan_copies.pdf, name="case-plan-pdf"),
    path(f"{_CASE}/reviews/", reviews.reviews, name="case-reviews"),
    path(f"{_CASE}/reviews/book/", reviews.book, name="case-review-book"),
    path(f"{_CASE}/reviews/<uuid:review_id>/", reviews.review, name="case-review"),
    path(f"{_CASE}/reviews/ask/<slug:thing>/", reviews.ask_sign_off, name="case-sign-off-ask"),
    path(f"{_CASE}/reviews/signs/<uuid:sign_off_id>/", reviews.sign_off, name="case-sign-off"),
    path(f"{_CASE}/reviews/supervision/", reviews.ask_supervision, name="case-supervision-ask"),
    path(
        f"{_CASE}/reviews/supervision/<uuid:supervision_id>/",
        reviews.supervision,
        name="case-supervision",
    ),
    path(f"{_CASE}/close/", closing.close, name="case-close"),
    path(f"{_CASE}/reopen/", closing.reopen, name="case-reopen"),
    path("closing-words/<uuid:word_id>/", closing.word, name="closing-word"),
    path("referred/<uuid:referred_id>/", referred.referred, name="referred"),
    path("referred/<uuid:referred_id>/take/", referred.take, name="referred-take"),
    path("referred/<uuid:referred_id>/back/", referred.send_back, name="referred-back"),
]
