"""Addresses of one's own account."""

from django.urls import path

from joinedup.foundations.accounts.views import account

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/sessions/", account.sessions, name="account-sessions"),
    path("account/sessions/end/", account.end_session, name="account-session-end"),
    path("account/password/", account.password, name="account-password"),
    path("account/home/", account.home, name="account-home"),
    path("account/add/", account.add_way, name="account-add"),
    path("account/remove/<uuid:factor_id>/", account.remove_way, name="account-remove"),
    path("account/recovery-codes/", account.recovery_codes, name="account-recovery-codes"),
    path("account/prove/", account.prove, name="account-prove"),
]
