"""我的一周: what I owe, what my department owes, each with why it exists and what closes it."""
