"""From the fields of a 学籍 record to the parts of a student, the same for a sheet's row and a package's `metadata.cn.*`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from nuanyang.exchange.rosters.reading.findings import Severity
from nuanyang.exchange.rosters.reading.numbers import Citizen, Wrong, citizen
from nuanyang.exchange.rosters.reading.records import Contact, Economy, Family, Health, Identity, Rest

Values = Mapping[str, str]
Part = TypeVar("Part", Contact, Family, Economy, Health, Rest)
_EMPTY: dict[type, object] = {of: of() for of in (Contact, Family, Economy, Health, Rest)}
YOUNGEST, OLDEST = 3, 30  # of a pupil; beyond, a digit of the year is probably wrong
_GROUPS = ("minimum_living_allowance", "extreme_poverty_support", "poverty_registered")
_EXTRA = ("politics", "overseas", "talent", "preschool", "school_bus", "government_place")


class Parts(NamedTuple):
    """The parts of a student by class of data; None where nothing is said."""

    identity: Identity | None
    contact: Contact | None
    family: Family | None
    economy: Economy | None
    health: Health | None
    rest: Rest | None


class Doubt(NamedTuple):
    """Something about the numbers to tell."""

    field: str
    code: str
    severity: Severity
    zh: str = ""
    en: str = ""

    def details(self) -> dict[str, str]:
        """What the finding's sentence needs."""
        return {"detail_zh": self.zh, "detail_en": self.en} if self.zh else {}


def parts_of(values: Values) -> Parts:
    """Sort the values of one student by class of data."""
    get = values.get
    family = Family(
        _number(get("left_behind")),
        _truth(get("single_parent")),
        _truth(get("raised_by_grandparents")),
        _truth(get("migrant_child")),
        _truth(get("only_child")),
        _truth(get("orphan")),
    )
    economy = Economy(_truth(get("needs_aid")), _truth(get("receives_subsidy")), _truth(get("martyr_family")), _groups(values))
    contact = Contact(
        get("phone"),
        get("address") or get("home_address"),
        get("household_address"),
        get("mailing_address"),
        get("commute_km"),
        get("commute_by"),
    )
    return Parts(_identity(values), _said(contact), _said(family), _said(economy), _said(_health(values)), _said(_rest(values)))


def doubts_of(values: Values, today: str) -> list[Doubt]:
    """Check the numbers against each other, the birth date and the sex, and the birth date against today."""
    found = _age(birth_of(values), today)
    number, kind = values.get("identity_number"), values.get("identity_kind") or "citizen"
    registered = values.get("registration_number")
    if number and kind == "citizen":
        said = citizen(number)
        if isinstance(said, Wrong):
            return [*found, Doubt("identity_number", "bad_identity_number", "error", said.zh, said.en)]
        found += _against(said, values)
        if number.endswith("000"):
            found.append(Doubt("identity_number", "identity_ends_in_zeros", "warning"))
    if registered and registered[0] == "G" and number and kind == "citizen" and registered[1:] != number:
        found.append(Doubt("registration_number", "registration_identity_differs", "warning"))
    return found


def _age(born: str | None, today: str) -> list[Doubt]:
    if not born or not today:
        return []
    if born > today:
        return [Doubt("birth_on", "birth_in_future", "error")]
    years = int(today[:4]) - int(born[:4])
    return [] if YOUNGEST <= years <= OLDEST else [Doubt("birth_on", "age_unlikely", "warning", f"{years} 岁", f"{years} years")]


def guardian_number(kind: str | None, number: str | None) -> tuple[str | None, str | None, Wrong | None]:
    """Kind and number of a guardian's document, and what is wrong with the number, which is then not kept."""
    if not number:
        return None, None, None
    said = citizen(number) if (kind or "citizen") == "citizen" else None
    return (None, None, said) if isinstance(said, Wrong) else (kind or "citizen", number, None)


def _against(said: Citizen, values: Values) -> list[Doubt]:
    found = []
    if values.get("birth_on") and values["birth_on"] != said.birth_on.isoformat():
        found.append(Doubt("birth_on", "identity_birth_differs", "warning"))
    if values.get("sex") in {"male", "female"} and values["sex"] != said.sex:
        found.append(Doubt("sex", "identity_sex_differs", "warning"))
    return found


def birth_of(values: Values) -> str | None:
    """The birth date as said, or as the identity number has it."""
    return values.get("birth_on") or _from_number(values)[0]


def sex_of(values: Values) -> str:
    """The sex as said, or as the identity number has it, or unspecified."""
    return values.get("sex") or _from_number(values)[1] or "unspecified"


def _from_number(values: Values) -> tuple[str | None, str | None]:
    number = values.get("identity_number")
    said = citizen(number) if number and (values.get("identity_kind") or "citizen") == "citizen" else None
    return (said.birth_on.isoformat(), said.sex) if isinstance(said, Citizen) else (None, None)


def _identity(values: Values) -> Identity | None:
    number, registered = values.get("identity_number"), values.get("registration_number")
    return Identity(values.get("identity_kind") or ("citizen" if number else None), number, registered) if number or registered else None


def _groups(values: Values) -> str | None:
    """The special groups that are said to apply; an empty text when all that are said do not."""
    said = [name for name in _GROUPS if values.get(name) is not None]
    return ",".join(name for name in said if values[name] == "1") if said else None


def _health(values: Values) -> Health:
    disability = values.get("disability")
    if disability in {None, "none"} and values.get("is_disabled") == "1":
        disability = "other"
    return Health(values.get("health_status"), disability, values.get("inclusive_placement"))


def _rest(values: Values) -> Rest:
    get = values.get
    extra = {name: values[name] for name in _EXTRA if values.get(name)}
    return Rest(
        get("ethnicity"),
        get("nationality"),
        get("birthplace"),
        get("native_place"),
        get("household_kind"),
        get("boarding"),
        get("entry_kind"),
        get("entered_month"),
        get("source_kind"),
        json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None,
    )


def _said(part: Part) -> Part | None:
    return part if part != _EMPTY[type(part)] else None


def _truth(value: str | None) -> bool | None:
    return None if value is None else value == "1"


def _number(value: str | None) -> int | None:
    return None if value is None else int(value)
