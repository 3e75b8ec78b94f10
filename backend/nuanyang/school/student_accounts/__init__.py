"""Accounts for students, opened class by class."""
