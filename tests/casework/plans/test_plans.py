"""Plans over HTTP on real PostgreSQL: drafting, editing, four eyes, reviews, rights by data class."""

import time
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.factories.cases import recognised
from tests.factories.plans import FOUNDATION, as_input, change, completed, drafted
from tests.factories.world import World


async def c2(world: World, **more):
    """A student recognised in C2 with a class, its homeroom teacher and the academic office."""
    school_class = await world.school_class()
    student = await world.student("李华", school_class)
    await recognised(world, student, "C2")
    return student, school_class


async def submitted(world: World, client, student, template="C2.general.subject"):
    plan = await completed(client, await drafted(client, student, template, support_level="general"), await world.staff("评估人"))
    answer = await client.post(f"/api/v1/support-plans/{plan['id']}/submit")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def approved(world: World, client, student, **more):
    plan = await submitted(world, client, student, **more)
    other = await world.client("academic_affairs")
    answer = await other.post(f"/api/v1/support-plans/{plan['id']}/approve", headers={"If-Match": f'"{plan["version"]}"'})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_draft_from_a_template_has_doses_dates_and_people_filled_in(world: World):
    student, school_class = await c2(world)
    client = await world.client(("homeroom_teacher", school_class), ("case_lead", student))
    plan = await drafted(client, student)
    assert (plan["state"], plan["number"], plan["support_level"]) == ("draft", 1, "key")
    assert {n["dimension"] for n in plan["needs"]} == {"academic", "psychological"}
    measures = {m["kind"]: m for n in plan["needs"] for g in n["goals"] for m in g["measures"]}
    assert (measures["A1.3.small_group_tutoring"]["times"], measures["A1.3.small_group_tutoring"]["per"]) == (2, "week")
    assert measures["A2.2.class_observation"]["doer_name"] and measures["A1.1.level_placement"]["doer_note"] == "学科教师"
    assert plan["ends_on"] == world.year.ends_on.isoformat() and plan["gaps"] == []
    assert plan["rights"] == {
        "edit": True,
        "submit": True,
        "approve": False,
        "send_back": False,
        "review": False,
        "close": False,
        "discard": True,
    }
    again = await client.post("/api/v1/support-plans", json={"student_id": str(student.id), "template": FOUNDATION})
    assert (again.status_code, again.json()["code"]) == (409, "plan_in_making")


async def test_a_draft_from_nothing_begins_with_the_recognitions(world: World):
    student, school_class = await c2(world)
    await recognised(world, student, "C4")
    client = await world.client(("homeroom_teacher", school_class))
    plan = await drafted(client, student, None)
    assert [(n["category"], n["goals"]) for n in plan["needs"]] == [("C2", []), ("C4", [])]
    assert {g["code"] for g in plan["gaps"]} >= {"no_goals"}
    refused = await client.post(f"/api/v1/support-plans/{plan['id']}/submit")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_incomplete")
    assert "#/needs/0/goals" in {e["pointer"] for e in refused.json()["errors"]}


async def test_nobody_gets_a_plan_who_is_not_recognised(world: World):
    school_class = await world.school_class()
    student = await world.student("王芳", school_class)
    client = await world.client(("homeroom_teacher", school_class))
    answer = await client.post("/api/v1/support-plans", json={"student_id": str(student.id), "template": FOUNDATION})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_recognised")
    await recognised(world, student, "C1")  # economic: not for a homeroom teacher, so the answer must not change
    answer = await client.post("/api/v1/support-plans", json={"student_id": str(student.id), "template": FOUNDATION})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_recognised")
    unknown = await client.post("/api/v1/support-plans", json={"student_id": str(student.id), "template": "C9"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "template_not_found")


async def test_editing_keeps_ids_moves_parts_and_needs_the_version_seen(world: World):
    student, school_class = await c2(world)
    client = await world.client(("homeroom_teacher", school_class), ("case_lead", student))
    plan = await drafted(client, student)
    needs = as_input(plan["needs"])
    first = needs[0]["goals"][0]
    kept = first["measures"][1]["id"]
    first["measures"] = [
        first["measures"][1] | {"times": 3},
        {"kind": "A2.2.class_observation", "times": 1, "per": "week", "minutes": 40, "starts_on": plan["starts_on"]},
    ]
    needs[0]["goals"] = [needs[0]["goals"][1], first]
    assert (await client.patch(f"/api/v1/support-plans/{plan['id']}", json={"needs": needs})).status_code == 428
    answer = await change(client, plan, needs=needs, summary="我们一起陪孩子把数学补上来。")
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after["version"] == plan["version"] + 1 and answer.headers["etag"] == f'"{after["version"]}"'
    goal = after["needs"][0]["goals"][1]
    assert goal["id"] == first["id"] and goal["measures"][0]["id"] == kept and goal["measures"][0]["times"] == 3
    assert goal["measures"][1]["title"] == "课堂观察" and len(goal["measures"]) == 2
    stale = await change(client, plan, summary="旧")
    assert (stale.status_code, stale.json()["current_version"]) == (412, after["version"])
    strange = as_input(after["needs"])
    strange[0]["id"] = str(uuid4())
    assert (await change(client, after, needs=strange)).status_code == 422
    wrong = as_input(after["needs"])
    wrong[0]["goals"][0]["measures"][0]["kind"] = "P1.1.counselling"
    refused = await change(client, after, needs=wrong)
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "#/needs/0/goals/0/measures/0/kind"
    assert (await change(client, after, ends_on="2020-01-01")).status_code == 422
    assert (await change(client, after, reviewer_staff_id=str(uuid4()))).status_code == 422


async def test_who_sees_a_part_edits_it_and_leaves_the_hidden_part_untouched(world: World):
    student, school_class = await c2(world)
    lead = await world.client(("homeroom_teacher", school_class), ("case_lead", student))
    plan = await drafted(lead, student)
    academic = await world.client("academic_affairs")
    seen = (await academic.get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert [n["dimension"] for n in seen["needs"]] == ["academic"]
    assert "wellbeing" in seen["hidden"] and "信心" not in str(seen)
    needs = as_input(seen["needs"])
    needs[0]["statement"] = "数学前置知识缺漏较多。"
    answer = await change(academic, seen, needs=needs)
    assert answer.status_code == 200, answer.text
    whole = (await lead.get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert [n["statement"][:2] for n in whole["needs"]] == ["数学", plan["needs"][1]["statement"][:2]]
    assert whole["needs"][1]["goals"] == plan["needs"][1]["goals"]
    sneaky = [{"dimension": "psychological", "statement": "写入看不到的部分"}]
    assert (await change(academic, answer.json(), needs=sneaky)).status_code == 403
    # Striking out one's last part would make the plan invisible to oneself: refused, and nothing is struck out.
    assert (await change(academic, answer.json(), needs=[])).status_code == 404
    assert len((await lead.get(f"/api/v1/support-plans/{plan['id']}")).json()["needs"]) == 2


async def test_a_part_that_is_only_read_may_come_back_unchanged_and_not_otherwise(world: World):
    student, school_class = await c2(world)
    lead = await world.client(("homeroom_teacher", school_class), ("case_lead", student))
    plan = await drafted(lead, student)
    counsellor = await world.client("counsellor")  # reads academic, writes wellbeing
    seen = (await counsellor.get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert [(n["dimension"], n["may_edit"]) for n in seen["needs"]] == [("academic", False), ("psychological", True)]
    needs = as_input(seen["needs"])
    needs[1]["statement"] = "需要体验到成功。"
    answer = await change(counsellor, seen, needs=needs)
    assert answer.status_code == 200, answer.text
    needs = as_input(answer.json()["needs"])
    needs[0]["goals"][0]["target"] = "A"
    refused = await change(counsellor, answer.json(), needs=needs)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_part")
    only_mine = await change(counsellor, answer.json(), needs=as_input(answer.json()["needs"])[1:])
    assert only_mine.status_code == 200 and len(only_mine.json()["needs"]) == 2


async def test_a_plan_is_approved_by_another_person_who_sees_all_of_it(world: World):
    student, school_class = await c2(world)
    lead = await world.client(("homeroom_teacher", school_class), ("case_lead", student), "principal")
    plan = await submitted(world, lead, student, FOUNDATION)
    path, match = f"/api/v1/support-plans/{plan['id']}/approve", {"If-Match": f'"{plan["version"]}"'}
    own = await lead.post(path, headers=match)
    assert (own.status_code, own.json()["code"]) == (409, "own_plan")
    blind = await (await world.client("academic_affairs")).post(path, headers=match)
    assert (blind.status_code, blind.json()["code"]) == (403, "not_yours_to_decide")
    assert (await (await world.client("aid_officer")).post(path, headers=match)).status_code == 404
    assert (await (await world.client("counsellor")).post(path, headers=match)).status_code == 403
    principal = await world.client("principal")
    assert (await principal.post(path)).status_code == 428
    assert (await principal.post(path, headers={"If-Match": '"99"'})).status_code == 412
    done = await principal.post(path, headers=match)
    assert done.status_code == 200 and done.json()["state"] == "approved" and done.json()["rights"]["approve"] is False
    assert (await principal.post(path, headers={"If-Match": f'"{done.json()["version"]}"'})).json()["code"] == "plan_not_submitted"
    assert (await change(lead, done.json(), summary="不能再改")).status_code == 409


async def test_the_database_refuses_the_same_pair_of_eyes(world: World):
    student, school_class = await c2(world)
    client = await world.client(("homeroom_teacher", school_class))
    plan = await submitted(world, client, student)
    for column in ("submitted_by", "edited_by"):
        with pytest.raises(IntegrityError, match=r"four_eyes|not_own"):
            async with world.session() as session:
                await session.execute(
                    text(f"update support_plans set state = 'approved', approved_at = now(), approved_by = {column} where id = :id"),
                    {"id": plan["id"]},
                )
    async with world.session() as session:  # nor can a part of a submitted version be struck out
        gone = await session.execute(text("delete from plan_measures where plan_id = :id"), {"id": plan["id"]})
        assert gone.rowcount == 0


async def test_a_plan_is_returned_with_a_reason_or_taken_back(world: World):
    student, school_class = await c2(world)
    client = await world.client(("homeroom_teacher", school_class))
    plan = await submitted(world, client, student)
    path = f"/api/v1/support-plans/{plan['id']}/return"
    office = await world.client("academic_affairs")
    assert (await office.post(path, json={"reason": "短"})).status_code == 422
    back = await office.post(path, json={"reason": "基线请写具体等级"})
    assert (back.status_code, back.json()["state"], back.json()["returned_reason"]) == (200, "draft", "基线请写具体等级")
    assert (await office.post(path, json={"reason": "再退一次不行"})).json()["code"] == "plan_not_submitted"
    assert (await client.post(f"/api/v1/support-plans/{plan['id']}/submit")).status_code == 200
    assert (await client.post(path, json={"reason": "自己先收回来"})).status_code == 200
    gone = await client.post(f"/api/v1/support-plans/{plan['id']}/discard", json={"reason": "改用另一份模板"})
    assert gone.json()["state"] == "discarded"
    assert (await drafted(client, student))["number"] == 2


async def test_a_review_keeps_revises_steps_up_or_lets_go(world: World):
    student, school_class = await c2(world)
    client = await world.client(("homeroom_teacher", school_class))
    plan = await approved(world, client, student)
    path = f"/api/v1/support-plans/{plan['id']}/review"
    goal = plan["needs"][0]["goals"][0]["id"]
    kept = await client.post(
        path, json={"outcome": "keep", "reason": "进展正常，继续", "goals": [{"goal_id": goal, "achieved": "partly", "note": "已到 D+"}]}
    )
    assert kept.status_code == 200 and kept.json()["needs"][0]["goals"][0]["achieved"] == "partly" and kept.json()["next_plan_id"] is None
    up = await client.post(path, json={"outcome": "step_up", "reason": "进步不够，升为重点"})
    assert up.status_code == 200 and up.json()["state"] == "approved"
    after = (await client.get(f"/api/v1/support-plans/{up.json()['next_plan_id']}")).json()
    assert (after["state"], after["number"], after["support_level"], after["previous_plan_id"]) == ("draft", 2, "key", plan["id"])
    dose = after["needs"][0]["goals"][0]["measures"][0]
    assert (dose["kind"], dose["times"]) == ("A1.3.small_group_tutoring", 2)
    again = await client.post(path, json={"outcome": "revise", "reason": "再开一版"})
    assert again.json()["code"] == "plan_in_making"
    diff = (await client.get(f"/api/v1/support-plans/{after['id']}/diff")).json()
    assert {(c["part"], f["name"], f["before"], f["after"]) for c in diff["changes"] for f in c["fields"]} >= {
        ("plan", "support_level", "general", "key"),
        ("measure", "times", "1", "2"),
    }
    assert (await client.post(f"/api/v1/support-plans/{after['id']}/submit")).status_code == 200
    office = await world.client("academic_affairs")
    current = (await office.get(f"/api/v1/support-plans/{after['id']}")).json()
    assert (
        await office.post(f"/api/v1/support-plans/{after['id']}/approve", headers={"If-Match": f'"{current["version"]}"'})
    ).status_code == 200
    versions = (await client.get(f"/api/v1/students/{student.id}/support-plans")).json()["items"]
    assert [(v["number"], v["state"]) for v in versions] == [(2, "approved"), (1, "superseded")]
    end = await client.post(f"/api/v1/support-plans/{after['id']}/review", json={"outcome": "exit", "reason": "连续两次考试达标"})
    assert end.json()["state"] == "closed" and [r["outcome"] for r in end.json()["reviews"]] == ["exit"]


async def test_lists_show_only_plans_with_a_part_for_the_caller(world: World):
    student, school_class = await c2(world)
    lead = await world.client(("homeroom_teacher", school_class), ("case_lead", student))
    plan = await drafted(lead, student)
    for roles, sees in [
        (["academic_affairs"], True),
        (["principal"], True),
        ([("grade_head", school_class.grade)], True),
        (["aid_officer"], False),
        ([("homeroom_teacher", await world.school_class())], False),
    ]:
        client = await world.client(*roles)
        page = (await client.get("/api/v1/support-plans?count=true")).json()
        assert [i["id"] for i in page["items"]] == ([plan["id"]] if sees else []), roles
        assert page["count"] == int(sees)
        assert (await client.get(f"/api/v1/support-plans/{plan['id']}")).status_code == (200 if sees else 404)
    assert (await world.anonymous().get("/api/v1/support-plans")).status_code == 401
    for role in (("subject_teacher", school_class), "admin", "registrar"):
        blind = await world.client(role)
        assert (await blind.get("/api/v1/support-plans")).status_code == 403
        assert (await blind.get(f"/api/v1/support-plans/{plan['id']}")).status_code == 403
    stranger = await (await world.elsewhere()).client("principal")
    assert (await stranger.get(f"/api/v1/support-plans/{plan['id']}")).status_code == 404


async def test_what_follows_from_evidence_about_a_teacher_stays_hidden_from_that_teacher(world: World):
    school_class = await world.school_class()
    student = await world.student("赵敏", school_class)
    teacher = await world.staff("当事教师")
    client = await world.client(("homeroom_teacher", school_class), staff=teacher)
    await recognised(world, student, "C4", withheld_from_staff_id=teacher.id)
    office = await world.client("moral_education")
    plan = await drafted(office, student, "C4.general.company")
    assert (await client.get(f"/api/v1/support-plans/{plan['id']}")).status_code == 404
    assert (await client.get("/api/v1/support-plans")).json()["items"] == []
    async with world.session() as session:
        assert (await session.execute(text("select count(*) from timeline_entries where kind like 'plan%'"))).scalar_one() == 0


async def test_filters_sorts_and_pages_agree(world: World):
    school_class = await world.school_class()
    client = await world.client(("homeroom_teacher", school_class))
    for n in range(5):
        student = await world.student(f"学生{n}", school_class, pinyin=f"xuesheng{n}", initials="xs")
        await recognised(world, student, "C2")
        await drafted(client, student, "C2.general.habits" if n % 2 else FOUNDATION)
    seen, cursor = [], None
    while True:
        page = (
            await client.get(
                "/api/v1/support-plans", params={"limit": 2, "sort": "next_review_on"} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        seen += [i["next_review_on"] for i in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 5 and seen == sorted(seen)

    async def count(**params):
        return (await client.get("/api/v1/support-plans", params=params | {"count": "true"})).json()["count"]

    assert await count(template=FOUNDATION) == 3 and await count(support_level="general") == 0
    assert await count(category="C4") == 0 and await count(q="xuesheng3") == 1 and await count(state=["approved"]) == 0
    assert (await client.get("/api/v1/support-plans?stat=draft")).status_code == 422
    assert (await client.get("/api/v1/support-plans?cursor=nonsense")).status_code == 422


async def test_the_library_is_the_shipped_templates_and_the_schools_own(world: World):
    student, _ = await c2(world)
    office = await world.client("academic_affairs")
    shipped = (await office.get("/api/v1/plan-templates?category=C2")).json()["items"]
    assert len(shipped) == 4 and all(t["is_shipped"] for t in shipped)
    body = {
        "name": "数学专项",
        "category": "C2",
        "support_level": "general",
        "needs": [
            {
                "dimension": "academic",
                "statement": "数学薄弱",
                "goals": [
                    {
                        "statement": "数学提升",
                        "indicator": "等级",
                        "baseline": "D",
                        "target": "C",
                        "due": 90,
                        "measures": [{"kind": "A1.3.small_group_tutoring", "doer": "班主任"}],
                    }
                ],
            }
        ],
    }
    made = await office.post("/api/v1/plan-templates", json=body)
    assert made.status_code == 201, made.text
    key, path = made.json()["id"], f"/api/v1/plan-templates/{made.json()['id']}"
    plan = await drafted(office, student, key)
    assert plan["template_name"] == "数学专项" and plan["needs"][0]["goals"][0]["statement"] == "数学提升"
    assert (await office.patch(path, json={"name": "数学专项二"})).status_code == 428
    edited = await office.patch(path, json={"name": "数学专项二"}, headers={"If-Match": '"1"'})
    assert edited.json()["name"] == "数学专项二" and edited.json()["needs"] == made.json()["needs"]
    bad = body | {"needs": [body["needs"][0] | {"dimension": "psychological"}]}
    assert (await office.post("/api/v1/plan-templates", json=bad)).status_code == 422
    assert (await (await world.client("counsellor")).post(path + "/retire")).status_code == 204
    assert (await office.get(path)).status_code == 404
    assert (
        await (await world.client(("homeroom_teacher", await world.school_class()))).post("/api/v1/plan-templates", json=body)
    ).status_code == 403
    found = (await office.get("/api/v1/plan-snippets?category=C2&q=作业")).json()["items"]
    assert found and all("作业" in str(s["goal"]) for s in found)


async def test_a_group_gets_its_drafts_and_who_cannot_is_told_why(world: World):
    school_class = await world.school_class()
    lead = await world.staff("班主任")
    office = await world.client("academic_affairs")
    students = [await world.student(f"学生{n}", school_class) for n in range(4)]
    for s in students[:3]:
        await recognised(world, s, "C2")
    await drafted(office, students[0], "C2.general.subject")
    body = {
        "template": "C2.general.subject",
        "student_ids": [str(s.id) for s in students],
        "reviewer_staff_id": str(lead.id),
        "submit": True,
    }
    refused = await office.post("/api/v1/support-plans/batch?atomic=true", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "batch_refused")
    assert (await office.get("/api/v1/support-plans?count=true")).json()["count"] == 1
    answer = (await office.post("/api/v1/support-plans/batch", json=body, headers={"Idempotency-Key": "one"})).json()
    assert [(i["ok"], i["code"], i["state"]) for i in answer["items"]] == [
        (False, "plan_in_making", None),
        (True, None, "submitted"),
        (True, None, "submitted"),
        (False, "not_recognised", None),
    ]
    replay = await office.post("/api/v1/support-plans/batch", json=body, headers={"Idempotency-Key": "one"})
    assert replay.json() == answer and replay.headers["idempotency-replayed"] == "true"
    left = (
        await office.post(
            "/api/v1/support-plans/batch", json={"template": "C2.general.subject", "filter": {"class_id": str(school_class.id)}}
        )
    ).json()
    assert left["done"] == 0 and {i["code"] for i in left["items"]} == {"plan_in_making"}
    assert (await office.post("/api/v1/support-plans/batch", json={"template": "C2.general.subject"})).status_code == 422


async def test_the_approver_of_many_sees_where_each_differs_from_its_template(world: World):
    school_class = await world.school_class()
    lead, office = await world.staff("评估人"), await world.client("academic_affairs")
    ids = []
    for n in range(3):
        student = await world.student(f"学生{n}", school_class)
        await recognised(world, student, "C2")
        ids.append(str(student.id))
    body = {"template": "C2.general.subject", "student_ids": ids, "reviewer_staff_id": str(lead.id)}
    plans = [i["plan_id"] for i in (await office.post("/api/v1/support-plans/batch", json=body)).json()["items"]]
    changed = (await office.get(f"/api/v1/support-plans/{plans[0]}")).json()
    needs = as_input(changed["needs"])
    needs[0]["goals"][0]["measures"][0]["minutes"] = 60
    needs[0]["goals"][0]["due_on"] = changed["starts_on"]  # dates are the student's own
    assert (await change(office, changed, needs=needs)).status_code == 200
    versions = {p: (await office.get(f"/api/v1/support-plans/{p}")).json()["version"] for p in plans}
    done = (
        await office.post("/api/v1/support-plans/submit", json={"items": [{"id": p, "version": v} for p, v in versions.items()]})
    ).json()
    assert done["done"] == 3
    head = await world.client(("grade_head", 7))
    queue = (await head.get("/api/v1/support-plans/deviations?state=submitted")).json()["items"]
    by_id = {d["plan"]["id"]: d for d in queue}
    assert [len(by_id[p]["changes"]) for p in plans] == [1, 0, 0]
    (field,) = by_id[plans[0]]["changes"][0]["fields"]
    assert (field["name"], field["before"], field["after"]) == ("minutes", "40", "60")
    assert all(d["plan"]["may_approve"] for d in queue)
    items = [{"id": d["plan"]["id"], "version": d["plan"]["version"]} for d in queue]
    items[1]["version"] += 7
    result = (await head.post("/api/v1/support-plans/approve", json={"items": items})).json()
    assert (result["done"], [i["code"] for i in result["items"]].count("stale_version")) == (2, 1)
    own = (
        await office.post("/api/v1/support-plans/approve", json={"items": [{"id": items[1]["id"], "version": items[1]["version"] - 7}]})
    ).json()
    assert own["items"][0]["code"] == "own_plan"


async def test_six_hundred_plans_are_drafted_and_approved_in_seconds(world: World):
    school_class = await world.school_class(7)
    reviewer, office = await world.staff("评估人"), await world.client("academic_affairs")
    async with world.session() as session:
        await session.execute(
            text(
                """with s as (insert into students (school_id, id, name, pinyin, initials, sex, status, class_id, grade, version)
                select :school, gen_random_uuid(), '学生' || n, 'xuesheng' || n, 'xs', 'male', 'enrolled', :class, 7, 1 from generate_series(1, 600) n returning id),
                r as (insert into recognitions (school_id, id, student_id, school_year_id, category, support_level, data_class, entered_by, state, is_exception,
                  class_by, grade_by, school_by, version)
                select :school, gen_random_uuid(), s.id, :year, 'C2', 'general', 'academic', gen_random_uuid(), 'recognised', false,
                  gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1 from s returning *)
                insert into recognition_steps (school_id, id, recognition_id, entered_by, step, outcome, reason, round, decided_at, decided_by)
                select r.school_id, gen_random_uuid(), r.id, r.entered_by, d.step, 'agree', '同意认定', 1, now(), d.account
                from r, lateral (values ('class', r.class_by), ('grade', r.grade_by), ('school', r.school_by)) d (step, account)"""
            ),
            {"school": world.school_id, "class": school_class.id, "year": world.year.id},
        )
    begin = time.perf_counter()
    body = {"template": "C2.general.habits", "filter": {"grade": 7}, "reviewer_staff_id": str(reviewer.id), "submit": True}
    made = (await office.post("/api/v1/support-plans/batch", json=body)).json()
    drafting = time.perf_counter() - begin
    assert made["done"] == 600
    head = await world.client(("grade_head", 7))
    begin = time.perf_counter()
    result = (
        await head.post("/api/v1/support-plans/approve", json={"items": [{"id": i["plan_id"], "version": 1} for i in made["items"]]})
    ).json()
    approving = time.perf_counter() - begin
    assert result["done"] == 600, result["items"][:2]
    begin = time.perf_counter()
    assert len((await head.get("/api/v1/support-plans?limit=200&state=approved")).json()["items"]) == 200
    print(f"600 plans: drafted {drafting:.1f} s, approved {approving:.1f} s, page of 200 {time.perf_counter() - begin:.2f} s")
    assert drafting < 30 and approving < 30  # on a machine with other work to do
