"""docs/permissions.md: the policy in words, from the data that the guards and the queries work with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from nuanyang.access.permissions import (
    CASE_COUNSELLOR,
    CASE_LEAD,
    CLASS_NAMES,
    DATA_CLASSES,
    DUTIES,
    DUTY_NAMES,
    ON_CASE,
    RECORDED_CLASSES,
    ROLE_NAMES,
    ROLE_SCOPES,
    ROLES,
    SCOPES,
    WAITING,
    WITHOUT_CASES,
)
from nuanyang.access.walls import WALLS, Wall
from nuanyang.kit.settings import PROJECT

PAGE = PROJECT / "docs" / "permissions.md"
LETTERS = {"read": "R", "write": "W", "approve": "A", "nominate": "N", "confirm": "C"}
RIGHTS = {
    "reads": "read",
    "cases": "read the cases",
    "reasons": "read or approve the cases",
    "results": "read, approve or nominate",
    "keeps": "write, over the school",
}
SCOPE_NAMES = {"school": "全校", "grade": "年级", "class": "班级", "student": "学生"}


def page(document: dict[str, Any]) -> str:
    """The page for this OpenAPI document, in which each operation says what its guard asks."""
    return "\n".join([*_roles(), *_waiting(), *_duties(), *_programs(), *_walls(), *_operations(document)]) + "\n"


def _roles() -> Iterator[str]:
    yield "# Who may see and do what 权限一览"
    yield ""
    yield "Made by `nuanyang permissions` from the policy that the program works with (`backend/nuanyang/access/permissions.py`): never edited by hand."
    yield ""
    yield "R reads, W writes, A approves, N nominates 提名, C asks whether four characters are a number's last 核对; a dot is nothing. Rights reach as"
    yield "far as the role's scope, those after ◦ only the students whose case the person leads; several roles add up, and a role"
    yield "ends with its dates. Within a class of data, a record's own rules may be narrower (who decides which step, what is withheld from whom)."
    yield f"Every reading of {', '.join(sorted(RECORDED_CLASSES))} about a named student is recorded."
    yield ""
    yield "| role | reaches | " + " | ".join(f"{CLASS_NAMES[c]} `{c}`" for c in DATA_CLASSES) + " |"
    yield "|---|---|" + "---|" * len(DATA_CLASSES)
    for role, rights in ROLES.items():
        reaches = "、".join(SCOPE_NAMES[s] for s in SCOPE_NAMES if s in ROLE_SCOPES[role])
        yield f"| {ROLE_NAMES[role][0]} `{role}` | {reaches} | {_row(rights, ON_CASE.get(role, {}))} |"
    yield f"| 个案负责人 (who leads a case) | 所负责的学生 | {_row(CASE_LEAD)} |"
    yield f"| 个案心理教师 (who counsels a student) | 所辅导的学生 | {_row(CASE_COUNSELLOR)} |"
    yield ""
    without = "、".join(f"{ROLE_NAMES[role][0]} `{role}`" for role in sorted(WITHOUT_CASES))
    yield f"Who holds R sees the case records of the class as well; not so {without}: results, never that somebody is supported."
    yield "Clinical rights count only for who is a counsellor at that time; others open one clinical file by break-glass (紧急查阅), for an hour."
    yield "代行校长审批 is never given as a role: the principal lends it to the vice principal, for days that are named. A deputy holds what is lent."
    yield "Students and guardians hold no role: they reach themselves and their own."
    yield ""


def _programs() -> Iterator[str]:
    yield "## Programs 接口账号"
    yield ""
    yield "| scope | " + " | ".join(f"`{c}`" for c in DATA_CLASSES) + " |"
    yield "|---|" + "---|" * len(DATA_CLASSES)
    for scope, rights in SCOPES.items():
        yield f"| `{scope}` | {_row(rights)} |"
    yield ""


def _waiting() -> Iterator[str]:
    yield "What stands in the design and is no role yet: nothing would serve it, and a role that opens nothing only promises."
    yield ""
    yield from (f"- {name}: waits for {what}" for name, what in WAITING.items())
    yield ""
    yield "Where and why this table differs from its design: [decision 14](decisions/0014-where-our-policy-differs.md)."
    yield ""


def _duties() -> Iterator[str]:
    yield "## Duties 职责"
    yield ""
    yield "What is no right to a class of data. Guards, menus and services ask for the duty, never for a role."
    yield ""
    yield "| duty | whose |"
    yield "|---|---|"
    for name, roles in DUTIES.items():
        yield f"| {DUTY_NAMES[name]} `{name}` | {_or(f'{ROLE_NAMES[role][0]} `{role}`' for role in roles)} |"
    yield ""


def _walls() -> Iterator[str]:
    yield "## What the database itself closes 数据库行级权限"
    yield ""
    yield "Each table about students is closed by row-level security, too ([decision 12](decisions/0012-walls-in-the-database.md)): a row is seen by who holds"
    yield "the right on its class of data over its student. Whoever writes one must see the student."
    yield ""
    yield "| table | class of data | right | also seen by |"
    yield "|---|---|---|---|"
    for table, wall in sorted(WALLS.items()):
        if isinstance(wall, Wall):
            said = f"`{wall.data_class}`" if wall.data_class else f"each row's `{wall.column}`"
            own = ", ".join(f"the {who} in `{column}`" for column, who in (wall.own or {}).items())
            yield f"| `{table}` | {f'as `{wall.above}`' if wall.above else said} | {'·' if wall.above else RIGHTS[wall.mode]} | {own or '·'} |"
    yield ""
    reasons: dict[str, list[str]] = defaultdict(list)
    for table, open_for in WALLS.items():
        if not isinstance(open_for, Wall):
            reasons[open_for].append(f"`{table}`")
    yield "Closed between schools only:"
    yield ""
    yield from (f"- {why}: {', '.join(sorted(tables))}" for why, tables in sorted(reasons.items()))
    yield ""


def _row(rights: Any, on_case: Any = MappingProxyType({})) -> str:
    return " | ".join(_cell(rights.get(c, ())) + (f"◦{_cell(on_case[c])}" if c in on_case else "") or "·" for c in DATA_CLASSES)


def _cell(actions: Iterable[str]) -> str:
    return "".join(letter for action, letter in LETTERS.items() if action in actions)


def _operations(document: dict[str, Any]) -> Iterator[str]:
    asked: dict[str, list[str]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            asked[_words(operation.get("x-access"))].append(f"`{method.upper()} {path}`")
    yield "## What each operation asks of who calls it"
    yield ""
    yield "This is the door; whom an operation then shows and changes, the scope of the right decides (404 beyond it)."
    for words, operations in sorted(asked.items()):
        yield ""
        yield f"### {words}"
        yield ""
        yield from (f"- {operation}" for operation in sorted(operations))


def _words(needs: dict[str, Any] | None) -> str:
    if needs is None:
        return "nothing: open to everybody"
    if needs["kind"] == "any":
        return ", or ".join(_words(one) for one in needs["of"])
    over = ", over the whole school" if "over" in needs else ""
    if needs["kind"] == "right":
        being = f"being on the {needs['person']}, with " if "person" in needs else ""
        return f"{being}the right to {needs['action']} {CLASS_NAMES[needs['data_class']]} `{needs['data_class']}`{over}"
    if needs["kind"] == "cases":
        return f"a part in cases ({_or(needs['actions'])}), of whichever class{over}"
    if needs["kind"] == "roles":
        program = f", or a program's scope `{needs['program_scope']}`" if "program_scope" in needs else ""
        return (
            f"the duty {DUTY_NAMES[needs['duty']]} `{needs['duty']}`: {_or(f'{ROLE_NAMES[r][0]} `{r}`' for r in needs['roles'])}{program}"
        )
    return {
        "person": f"being a {needs.get('person')}",
        "staff": "being on the staff",
        "signed_in": "being signed in: the operation answers what the caller's rights and cases allow",
    }[needs["kind"]]


def _or(words: Iterable[str]) -> str:
    return " / ".join(words)
