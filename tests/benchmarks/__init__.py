"""`make bench`: the product against its ceilings, in one run. See docs/performance.md for the method."""
