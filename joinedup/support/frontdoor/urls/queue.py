"""Addresses of the queue."""

from django.urls import path

from joinedup.support.frontdoor.views import queue

urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/assign/", queue.assign, name="queue-assign"),
    path("queue/filters/", queue.keep_filter, name="queue-keep-filter"),
    path("queue/filters/<int:filter_id>/drop/", queue.drop_filter, name="queue-drop-filter"),
    path("queue/<uuid:matter_id>/open/", queue.still_open, name="queue-still-open"),
]
