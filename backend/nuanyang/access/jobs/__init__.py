"""Who may watch and stop long work."""
