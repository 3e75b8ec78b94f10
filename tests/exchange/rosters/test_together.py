"""More than one at a time: imports that meet, jobs that are cancelled, a school that changed between check and apply."""

import asyncio

import psutil
import pytest
from sqlalchemy import text

from nuanyang.exchange.rosters.errors import ImportRefused, RemovalsNotConfirmed
from nuanyang.kit.db import NO_CONTEXT, opening
from nuanyang.kit.jobs import JobCancelled
from tests.exchange.rosters.conftest import upload
from tests.exchange.rosters.packages import column, right_package, write_zip
from tests.exchange.rosters.reading.test_sheet import HEADER, ROW

NUMBER = "metadata.cn.identityNumber"


@pytest.fixture
async def package(importer, tmp_path):
    """The right package of the test's own school as bytes; `change` may alter its files."""
    code = await importer.value("select code from schools where id = :id", id=importer.world.school_id)

    def made(change=lambda _: None) -> bytes:
        files = right_package(extensions=(NUMBER,))
        files["orgs"][1][column(files, "orgs", "identifier")] = code
        change(files)
        return write_zip(tmp_path / "p.zip", files).read_bytes()

    return made


def renamed(files):
    files["users"][1][column(files, "users", "givenName")] = "晓鸣"


def numbered(files):
    files["users"][1][-1] = "99010220140305001X"


def other_pupils(files):
    """The same school with other pupils altogether."""
    for name, rows in files.items():
        for row in rows[1:]:
            files[name][rows.index(row)] = [{"s1": "x1", "s2": "x2", "晓明": "大明", "娜": "妮"}.get(cell, cell) for cell in row]


@pytest.fixture
def checked(registrar, work):
    """Upload and check; answers the import's URL."""

    async def done(content):
        answer = await upload(registrar, content)
        await work(answer)
        return f"/api/v1/roster-imports/{answer.json()['id']}"

    return done


async def test_two_applied_at_once_come_one_after_the_other(registrar, checked, work, package, importer):
    urls = [await checked(package()), await checked(package(renamed))]
    answers = [await registrar.post(f"{url}/apply", json={}) for url in urls]
    await asyncio.gather(*(work(answer) for answer in answers))
    shown = [(await registrar.get(url)).json() for url in urls]
    assert [one["state"] for one in shown] == ["applied", "applied"]
    # Whoever came second found what the first had done.
    assert sorted(sorted(one["counts"]["student"].items()) for one in shown) == [[("changed", 1), ("unchanged", 1)], [("new", 2)]]
    assert await importer.value("select count(*) from students") == 2
    assert await importer.value("select count(*) from enrolments where ends_on is null") == 2


async def test_an_import_is_applied_once_however_often_it_is_asked(registrar, checked, package):
    url = await checked(package())
    answers = await asyncio.gather(*(registrar.post(f"{url}/apply", json={}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409]


async def test_a_school_that_changed_since_the_check_is_asked_again(registrar, checked, work, package, importer):
    first, second = await checked(package()), await checked(package(other_pupils))
    assert [(await registrar.get(url)).json()["needs_confirmation"] for url in (first, second)] == [False, False]
    await work(await registrar.post(f"{first}/apply", json={}))
    answer = await registrar.post(f"{second}/apply", json={})
    with pytest.raises(RemovalsNotConfirmed):
        await work(answer)
    shown = (await registrar.get(second)).json()
    assert (shown["state"], shown["needs_confirmation"], shown["schools"][0]["missing"]) == ("checked", True, 2)
    assert await importer.value("select count(*) from students") == 2
    assert (await registrar.post(f"{second}/apply", json={})).status_code == 409
    await work(await registrar.post(f"{second}/apply", json={"confirm_removals": True}))
    assert (await registrar.get(second)).json()["state"] == "applied"


async def test_a_file_that_has_errors_by_now_is_refused_with_its_findings(registrar, checked, work, package, importer):
    url = await checked(package(numbered))
    student = await importer.world.student("李四")
    index = importer.keyring.blind_index("99010220140305001X", "student_identities.identity")
    async with importer.session() as session:
        values = {"school": importer.world.school_id, "id": student.id, "index": index}
        await session.execute(text("insert into student_identities (school_id, id, identity_index) values (:school, :id, :index)"), values)
        other = await importer.world.student("王五")
        kept = {"school": importer.world.school_id, "id": other.id}
        await session.execute(
            text(
                "insert into external_ids (school_id, id, source, kind, sourced_id, entity_id)"
                " values (:school, gen_random_uuid(), 'oneroster:test', 'student', 's1', :id)"
            ),
            kept,
        )
    with pytest.raises(ImportRefused):
        await work(await registrar.post(f"{url}/apply", json={}))
    shown = (await registrar.get(url)).json()
    assert (shown["state"], [one["code"] for one in shown["finding_counts"]]) == ("refused", ["identity_taken"])


async def test_cancelled_in_the_queue_it_can_be_applied_again(registrar, checked, work, package, world):
    url = await checked(package())
    answer = await registrar.post(f"{url}/apply", json={})
    job = answer.headers["location"]
    await registrar.post(f"{job}/cancel")
    async with world.database.session(NO_CONTEXT) as session:
        await session.execute(
            text("update jobs set state = 'cancelled', finished_at = now() where id = :id"), {"id": job.rsplit("/", 1)[1]}
        )
    assert (await registrar.get(url)).json()["state"] == "checked"
    again = await registrar.post(f"{url}/apply", json={})
    assert again.status_code == 202
    await work(again)
    assert (await registrar.get(url)).json()["state"] == "applied"


async def test_a_check_whose_job_was_given_up_is_over(registrar, package, world):
    answer = await upload(registrar, package())
    async with world.database.session(NO_CONTEXT) as session:
        job = answer.headers["location"].rsplit("/", 1)[1]
        await session.execute(text("update jobs set state = 'failed', finished_at = now() where id = :id"), {"id": job})
    assert [one["state"] for one in (await registrar.get("/api/v1/roster-imports")).json()["items"]] == ["failed"]


async def test_cancelled_while_it_waits_for_another_import(registrar, checked, work, package, world, importer):
    url = await checked(package())
    answer = await registrar.post(f"{url}/apply", json={})
    job = answer.headers["location"]
    async with world.database.connection(opening(school_id=world.school_id, purpose="job")) as other:
        await other.execute("select pg_advisory_xact_lock(hashtextextended('roster import ' || $1, 0))", str(world.school_id))
        waiting = asyncio.create_task(work(answer))
        async with asyncio.timeout(20):
            while (await registrar.get(job)).json()["phase"] != "waiting":
                await asyncio.sleep(0.1)
        await registrar.post(f"{job}/cancel")
        with pytest.raises(JobCancelled):
            await waiting
    assert (await registrar.get(url)).json()["state"] == "checked"
    assert await importer.value("select count(*) from students") == 0


async def test_a_districts_package_waits_for_every_school(registrar, checked, work, package, world, importer):
    """And schools of their own do not wait for each other."""
    url = await checked(package())
    answer = await registrar.post(f"{url}/apply", json={})
    async with world.database.connection(opening()) as other:
        await other.execute("select pg_advisory_xact_lock_shared(hashtextextended('roster import', 0))")
        await work(answer)
    assert await importer.value("select count(*) from students") == 2
    again = await checked(package(renamed))
    answer = await registrar.post(f"{again}/apply", json={})
    async with world.database.connection(opening()) as other:
        await other.execute("select pg_advisory_xact_lock(hashtextextended('roster import', 0))")
        waiting = asyncio.create_task(work(answer))
        await asyncio.sleep(1.5)
        assert not waiting.done()
    await waiting
    assert await importer.value("select name from students where name like '张%'") == "张晓鸣"


async def test_a_check_that_is_cancelled_stops_reading_at_once(registrar, work, world, importer):
    rows = "\r\n".join(
        ",".join([*ROW[:1], f"张{number}", *ROW[2:4], "", f"L{99010220140305000000 % 10**14 + number:018d}"]) for number in range(60_000)
    )
    answer = await upload(registrar, (",".join(HEADER[:6]) + "\r\n" + rows).encode(), "学籍.csv")
    job = answer.headers["location"]
    reading = asyncio.create_task(work(answer))
    async with asyncio.timeout(30):
        while (await registrar.get(job)).json()["phase"] is None:
            await asyncio.sleep(0.05)
    await registrar.post(f"{job}/cancel")
    asked = asyncio.get_running_loop().time()
    with pytest.raises(JobCancelled):
        await reading
    assert asyncio.get_running_loop().time() - asked < 5
    assert (await registrar.get(f"/api/v1/roster-imports/{answer.json()['id']}")).json()["state"] == "failed"
    living = [one for one in psutil.Process().children(recursive=True) if one.status() != psutil.STATUS_ZOMBIE]
    assert not [one for one in living if "rosters.reading.child" in " ".join(one.cmdline())]
