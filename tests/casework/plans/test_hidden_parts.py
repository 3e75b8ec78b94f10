"""Nothing about a part that is not for the reader: no count, no name of a template, no category, no gap, no outcome of a batch."""

from typing import Any

from nuanyang.kit.ids import new_id
from tests.factories.cases import recognised
from tests.factories.plans import as_input, change, completed, drafted
from tests.factories.world import World

SUDDEN, SUBJECT = "C1.key.sudden", "C2.general.subject"


async def twice_recognised(world: World) -> tuple[Any, Any]:
    """A student recognised in C1 and C2, and the class."""
    school_class = await world.school_class()
    student = await world.student("李华", school_class)
    await recognised(world, student, "C1")
    await recognised(world, student, "C2")
    return student, school_class


async def read(client: Any, plan: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/support-plans/{plan['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def rows(client: Any, **filters: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/v1/support-plans", params={"count": True} | filters)
    assert answer.json()["count"] == len(answer.json()["items"]), answer.text
    return list(answer.json()["items"])


async def test_a_part_of_another_class_leaves_no_trace(world: World) -> None:
    student, _ = await twice_recognised(world)
    lead = await world.client("aid_officer", ("case_lead", student))
    plan = await drafted(lead, student, SUDDEN)
    plan = (await change(lead, plan, summary="我们一起申请资助，陪孩子渡过难关。")).json()
    await drafted(lead, student, SUBJECT)
    office = await world.client("academic_affairs")
    seen = await read(office, plan)
    assert [n["category"] for n in seen["needs"]] == ["C2"]
    whole_only = ("summary", "template", "template_name", "created_by", "edited_by", "returned_reason")
    assert [seen[name] for name in whole_only] == [None] * len(whole_only)
    (row,) = await rows(office)
    assert (row["categories"], row["template_name"], row["goals"], row["measures"]) == (["C2"], None, 1, 2)
    for word in ("C1", "资助", "突发", "救助", "hidden_needs"):
        assert word not in str(seen) and word not in str(row), word
    # The classes that are not for the office are the same, whether the plan has such parts or not.
    other = await world.student("王芳")
    await recognised(world, other, "C2")
    plain = await read(office, await drafted(office, other, SUBJECT))
    assert plain["hidden"] == seen["hidden"] == ["economic", "family", "health", "wellbeing", "protection"]
    (theirs,) = (
        await office.get("/api/v1/support-plans/deviations", params={"state": "draft", "q": "李华", "sort": "-created_at"})
    ).json()["items"]
    assert theirs["changes"] == [] and theirs["gaps"] == []


async def test_a_wellbeing_need_does_not_tell_which_recognition_it_answers(world: World) -> None:
    student, _ = await twice_recognised(world)
    lead = await world.client("aid_officer", ("case_lead", student))
    plan = await drafted(lead, student, SUDDEN)
    counsellor = await world.client("counsellor")
    seen = await read(counsellor, plan)
    (need,) = seen["needs"]
    assert (need["dimension"], need["category"], need["recognition_id"], seen["template_name"]) == ("psychological", None, None, None)
    assert (await rows(counsellor))[0]["categories"] == []
    assert await rows(counsellor, category="C1") == [] and await rows(counsellor, template=SUDDEN) == []
    assert len(await rows(lead, category="C1")) == len(await rows(lead, template=SUDDEN)) == 1
    needs = as_input(seen["needs"])
    needs[0]["statement"] = "需要有人稳定地陪伴。"
    assert (await change(counsellor, seen, needs=needs)).status_code == 200
    after = next(n for n in (await read(lead, plan))["needs"] if n["dimension"] == "psychological")
    assert after["category"] == "C1" and after["recognition_id"] and after["statement"] == "需要有人稳定地陪伴。"


async def test_the_words_for_the_family_are_read_and_written_by_who_sees_the_whole_plan(world: World) -> None:
    student, school_class = await twice_recognised(world)
    teacher, aid = await world.client(("homeroom_teacher", school_class)), await world.client("aid_officer")
    plan = await drafted(teacher, student, SUBJECT)
    written = await change(teacher, plan, summary="我们一起陪孩子进步。")
    assert written.json()["summary"] == "我们一起陪孩子进步。"
    joined = await drafted(aid, student, "C1.general.hardship")
    assert joined["id"] == plan["id"] and joined["summary"] is None
    refused = await change(aid, joined, summary="另一种说法")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/summary")
    kept = await change(aid, joined, needs=as_input(joined["needs"]))
    assert kept.status_code == 200
    principal = await read(await world.client("principal"), plan)
    assert principal["summary"] == "我们一起陪孩子进步。" and principal["edited_by"]


async def test_two_who_each_see_a_part_write_one_plan(world: World) -> None:
    student, school_class = await twice_recognised(world)
    teacher, aid = await world.client(("homeroom_teacher", school_class)), await world.client("aid_officer")
    plan = await drafted(teacher, student, SUBJECT)
    preview = {"template": "C1.key.hardship", "student_ids": [str(student.id)], "preview": True}
    answer = (await aid.post("/api/v1/support-plans/batch", json=preview)).json()
    assert [(i["ok"], i["is_addition"], i["plan_id"], i["state"]) for i in answer["items"]] == [(True, True, None, "draft")]
    assert len((await read(teacher, plan))["needs"]) == 1  # a preview writes nothing
    made = (await aid.post("/api/v1/support-plans/batch", json=preview | {"preview": False})).json()["items"][0]
    assert (made["plan_id"], made["is_addition"]) == (plan["id"], True)
    again = (await aid.post("/api/v1/support-plans/batch", json=preview | {"preview": False})).json()["items"][0]
    assert (again["ok"], again["code"]) == (False, "plan_in_making")
    assert [n["category"] for n in (await read(teacher, plan))["needs"]] == ["C2"]
    assert [n["category"] for n in (await read(aid, plan))["needs"]] == ["C1", "C1"]
    whole = await read(await world.client("principal"), plan)
    assert [n["category"] for n in whole["needs"]] == ["C2", "C1", "C1"]
    assert len({p["lineage"] for n in whole["needs"] for p in (n, *n["goals"])}) == 7  # three needs, four goals, none called like another


async def test_an_open_part_that_one_does_not_see_hinders_the_approval_not_the_submission(world: World) -> None:
    student, school_class = await twice_recognised(world)
    teacher = await world.client(("homeroom_teacher", school_class))
    plan = await completed(teacher, await drafted(teacher, student, SUBJECT), await world.staff("评估人"))
    sent = await teacher.post(f"/api/v1/support-plans/{plan['id']}/submit")
    assert sent.status_code == 200 and sent.json()["gaps"] == [], sent.text
    path, match = f"/api/v1/support-plans/{plan['id']}/approve", {"If-Match": f'"{sent.json()["version"]}"'}
    principal, office = await world.client("principal"), await world.client("academic_affairs")
    seen = await read(principal, plan)
    assert [(g["code"], g["category"]) for g in seen["gaps"]] == [("category_unanswered", "C1")] and seen["rights"]["approve"] is False
    refused = await principal.post(path, headers=match)
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_incomplete")
    blind = await office.post(path, headers=match)
    assert (blind.status_code, blind.json()["code"]) == (403, "not_yours_to_decide") and "errors" not in blind.json()
    assert [r["may_approve"] for r in await rows(office) + await rows(principal)] == [False, False]


async def test_the_outcome_of_a_group_draft_does_not_depend_on_what_is_hidden(world: World) -> None:
    student, school_class = await twice_recognised(world)
    plain = await world.student("王芳", school_class)
    await recognised(world, plain, "C2")
    body = {
        "template": SUBJECT,
        "student_ids": [str(student.id), str(plain.id)],
        "reviewer_staff_id": str((await world.staff()).id),
        "submit": True,
    }
    items = (await (await world.client("academic_affairs")).post("/api/v1/support-plans/batch", json=body)).json()["items"]
    assert [(i["ok"], i["state"], i["code"], i["left_out"]) for i in items] == [(True, "submitted", None, 0)] * 2


async def test_who_is_complained_of_is_not_told_by_a_gap(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("李华", school_class)
    teacher = await world.staff("马老师")
    await recognised(world, student, "C2")
    await recognised(world, student, "C4", withheld_from_staff_id=teacher.id)
    client = await world.client(account=await world.account(("homeroom_teacher", school_class), staff=teacher))
    plan = await completed(client, await drafted(client, student, SUBJECT), await world.staff("评估人"))
    assert (await client.post(f"/api/v1/support-plans/{plan['id']}/submit")).status_code == 200
    told = (await read(await world.client("moral_education"), plan))["gaps"]
    assert [g["category"] for g in told] == ["C4"]


async def test_whoever_wrote_a_part_approves_none_of_it(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("李华", school_class)
    await recognised(world, student, "C2")
    office, teacher = await world.client("academic_affairs"), await world.client(("homeroom_teacher", school_class))
    plan = await drafted(office, student, SUBJECT)
    plan = await completed(teacher, await read(teacher, plan), await world.staff("评估人"))
    sent = (await teacher.post(f"/api/v1/support-plans/{plan['id']}/submit")).json()
    answer = await office.post(f"/api/v1/support-plans/{plan['id']}/approve", headers={"If-Match": f'"{sent["version"]}"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "own_plan")
    other = await world.client("academic_affairs")
    assert (
        await other.post(f"/api/v1/support-plans/{plan['id']}/approve", headers={"If-Match": f'"{sent["version"]}"'})
    ).status_code == 200


async def test_a_comparison_does_not_show_the_family_words_or_a_category_of_others(world: World) -> None:
    student, _ = await twice_recognised(world)
    lead, principal = await world.client("aid_officer", ("case_lead", student)), await world.client("principal")
    plan = await drafted(lead, student, SUDDEN)
    plan = await drafted(lead, student, SUBJECT)
    plan = await completed(lead, plan, await world.staff("评估人"))
    sent = (await lead.post(f"/api/v1/support-plans/{plan['id']}/submit")).json()
    approved = await principal.post(f"/api/v1/support-plans/{plan['id']}/approve", headers={"If-Match": f'"{sent["version"]}"'})
    assert approved.status_code == 200, approved.text
    reviewed = await lead.post(f"/api/v1/support-plans/{plan['id']}/review", json={"outcome": "revise", "reason": "换一种说法"})
    after = await read(lead, {"id": reviewed.json()["next_plan_id"]})
    assert (await change(lead, after, summary="资助已经到位，一起加油。")).status_code == 200
    office = await world.client("academic_affairs")
    diff = (await office.get(f"/api/v1/support-plans/{after['id']}/diff")).json()
    assert "资助" not in str(diff) and "hidden_needs" not in diff and "economic" in diff["hidden"]
    assert (await office.get(f"/api/v1/support-plans/{new_id()}/diff")).status_code == 404
