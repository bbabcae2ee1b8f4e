"""Addresses of a panel's queue, and of an item outside of a meeting."""

from django.urls import path

from joinedup.support.panels.views import deciding, queue

urlpatterns = [
    path("panels/of/<slug:code>/queue/", queue.queue, name="panel-queue"),
    path("panels/of/<slug:code>/queue/take/", queue.take, name="panel-queue-take"),
    path("panels/items/<uuid:item_id>/", queue.item, name="panel-item"),
    path("panels/items/<uuid:item_id>/agreement/", queue.agreement, name="panel-item-agreement"),
    path("panels/items/<uuid:item_id>/take-out/", queue.withdraw, name="panel-item-withdraw"),
    path("panels/items/<uuid:item_id>/whom/", queue.whom, name="panel-item-whom"),
    path("panels/items/<uuid:item_id>/urgent/", deciding.urgent, name="panel-item-urgent"),
    path(
        "panels/items/<uuid:item_id>/decisions/<uuid:decision_id>/correct/",
        deciding.correct,
        name="panel-item-correct",
    ),
]
