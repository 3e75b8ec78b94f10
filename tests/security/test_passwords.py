"""ASVS 6.2, 6.3.2, 6.4, 11.4.2: which passwords are taken, how they are kept, and who may set them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from passlib.context import CryptContext

from nuanyang.access.accounts import passwords
from nuanyang.access.accounts.commonness import _listed, is_common
from nuanyang.access.accounts.context_words import _days
from nuanyang.access.accounts.models import Account
from nuanyang.access.accounts.passwords import weakness
from nuanyang.school.schools.models import School
from nuanyang.school.staff.models import StaffMember
from tests.factories.signing_in import PASSWORD, give_password, sign_in
from tests.factories.world import World

SAMPLES = """
password 12345678 123456789 1234567890 qwertyuiop iloveyou sunshine princess 1qaz2wsx qwer1234 Password1 P@ssw0rd Passw0rd! admin123 admin888
administrator welcome1 letmein1 abc12345 abcd1234 a1b2c3d4 11111111 88888888 66666666 12341234 12344321 87654321 asdfghjkl zxcvbnm123 1q2w3e4r
woaini1314 woaini520 5201314520 woaini123456 laoshi123 laoshi@123 xuexiao2026 jiaoshi888 xiaoming123 zhang123456 wangwei123 nihao123456 qq123456789
teacher2026! student123 school2026 summer2026! Beijing2008 20120506 19850312 13812345678 20260901 qazwsxedc 147258369 monkey123 baobei520
nuanyang2026 banzhuren1
"""
COMMON = SAMPLES.split()


def test_asvs_6_2_4_every_common_password_is_refused() -> None:
    assert len(COMMON) >= 50
    assert [word for word in COMMON if not is_common(word)] == []
    assert len(_listed()) >= 10_000


@pytest.mark.parametrize(
    "password",
    [
        "three-quiet-lanterns",
        "chuangqianmingyueguang",
        "床前明月光疑是地上霜",
        "k7#mQ2xv",
        "73920485",
        "correct horse battery staple",
        "river stone 青 window",
        "🌻🌤️ 向日葵开了 seven",
        "xk3-92tq-bnm",
    ],
)
def test_asvs_6_2_5_no_rule_of_composition_stands_in_the_way(password: str) -> None:
    assert weakness(password) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("k7#mQ2x", "too_short"),
        ("k7#mQ2xv", None),
        ("床前明月光疑地", "too_short"),
        ("床前明月光疑是地", None),
        ("ab\ncdefgh#1", "unprintable"),
    ],
)
def test_asvs_6_2_1_eight_letters_are_enough_seven_are_not(password: str, code: str | None) -> None:
    found = weakness(password)
    assert (found[0] if found else None) == code


async def change(world: World, account: Account, new: str, current: str = PASSWORD) -> tuple[int, str]:
    client = world.anonymous()
    await give_password(world, account)
    await sign_in(client, account)
    answer = await client.post("/api/v1/auth/password", json={"current_password": current, "new_password": new})
    return answer.status_code, answer.json()["errors"][0]["code"] if answer.status_code == 422 else ""


@pytest.mark.parametrize(
    "password",
    [
        "床前明月光 疑是地上霜 🌙 and sixty-four letters of many kinds 123456",
        "  blanks at both ends  ",
        "ａｂｃ full width １２３ ABC",
        "x" * 60 + "The end counts too",
        "长" * 2000 + "very long passwords are not cut",
    ],
)
async def test_asvs_6_2_8_6_2_9_a_password_is_taken_as_it_was_typed(world: World, password: str) -> None:
    account = await world.account("subject_teacher")
    assert (await change(world, account, password))[0] == 204
    client = world.anonymous()
    form = {"username": account.username, "password": password}
    assert (await client.post("/api/v1/auth/token", data=form | {"password": password[:-1]})).status_code == 401
    assert (await client.post("/api/v1/auth/token", data=form | {"password": password.strip() + "?"})).status_code == 401
    assert (await client.post("/api/v1/auth/token", data=form)).status_code == 200


async def test_asvs_6_2_9_over_4096_letters_are_refused_and_not_cut(world: World) -> None:
    account = await world.account("subject_teacher")
    longest = "tulip " + "床" * 4084 + " vase "
    assert len(longest) == 4096
    assert (await change(world, account, longest))[0] == 204
    assert (await world.anonymous().post("/api/v1/auth/token", data={"username": account.username, "password": longest})).status_code == 200
    assert (await change(world, account, longest + "x"))[0] == 422
    form = {"username": account.username, "password": longest + "x"}
    assert (await world.anonymous().post("/api/v1/auth/token", data=form)).status_code == 422


async def test_asvs_6_2_3_changing_needs_the_old_password_and_guessing_it_is_slowed_down(world: World) -> None:
    account = await world.account("subject_teacher")
    await give_password(world, account)
    client = world.anonymous()
    await sign_in(client, account)
    body = {"current_password": "wrong", "new_password": "three other lanterns"}
    answers = [await client.post("/api/v1/auth/password", json=body) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert answers[0].json()["errors"][0] | {"message": ""} == {"pointer": "#/current_password", "code": "wrong_password", "message": ""}
    assert (await change(world, await world.account("subject_teacher"), PASSWORD))[1] == "same"


async def test_asvs_6_2_11_what_others_know_of_a_person_is_no_password(world: World) -> None:
    async with world.session() as session:
        school = await session.get_one(School, world.school_id)
        school.name = "青禾九年一贯制学校"
    staff = await world.staff("诸葛清岚")
    async with world.session() as session:
        row = await session.get_one(StaffMember, (world.school_id, staff.id))
        row.pinyin, row.staff_number, row.phone = "zhugeqinglan", "JX20180417", "138 7351 4602"
    account = await world.account("subject_teacher", staff=staff)
    samples = [
        "诸葛清岚的暖阳花园",
        "my Zhugeqinglan garden",
        "tulip-jx20180417-x",
        "tulip 13873514602 vase",
        "call 73514602 later",
        "青禾的早晨很安静",
        "qinghe morning sky",
        f"{account.username} garden",
        f"the {account.username.split('.')[1]} garden",
    ]
    for sample in samples:
        assert await change(world, account, sample) == (422, "context"), sample
    assert (await change(world, account, "quiet tulip morning"))[0] == 204


async def test_asvs_6_2_11_a_students_number_birthday_and_phone_are_no_password(world: World) -> None:
    words = _days(date(2013, 5, 6))
    for sample in ("tulip20130506x", "tulip 2013-05-06", "tulip130506vase", "tulip06052013", "k 201356 tulip"):
        assert weakness(sample, words) is not None, sample
        assert weakness(sample, words)[0] == "context"  # type: ignore[index]
    assert weakness("tulip 2014 vase garden", words) is None


def test_asvs_11_4_2_passwords_are_kept_by_argon2id_of_64_mebibytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUANYANG_ARGON2_MEMORY_KIB")
    passwords._context.cache_clear()
    try:
        assert passwords._context().hash("a").startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    finally:
        passwords._context.cache_clear()


async def test_asvs_11_4_2_a_hash_of_older_parameters_is_renewed_at_sign_in(world: World) -> None:
    account = await world.account("subject_teacher")
    old = CryptContext(schemes=["argon2"], argon2__memory_cost=512, argon2__time_cost=1, argon2__parallelism=1).hash(PASSWORD)
    async with world.session() as session:
        (await session.get_one(Account, account.id)).password_hash = old
    assert (await sign_in(world.anonymous(), account)).status_code == 200
    async with world.session() as session:
        fresh = (await session.get_one(Account, account.id)).password_hash
    assert fresh != old
    assert "m=1024" in str(fresh)


async def test_asvs_6_4_1_a_first_password_lapses_after_72_hours(world: World) -> None:
    admin = await world.client("admin")
    begun = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    for seconds, status in ((-1, 200), (1, 401)):
        name = f"lapse{seconds + 1}.{world.school_id.hex[-8:]}"
        with time_machine.travel(begun, tick=False) as clock:
            admin = await world.client("admin")
            made = (await admin.post("/api/v1/accounts", json={"username": name, "display_name": "新老师"})).json()
            clock.shift(timedelta(hours=72, seconds=seconds))
            form = {"username": name, "password": made["first_password"]}
            assert (await world.anonymous().post("/api/v1/auth/token", data=form)).status_code == status


async def test_asvs_6_4_6_an_administrator_cannot_choose_a_password(world: World) -> None:
    admin = await world.client("admin")
    body = {"username": f"chosen.{world.school_id.hex[-8:]}", "display_name": "新老师", "password": "chosen by admin"}
    assert (await admin.post("/api/v1/accounts", json=body)).status_code == 422
    account = await world.account("subject_teacher")
    first = (await admin.post(f"/api/v1/accounts/{account.id}/reset-password")).json()["first_password"]
    second = (await admin.post(f"/api/v1/accounts/{account.id}/reset-password")).json()["first_password"]
    assert first != second
    assert len(first) == 19
