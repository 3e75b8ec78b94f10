"""Use cases of recognition: rules and proposals, and the decisions of people."""
