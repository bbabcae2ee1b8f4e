"""Addresses of deliveries and retention, the review queue and quality."""

from django.urls import path

from joinedup.intelligence.linkage.views import deliveries, quality, retention, review

urlpatterns = [
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/figures/", deliveries.figures, name="capture-map"),
    path("deliveries/retention/", retention.retention, name="retention"),
    path("deliveries/<int:delivery_id>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/to-mend.csv", deliveries.to_mend, name="to-mend"),
    path("review/", review.queue, name="review"),
    path("review/next/", review.following, name="review-next"),
    path("review/undo/", review.undo, name="review-undo"),
    path("review/<int:pair_id>/", review.pair, name="review-pair"),
    path("quality/", quality.quality, name="quality"),
]
