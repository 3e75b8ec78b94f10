"""Nuanyang: one file and one plan for every student who needs support."""
