"""The principal sees who has seen a student's file, and has it proved that nobody touched the record."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect
from pydantic import SecretStr

from nuanyang.entrypoints.sealing import keep_sealing
from nuanyang.kit.settings import Settings
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import opened, recognised
from tests.factories.world import World


@pytest_asyncio.fixture
async def sealing(settings: Settings, database_urls: tuple[str, str]) -> AsyncIterator[None]:
    """The sealer that runs beside the worker, only for this journey: other tests of the same database answer verifications themselves."""
    own = settings.model_copy(update={"app_database_url": SecretStr(database_urls[0]), "audit_seconds": 0.2})
    task = asyncio.ensure_future(keep_sealing(own))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("sealing")
async def test_the_principal_sees_who_has_seen_and_that_the_record_is_sound(visitor: Visitor, world: World) -> None:
    student = await world.student("欧阳思远", await world.school_class(8, 1))
    await recognised(world, student, "C1")
    await opened(world, student, "economic")
    officer = await world.account("aid_officer", staff=await world.staff("王芳"))
    office = await visitor.sign_in(officer, to=f"/students/{student.id}")
    await office.get_by_role("link", name="查看依据与记录").click()
    await expect(office.get_by_text("资助专干", exact=True)).to_be_visible()
    await expect(office.get_by_text("对您不可见")).to_contain_text("健康")
    await expect(office.get_by_text("由校长和跟进这名学生的心理教师查看")).to_be_visible()
    assert await axe(office) == []

    principal = await visitor.sign_in(await world.account("principal"), to=f"/students/{student.id}/access")
    entry = principal.get_by_role("listitem").filter(has_text="王芳 查看了一生一档")
    for words in ("家庭经济", "依据：资助专干", "来自 127.0.0.1"):
        await expect(entry).to_contain_text(words)
    assert "欧阳" not in await principal.title()
    await visitor.shot(principal, "access")
    assert await axe(principal) == []

    await principal.get_by_role("link", name="访问与修改记录").click()
    await principal.get_by_role("button", name="立即核验").click()
    await expect(principal.get_by_role("button", name="立即核验")).to_be_enabled(timeout=60_000)
    await expect(principal.get_by_text("完好：没有发现改动、删除、插入或截断")).to_be_visible(timeout=60_000)
    await expect(principal.get_by_role("region", name="最新封印").locator("code")).to_have_text(re.compile(r"^\d+:[0-9a-f]{64}$"))
    await visitor.shot(principal, "audit")
    assert await axe(principal) == []
