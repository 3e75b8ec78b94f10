"""Second factors: authenticator apps, printed codes, recovery codes."""
