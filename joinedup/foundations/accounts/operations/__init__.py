"""What is done with accounts: signing in, second factors, passwords, sessions, single sign-on."""
