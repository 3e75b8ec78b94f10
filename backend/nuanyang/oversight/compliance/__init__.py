"""落实情况 (方案对照): every clause of the programme with what was expected and what was done, down to the very records."""
