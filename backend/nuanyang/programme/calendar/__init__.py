"""The school calendar: terms, public holidays and make-up workdays, what the school itself changes, exam weeks and phases."""
