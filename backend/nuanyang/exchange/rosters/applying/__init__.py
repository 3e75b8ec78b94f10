"""Bringing records into the database, school by school: what is known, what is new, who is missing, and the set-based writes."""
