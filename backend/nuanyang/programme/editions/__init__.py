"""帮扶方案: a school's own edition of the programme for a year, its approval, and what it would cost to keep."""
