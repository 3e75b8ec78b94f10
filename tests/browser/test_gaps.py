"""Moral education looks where support has broken off, puts one gap off with a reason, takes it back, and changes what the school looks for."""

import re
from datetime import timedelta

from playwright.async_api import expect

from nuanyang.kit.clock import today
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import recognised
from tests.factories.world import World


async def test_from_a_number_to_the_list_and_what_closes_it(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    for name in ("林晓", "陈晨"):
        await recognised(world, await world.student(name, room), "C4", recognised_on=today() - timedelta(days=60))
    page = await visitor.sign_in(await world.account("moral_education"), to="/gaps")
    await expect(page.get_by_role("heading", name="待补环节")).to_be_visible()
    await expect(page.get_by_role("link", name="无人联系 2")).to_have_attribute("aria-current", "page")
    rows = page.get_by_role("row")
    await expect(rows.filter(has_text="林晓")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "gaps")

    await rows.filter(has_text="林晓").get_by_role("button", name="暂缓").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("暂缓到").fill((today() + timedelta(days=10)).isoformat())
    await dialog.get_by_label("原因").fill("学生住院，出院后联系")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="暂缓").click()
    await expect(page.get_by_role("link", name="无人联系 1")).to_be_visible()
    await expect(rows.filter(has_text="林晓")).to_have_count(0)
    await page.get_by_role("button", name="撤销", exact=True).click()
    await expect(rows.filter(has_text="林晓")).to_be_visible()

    await page.get_by_role("button", name="设定口径").click()
    await dialog.get_by_role("button", name="无人联系").click()
    await dialog.get_by_label("超过多少天").fill("91")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("link", name="无人联系 0")).to_be_visible()

    await page.get_by_role("link", name="未建档 2").click()
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(page.get_by_text("林晓").first).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "gaps-phone")
    await page.get_by_role("link", name="去建档：林晓").click()
    await expect(page).to_have_url(re.compile("/students/"))
