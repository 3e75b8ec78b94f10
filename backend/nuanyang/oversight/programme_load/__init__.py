"""工作量测算: what an edition of the programme would cost to keep, from who is here today; before it is approved."""
