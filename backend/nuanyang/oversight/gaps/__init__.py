"""待补环节: recognised and not yet helped as it should be; each a list to act from."""
