"""What people do with terms, runs and holds."""
