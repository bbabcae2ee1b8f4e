"""Addresses of first approaches."""

from django.urls import path

from joinedup.support.panels.views import approach

urlpatterns = [
    path("panels/approaches/<uuid:approach_id>/", approach.approach, name="panel-approach"),
    path("panels/approaches/<uuid:approach_id>/try/", approach.tried, name="panel-approach-try"),
    path("panels/approaches/<uuid:approach_id>/end/", approach.ended, name="panel-approach-end"),
    path("panels/of/<slug:code>/approaches/", approach.heard, name="panel-approaches"),
]
