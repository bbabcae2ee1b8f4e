"""The address of a decision that an agency must approve."""

from django.urls import path

from joinedup.support.panels.views import approving

urlpatterns = [
    path("panels/approvals/<uuid:approval_id>/", approving.approval, name="panel-approval"),
]
