"""Finding by what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.oversight.students import rules as searching
from nuanyang.oversight.students.rules import search_for
from tests.factories.students import named, numbers
from tests.factories.world import World
from tests.oversight.students.test_list import LIST, names

PEOPLE = ("王小明", "王晓明", "单雨桐", "张三", "欧阳若水", "阿依古丽·买买提", "Jack Craig", "张小明", "𠮷安")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("王", ["王小明", "王晓明"]),
        ("小明", ["王小明", "张小明"]),
        ("王小明", ["王小明"]),
        ("王 小明", ["王小明"]),
        ("明小", []),
        ("古丽·买", ["阿依古丽·买买提"]),
        ("𠮷", ["𠮷安"]),
        ("zhangsan", ["张三"]),
        ("Zhang San", ["张三"]),
        ("zhang", ["张三", "张小明"]),
        ("wangx", ["王小明", "王晓明"]),
        ("wxm", ["王小明", "王晓明"]),
        ("syt", ["单雨桐"]),
        ("shan", ["单雨桐"]),
        ("dan", []),
        ("oyrs", ["欧阳若水"]),
        ("jackc", ["Jack Craig"]),
        ("z", ["张三", "张小明"]),
        ("2026A01", ["王小明"]),
        ("2026a0", ["王小明", "王晓明"]),
        ("%", []),
        ("王_明", []),
    ],
)
async def test_people_find_whom_they_mean(world: World, typed: str, found: list[str]) -> None:
    for i, name in enumerate(PEOPLE):
        await named(world, name, await world.school_class(7, i + 1), student_number=f"2026A{i + 1:02d}" if i < 2 else f"9{i:04d}")
    await named(await world.elsewhere(), "王小明")
    assert await names(await world.client("principal"), q=typed) == found


async def test_a_search_keeps_to_the_own_class_and_the_filters(world: World) -> None:
    own, other = await world.school_class(7, 1), await world.school_class(7, 2)
    await named(world, "王小明", own)
    await named(world, "王小红", own, sex="female")
    await named(world, "王小刚", other)
    teacher = await world.client(("homeroom_teacher", own))
    assert await names(teacher, q="王小") == ["王小红", "王小明"]
    assert await names(teacher, q="wx", sex="female") == ["王小红"]
    answer = await teacher.get(LIST, params={"q": "wangxiao", "count": True, "limit": 1})
    assert answer.json()["count"] == 2
    assert await names(teacher, q="wangxiao", cursor=answer.json()["next_cursor"]) == ["王小明"]


async def test_too_many_matches_are_walked_instead(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("王一", "王二", "王三", "李王"):
        await named(world, name)
    principal = await world.client("principal")
    few = await names(principal, q="王")
    monkeypatch.setattr("nuanyang.oversight.students.routes.MOST_CANDIDATES", 2)
    assert await names(principal, q="王") == few == ["李王", "王二", "王三", "王一"]


async def test_both_readings_of_letters_page_once(world: World) -> None:
    for name in ("安安", "按安", "阿宁", "艾娜"):
        await named(world, name)
    principal = await world.client("principal")
    seen, cursor = [], None
    while True:
        answer = (await principal.get(LIST, params={"q": "an", "limit": 1, **({"cursor": cursor} if cursor else {})})).json()
        seen += [r["basic"]["name"] for r in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(["安安", "按安", "阿宁", "艾娜"])
    assert len(seen) == 4


@given(st.text(max_size=60))
def test_whatever_is_typed_becomes_some_search(typed: str) -> None:
    search = search_for(typed)
    arguments: list[object] = []
    conditions = list(search.conditions(lambda value: arguments.append(value) or f"${len(arguments)}"))
    assert bool(conditions) == (search.kind != "everybody")
    assert len(conditions) <= 2
    assert searching.MOST_CANDIDATES > 0


@pytest.mark.parametrize("typed", ["\x00", "a\x00", "王\x00", "'; drop table students; --", "\ud800"[:0] + "𠮷" * 60])
async def test_hostile_text_finds_nobody(world: World, typed: str) -> None:
    answer = await (await world.client("principal")).get(LIST, params={"q": typed})
    assert answer.status_code in (200, 422), answer.text


async def test_a_number_finds_by_post_only(world: World) -> None:
    student = await named(world, "甲", status="suspended")
    await numbers(world, student, "11010120130506001x", "G110101201305060019")
    await named(world, "乙")
    principal = await world.client("principal")
    for number in ("11010120130506001X", " 1101 0120130506001ｘ", "g110101201305060019"):
        answer = await principal.post(f"{LIST}/search-by-number", json={"number": number})
        assert [r["id"] for r in answer.json()["items"]] == [str(student.id)], answer.text
        assert number.strip() not in answer.text
    assert (await principal.post(f"{LIST}/search-by-number", json={"number": "110101201305060011"})).json()["items"] == []
    assert await names(principal, q="11010120130506001") == []


async def test_only_who_reads_identity_searches_by_number(world: World) -> None:
    own = await world.school_class()
    for roles in (("homeroom_teacher", own), "academic_affairs"):
        assert (await (await world.client(roles)).post(f"{LIST}/search-by-number", json={"number": "1234567"})).status_code == 403
    other = await world.elsewhere()
    await numbers(other, await named(other, "甲"), "110101201305060038", "G110101201305060038")
    assert (await (await world.client("principal")).post(f"{LIST}/search-by-number", json={"number": "110101201305060038"})).json()[
        "items"
    ] == []
