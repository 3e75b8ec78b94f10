"""Editions without a database: how one begins, what differs between two, what must hold, what it would cost to keep."""
