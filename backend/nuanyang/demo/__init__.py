"""The demo district: files as a school would bring them, and their way through the doors that a school uses."""

SEED = 20260901
YEAR = 2026  # the school year of the demo began in September of this year
