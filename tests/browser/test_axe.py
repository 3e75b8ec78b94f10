"""Every page of the app for who may see it: no barrier by WCAG 2.0–2.2 AA, nothing wider than a phone, no error in the console."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from sqlalchemy import select, text

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment
from nuanyang.access.accounts.passwords import hash_password
from nuanyang.demo import load
from nuanyang.demo.accounts import PASSWORD
from nuanyang.demo.district import demo_schools
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import Settings
from nuanyang.school.schools.models import School
from tests.browser.conftest import serving
from tests.browser.walk import DESKTOP, PHONE, Step, Walker
from tests.factories.database import cloned

# Who walks to which page; $names are filled in below. A page that the router knows and this table does not fails the test.
PAGES = {
    "principal.ms": (
        "/",
        "/students",
        "/recognitions",
        "/recognitions/$recognitionId",
        "/plans",
        "/plans/$planId",
        "/plans/$planId/compare",
        "/plans/$planId/family",
        "/interventions",
        "/interventions/$interventionId",
        "/students/$studentId/access",
        "/calendar",
        "/audit",
        "/data-requests",
        "/break-glass",
        "/retention",
        "/own-account",
        "/editions/$editionId",
        "/compliance",
        "/compliance/$clause",
        "/gaps",
        "/inbox",
    ),
    "moral-education.ms": (
        "/editions",
        "/editions/$editionId",
        "/editions/$editionId/preview",
        "/editions/$editionId/compare",
        "/",
        "/students/$studentId",
        "/students/$studentId/consents",
        "/students/case-leads",
        "/evidence",
        "/evidence/census",
        "/consents",
        "/consents/activation",
        "/consents/texts",
    ),
    "academic-affairs.ms": ("/", "/results", "/results/$examId", "/results/$examId/import", "/attendance", "/recognition-rules"),
    "homeroom-teacher.ms": (
        "/",
        "/students/$studentId",
        "/recognitions/new/$studentId",
        "/plans/new/$studentId",
        "/plans/group",
        "/evidence/new",
        "/interventions/new",
        "/interventions/session",
    ),
    "aid-officer.ms": ("/evidence/lists",),
    "registrar.ms": (
        "/rosters",
        "/rosters/$importId",
        "/rosters/whereabouts",
        "/rosters/duplicates",
        "/rosters/mappings",
        "/data-requests/$requestId",
    ),
    "counsellor.ms": ("/", "/students/$studentId/counselling", "/own-account"),
    "special-educator.ms": ("/", "/handovers"),
    "admin.ms": ("/", "/accounts", "/accounts/$accountId", "/sign-in-settings"),
    "student.ms": ("/student", "/student/tell", "/student/consents", "/student/own-account"),
    "guardian.ms": (
        "/family",
        "/family/children/$studentId",
        "/family/contact",
        "/family/consents",
        "/family/requests",
        "/family/own-account",
    ),
    "volunteer.ms": ("/volunteer", "/volunteer/own-account"),
}


def press(name: str, *in_dialog: str) -> tuple[Step, ...]:
    """A button of the page, then those of the dialog that it opens."""
    return Step("button", name), *(Step("button", one, is_in_dialog=True) for one in in_dialog)


DIALOG, MENU, WRONG, EMPTY, THERE = "[role=dialog]", "[role=menu]", "[aria-invalid=true]", "main p.font-semibold", "main h1"
# What opens, and what goes wrong: (who, where, called, steps, what is there then).
STATES: tuple[tuple[str, str, str, tuple[Step, ...], str], ...] = (
    ("principal.ms", "/students?q=没有这个人", "nobody found", (), EMPTY),
    ("principal.ms", "/students?grade=11&category=C1", "filtered", (), "[aria-label=已选条件]"),
    ("principal.ms", "/students", "filter open", press("年级"), MENU),
    ("principal.ms", "/students", "search", (Step("key", "Control+k"), Step("type", "chen")), "[role=menuitem] >> text=陈"),
    ("principal.ms", "/", "shortcuts", (Step("key", "?"),), DIALOG),
    ("principal.ms", "/", "profile", press("我的账号"), MENU),
    (
        "principal.ms",
        "/own-account",
        "password with errors",
        press("保存新密码"),
        WRONG,
    ),
    ("principal.ms", "/nowhere", "not found", (), THERE),
    ("principal.ms", "/recognitions?view=proposals", "proposals", (), THERE),
    ("principal.ms", "/recognitions?due=true", "cases to decide", (), THERE),
    ("principal.ms", "/plans?view=queue", "plans to approve", (), THERE),
    ("moral-education.ms", "/evidence?unanswered=true", "self-reports", (), "main tbody tr"),
    ("moral-education.ms", "/students/$studentId", "case lead with errors", press("交接", "确定"), WRONG),
    ("counsellor.ms", "/students/$counselledId/counselling", "clinical file", (), "main ol li"),
    ("counsellor.ms", "/students/$counselledId/counselling", "session with errors", press("填写辅导记录", "保存"), WRONG),
    ("counsellor.ms", "/students/$counselledId/counselling", "change of counsellor with errors", press("更换心理教师", "确定"), WRONG),
    ("counsellor.ms", "/own-account", "deputy with errors", press("指定代班人", "确定"), WRONG),
    ("principal.ms", "/students/$counselledId/counselling", "hidden clinical file", (), EMPTY),
    ("principal.ms", "/students/$counselledId/counselling", "glass with errors", press("紧急查阅", "打开 60 分钟"), WRONG),
    ("principal.ms", "/break-glass?state=to_review", "review with errors", press("复核", "提交复核"), WRONG),
    ("moral-education.ms", "/students/$studentId/consents", "consent with errors", press("登记同意", "登记"), WRONG),
    ("moral-education.ms", "/students/$studentId/consents", "order with errors", press("登记监护令", "登记"), WRONG),
    ("moral-education.ms", "/consents/texts", "text with errors", press("修改", "启用新版"), WRONG),
    ("moral-education.ms", "/consents/texts", "earlier texts", press("历次文本"), DIALOG),
    ("moral-education.ms", "/editions", "programme with errors", press("制定新方案", "生成草稿"), WRONG),
    ("moral-education.ms", "/editions/$editionId", "clause", press("修改 P2.1"), DIALOG),
    ("moral-education.ms", "/editions/$editionId", "own measure with errors", press("增设本校措施", "加入草稿"), WRONG),
    ("moral-education.ms", "/editions/$editionId", "general part", press("修改总则"), DIALOG),
    ("academic-affairs.ms", "/results", "exam", press("新建考试"), DIALOG),
    ("homeroom-teacher.ms", "/interventions/new", "record with errors", press("保存"), WRONG),
    ("homeroom-teacher.ms", "/evidence/new", "evidence with errors", press("登记"), WRONG),
    ("registrar.ms", "/rosters/mappings", "mapping with errors", press("新建列对应", "保存"), WRONG),
    ("admin.ms", "/accounts", "account with errors", press("新建账号", "建立账号"), WRONG),
    ("admin.ms", "/accounts", "accounts for the staff", press("为名册教职工开户"), DIALOG),
    ("admin.ms", "/accounts", "accounts for students with errors", press("为学生开户", "开始开户"), WRONG),
    ("admin.ms", "/accounts/$accountId", "role with errors", press("分配岗位", "分配岗位"), WRONG),
    ("student.ms", "/student/tell", "a topic with errors", (Step("button", "家里出了大事"), Step("button", "送给老师")), WRONG),
    ("guardian.ms", "/family/requests", "a request with errors", (Step("button", "提出请求"), Step("button", "提交")), WRONG),
    ("registrar.ms", "/data-requests?overdue=true", "no request", (), EMPTY),
    ("student.ms", "/student/nowhere", "not found for students", (), THERE),
)
IDS = """
    with child as (
      select s.id from students s
      join support_plans p on p.school_id = s.school_id and p.student_id = s.id and p.state = 'approved'
      join recognitions r on r.school_id = s.school_id and r.student_id = s.id and r.state = 'recognised'
      join interventions i on i.school_id = s.school_id and i.student_id = s.id
      where s.class_id = (
        select a.scope_id from role_assignments a join accounts c on c.id = a.account_id
        where c.username = 'homeroom-teacher.ms' and a.role = 'homeroom_teacher')
      order by s.id limit 1)
    select (select id from child) as "studentId",
      (select r.id from recognitions r join child on child.id = r.student_id where r.state = 'recognised' limit 1) as "recognitionId",
      (select p.id from support_plans p join child on child.id = p.student_id where p.state = 'approved' limit 1) as "planId",
      (select id from support_plans where number > 1 order by id limit 1) as "revisedId",
      (select i.id from interventions i join child on child.id = i.student_id order by i.id limit 1) as "interventionId",
      (select id from exams order by held_on desc limit 1) as "examId",
      (select id from roster_imports order by id desc limit 1) as "importId",
      (select id from editions where state = 'draft' limit 1) as "editionId",
      (select r.student_id from data_requests r order by id limit 1) as "childId",
      (select r.id from data_requests r where r.state = 'open' limit 1) as "requestId",
      (select id from accounts where username = 'counsellor.ms') as "accountId",
      (select d.student_id from counselling_cases d join role_assignments a on a.role = 'case_counsellor' and a.scope_id = d.student_id
        join accounts c on c.id = a.account_id where c.username = 'counsellor.ms' and a.valid_to is null order by d.id limit 1) as "counselledId"
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """The smallest school of the demo district behind a server of its own."""

    address: str
    ids: dict[str, UUID]

    def filled(self, path: str) -> str:
        """The path with the ids of things that are there."""
        path = (
            path.replace("compliance/$clause", "compliance/S1.2")
            .replace("$planId/compare", "$revisedId/compare")
            .replace("children/$studentId", "children/$childId")
        )
        for name, value in self.ids.items():
            path = path.replace(f"${name}", str(value))
        assert "$" not in path and "None" not in path, f"no id for {path}"
        return path


async def outsiders(database: Database, school_id: UUID) -> None:
    """A volunteer, who does not sign in in the demo yet, and somebody with a first password."""
    async with database.session(opening(school_id=school_id, purpose="job")) as session:
        for name in ("volunteer", "first"):
            account = Account(
                id=new_id(),
                username=f"{name}.ms",
                display_name="王芳",
                password_hash=await hash_password(PASSWORD),
                must_change_password=name == "first",
                created_at=now(),
            )
            session.add(account)
            await session.flush()
            session.add(Membership(school_id=school_id, account_id=account.id, person_kind="staff"))
            if name == "volunteer":
                session.add(RoleAssignment(school_id=school_id, account_id=account.id, role=name, valid_from=today()))


@pytest_asyncio.fixture(scope="module")
async def demo(settings: Settings, admin_url: str) -> AsyncIterator[Demo]:
    """明德高级中学 with everything, in a database of its own: its lists are as long as a school's."""
    async with cloned(settings, admin_url) as (url, _):
        database = Database(url, read_size=4, write_size=4)
        await database.start()
        (school,) = [one for one in demo_schools(year=load._school_year()) if one.school.key == "ms"]
        await load.load(database, settings, lambda _: None, [school])
        async with database.session() as session:
            school_id = (await session.scalars(select(School.id).where(School.code == school.school.code))).one()
        await outsiders(database, school_id)
        async with database.session(opening(school_id=school_id, purpose="job")) as session:
            ids = dict((await session.execute(text(IDS))).mappings().one())
        await database.stop()
        with serving(settings, url) as address:
            yield Demo(address, ids)


@pytest.mark.parametrize("username", PAGES)
async def test_every_page_and_what_opens_on_it_is_free_of_barriers(username: str, demo: Demo, browser: Browser) -> None:
    walker = await Walker.enter(browser, demo.address, username)
    found = []
    for path in PAGES[username]:
        await walker.go(demo.filled(path))
        found += await walker.look(path)
    for who, path, called, steps, sign in STATES:
        if who == username:
            await walker.go(demo.filled(path))
            for step in steps:
                await walker.do(step)
            await walker.page.locator(sign).first.wait_for()
            found += await walker.look(called)
            await walker.leave()
    await walker.context.close()
    assert "\n".join(found + walker.problems) == ""


@pytest.mark.parametrize(
    ("username", "space"), [("principal.ms", "/"), ("student.ms", "/student"), ("guardian.ms", "/family"), ("volunteer.ms", "/volunteer")]
)
async def test_no_page_of_the_router_is_forgotten_above(username: str, space: str, demo: Demo, browser: Browser) -> None:
    walker = await Walker.enter(browser, demo.address, username)
    known = await walker.paths()
    await walker.context.close()
    outside = ("/student", "/family", "/volunteer")

    def of(path: str) -> str:
        return next((one for one in outside if path == one or path.startswith(f"{one}/")), "/")

    walked = {path for paths in PAGES.values() for path in paths if of(path) == space}
    assert known == walked


async def test_the_way_in_is_free_of_barriers(demo: Demo, browser: Browser) -> None:
    walker = await Walker.open(browser, demo.address)
    await walker.load("/")
    await walker.page.get_by_role("heading", name="登录").wait_for()
    found = await walker.look("sign-in")
    await walker.page.get_by_label("账号").fill("principal.ms")
    await walker.page.get_by_label("密码", exact=True).fill("not-the-password")
    await walker.do(Step("button", "登录"))
    await walker.page.get_by_role("alert").wait_for()
    found += await walker.look("sign-in refused")
    await walker.page.get_by_label("账号").fill("first.ms")
    await walker.page.get_by_label("密码", exact=True).fill(PASSWORD)
    await walker.do(Step("button", "登录"))
    await walker.page.get_by_role("heading", name="设置新密码").wait_for()
    await walker.page.get_by_label("当前密码").fill(PASSWORD)
    await walker.page.get_by_label("新密码", exact=True).fill("0123456789")
    await walker.page.get_by_label("再输一次新密码").fill("0123456789")
    await walker.do(Step("button", "保存新密码"))
    await walker.page.get_by_text("这个密码太常见").wait_for()
    found += await walker.look("first password refused")
    await walker.context.close()
    expected = ("401 ", "422 ", "status of 422")  # the refusals themselves
    assert "\n".join(found + [p for p in walker.problems if not any(sign in p for sign in expected)]) == ""


async def test_a_phone_opens_its_menu(demo: Demo, browser: Browser) -> None:
    walker = await Walker.enter(browser, demo.address, "homeroom-teacher.ms")
    await walker.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await walker.do(Step("button", "更多"))
    found = await walker.look("menu of a phone", (PHONE,))
    await walker.context.close()
    assert "\n".join(found + walker.problems) == ""


async def test_the_walk_notices_what_is_wrong(demo: Demo, browser: Browser) -> None:
    """A walk that finds nothing wherever it goes would be worth nothing."""
    walker = await Walker.enter(browser, demo.address, "admin.ms")
    await walker.page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
          `<p id="pale">pale</p><input aria-invalid="true" aria-label="x"><img src="/favicon.svg">
           <div id="wide">wide</div><table>${'<tr><td>x</td></tr>'.repeat(500)}</table>`.replace('<table', '<table aria-rowcount="500"'))"""
    )
    # The page's policy takes no style attribute, and what a script sets is none.
    await walker.page.evaluate("() => { pale.style.color = 'rgb(from var(--foreground) r g b / 0.3)'; wide.style.width = '600px' }")
    await walker.page.evaluate("() => { document.title = '王小明'; console.error('broken'); }")
    found = "\n".join(await walker.look("broken", (PHONE, DESKTOP)))
    await walker.context.close()
    for sign in (
        "412 px, light): color-contrast",
        "1366 px, dark): color-contrast",
        "image-alt",
        "not tied",
        "wider than a phone",
        "nodes",
        "王小明",
    ):
        assert sign in found
    assert walker.problems == ["broken"]
