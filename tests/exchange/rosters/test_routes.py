"""Rosters over HTTP: who may, what is answered, and that a job does the work."""

import json

import pytest
from sqlalchemy import text

from nuanyang.kit.db import NO_CONTEXT, opening
from tests.exchange.rosters.conftest import upload
from tests.exchange.rosters.packages import right_package, write_zip


@pytest.fixture
async def package(world, tmp_path):
    """A right package of the test's school, as bytes."""

    async def made(**cells: str) -> bytes:
        files = right_package()
        async with world.database.session(NO_CONTEXT) as session:
            code = await session.scalar(text("select code from schools where id = :id"), {"id": world.school_id})
        files["orgs"][1][files["orgs"][0].index("identifier")] = code
        for column, value in cells.items():
            files["users"][1][files["users"][0].index(column)] = value
        return write_zip(tmp_path / "p.zip", files).read_bytes()

    return made


async def test_an_upload_is_checked_then_applied(registrar, package, work):
    answer = await upload(registrar, await package())
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "checking"
    await work(answer)
    url = f"/api/v1/roster-imports/{answer.json()['id']}"
    checked = (await registrar.get(url)).json()
    assert (checked["state"], checked["counts"]["student"]) == ("checked", {"new": 2})
    applied = await registrar.post(f"{url}/apply", json={})
    assert applied.status_code == 202, applied.text
    await work(applied)
    shown = (await registrar.get(url)).json()
    assert shown["state"] == "applied"
    assert shown["applied_at"] is not None
    page = (await registrar.get("/api/v1/roster-imports")).json()
    assert [one["id"] for one in page["items"]] == [shown["id"]]
    again = await registrar.post(f"{url}/apply", json={})
    assert (again.status_code, again.json()["code"]) == (409, "roster_not_ready")


async def test_findings_are_listed_and_downloaded(registrar, package, work):
    answer = await upload(registrar, await package(enabledUser="TRUE"))
    await work(answer)
    url = f"/api/v1/roster-imports/{answer.json()['id']}"
    shown = (await registrar.get(url)).json()
    assert (shown["state"], shown["error_count"]) == ("refused", 1)
    item = (await registrar.get(f"{url}/findings", params={"severity": "error"})).json()["items"][0]
    assert (item["file"], item["line"], item["column"], item["value"]) == ("users.csv", 2, "enabledUser", "TRUE")
    assert "true" in item["reason"]
    english = (await registrar.get(f"{url}/findings", headers={"Accept-Language": "en"})).json()["items"][0]
    assert english["reason"] == "Only the tokens true and false are allowed (lower case)."
    csv = await registrar.get(f"{url}/findings.csv")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "users.csv,2,enabledUser,TRUE" in csv.text
    book = await registrar.get(f"{url}/findings.xlsx")
    assert book.content[:2] == b"PK"
    refused = await registrar.post(f"{url}/apply", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "roster_has_errors")


async def test_removals_above_ten_percent_are_asked_about(registrar, package, work, tmp_path, world):
    first = await upload(registrar, await package())
    await work(first)
    await work(await registrar.post(f"/api/v1/roster-imports/{first.json()['id']}/apply", json={}))
    async with world.database.session(opening(school_id=world.school_id, purpose="job")) as session:
        code = await session.scalar(text("select code from schools where id = :id"), {"id": world.school_id})
    files = right_package()
    files["orgs"][1][files["orgs"][0].index("identifier")] = code
    for name, place in (("users", 0), ("roles", 3), ("enrollments", 5), ("demographics", 0)):
        files[name] = [row for row in files[name] if row[place] != "s2"]
    second = await upload(registrar, write_zip(tmp_path / "q.zip", files).read_bytes())
    await work(second)
    url = f"/api/v1/roster-imports/{second.json()['id']}"
    assert (await registrar.get(url)).json()["needs_confirmation"] is True
    asked = await registrar.post(f"{url}/apply", json={})
    assert (asked.status_code, asked.json()["code"]) == (409, "removals_not_confirmed")
    sure = await registrar.post(f"{url}/apply", json={"confirm_removals": True})
    assert sure.status_code == 202
    await work(sure)
    page = (await registrar.get("/api/v1/whereabouts")).json()
    assert [(one["student"]["name"], one["is_compulsory_age"]) for one in page["items"]] == [("欧阳娜", True)]
    check = page["items"][0]["id"]
    short = await registrar.post(f"/api/v1/whereabouts/{check}/resolve", json={"outcome": "transferred_out", "note": "?"})
    assert short.status_code == 422
    known = await registrar.post(
        f"/api/v1/whereabouts/{check}/resolve", json={"outcome": "transferred_out", "note": "家长来电，已转到外省就读"}
    )
    assert known.json()["student"]["status"] == "transferred_out"
    assert (await registrar.get("/api/v1/whereabouts")).json()["items"] == []
    twice = await registrar.post(f"/api/v1/whereabouts/{check}/resolve", json={"outcome": "enrolled", "note": "还是算了吧"})
    assert (twice.status_code, twice.json()["code"]) == (409, "whereabouts_resolved")


@pytest.mark.parametrize("role", ["principal", "admin", "counsellor"])
async def test_only_the_registrar_brings_rosters_in(world, role, package):
    client = await world.client(role)
    assert (await upload(client, await package())).status_code == 403
    assert (await client.get("/api/v1/roster-imports")).status_code == 403
    assert (await client.get("/api/v1/student-duplicates")).status_code == 403


async def test_strangers_see_nothing(world, registrar, package):
    assert (await world.anonymous().get("/api/v1/roster-imports")).status_code == 401
    made = (await upload(registrar, await package())).json()
    other = await (await world.elsewhere()).client("registrar")
    assert (await other.get(f"/api/v1/roster-imports/{made['id']}")).status_code == 404
    assert (await other.get(f"/api/v1/roster-imports/{made['id']}/findings")).status_code == 404


@pytest.mark.parametrize(
    ("name", "form", "status", "code"),
    [
        ("名册.exe", {}, 422, "bad_upload"),
        ("名册.zip", {"district": "true"}, 403, "forbidden"),
        ("名册.csv", {"mapping": "[1]"}, 422, "invalid"),
        ("名册.csv", {"mapping": json.dumps({"甲": "nonsense"})}, 422, "invalid"),
    ],
)
async def test_a_bad_upload_is_refused_at_once(registrar, name, form, status, code):
    answer = await upload(registrar, b"x", name, **form)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_mappings_are_kept_under_names(registrar):
    fields = (await registrar.get("/api/v1/roster-fields")).json()["items"]
    assert {"name": "birth_on", "label": "出生日期", "required": False} in fields
    made = await registrar.post("/api/v1/roster-mappings", json={"name": "本区表", "mapping": {"生辰": "birth_on", "备注": "ignore"}})
    assert made.status_code == 201
    twin = await registrar.post("/api/v1/roster-mappings", json={"name": "本区表", "mapping": {}})
    assert (twin.status_code, twin.json()["code"]) == (409, "roster_mapping_name_taken")
    url = f"/api/v1/roster-mappings/{made.json()['id']}"
    changed = await registrar.put(url, json={"name": "本区表", "mapping": {"生辰": "birth_on"}}, headers={"If-Match": made.headers["etag"]})
    assert changed.json()["mapping"] == {"生辰": "birth_on"}
    stale = await registrar.put(url, json={"name": "本区表", "mapping": {}}, headers={"If-Match": made.headers["etag"]})
    assert stale.status_code == 412
    assert (await registrar.delete(url)).status_code == 204
    assert (await registrar.get("/api/v1/roster-mappings")).json() == {"items": []}


async def test_a_merge_moves_everything_and_can_be_undone(registrar, world):
    kept, other = await world.student("陈一"), await world.student("陈一")
    from tests.factories.cases import recognised

    await recognised(world, other, "C2")
    pair = await registrar.post("/api/v1/student-duplicates", json={"student_id": str(kept.id), "other_id": str(other.id)})
    assert pair.status_code == 201, pair.text
    url = f"/api/v1/student-duplicates/{pair.json()['id']}"
    assert pair.json()["student"]["student_number"] == kept.student_number
    assert pair.json()["other"]["guardians"] == []

    async def cases_of(student) -> int:
        async with world.database.session(opening(school_id=world.school_id, purpose="job")) as session:
            return await session.scalar(text("select count(*) from recognitions where student_id = :id"), {"id": student.id})

    merged = await registrar.post(f"{url}/merge")
    assert merged.status_code == 200, merged.text
    assert merged.json()["moved"]["recognitions"] == 1
    assert merged.json()["other"]["status"] == "merged"
    assert (await cases_of(kept), await cases_of(other)) == (1, 0)
    undone = await registrar.post(f"{url}/undo")
    assert undone.json()["state"] == "undone"
    assert (await cases_of(kept), await cases_of(other)) == (0, 1)
    assert undone.json()["other"]["status"] == "enrolled"
    assert (await registrar.post(f"{url}/undo")).status_code == 409
    assert (await registrar.post(f"{url}/dismiss")).json()["state"] == "dismissed"
