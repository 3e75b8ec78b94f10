"""From an uploaded sheet to rows whose student is known, and from these to a report."""

from nuanyang.school.sheets import repository
from nuanyang.school.sheets.service.reading import Place, SheetRow, Uploaded, read_upload
from nuanyang.school.sheets.service.reporting import Counts, ask, miss_finding, refuse_unless_clean, report, without_twins

# The directory of candidates is this slice's to read; its callers hand it on to `read_upload`.
candidates = repository.candidates

__all__ = [
    "Counts",
    "Place",
    "SheetRow",
    "Uploaded",
    "ask",
    "candidates",
    "miss_finding",
    "read_upload",
    "refuse_unless_clean",
    "report",
    "without_twins",
]
