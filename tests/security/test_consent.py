"""Consent (PIPL 29, 31; security design, section 3): what the database itself keeps, and what no guardian ever sees.

Promises: texts and words never change; who does not stand for a child has no word; a no goes before a yes; nothing is done past the gate; a crisis
and a mandatory report never wait; a custody order takes the child out of a guardian's sight; protection and a child's own words reach no guardian.
"""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses.catalogue import all_kinds
from nuanyang.school.consents.errors import ConsentMissing
from nuanyang.school.consents.models import ConsentExemption, ConsentText
from nuanyang.school.consents.rules import decides_alone
from nuanyang.school.consents.service import Urgent, is_given, require
from nuanyang.school.consents.service.texts import kept_number
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.students.models import Student
from tests.factories.asker import Asker
from tests.factories.cases import evidence
from tests.factories.consents import born, said
from tests.factories.furnished import MARK, furnish
from tests.factories.students import guardian, kept_away
from tests.factories.world import World

FAMILY = "/api/v1/family/consents"
STATE = text("select consent_state(:s, :p, :d)")


async def state(world: World, student: Student, purpose: str = "screening") -> str:
    async with world.session() as session:
        return str(await session.scalar(STATE, {"s": student.id, "p": purpose, "d": today()}))


async def signed_in(world: World, parent: Guardian) -> Any:
    return await world.client(account=await world.guardian_account(parent))


def choice(student: Student, action: str = "given", **more: Any) -> dict[str, Any]:
    return {"student_id": str(student.id), "purpose": "screening", "action": action, "text_number": 1} | more


async def new_text(world: World, *, asks_again: bool) -> None:
    async with world.session() as session:
        number = await kept_number(session, world.school_id, "screening")
    row = ConsentText(
        school_id=world.school_id, id=new_id(), purpose="screening", number=number + 1, body="新的文本", asks_again=asks_again, reason="改"
    )
    await world.add(row)


# -- how a consent stands -----------------------------------------------------------------------------


async def test_a_no_goes_before_a_yes_whoever_says_it_and_in_whatever_order(world: World) -> None:
    child = await world.student()
    father, mother = await guardian(world, child, "父亲"), await guardian(world, child, "母亲")
    assert await state(world, child) == "missing"
    await said(world, child, father, action="withdrawn")
    await said(world, child, mother)
    assert await state(world, child) == "withdrawn"
    await said(world, child, father)
    assert await state(world, child) == "given"
    await said(world, child, mother, action="withdrawn")
    assert await state(world, child) == "withdrawn" and await state(world, child, "counselling") == "missing"


async def test_a_paper_signed_before_a_withdrawal_does_not_undo_it(world: World) -> None:
    child = await world.student()
    mother = await guardian(world, child)
    await said(world, child, mother, action="withdrawn", happened_on=today() - timedelta(days=3))
    await said(world, child, mother, happened_on=today() - timedelta(days=30))
    assert await state(world, child) == "withdrawn"


async def test_a_changed_matter_asks_again_and_better_words_do_not(world: World) -> None:
    child = await world.student()
    mother = await guardian(world, child)
    await said(world, child, mother)
    await new_text(world, asks_again=False)
    assert await state(world, child) == "given"
    await new_text(world, asks_again=True)
    assert await state(world, child) == "outdated"
    await said(world, child, mother)
    assert await state(world, child) == "given"


async def test_whoever_no_longer_stands_for_the_child_has_no_word(world: World) -> None:
    child = await world.student()
    father, mother = await guardian(world, child, "父亲"), await guardian(world, child, "母亲")
    await said(world, child, mother)
    await said(world, child, father, action="withdrawn")
    # A father who is kept from the child does not keep it from help.
    order = await kept_away(world, child, father)
    assert await state(world, child) == "given"
    async with world.session() as session:
        lift = "update custody_orders set lifted_at = now(), lifted_by = id, lifted_reason = '撤销' where id = :o"
        await session.execute(text(lift), {"o": order.id})
    assert await state(world, child) == "withdrawn"
    async with world.session() as session:
        await session.execute(text("update student_guardians set ended_on = current_date where guardian_id = :g"), {"g": father.id})
    assert await state(world, child) == "given"


async def test_from_fourteen_on_the_pupils_own_word_alone_counts(world: World) -> None:
    child = await world.student(birth_on=born(14))
    mother = await guardian(world, child)
    await said(world, child, mother, happened_on=today() - timedelta(days=1))
    assert await state(world, child) == "given"  # said while the child was younger
    await said(world, child, None, action="withdrawn")
    assert await state(world, child) == "withdrawn"
    await said(world, child, None, informed_on=today())
    await said(world, child, mother, action="withdrawn")
    assert await state(world, child) == "given"


@pytest.mark.parametrize("birth_on", [born(14), born(14, day_later=True), born(13), None, today().replace(year=2012, month=2, day=29)])
async def test_program_and_database_agree_on_who_decides(world: World, birth_on: Any) -> None:
    child = await world.student(birth_on=birth_on)
    async with world.session() as session:
        for day in (
            today(),
            today() + timedelta(days=1),
            today().replace(year=2026, month=2, day=27),
            today().replace(year=2026, month=2, day=28),
        ):
            answer = await session.scalar(text("select consent_decides_alone(:s, :d)"), {"s": child.id, "d": day})
            assert answer is decides_alone(birth_on, day), (birth_on, day)


# -- what the database refuses ------------------------------------------------------------------------


async def test_the_database_keeps_texts_words_and_scans_as_they_are(world: World) -> None:
    child = await world.student()
    await said(world, child, await guardian(world, child))
    for table in ("consent_texts", "consent_events", "consent_scans", "consent_exemptions"):
        for change in (f"update {table} set id = id", f"delete from {table}"):
            with pytest.raises(DBAPIError, match="permission denied"):
                async with world.session() as session:
                    await session.execute(text(change))
    # Nor does anybody say when it was recorded.
    with pytest.raises(DBAPIError, match="permission denied"):
        await said(world, child, None, recorded_at=now() - timedelta(days=400))


@pytest.mark.parametrize(
    ("age", "by", "facts", "refusal"),
    [
        (13, "nobody", {"informed_on": today()}, "consent_too_young|under fourteen"),
        (15, "father", {}, "pupil decides"),
        (13, "father", {"how": "paper"}, "ck_consent_events_scan"),
        (15, "nobody", {}, "ck_consent_events_informed"),
        (13, "father", {"happened_on": today() + timedelta(days=2)}, "ck_consent_events_happened"),
        (13, "father", {"how": "portal"}, "nobody says it in the portal but the guardian"),
        (13, "father", {"text_number": 9}, "fk_consent_events_text"),
        (13, "stranger", {}, "does not speak for the child"),
        (13, "driver", {}, "does not speak for the child"),
    ],
)
async def test_no_word_that_is_nobodys(world: World, age: int, by: str, facts: dict[str, Any], refusal: str) -> None:
    child = await world.student(birth_on=born(age))
    people = {
        "father": await guardian(world, child, "父亲"),
        "stranger": await guardian(world, await world.student("别家"), "外人"),
        "driver": await guardian(world, child, "接送的人", is_guardian=False),
        "nobody": None,
    }
    with pytest.raises(IntegrityError, match=refusal):
        await said(world, child, people[by], **facts)
    assert await state(world, child) == "missing"


async def test_a_restricted_guardian_has_no_word_even_past_the_program(world: World) -> None:
    child = await world.student()
    father = await guardian(world, child)
    await kept_away(world, child, father, "no_contact")
    for action in ("given", "withdrawn"):
        with pytest.raises(IntegrityError, match="does not speak for the child"):
            await said(world, child, father, action=action)


# -- the gate -----------------------------------------------------------------------------------------


async def gated_table(admin: Any) -> str:
    """A table as a later slice makes it: rows about students that need consent."""
    name = f"gated_{new_id().hex[:12]}"
    await admin.execute(
        f"create table {name} (school_id uuid, student_id uuid, exemption_id uuid);"
        f"grant select, insert on {name} to nuanyang_app;"
        f"create trigger consent before insert on {name} for each row execute function consent_gate('student_id', 'screening', 'exemption_id')"
    )
    return name


@pytest.fixture
async def gated(database_urls: tuple[str, str]) -> Any:
    admin = await asyncpg.connect(database_urls[1])
    name = await gated_table(admin)
    yield name
    await admin.execute(f"drop table {name}")
    await admin.close()


async def put(world: World, table: str, child: Student, exemption: Any = None, session: Any = None) -> None:
    statement = text(f"insert into {table} values (:school, :student, :exemption)")
    values = {"school": world.school_id, "student": child.id, "exemption": exemption}
    if session is not None:
        await session.execute(statement, values)
        return
    async with world.session() as own:
        await own.execute(statement, values)


async def test_the_gate_says_what_is_missing_and_where_to_record_it(world: World, gated: str) -> None:
    child = await world.student()
    mother = await guardian(world, child)
    caller = await world.caller(await world.account("counsellor"))

    async def ask(purpose: str = "screening") -> None:
        async with world.session() as session:
            await require(session, caller, child.id, purpose)

    with pytest.raises(ConsentMissing) as missing:
        await ask()
    assert "知情同意" in missing.value.detail_zh and missing.value.extra == {
        "purpose": "screening",
        "state": "missing",
        "student_id": str(child.id),
    }
    with pytest.raises(IntegrityError, match="no consent for screening"):
        await put(world, gated, child)
    await said(world, child, mother)
    await ask()
    await put(world, gated, child)
    await said(world, child, mother, action="withdrawn")
    with pytest.raises(ConsentMissing, match="withdrawn"):
        await ask()
    with pytest.raises(IntegrityError, match="no consent for screening"):
        await put(world, gated, child)
    await ask("file")  # no gate: the school's legal duty
    async with world.session() as session:
        assert await is_given(session, child.id, "file") and not await is_given(session, child.id, "screening")


async def test_a_crisis_and_a_mandatory_report_never_wait_and_leave_their_reason(world: World, gated: str) -> None:
    child = await world.student()
    account = await world.account("counsellor")
    caller = await world.caller(account)
    for ground, data_class in (("crisis", "wellbeing"), ("mandatory_report", "protection")):
        async with world.session() as session:
            exemption = await require(session, caller, child.id, "screening", urgent=Urgent(ground, "有伤害自己的表示"))  # type: ignore[arg-type]
            await put(world, gated, child, exemption, session)
        async with world.session() as session:
            row = await session.get_one(ConsentExemption, (world.school_id, exemption))
        assert (row.data_class, row.reason, row.recorded_by) == (data_class, "有伤害自己的表示", account.id)
        # Good for its own transaction and its own child.
        with pytest.raises(IntegrityError, match="no consent for screening"):
            await put(world, gated, child, exemption)
    with pytest.raises(IntegrityError, match="no consent for screening"):
        async with world.session() as session:
            other = await require(session, caller, (await world.student("乙")).id, "screening", urgent=Urgent("crisis", "另一个孩子"))
            await put(world, gated, child, other, session)
    with pytest.raises(IntegrityError, match="ck_consent_exemptions_reason"):
        async with world.session() as session:
            await require(session, caller, child.id, "screening", urgent=Urgent("crisis", "急"))


async def test_no_row_slips_through_while_consent_is_withdrawn(world: World, gated: str) -> None:
    """Twenty writers against one withdrawal: what was written stands before it, and nothing after it."""
    child = await world.student()
    mother = await guardian(world, child)
    await said(world, child, mother)
    order: list[str] = []

    async def write() -> None:
        try:
            await put(world, gated, child)
        except IntegrityError:
            order.append("refused")
        else:
            order.append("written")

    async def withdraw() -> None:
        await said(world, child, mother, action="withdrawn")
        order.append("withdrawn")

    await asyncio.gather(*(write() for _ in range(10)), withdraw(), *(write() for _ in range(10)))
    assert len(order) == 21
    await asyncio.gather(*(write() for _ in range(5)))
    assert order[-5:] == ["refused"] * 5
    async with world.session() as session:
        written = await session.scalar(text(f"select count(*) from {gated}"))
    assert written == order.count("written")


async def test_a_withdrawal_waits_for_a_row_under_way_and_a_row_for_a_withdrawal(world: World, gated: str) -> None:
    child = await world.student()
    mother = await guardian(world, child)
    await said(world, child, mother)
    async with world.session() as session:
        await put(world, gated, child, session=session)
        withdrawal = asyncio.create_task(said(world, child, mother, action="withdrawn"))
        await asyncio.sleep(0.3)
        assert not withdrawal.done()
    await withdrawal
    assert await state(world, child) == "withdrawn"


async def test_a_record_of_what_needs_consent_waits_for_it(world: World) -> None:
    child = await world.student()
    mother, office = await guardian(world, child), await world.client("moral_education")
    body = {
        "student_id": str(child.id),
        "kind": "S2.2.community_referral",
        "held_on": str(today()),
        "minutes": 30,
        "form": {"service": "legal_aid", "organisation": "社区法律服务站", "consented": True},
    }
    refused = await office.post("/api/v1/interventions", json=body)
    assert (refused.status_code, refused.json()["code"], refused.json()["purpose"]) == (409, "consent_missing", "community")
    row = Intervention(
        school_id=world.school_id,
        id=new_id(),
        student_id=child.id,
        kind="S2.2.community_referral",
        data_class="family",
        held_on=today(),
        minutes=30,
        doer_name="德育处",
        form={},
        entered_on=today(),
    )
    with pytest.raises(IntegrityError, match="no consent for community"):
        await world.add(row)
    await said(world, child, mother, "community")
    assert (await office.post("/api/v1/interventions", json=body)).status_code == 201
    await said(world, child, mother, "community", "withdrawn")
    assert (await office.post("/api/v1/interventions", json=body)).json()["state"] == "withdrawn"


async def test_catalogue_and_database_name_the_same_kinds(database_urls: tuple[str, str]) -> None:
    admin = await asyncpg.connect(database_urls[1])
    triggers = await admin.fetch("select pg_get_triggerdef(oid) as said from pg_trigger where tgrelid = 'interventions'::regclass")
    await admin.close()
    gates = [row["said"] for row in triggers if "consent_gate(" in row["said"]]
    for kind in all_kinds():
        held = [said for said in gates if f"'{kind.code}'" in said]
        assert len(held) == (1 if kind.consent else 0), kind.code
        assert all(f"'{kind.consent}'" in said for said in held)


# -- guardians themselves -----------------------------------------------------------------------------


async def test_a_guardian_says_yes_and_takes_it_back_for_their_own_children_only(world: World) -> None:
    child, other = await world.student("甲"), await world.student("别家孩子")
    mother = await guardian(world, child)
    client = await signed_in(world, mother)
    shown = (await client.get(FAMILY)).json()["children"]
    assert [one["name"] for one in shown] == ["甲"] and shown[0]["purposes"][1]["state"] == "missing"
    given = await client.post(FAMILY, json=choice(child))
    assert given.status_code == 201, given.text
    purpose = given.json()["children"][0]["purposes"][1]
    assert (purpose["state"], purpose["mine"], purpose["events"][0]["who"], purpose["events"][0]["how"]) == (
        "given",
        "given",
        "me",
        "portal",
    )
    assert (await client.post(FAMILY, json=choice(child))).json()["code"] == "already_said"
    assert (await client.post(FAMILY, json=choice(child, "withdrawn"))).status_code == 201
    assert await state(world, child) == "withdrawn"
    assert (await client.post(FAMILY, json=choice(other))).status_code == 404
    await new_text(world, asks_again=True)
    assert (await client.post(FAMILY, json=choice(child))).json()["code"] == "consent_text_changed"
    assert (await client.post(FAMILY, json=choice(child, text_number=2))).status_code == 201


async def test_two_guardians_each_see_that_the_other_spoke_and_not_their_name(world: World) -> None:
    child = await world.student("甲")
    father, mother = await guardian(world, child, "只有父亲的名字"), await guardian(world, child, "母亲")
    await (await signed_in(world, father)).post(FAMILY, json=choice(child, "withdrawn"))
    answer = await (await signed_in(world, mother)).get(FAMILY)
    purpose = answer.json()["children"][0]["purposes"][1]
    assert purpose["state"] == "withdrawn" and purpose["mine"] is None and purpose["events"][0]["who"] == "other_guardian"
    assert "只有父亲的名字" not in answer.text


async def test_from_fourteen_on_a_guardian_is_told_that_the_pupil_decides(world: World) -> None:
    child = await world.student("大孩子", birth_on=born(14))
    client = await signed_in(world, await guardian(world, child))
    assert (await client.get(FAMILY)).json()["children"][0]["decides_alone"] is True
    assert (await client.post(FAMILY, json=choice(child))).json()["code"] == "own_age"


async def test_twins_of_one_click_are_one_word_and_two_guardians_at_once_are_a_no(world: World) -> None:
    child = await world.student("甲")
    father, mother = await guardian(world, child, "父亲"), await guardian(world, child, "母亲")
    clients = [await signed_in(world, father), await signed_in(world, mother)]
    answers = await asyncio.gather(clients[0].post(FAMILY, json=choice(child)), clients[1].post(FAMILY, json=choice(child, "withdrawn")))
    assert [a.status_code for a in answers] == [201, 201]
    assert await state(world, child) == "withdrawn"
    headers = {"Idempotency-Key": "one click"}
    twins = await asyncio.gather(*(clients[1].post(FAMILY, json=choice(child), headers=headers) for _ in range(5)))
    assert {t.status_code for t in twins} <= {201, 409} and any(t.status_code == 201 for t in twins)
    async with world.session() as session:
        words = await session.scalar(
            text("select count(*) from consent_events where student_id = :s and guardian_id = :g"), {"s": child.id, "g": mother.id}
        )
    assert words == 2


# -- what no guardian ever sees -----------------------------------------------------------------------

OWN_WORDS, OF_PROTECTION = "孩子自己写下的话", "保护性记录里的话"


async def family(world: World) -> tuple[dict[str, Any], Student, Guardian, Guardian]:
    """The furnished child with two guardians; in the record of protection and in the child's own report stand words of their own."""
    room = await world.school_class(7, 1)
    ids = await furnish(world, room)
    async with world.session() as session:
        child = await session.get_one(Student, (world.school_id, ids["student"]))
    await evidence(world, child, "C4", "bullied", data_class="protection", note=OF_PROTECTION)
    pupil = await world.student_account(child)
    told = await evidence(
        world, child, "C3", "long_anxiety", data_class="wellbeing", source="self_report", note=OWN_WORDS, created_by=pupil.id
    )
    father, mother = await guardian(world, child, "父亲"), await guardian(world, child, "母亲", relation="mother")
    await kept_away(world, child, father, "no_pick_up", reference=OF_PROTECTION)
    async with world.session() as session:
        assert await session.scalar(select(Evidence.note).where(Evidence.id == told.id)) == OWN_WORDS
    return ids, child, father, mother


async def walk(world: World, client: Any, ids: dict[str, Any]) -> dict[str, Any]:
    """Every operation of the contract, asked about the child: the answers that let the guardian in."""
    asker, let_in = Asker(world.app.openapi()), {}
    for path, method, operation in sorted(asker.operations(), key=lambda one: one[1] != "get"):
        name = operation["operationId"]
        if name in ("jobs_events", "me_sign_out_everywhere", "auth_sign_out"):
            continue
        answer = await client.request(
            method.upper(), asker.path(path, operation, ids), headers={"If-Match": '"1"'}, **asker.body(operation, ids)
        )
        assert answer.status_code < 500, (name, answer.text)
        if answer.status_code < 300:
            let_in[name] = answer
    return let_in


async def test_protection_and_a_childs_own_words_reach_no_guardian_at_any_operation(world: World) -> None:
    ids, child, *parents = await family(world)
    for parent in parents:
        client = await signed_in(world, parent)
        let_in = await walk(world, client, ids)
        assert {"family_consents", "me"} <= set(let_in) and child.name in let_in["family_consents"].text
        for name, answer in let_in.items():
            for words in (OWN_WORDS, OF_PROTECTION):
                assert words.encode() not in answer.content, name


async def test_a_restricted_guardian_sees_nothing_of_the_child_at_any_operation(world: World) -> None:
    ids, child, father, _ = await family(world)
    sibling = await world.student("另一个孩子", await world.school_class(8, 1))
    await world.add(
        StudentGuardian(
            school_id=world.school_id, id=new_id(), student_id=sibling.id, guardian_id=father.id, relation="father", is_guardian=True
        )
    )
    await kept_away(world, child, father, "no_information")
    client = await signed_in(world, father)
    assert [one["name"] for one in (await client.get(FAMILY)).json()["children"]] == ["另一个孩子"]
    before = await state(world, child)
    for name, answer in (await walk(world, client, ids)).items():
        assert MARK.encode() not in answer.content, name
        assert str(child.id).encode() not in answer.content, name
    for action in ("given", "withdrawn"):
        assert (await client.post(FAMILY, json=choice(child, action))).status_code == 404
    assert await state(world, child) == before
