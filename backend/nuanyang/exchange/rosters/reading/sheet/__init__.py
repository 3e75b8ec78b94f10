"""The 学籍 sheet: one row a student, with his class and two members of the family."""
