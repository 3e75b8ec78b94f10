"""Programs that work for a school: client credentials, scopes, secrets in rotation."""
