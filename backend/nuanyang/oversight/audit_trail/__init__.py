"""Why may I see this, and who has seen it: the record of access as people read it."""
