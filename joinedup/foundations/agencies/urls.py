"""Addresses of posts, and of the localities that teams serve."""

from django.urls import path

from joinedup.foundations.agencies import views

urlpatterns = [
    path("localities/", views.localities, name="localities"),
    path("localities/<slug:code>/", views.locality, name="locality"),
    path("posts/", views.posts, name="posts"),
    path("posts/appoint/", views.appoint, name="post-appoint"),
    path("posts/<uuid:post_id>/", views.post, name="post"),
    path("posts/<uuid:post_id>/end/", views.end, name="post-end"),
    path("posts/<uuid:post_id>/move/", views.move, name="post-move"),
    path("posts/<uuid:post_id>/managers/", views.managers, name="post-managers"),
    path("posts/<uuid:post_id>/protect/", views.protect, name="post-protect"),
    path("posts/<uuid:post_id>/sign-out/", views.sign_out_everywhere, name="post-sign-out"),
    path("posts/<uuid:post_id>/close/", views.close_account, name="post-close"),
]
