"""Who am I: the rights of a caller in words the web app can build its menu from."""

from typing import Literal, cast, get_args
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import repository
from nuanyang.access.accounts.models import Account
from nuanyang.access.accounts.schemas import AccountShown, Me, PersonKind, PersonShown, RoleShown, SchoolChoice, SchoolShown
from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CLASS_CATEGORY, DATA_CLASSES, ROLE_NAMES, TELLERS, Action, HeldRole
from nuanyang.kit.errors import NotFound

# Whose work comes first when several roles are held.
HOME_ORDER = (
    "principal",
    "vice_principal",
    "moral_education",
    "academic_affairs",
    "aid_officer",
    "counsellor",
    "general_affairs",
    "youth_league",
    "registrar",
    "grade_head",
    "homeroom_teacher",
    "special_educator",
    "school_nurse",
    "tutor",
    "subject_teacher",
    "admin",
)


async def describe(session: AsyncSession, caller: Caller) -> Me:
    """Everything the web app needs to know about the caller, in one answer."""
    account = await session.get(Account, caller.account_id)
    if account is None:
        raise NotFound
    class_ids = {i for held in caller.roles if held.scope_kind == "class" for i in held.scope.class_ids}
    names = await repository.class_names(session, caller.school_id, class_ids)
    places = await repository.places_of(session, account)
    person = await repository.person_name(session, caller.school_id, caller.person_kind, caller.person_id)
    return Me(
        account=AccountShown(id=account.id, username=account.username, display_name=account.display_name),
        person=PersonShown(kind=cast("PersonKind", caller.person_kind), id=caller.person_id, name=person) if person else None,
        school=SchoolShown.model_validate(await repository.school_row(session, caller.school_id)),
        schools=[SchoolChoice(id=place.school_id, name=place.name, roles=list(place.roles)) for place in places],
        roles=[_role(held, names) for held in caller.roles],
        rights=_rights(caller),
        home=next((role for role in HOME_ORDER if caller.has_role(role)), caller.person_kind),
        menu=_menu(caller),
        is_district_admin=caller.is_district_admin,
        must_change_password=caller.must_change_password,
        must_enrol_second_factor=caller.must_enrol,
    )


def _role(held: HeldRole, names: dict[UUID, str]) -> RoleShown:
    scope_name = "、".join(sorted(names[c] for c in held.scope.class_ids if c in names)) if held.scope_kind in ("class", "grade") else None
    return RoleShown(
        role=held.role,
        name=ROLE_NAMES.get(held.role, (held.role, held.role))[0],
        scope_kind=cast("Literal['school', 'grade', 'class', 'student']", held.scope_kind),
        scope_name=scope_name or None,
    )


def _rights(caller: Caller) -> dict[str, dict[str, Literal["school", "own"]]]:
    rights: dict[str, dict[str, Literal["school", "own"]]] = {}
    for data_class in DATA_CLASSES:
        held: dict[str, Literal["school", "own"]] = {
            action: ("school" if scope.whole else "own") for action in get_args(Action) if (scope := caller.scope(data_class, action))
        }
        if held:
            rights[data_class] = held
    return rights


def _menu(caller: Caller) -> list[str]:
    # Reading results is no sight of cases: whoever teaches a subject finds no list of the supported, but records the own lessons.
    sees = any(caller.scope(c, "cases") for c in CLASS_CATEGORY)
    cases = sees or any(caller.scope(c, a) for c in CLASS_CATEGORY for a in ("write", "approve", "nominate"))
    tells = cases or any(caller.scope(of, a) for rights in TELLERS.values() for a, of in rights)
    entries = (
        ("home", True),
        ("students", bool(caller.scope("basic"))),
        ("recognitions", cases),
        ("evidence", tells),
        ("results", bool(caller.scope("academic"))),
        ("consents", caller.person_kind == "staff" and bool(caller.scope("contact"))),
        ("plans", sees),
        ("compliance", caller.has_duty("see_compliance")),
        # A subject teacher who leads no case has none to look at.
        ("gaps", caller.has_duty("see_gaps") and sees),
        ("editions", caller.person_kind == "staff"),
        ("break_glass", caller.has_duty("break_glass")),
        ("interventions", cases or caller.has_duty("teach_a_subject")),
        ("calendar", caller.person_kind == "staff"),
        ("rosters", caller.has_duty("bring_rosters")),
        ("rules", caller.has_duty("set_rules")),
        ("accounts", caller.has_duty("keep_accounts")),
        ("data_requests", caller.has_duty("answer_requests")),
        ("audit", caller.has_duty("read_audit")),
        ("retention", caller.has_duty("see_retention")),
    )
    return [key for key, shown in entries if shown]
