"""The second factor, sessions and programs, by people."""

import re

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import update

from nuanyang.access.accounts.models import Account, Session
from nuanyang.kit.clock import now
from tests.browser.conftest import PASSWORD, Visitor, axe, sign_out
from tests.factories.signing_in import App, enrol
from tests.factories.world import World, make_world


@pytest.fixture
async def school(visitor: Visitor, world: World) -> World:
    """A school as a real installation has it: the staff need a second factor."""
    visitor.world = await make_world(world.app, world.database, second_factor="required")
    return visitor.world


async def type_password(page: Page, account: Account) -> None:
    await page.get_by_role("textbox", name="账号").fill(account.username)
    await page.get_by_label("密码", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()


async def type_code(page: Page, code: str) -> None:
    await page.locator("input[name=code]").fill(code)
    await page.get_by_role("button", name="继续").click()


async def home(page: Page, account: Account) -> None:
    await expect(page.get_by_role("main").get_by_role("heading", level=1)).to_contain_text(account.display_name)


async def test_the_first_sign_in_sets_up_an_app_and_later_ones_ask_for_its_code(visitor: Visitor, school: World) -> None:
    account = await school.account("registrar")
    await visitor.give_password(account)
    page = await visitor.page(phone=True)
    await page.goto("/")
    await type_password(page, account)
    await expect(page.get_by_role("heading", name="设置动态验证码")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "enrol-choice-phone")
    await page.get_by_role("button", name=re.compile("用手机上的验证器")).click()
    await expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()
    await page.get_by_text("不能扫描？手动输入密钥").click()
    app = App(await page.get_by_test_id("secret").inner_text(), [])
    assert await axe(page) == []
    await visitor.shot(page, "enrol-app-phone")
    await page.get_by_label("验证器显示的 6 位数字").fill(app.code(-1))
    await page.get_by_role("button", name="完成设置").click()
    await expect(page.get_by_test_id("code")).to_have_count(10)
    app.recovery_codes = await page.get_by_test_id("code").all_inner_texts()
    assert await axe(page) == []
    await visitor.shot(page, "enrol-codes-phone")
    await page.get_by_label("我已打印或抄好").check()
    await page.get_by_role("button", name="继续").click()
    await home(page, account)

    await sign_out(page)
    await type_password(page, account)
    await expect(page.get_by_role("heading", name="输入动态验证码")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "second-step-phone")
    await type_code(page, "000000" if app.code() != "000000" else "111111")
    await expect(page.get_by_role("alert")).to_contain_text("验证码不正确")
    await page.get_by_label("30 天内在这台设备上不再询问").check()
    await type_code(page, app.code())
    await home(page, account)

    await sign_out(page)
    await type_password(page, account)
    await home(page, account)

    other = await visitor.page(dark=True)
    await other.goto("/")
    await type_password(other, account)
    await other.get_by_role("button", name="手机不在身边，用恢复码").click()
    await visitor.shot(other, "second-step-recovery-dark")
    await type_code(other, app.recovery_codes[0].split()[-1])
    await home(other, account)


async def test_who_has_no_phone_prints_codes(visitor: Visitor, school: World) -> None:
    account = await school.account("principal")
    await visitor.give_password(account)
    page = await visitor.page()
    await page.goto("/")
    await type_password(page, account)
    await page.get_by_role("button", name=re.compile("没有手机")).click()
    await expect(page.get_by_test_id("code")).to_have_count(40)
    codes = [text.split()[-1] for text in await page.get_by_test_id("code").all_inner_texts()]
    assert await axe(page) == []
    await visitor.shot(page, "enrol-sheet")
    await page.emulate_media(media="print")
    await expect(page.get_by_role("button", name="打印")).to_be_hidden()
    await visitor.shot(page, "enrol-sheet-paper")
    await page.emulate_media(media="screen")
    await page.get_by_label("纸上的任意一个验证码").fill(codes[0])
    await page.get_by_role("button", name="完成设置").click()
    await home(page, account)
    await sign_out(page)
    await type_password(page, account)
    await expect(page.get_by_label("30 天内在这台设备上不再询问")).to_have_count(0)  # principals are asked each time
    await type_code(page, codes[1])
    await home(page, account)


async def test_a_session_that_ends_while_somebody_writes_loses_nothing(visitor: Visitor, school: World) -> None:
    account, colleague = await school.account("admin"), await school.account("registrar")
    await visitor.give_password(account)
    app = await enrol(school, account)
    await enrol(school, colleague)
    page = await visitor.page()
    await page.goto(f"/accounts/{colleague.id}")
    await type_password(page, account)
    await type_code(page, app.code())
    await page.get_by_role("button", name="重置动态验证码").click()
    reason = page.get_by_role("textbox", name="原因")
    await reason.fill("手机遗失，已在办公室当面核实")
    async with school.session() as session:
        await session.execute(update(Session).where(Session.account_id == account.id).values(ended_at=now(), end_reason="ended_by_admin"))
        await session.execute(update(Account).where(Account.id == account.id).values(session_version=Account.session_version + 1))
    school.app.state.callers._cache.clear()
    await page.wait_for_timeout(11_000)  # the server believes a token for ten seconds
    await page.get_by_role("dialog").get_by_role("button", name="重置动态验证码").click()
    await expect(page.get_by_role("heading", name="请重新登录")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "expired")
    # The form is seen, and not only there: the open dialog lies beneath.
    button = await page.get_by_role("button", name="登录").bounding_box()
    assert button is not None
    topmost = "([x, y]) => document.elementFromPoint(x, y).closest('button').innerText"
    assert await page.evaluate(topmost, [button["x"] + button["width"] / 2, button["y"] + button["height"] / 2]) == "登录"
    await page.get_by_label("密码", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await type_code(page, app.recovery_codes[0])
    await expect(page.get_by_text(f"已重置，{colleague.display_name} 下次登录时重新设置")).to_be_visible()
    await expect(page.get_by_text("原因：手机遗失，已在办公室当面核实")).to_be_visible()
    await visitor.shot(page, "account-security")
    assert await axe(page) == []


async def test_people_look_after_their_own_sign_in(visitor: Visitor, school: World) -> None:
    account = await school.account("registrar")
    await visitor.give_password(account)
    app = await enrol(school, account)
    elsewhere, page = await visitor.page(phone=True), await visitor.page()
    for window, code in ((elsewhere, app.code()), (page, app.recovery_codes[0])):
        await window.goto("/own-account")
        await type_password(window, account)
        await type_code(window, code)
        await expect(window.get_by_role("heading", name="账号安全")).to_be_visible()
    await expect(page.get_by_text("本机")).to_be_visible()
    await expect(page.get_by_text("9 个")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "own-account")
    await visitor.shot(elsewhere, "own-account-phone")
    await page.get_by_role("button", name="退出其他所有设备").click()
    await expect(page.get_by_role("button", name="退出其他所有设备")).to_have_count(0)
    await page.get_by_role("button", name="换一批恢复码").click()
    await page.get_by_label("现在的验证码").fill(app.recovery_codes[1])
    await page.get_by_role("button", name="继续").click()
    await expect(page.get_by_test_id("code")).to_have_count(10)
    await page.get_by_label("我已打印或抄好").check()
    await page.get_by_role("button", name="继续").click()
    await expect(page.get_by_text("更换恢复码")).to_be_visible()


async def test_an_administrator_gives_a_program_its_secret(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("admin"), to="/accounts")
    await page.get_by_role("link", name="登录与接口").click()
    await expect(page.get_by_text("还没有程序账号")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("button", name="新建程序账号").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("名称").fill("教务系统")
    await dialog.get_by_text("读取学生基本信息").click()
    await dialog.get_by_text("导入名册").click()
    await dialog.get_by_label("允许的来源地址").fill("10.1.2.0/24, 127.0.0.1")
    assert await axe(page) == []
    await visitor.shot(page, "program-new")
    await dialog.get_by_role("button", name="新建程序账号").click()
    secret = page.get_by_test_id("client-secret")
    await expect(secret).to_contain_text("nys_")
    await visitor.shot(page, "program-secret")
    client_id = await page.get_by_role("dialog").get_by_text(re.compile("^svc-")).inner_text()
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": await secret.inner_text()}
    answer = await page.request.post("/api/v1/auth/token", form=form)
    assert answer.status == 200
    await page.get_by_role("button", name="已记下").click()
    await page.get_by_role("button", name="更换密钥").click()
    await expect(secret).to_contain_text("nys_")
    await page.get_by_role("button", name="已记下").click()
    await expect(page.get_by_role("button", name="更换密钥")).to_be_disabled()
    await page.get_by_role("button", name=re.compile("^停用密钥")).first.click()
    await expect(page.get_by_role("button", name="更换密钥")).to_be_enabled()
    await visitor.shot(page, "sign-in-settings")
    await page.get_by_role("button", name="停用", exact=True).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="停用").click()
    await expect(page.get_by_text("已停用", exact=True)).to_be_visible()
    phone = await visitor.sign_in(await world.account("admin"), phone=True, dark=True, to="/sign-in-settings")
    await expect(phone.get_by_text("教务系统").last).to_be_visible()
    await visitor.shot(phone, "sign-in-settings-phone-dark")


@pytest.mark.parametrize("path", ["/own-account", "/sign-in-settings"])
async def test_a_page_without_the_right_says_so(visitor: Visitor, world: World, path: str) -> None:
    page = await visitor.sign_in(await world.account("principal"), to=path)
    if path == "/sign-in-settings":
        await expect(page.get_by_role("main")).to_contain_text("没有")
        visitor.problems[:] = [problem for problem in visitor.problems if "403" not in problem]
    else:
        await expect(page.get_by_role("heading", name="账号安全")).to_be_visible()
