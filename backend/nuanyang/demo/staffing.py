"""Who works at a demo school: every role of the programme once, a homeroom teacher a class, subject teachers for every class."""

from dataclasses import replace

from nuanyang.demo.identity import NumberIssuer
from nuanyang.demo.names import NameGiver
from nuanyang.demo.people import ClassRoom, School, Sex, Staff

# Role and title; every school has each of them once.
OFFICES = (
    ("principal", "校长"),
    ("vice_principal", "分管副校长"),
    ("academic_affairs", "教务主任"),
    ("moral_education", "德育主任"),
    ("counsellor", "心理教师"),
    ("general_affairs", "总务主任"),
    ("aid_officer", "资助专干"),
    ("youth_league", "团委书记"),
    ("registrar", "学籍管理员"),
    ("special_educator", "资源教师"),
    ("school_nurse", "校医"),
    ("admin", "系统管理员"),
)

# The grade whose teachers are the ones to try the program with: they meet in the reviews of the same students.
MAIN_HOMEROOM_GRADE = {"九年一贯制": 7, "高中": 11}


def staff_of(school: School, names: NameGiver, numbers: NumberIssuer, subjects: tuple[str, ...]) -> list[Staff]:
    """Offices, then homeroom teachers (who teach too, and follow their class), then the subject teachers that are still missing."""
    offices = [_person(school, role, role, index, names, numbers) for index, (role, _) in enumerate(OFFICES)]
    grades = sorted({room.grade for room in school.current_classes})
    offices += [_person(school, f"g{grade:02d}", "grade_head", grade, names, numbers) for grade in grades]
    homeroom = _homeroom_teachers(school, names, numbers, subjects)
    return offices + homeroom + _subject_teachers(school, names, numbers, subjects, homeroom)


def _person(school: School, part: str, role: str, index: int, names: NameGiver, numbers: NumberIssuer, subject: str = "") -> Staff:
    sex: Sex = "female" if index % 3 else "male"
    return Staff(f"{school.key}-t-{part.replace('_', '-')}", names.adult(sex), sex, role, numbers.phone(), subject)


def _with_past(school: School, rooms: list[ClassRoom]) -> tuple[str, ...]:
    """The classes, and what they were in earlier years."""
    stories = {(room.number, room.cohort) for room in rooms}
    past = [room.key for room in school.classes if room.year < school.year and (room.number, room.cohort) in stories]
    return (*(room.key for room in rooms), *past)


def _homeroom_teachers(school: School, names: NameGiver, numbers: NumberIssuer, subjects: tuple[str, ...]) -> list[Staff]:
    teachers: list[Staff] = []
    for index, room in enumerate(school.current_classes):
        part = f"h{room.grade:02d}{room.number:02d}"
        person = _person(school, part, "homeroom_teacher", index, names, numbers, subjects[index % len(subjects)])
        rooms = _with_past(school, [room])
        teachers.append(replace(person, homeroom=rooms, teaches=rooms))
    return teachers


def _subject_teachers(
    school: School, names: NameGiver, numbers: NumberIssuer, subjects: tuple[str, ...], homeroom: list[Staff]
) -> list[Staff]:
    """Each teaches one subject in up to three classes of a grade, those aside that their homeroom teacher teaches."""
    taken = {(teacher.subject, teacher.homeroom[0]) for teacher in homeroom}
    teachers: list[Staff] = []
    for subject_index, subject in enumerate(subjects):
        for grade in sorted({room.grade for room in school.current_classes}):
            open_classes = [room for room in school.current_classes if room.grade == grade and (subject, room.key) not in taken]
            for start in range(0, len(open_classes), 3):
                part = f"s{subject_index}{grade:02d}{start // 3}"
                person = _person(school, part, "subject_teacher", len(teachers), names, numbers, subject)
                teachers.append(replace(person, teaches=_with_past(school, open_classes[start : start + 3])))
    return teachers
