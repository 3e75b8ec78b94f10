"""The cadence engine; pure. `obligations` says what is owed, `expecting` what is expected when, `judging` how it went, `rescheduling` what a change
leaves as it was. The decisions behind it are in docs/decisions/0015."""

from nuanyang.programme.cadence.rules.expecting import expected, expected_of, slots
from nuanyang.programme.cadence.rules.judging import Judged, Record, State, Waiver, judge
from nuanyang.programme.cadence.rules.obligations import EVERY_MONTH, Cadence, Obligation, Per, Stretch
from nuanyang.programme.cadence.rules.occurrences import Occurrence, Slot
from nuanyang.programme.cadence.rules.rescheduling import Change, reschedule

__all__ = [
    "EVERY_MONTH",
    "Cadence",
    "Change",
    "Judged",
    "Obligation",
    "Occurrence",
    "Per",
    "Record",
    "Slot",
    "State",
    "Stretch",
    "Waiver",
    "expected",
    "expected_of",
    "judge",
    "reschedule",
    "slots",
]
