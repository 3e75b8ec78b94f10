"""The file on paper."""
