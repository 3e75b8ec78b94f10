"""Use cases of the family's pages."""
