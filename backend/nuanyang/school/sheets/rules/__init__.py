"""Pure rules of sheets: which row is the header, what each column means, which student a row speaks of."""

from nuanyang.school.sheets.rules.header import (
    PERSON_TITLES,
    Finding,
    Header,
    asides,
    find_header,
    full_marks_in,
    is_header_again,
    is_summary,
    odd_columns,
    plain_title,
    says_full_marks,
)
from nuanyang.school.sheets.rules.people import Candidate, Directory, Miss, Named
from nuanyang.school.sheets.rules.spelling import class_spellings, day_of, is_damaged, plain_class, plain_number

__all__ = [
    "PERSON_TITLES",
    "Candidate",
    "Directory",
    "Finding",
    "Header",
    "Miss",
    "Named",
    "asides",
    "class_spellings",
    "day_of",
    "find_header",
    "full_marks_in",
    "is_damaged",
    "is_header_again",
    "is_summary",
    "odd_columns",
    "plain_class",
    "plain_number",
    "plain_title",
    "says_full_marks",
]
