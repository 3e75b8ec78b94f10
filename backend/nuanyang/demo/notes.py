"""Who noticed what: nominations by teachers, home visits and self-reports, drawn from the facts of each student and never from thin air."""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from nuanyang.demo import SEED
from nuanyang.demo.evidence import ability
from nuanyang.demo.people import Pupil, School
from nuanyang.demo.uci import UciStudent

Source = Literal["self_report", "nomination", "home_visit"]
_TEXTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "data" / "notes.toml").read_text(encoding="utf-8"))
CATEGORY_OF = {
    **dict.fromkeys(("low_income_family", "sudden_hardship", "serious_illness_family", "disabled_parent"), "C1"),
    **dict.fromkeys(("weak_method", "low_motivation", "weak_foundation", "learning_observation"), "C2"),
    **dict.fromkeys(("chronic_illness", "long_anxiety", "emotional_behavioural"), "C3"),
    **dict.fromkeys(("bullied", "family_conflict", "lack_of_companionship"), "C4"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One observation about one student; an income is in fen a month a head."""

    pupil_key: str
    source: Source
    kind: str
    observed_on: date
    text: str
    income_per_head: int | None = None
    # The self-report is about somebody who teaches here: it must never reach that person.
    is_about_homeroom_teacher: bool = False

    @property
    def category(self) -> str:
        """C1–C4."""
        return CATEGORY_OF[self.kind]


class _Noticing:
    def __init__(self, school: School, seed: int) -> None:
        self.school, self.seed = school, seed

    def note(self, pupil: Pupil, source: Source, kind: str, income: int | None = None, *, about_teacher: bool = False) -> Note:
        draw = random.Random(f"{self.seed}:{pupil.key}:{kind}")
        observed_on = date(self.school.year, 9, 7) + timedelta(days=draw.randrange(70))
        return Note(pupil.key, source, kind, observed_on, draw.choice(_TEXTS[kind]), income, about_teacher)

    def share(self, pupil: Pupil, what: str) -> float:
        """A number in 0–1 that belongs to this pupil and question."""
        return random.Random(f"{self.seed}:{pupil.key}:{what}").random()


def uci_notes(school: School, source: Mapping[str, UciStudent], seed: int = SEED) -> Iterator[Note]:
    """What the questionnaire of the data set says, as somebody at school would have noted it."""
    noticing = _Noticing(school, seed)
    for pupil in school.pupils:
        student = source[pupil.key]
        yield from _about_study(noticing, pupil, student)
        yield from _about_home(noticing, pupil, student)


def _about_study(noticing: _Noticing, pupil: Pupil, student: UciStudent) -> Iterator[Note]:
    if student.number("failures") >= 2:
        yield noticing.note(pupil, "nomination", "weak_foundation")
    if student.attributes["higher"] == "no":
        yield noticing.note(pupil, "nomination", "low_motivation")
    elif student.number("studytime") == 1 and noticing.share(pupil, "method") < 0.5:
        yield noticing.note(pupil, "nomination", "weak_method")
    if student.number("health") == 1 and student.number("goout") <= 1:
        yield noticing.note(pupil, "self_report", "long_anxiety")


def _about_home(noticing: _Noticing, pupil: Pupil, student: UciStudent) -> Iterator[Note]:
    row = student.attributes
    if "突发严重困难" in pupil.groups:
        yield noticing.note(pupil, "home_visit", "sudden_hardship")
    elif int(row["Medu"]) + int(row["Fedu"]) <= 2 and noticing.share(pupil, "income") < 0.6:
        yield noticing.note(pupil, "home_visit", "low_income_family", income=55_000 + int(70 * noticing.share(pupil, "amount")) * 1000)
    if student.number("famrel") == 1:
        yield noticing.note(pupil, "self_report", "family_conflict")
    if student.number("famrel") <= 3 and (row["Pstatus"] == "A" or row["guardian"] == "other"):
        yield noticing.note(pupil, "home_visit", "lack_of_companionship")
    if noticing.share(pupil, "bullied") < 0.004:
        about = noticing.share(pupil, "about") < 0.34
        yield noticing.note(pupil, "self_report", "bullied", about_teacher=about)


def nine_year_notes(school: School, seed: int = SEED) -> Iterator[Note]:
    """Observation in the grades without exams, nominations above, home visits where a family is on its own."""
    noticing = _Noticing(school, seed)
    for pupil in school.pupils:
        yield from _about_learning(noticing, pupil)
        yield from _about_family(noticing, pupil)
        yield from _about_health(noticing, pupil)


def _about_learning(noticing: _Noticing, pupil: Pupil) -> Iterator[Note]:
    level = ability(pupil)
    if pupil.grade <= 2 and level < 0.5 and noticing.share(pupil, "seen") < 0.5:
        yield noticing.note(pupil, "nomination", "learning_observation")
    if pupil.grade >= 3 and level < 0.52:
        kind = ("weak_foundation", "weak_method", "low_motivation")[int(noticing.share(pupil, "why") * 3)]
        if noticing.share(pupil, "nominated") < 0.6:
            yield noticing.note(pupil, "nomination", kind)


def _about_family(noticing: _Noticing, pupil: Pupil) -> Iterator[Note]:
    if pupil.left_behind == 2 and noticing.share(pupil, "alone") < 0.45:
        yield noticing.note(pupil, "home_visit", "lack_of_companionship")
    if "突发严重困难" in pupil.groups:
        yield noticing.note(pupil, "home_visit", "sudden_hardship" if noticing.share(pupil, "why") < 0.6 else "serious_illness_family")
    elif pupil.household == "农业" and noticing.share(pupil, "income") < 0.02:
        yield noticing.note(pupil, "home_visit", "low_income_family", income=60_000 + int(80 * noticing.share(pupil, "amount")) * 1000)
        if noticing.share(pupil, "parent") < 0.3:
            yield noticing.note(pupil, "home_visit", "disabled_parent")
    if noticing.share(pupil, "conflict") < 0.006:
        yield noticing.note(pupil, "home_visit", "family_conflict")


def _about_health(noticing: _Noticing, pupil: Pupil) -> Iterator[Note]:
    if pupil.health == "慢性病":
        yield noticing.note(pupil, "nomination", "chronic_illness")
    if pupil.grade >= 4 and noticing.share(pupil, "anxious") < 0.005:
        yield noticing.note(pupil, "self_report" if pupil.grade >= 7 else "nomination", "long_anxiety")
    elif noticing.share(pupil, "moods") < 0.003:
        yield noticing.note(pupil, "nomination", "emotional_behavioural")
    if pupil.grade >= 4 and noticing.share(pupil, "bullied") < 0.003:
        yield noticing.note(pupil, "self_report", "bullied", about_teacher=noticing.share(pupil, "about") < 0.5)
