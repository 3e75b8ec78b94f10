"""Use cases of exams and results."""
