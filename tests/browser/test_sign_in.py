"""Signing in, by people."""

import re

from playwright.async_api import expect

from tests.browser.conftest import PASSWORD, Visitor, axe
from tests.factories.world import World


async def test_a_wrong_password_is_told_kindly_and_the_right_one_leads_home(visitor: Visitor, world: World) -> None:
    account = await world.account("principal")
    await visitor.give_password(account)
    page = await visitor.page()
    await page.goto("/students?q=zs")
    await page.get_by_label("账号").fill(account.username)
    await page.get_by_label("密码", exact=True).fill("not-the-password")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("alert").first).to_contain_text("账号或密码不正确")
    assert await axe(page) == []
    await page.get_by_label("密码", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await expect(page).to_have_url(re.compile(r"/students\?q=zs"))


async def test_a_first_password_must_be_changed_before_anything_else(visitor: Visitor, world: World) -> None:
    admin = await world.client("admin")
    made = (
        await admin.post(
            "/api/v1/accounts",
            json={"username": f"first.{world.school_id.hex[-8:]}", "display_name": "新老师", "roles": [{"role": "principal"}]},
        )
    ).json()
    page = await visitor.page()
    await page.goto("/")
    await page.get_by_label("账号").fill(made["account"]["username"])
    await page.get_by_label("密码", exact=True).fill(made["first_password"])
    await page.get_by_role("button", name="登录").click()
    await page.get_by_label("当前密码").fill(made["first_password"])
    await page.get_by_label("新密码", exact=True).fill(PASSWORD)
    await page.get_by_label("再输一次新密码").fill(PASSWORD)
    assert await axe(page) == []
    await page.get_by_role("button", name="保存新密码").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("新老师")


async def test_a_reload_keeps_the_session(visitor: Visitor, world: World) -> None:
    account = await world.account("principal")
    page = await visitor.sign_in(account)
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(account.display_name)
