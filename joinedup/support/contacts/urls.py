"""Addresses of contacts, of safe contact, and of what somebody needs."""

from django.urls import path

from joinedup.support.contacts import views

urlpatterns = [
    path("matters/<uuid:matter_id>/contacts/", views.contacts, name="contacts"),
    path("matters/<uuid:matter_id>/contacts/record/", views.record, name="contact-record"),
    path(
        "matters/<uuid:matter_id>/contacts/<uuid:contact_id>/correct/", views.record,
        name="contact-correct",
    ),
    path("matters/<uuid:matter_id>/safe-contact/", views.safe_contact, name="safe-contact"),
    path("matters/<uuid:matter_id>/needs/", views.needs, name="communication-needs"),
]  # fmt: skip
