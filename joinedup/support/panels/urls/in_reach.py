"""Addresses of services that come in to practices and sites, and of seats that agencies fill."""

from django.urls import path

from joinedup.support.panels.views import in_reach, seats

urlpatterns = [
    path("in-reach/", in_reach.plans, name="in-reach"),
    path("in-reach/new/", in_reach.new, name="in-reach-new"),
    path("in-reach/<int:clinic_id>/", in_reach.clinic, name="in-reach-clinic"),
    path("panels/seats/<int:seat_id>/", seats.nominate, name="panel-nominate-member"),
    path("panels/of/<slug:code>/seats/", seats.ask, name="panel-seats"),
]
