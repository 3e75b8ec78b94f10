"""Queries of the page that reads everything: one statement a page."""
