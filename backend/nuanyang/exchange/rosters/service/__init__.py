"""Use cases: `imports` takes files in and applies them, `mappings`, `whereabouts` and `duplicates` are what people then decide."""
