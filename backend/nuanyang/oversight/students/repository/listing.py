"""The list of students: one statement a page, composed by the form of the question and kept by it."""

# ruff: noqa: S608 - put together from our own words; what callers send are arguments

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal
from uuid import UUID

from nuanyang.access.audit.service import seen
from nuanyang.oversight.students.policy import Sight
from nuanyang.oversight.students.repository.parts import BASIC, CASES, GUARDIAN, YEAR, joined
from nuanyang.oversight.students.rules import Search

Sort = Literal["pinyin", "class", "student_number", "-updated_at"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: the ORDER BY, the key of a row for the cursor, and the condition of a later row."""

    by: str
    key: tuple[str, ...]
    after: str
    casts: tuple[str, ...]


_CLASS_RANK = "coalesce((select c.grade * 1000 + c.number from classes c where c.school_id = $1 and c.id = s.class_id), 99999)"
ORDERS: dict[str, Order] = {
    "pinyin": Order("s.pinyin, s.id", ("s.pinyin", "s.id"), "(s.pinyin, s.id) > ({0}, {1})", ("text", "uuid")),
    "class": Order(
        f"{_CLASS_RANK}, s.pinyin, s.id",
        (_CLASS_RANK, "s.pinyin", "s.id"),
        f"({_CLASS_RANK}, s.pinyin, s.id) > ({{0}}, {{1}}, {{2}})",
        ("int", "text", "uuid"),
    ),
    # Rows without a number come last; two conditions that an index can walk, instead of one over coalesce().
    "student_number": Order(
        "s.student_number, s.id",
        ("s.student_number", "s.id"),
        "(({0} is not null and ((s.student_number, s.id) > ({0}, {1}) or s.student_number is null)) or ({0} is null and s.student_number is null and s.id > {1}))",
        ("text", "uuid"),
    ),
    "-updated_at": Order(
        "s.updated_at desc, s.id desc", ("s.updated_at", "s.id"), "(s.updated_at, s.id) < ({0}, {1})", ("timestamptz", "uuid")
    ),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is asked for; empty means any."""

    status: Sequence[str] = ()
    grade: Sequence[int] = ()
    class_id: Sequence[UUID] = ()
    sex: Sequence[str] = ()
    category: Sequence[str] = ()
    support_level: Sequence[str] = ()
    case_state: Sequence[str] = ()
    numbered: tuple[bytes, bytes] | None = None  # blind indexes of an identity and of a registration number

    def ask_about_cases(self) -> bool:
        """Whether any filter looks at cases."""
        return bool(self.category or self.support_level or self.case_state)


@dataclass(slots=True)
class _Conditions:
    arguments: list[object]
    parts: list[str] = field(default_factory=list)

    def put(self, value: object) -> str:
        self.arguments.append(value)
        return f"${len(self.arguments)}"

    def among(self, column: str, values: Sequence[object]) -> None:
        """One value is an equality, which keeps an index in order; several are a set."""
        if len(values) == 1:
            self.parts.append(f"{column} = {self.put(values[0])}")
        elif values:
            self.parts.append(f"{column} = any({self.put(list(values))})")


def page(
    sight: Sight,
    school_id: UUID,
    day: date,
    filters: Filters,
    search: Search,
    sort: Sort,
    after: Sequence[object] | None,
    limit: int,
    *,
    count: bool,
    ground: Sequence[str] = (),
    operation: str = "students_list",
) -> tuple[str, list[object]]:
    """Return the statement and arguments that answer `cursor newline body`."""
    conditions = _Conditions([school_id, *sight.arguments])
    if sight.where != "true":
        conditions.parts.append(sight.where)
    if list(filters.status) == ["enrolled"]:
        conditions.parts.append("s.status = 'enrolled'")
    else:
        conditions.among("s.status", filters.status)
    conditions.among("s.grade", filters.grade)
    conditions.among("s.class_id", filters.class_id)
    conditions.among("s.sex", filters.sex)
    needs_year = _add_cases(conditions, sight, filters)
    if filters.numbered:
        identity, registration = map(conditions.put, filters.numbered)
        conditions.parts.append(
            f"s.id in (select i.id from student_identities i where i.school_id = $1 and (i.identity_index = {identity} or i.registration_index = {registration}))"
        )
        conditions.parts.append(sight.classes["identity"])
    alternatives = tuple(search.conditions(conditions.put))
    order = ORDERS[sort]
    later = order.after.format(*(f"{conditions.put(v)}::{cast}" for v, cast in zip(after, order.casts, strict=True))) if after else ""
    day_argument = conditions.put(day) if needs_year or sight.cases else ""
    told = _told(sight, operation, conditions.put(list(ground)), limit) if sight.case_classes else ""
    text = _statement(
        *(tuple(conditions.parts), alternatives, later, sort, limit, sight.cases, sight.classes["contact"], sight.hidden),
        *(day_argument, count, told),
    )
    return text, conditions.arguments


def _told(sight: Sight, operation: str, ground: str, limit: int) -> str:
    """The entry in the record: one a page, with everybody on it, for that somebody has no case is also told."""
    classes = "array[" + ", ".join(f"'{c}'" for c in sight.case_classes) + "]"
    return ", " + seen(operation, classes, f"page p where p.n <= {limit}", students="array_agg(p.id)", ground=ground)


def _add_cases(conditions: _Conditions, sight: Sight, filters: Filters) -> bool:
    if not filters.ask_about_cases():
        return False
    inner = _Conditions(conditions.arguments)
    inner.among("r.category", filters.category)
    inner.among("r.support_level", filters.support_level)
    inner.among("r.state", filters.case_state)
    if not filters.case_state:
        inner.parts.append("r.state not in ('declined', 'exited')")
    conditions.parts.append(
        "exists (select from recognitions r where r.school_id = $1 and r.student_id = s.id and r.school_year_id = (select y.id from year y)"
        f" and {' and '.join(inner.parts)} and {sight.cases or 'false'})"
    )
    return True


@lru_cache(maxsize=2_000)
def _statement(
    parts: tuple[str, ...],
    alternatives: tuple[str, ...],
    later: str,
    sort: str,
    limit: int,
    cases: str | None,
    contact: str,
    hidden: str,
    day: str,
    count: bool,
    told: str,
) -> str:
    order = ORDERS[sort]
    columns = "s.id, s.version, s.name, s.pinyin, s.former_name, s.sex, s.birth_on, s.student_number, s.class_id, s.grade, s.status, s.status_on, s.updated_at"

    def rows(searched: str, *, limited: bool) -> str:
        where = " and ".join(p for p in ("s.school_id = $1", *parts, searched, later if limited else "") if p)
        return f"select {columns if limited else 's.id'} from students s where {where}" + (
            f" order by {order.by} limit {limit + 1}" if limited else ""
        )

    if len(alternatives) > 1:
        union = " union ".join(f"({rows(a, limited=True)})" for a in alternatives)
        found = f"select * from ({union}) s order by {order.by} limit {limit + 1}"
    else:
        found = rows(alternatives[0] if alternatives else "", limited=True)
    row = joined(BASIC, (contact, "contact", GUARDIAN), ("true" if cases else "false", "cases", CASES.format(visible=cases)), hidden)
    total = ""
    if count:
        every = rows(f"({' or '.join(alternatives)})" if alternatives else "", limited=False)
        total = f" || ',\"count\":' || (select count(*) from ({every}) counted)"
    year = f"year as materialized ({YEAR.format(day=day)}), " if day else ""
    # The cursor goes in front of the body, so that Python needs not read the JSON to make the Link header.
    return f"""with {year}page as materialized (
    select s.n, s.id, {row} as body, case when s.n = {limit} and s.total > {limit} then {_cursor(sort, order)} end as cursor
    from (select s.*, row_number() over () as n, count(*) over () as total from ({found}) s) s
    where s.n <= {limit}
){told}
select coalesce(max(s.cursor), '') || E'\\n{{"items":[' || coalesce(string_agg(s.body, ',') filter (where s.n <= {limit}), '') || '],"next_cursor":'
    || coalesce('"' || max(s.cursor) || '"', 'null'){total} || '}}'
from page s"""


def _cursor(sort: str, order: Order) -> str:
    """Seal the key of a row as `kit.paging` does."""
    sealed = f"encode(convert_to(json_build_array('{sort}', {', '.join(order.key)})::text, 'UTF8'), 'base64')"
    return f"rtrim(translate({sealed}, E'+/\\n', '-_'), '=')"
