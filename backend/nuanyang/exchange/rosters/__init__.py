"""Rosters: OneRoster packages and 学籍 sheets come in through a dry run and an all-or-nothing apply."""
