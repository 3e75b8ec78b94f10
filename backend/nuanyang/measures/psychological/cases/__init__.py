"""Counselling cases: that a student is counselled (class wellbeing), and whose clinical file it is."""
