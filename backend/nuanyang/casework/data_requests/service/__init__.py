"""Use cases of data requests: asking, answering, counting."""
