"""Addresses of the register of agreements and of barriers to sharing."""

from django.urls import path

from joinedup.identity.sharing.views import agreement_changes as changes
from joinedup.identity.sharing.views import agreement_editing as editing
from joinedup.identity.sharing.views import agreements, barriers, commitments, public

_ONE = "agreements/<uuid:agreement_id>/"

urlpatterns = [
    path("agreements/", agreements.register, name="agreements"),
    path("agreements/new/", agreements.new, name="agreement-new"),
    path(_ONE, agreements.agreement, name="agreement"),
    path(f"{_ONE}compared/", agreements.compared, name="agreement-compared"),
    path(f"{_ONE}edit/<slug:code>/", editing.edit, name="agreement-edit"),
    path(f"{_ONE}parties/", editing.parties, name="agreement-parties"),
    path(f"{_ONE}schedule/", editing.schedule, name="agreement-schedule"),
    path(f"{_ONE}schedule/<int:line_id>/", editing.remove, name="agreement-line-remove"),
    path(f"{_ONE}ask/", editing.ask, name="agreement-ask"),
    path(f"{_ONE}amend/", editing.amend, name="agreement-amend"),
    path(f"{_ONE}change/<slug:code>/", changes.change, name="agreement-change"),
    path("what-is-shared/", public.what_is_shared, name="what-is-shared"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/<int:commitment_id>/", commitments.commitment, name="commitment"),
    path("barriers/", barriers.barriers, name="barriers"),
    path("barriers/<int:barrier_id>/", barriers.barrier, name="barrier"),
]
