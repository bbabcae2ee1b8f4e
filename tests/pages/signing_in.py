"""A client signed in as a persona, as every page test needs one."""

from django.test import Client


def signed_in(persona: str | None) -> Client:
    """Sign in as a persona, or as nobody."""
    client = Client()
    if persona is not None:
        client.post("/sign-in/", {"persona": persona})
    return client
