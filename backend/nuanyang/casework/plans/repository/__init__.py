"""Queries of plans, their contents, and the library."""
