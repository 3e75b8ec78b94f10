"""What upper floors and the program's assembly ask about classes."""

from nuanyang.school.classes.repository import classes_of_grades

__all__ = ["classes_of_grades"]
