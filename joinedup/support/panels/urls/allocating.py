"""Addresses of allocations."""

from django.urls import path

from joinedup.support.panels.views import allocating

urlpatterns = [
    path(
        "panels/allocations/<uuid:allocation_id>/", allocating.allocation, name="panel-allocation"
    ),
    path(
        "panels/allocations/<uuid:allocation_id>/<slug:what>/",
        allocating.act,
        name="panel-allocation-act",
    ),
]
