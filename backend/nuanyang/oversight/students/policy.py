"""What one caller sees of students, as SQL: predicates over `students s` and `recognitions r` that go into the same query."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import recorded
from nuanyang.access.permissions import CATEGORY_CLASSES, DATA_CLASSES, Scope

_CASE_CLASSES = tuple(c for classes in CATEGORY_CLASSES.values() for c in classes)
# Not about a student: their absence hides nothing.
_NOT_PERSONAL = frozenset({"basic", "volunteering", "money"})


@dataclass(frozen=True, slots=True)
class Sight:
    """Predicates in SQL with their arguments: $1 is the school, `arguments` follow. Equal rights of form give equal texts."""

    arguments: tuple[object, ...]
    where: str  # whom the caller sees at all
    classes: Mapping[str, str]  # data class → 'true', 'false' or a predicate over s
    cases: str | None  # which cases, over r and s; None: none at all
    categories: frozenset[str]  # of which the caller sees at least some
    case_classes: tuple[str, ...]  # of those cases, as far as their reading is recorded
    hidden: str  # an expression: the JSON array of hidden classes


def sight_of(caller: Caller) -> Sight:
    """Work out the predicates of a caller, once for as long as the caller is kept."""
    known = caller.memo.get("student_sight")
    if not isinstance(known, Sight):
        known = caller.memo["student_sight"] = _sight(caller)
    return known


class _Predicates:
    """Gives each distinct scope its predicate and arguments."""

    def __init__(self) -> None:
        self.arguments: list[object] = []
        self._known: dict[Scope, str] = {}

    def of(self, scope: Scope) -> str:
        if scope.whole:
            return "true"
        if not scope:
            return "false"
        if scope not in self._known:
            parts = []
            if scope.class_ids:
                parts.append(self._any("s.class_id", scope.class_ids))
            if scope.student_ids:
                parts.append(self._any("s.id", scope.student_ids))
            self._known[scope] = parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"
        return self._known[scope]

    def _any(self, column: str, ids: Iterable[UUID]) -> str:
        several = sorted(ids)
        # One class is walked along its index in order; several need a sort.
        return f"{column} = {self.argument(several[0])}" if len(several) == 1 else f"{column} = any({self.argument(several)})"

    def argument(self, value: object) -> str:
        self.arguments.append(value)
        return f"${len(self.arguments) + 1}"


def _sight(caller: Caller) -> Sight:
    predicates = _Predicates()
    basic = caller.scope("basic")
    where = predicates.of(basic)

    def seen(scope: Scope) -> str:
        # Whoever is listed lies within `basic`: an equal or wider scope needs no second test.
        return "true" if scope.whole or scope == basic else predicates.of(scope)

    classes: dict[str, str] = {c: seen(caller.scope(c)) for c in DATA_CLASSES}
    cases, categories = _cases(caller, predicates, seen)
    any_case = _hears_of_aid(caller)
    for data_class in _CASE_CLASSES:
        any_case = any_case | caller.scope(data_class, "cases")
    of_cases = tuple(
        recorded(c for category in categories for c in CATEGORY_CLASSES[category] if caller.scope(c, "cases") or c == "economic")
    )
    return Sight(tuple(predicates.arguments), where, classes, cases, categories, of_cases, _hidden({**classes, "cases": seen(any_case)}))


def _cases(caller: Caller, predicates: _Predicates, seen: Callable[[Scope], str]) -> tuple[str | None, frozenset[str]]:
    grouped: dict[str, list[str]] = {}
    for data_class in _CASE_CLASSES:
        grouped.setdefault(seen(caller.scope(data_class, "cases")), []).append(data_class)
    grouped.pop("false", None)
    parts = [f"(r.data_class in ({_quoted(classes)}){_also(predicate)})" for predicate, classes in grouped.items()]
    visible = {c for classes in grouped.values() for c in classes}
    # A homeroom teacher and a head of grade read nothing economic, but see the result. (Whoever reads it all needs no predicate: an argument that no text
    # names would be refused by the database.)
    result = "false" if "economic" in grouped.get("true", ()) else seen(_hears_of_aid(caller))
    if result != "false":
        parts.append(f"(r.data_class = 'economic' and r.state = 'recognised'{_also(result)})")
        visible.add("economic")
    if not parts:
        return None, frozenset()
    allowed = f"({' or '.join(parts)})"
    if caller.staff_id is not None:
        # What follows from a report about a member of staff is not there for that person.
        allowed += f" and {predicates.argument(caller.staff_id)} <> all(r.withheld_from_staff_ids)"
    return allowed, frozenset(c for c, classes in CATEGORY_CLASSES.items() if visible.intersection(classes))


def _hears_of_aid(caller: Caller) -> Scope:
    """Over whom somebody who need not read what is economic sees that it was recognised."""
    return caller.scope("economic", "nominate") | caller.scope("economic", "approve")


def _hidden(classes: Mapping[str, str]) -> str:
    named = [(c, p) for c, p in classes.items() if c not in _NOT_PERSONAL and p != "true"]
    if all(p == "false" for _, p in named):
        names = ",".join(f'"{c}"' for c, _ in named)
        return f"'[{names}]'"
    parts = [f"""'"{c}"'""" if p == "false" else f"""case when not coalesce({p}, false) then '"{c}"' end""" for c, p in named]
    return f"'[' || concat_ws(',', {', '.join(parts)}) || ']'"


def _also(predicate: str) -> str:
    return "" if predicate == "true" else f" and {predicate}"


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
