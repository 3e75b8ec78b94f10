"""Queries of recognition: the facts for the rules, proposals, and cases."""
