"""OneRoster CSV 1.1, 1.2 and 1.2.1, bulk and delta, and what a known dialect of it means."""
