"""ASVS 9.1, 9.2, RFC 8725: which access tokens are believed."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanyang.access.tokens.jwt import ACCESS_TYPE, SERVICE_TYPE, InvalidToken, Signer
from nuanyang.access.tokens.keys import KEPT_SECONDS, OVERLAP_SECONDS, add_key, current_key, outlived_keys, read_keys, rotate
from tests.factories.world import World
from tests.security.attack_tokens import ATTACKS, Forge, unb64

CLAIMS = {"sub": "a", "sid": "b", "sch": "c", "ver": 1, "jti": "d"}


async def bench(world: World) -> Forge:
    folder = world.app.state.settings.keys_folder / "signing"
    return Forge(await world.token(await world.account("principal")), current_key(read_keys(folder), time.time()))


async def test_asvs_9_1_9_2_no_attack_token_is_accepted_and_all_get_the_same_401(world: World) -> None:
    forge = await bench(world)
    client = world.anonymous()
    assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {forge.valid}"})).status_code == 200
    answers = {}
    for name, make in ATTACKS.items():
        token = make(forge).encode("utf-8", "surrogateescape")
        answer = await client.get("/api/v1/me", headers={"Authorization": b"Bearer " + token})
        answers[name] = (answer.status_code, answer.text)
    assert len(answers) >= 44
    assert {name: said for name, said in answers.items() if said[0] != 401} == {}
    assert len({text for _, text in answers.values()}) == 1


async def test_asvs_9_1_1_the_bench_forges_tokens_that_would_be_valid_otherwise(world: World) -> None:
    """What is signed with our key and changed in nothing is accepted: the attacks fail for their own reason, not for the bench's."""
    forge = await bench(world)
    client = world.anonymous()
    for token in (forge.signed(), forge.es256(forge.head, forge.body), forge.flipped_s()):
        assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})).status_code == 200


@settings(max_examples=2000, deadline=None)
@given(data=st.data())
def test_asvs_9_1_1_no_mutation_of_a_token_is_accepted(data: st.DataObject, mutated_signer: tuple[Signer, str]) -> None:
    signer, valid = mutated_signer
    at = data.draw(st.integers(0, len(valid) - 1))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n"))
    kind = data.draw(st.sampled_from(["replace", "insert", "delete"]))
    tail = valid[at + 1 :] if kind != "insert" else valid[at:]
    mutant = valid[:at] + ("" if kind == "delete" else letter) + tail
    if mutant != valid:
        with pytest.raises(InvalidToken):
            signer.claims(mutant)


@pytest.fixture(scope="module")
def mutated_signer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Signer, str]:
    signer = Signer(tmp_path_factory.mktemp("signing"))
    return signer, signer.sign(CLAIMS, seconds=900)


@pytest.mark.parametrize("garbage", [None, 7, b"bytes", [], {}, "", ".", "..", "a.b.c", "\x00" * 50, "é" * 200, "\ud800" * 20])
def test_asvs_9_1_1_whatever_comes_there_is_one_failure(mutated_signer: tuple[Signer, str], garbage: object) -> None:
    with pytest.raises(InvalidToken):
        mutated_signer[0].claims(garbage)


def test_asvs_9_1_1_random_text_of_the_right_form_is_one_failure(mutated_signer: tuple[Signer, str]) -> None:
    dice, letters = random.Random(8725), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for _ in range(2000):
        parts = ["".join(dice.choices(letters, k=k)) for k in (dice.randint(10, 400), dice.randint(10, 3000), 86)]
        with pytest.raises(InvalidToken):
            mutated_signer[0].claims(".".join(parts))


def test_asvs_9_2_2_a_token_of_one_type_is_none_of_the_other(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    person, program = signer.sign(CLAIMS), signer.sign(CLAIMS, typ=SERVICE_TYPE)
    assert signer.claims(person, typ=ACCESS_TYPE)["sub"] == signer.claims(program, typ=SERVICE_TYPE)["sub"] == "a"
    for token, typ in ((person, SERVICE_TYPE), (program, ACCESS_TYPE)):
        with pytest.raises(InvalidToken):
            signer.claims(token, typ=typ)


def test_asvs_9_2_1_a_token_is_good_until_it_expires_and_thirty_seconds_of_clocks(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    begun = 1_790_000_000
    with time_machine.travel(begun, tick=False) as clock:
        token = signer.sign(CLAIMS, seconds=600)
        clock.move_to(begun + 629)
        assert signer.claims(token)["exp"] == begun + 600
        clock.move_to(begun + 631)
        with pytest.raises(InvalidToken):
            signer.claims(token)


def test_python_jose_never_imports_the_unsafe_libraries_it_lists() -> None:
    """`ecdsa` (Minerva, CVE-2024-23342) and `rsa` come along as dependencies; with `cryptography` they are never reached."""
    code = "import sys; import nuanyang.access.tokens.jwt; print(sorted({'ecdsa', 'rsa'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- ASVS 11.1, 11.2.2: keys are replaced while the service runs --------------------------------------


def seen(signer: Signer) -> set[str]:
    signer._looked_at = float("-inf")  # as if five seconds had passed
    return {key["kid"] for key in signer.jwks()["keys"]}


def kid(token: str) -> str:
    return str(json.loads(unb64(token.split(".", maxsplit=1)[0]))["kid"])


def test_asvs_11_2_2_a_rotation_overlaps_old_tokens_stay_valid_and_the_key_set_shows_both(tmp_path: Path) -> None:
    begun = 1_790_000_000
    with time_machine.travel(begun, tick=False) as clock:
        one, other = Signer(tmp_path), Signer(tmp_path)  # two processes of one service
        fresh, gone = rotate(tmp_path)
        assert (fresh.kid, gone) == ("k2", [])
        assert seen(one) == seen(other) == {"k1", "k2"}
        clock.move_to(begun + OVERLAP_SECONDS - 1)
        old = one.sign(CLAIMS)
        assert kid(old) == "k1"
        clock.move_to(begun + OVERLAP_SECONDS)
        new = one.sign(CLAIMS)
        assert kid(new) == "k2"
        assert other.claims(new)["sub"] == other.claims(old)["sub"] == "a"
        clock.move_to(begun + OVERLAP_SECONDS + 600)
        assert other.claims(old)["sub"] == "a"


def test_asvs_11_2_2_an_old_key_goes_only_when_none_of_its_tokens_can_live(tmp_path: Path) -> None:
    begun = 1_790_000_000
    with time_machine.travel(begun, tick=False) as clock:
        read_keys(tmp_path)
        rotate(tmp_path)
        clock.move_to(begun + OVERLAP_SECONDS + KEPT_SECONDS)
        assert outlived_keys(read_keys(tmp_path), time.time()) == []
        clock.move_to(begun + OVERLAP_SECONDS + KEPT_SECONDS + 1)
        _, gone = rotate(tmp_path)
        assert [key.kid for key in gone] == ["k1"]
        assert [key.kid for key in read_keys(tmp_path)] == ["k2", "k3"]


def test_asvs_11_2_2_a_leaked_key_is_revoked_at_once(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    stolen = signer.sign(CLAIMS)
    fresh, gone = rotate(tmp_path, revoke=True)
    assert ([key.kid for key in gone], seen(signer)) == (["k1"], {"k2"})
    with pytest.raises(InvalidToken):
        signer.claims(stolen)
    assert kid(signer.sign(CLAIMS)) == fresh.kid == "k2"


def test_asvs_11_2_2_the_tenth_key_is_newer_than_the_ninth(tmp_path: Path) -> None:
    for at in range(10):
        add_key(tmp_path, 1_790_000_000 + at)
    assert current_key(read_keys(tmp_path), 1_800_000_000).kid == "k11"


def test_asvs_13_3_1_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    rotate(tmp_path / "signing")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "signing").iterdir()} == {0o600}
    assert (tmp_path / "signing").stat().st_mode & 0o777 == 0o700


def test_asvs_11_2_2_rotation_from_the_command_line(tmp_path: Path) -> None:
    environment = {**os.environ, "NUANYANG_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "nuanyang.entrypoints.cli", "keys", "rotate-signing", "--now"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("k2 signs from ")
    assert current_key(read_keys(tmp_path / "keys" / "signing"), time.time()).kid == "k2"
