"""The shipped programme: complete, consistent, served to whoever is signed in."""

import re

import pytest

from nuanyang.access.permissions import DATA_CLASSES
from nuanyang.programme.clauses import all_kinds, clause, clauses, measure_kind
from nuanyang.programme.clauses.template import OWNERS
from tests.factories.world import World

IDS = re.findall(
    r"\S+",
    """G1.1 G1.2 G1.3 G2.1 G2.2 G2.3 G3.1 G3.2 G3.3 G4.1 G4.2 C1 C2 C3 C4 A1.1 A1.2 A1.3 A2.1 A2.2 A3.1 A3.2
P1.1 P1.2 P2.1 P2.2 P3.1 P3.2 P3.3 P3.4 L1.1 L1.2 L1.3 L2.1 L2.2 L2.3 L3.1 L3.2 S1.1 S1.2 S2.1 S2.2 S3.1 S3.2 S3.3
I1.1 I1.2 I1.3 I2.1 I2.2 I2.3 I3.1 I3.2 M1.1 M2.1 M2.2 M2.3 M3.1 M3.2 M4.1 M4.2 M4.3""",
)


def test_every_clause_of_the_programme_is_there_once_in_its_order():
    assert [c.id for c in clauses()] == IDS
    assert all(c.owner in OWNERS for c in clauses())
    assert clause("A1.3").cadence.times == 2


def test_codes_are_unique_and_name_the_clause_served_first():
    codes = [k.code for k in all_kinds()]
    assert len(codes) == len(set(codes)) >= 35
    for kind in all_kinds():
        assert kind.code.startswith(kind.clauses[0] + "."), kind.code
        assert re.fullmatch(r"[A-Z]\d\.\d\.[a-z_]+", kind.code)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda k: k.code)
def test_a_kind_can_be_filled_in(kind):
    assert kind.form.endswith("表") or "（" in kind.form
    names = [f.name for f in kind.fields]
    assert names and len(names) == len(set(names))
    for field in kind.fields:
        assert (field.type == "choice") == bool(field.choices), field.name
        assert field.zh and field.en
    assert kind.data_class in DATA_CLASSES
    # A general student never gets more than the programme's own dose.
    per_term = {"day": 100, "week": 20, "month": 5, "term": 1, "once": 1}
    assert kind.general_dose.times * per_term[kind.general_dose.per] <= kind.dose.times * per_term[kind.dose.per]


def test_a_measure_does_not_betray_a_class_its_need_has_not():
    assert measure_kind("P1.1.counselling").fits("psychological")
    assert not measure_kind("P1.1.counselling").fits("academic")
    assert measure_kind("L1.1.home_visit").fits("academic")
    assert all(k.data_class == "wellbeing" for k in all_kinds() if k.dimension == "psychological")
    assert all(k.data_class not in ("wellbeing", "clinical", "protection", "health", "economic") for k in all_kinds() if k.fits_every_need)


def test_an_unknown_kind_is_a_key_error():
    with pytest.raises(KeyError):
        measure_kind("A9.9.nothing")


async def test_the_programme_is_served_to_whoever_is_signed_in(world: World):
    assert (await world.anonymous().get("/api/v1/clauses")).status_code == 401
    assert (await world.anonymous().get("/api/v1/measure-kinds")).status_code == 401
    client = await world.client("subject_teacher")
    answer = (await client.get("/api/v1/clauses?part=A")).json()["items"]
    assert [c["id"] for c in answer] == [i for i in IDS if i[0] == "A"] and answer[0]["owner_zh"] == "教务处"
    kinds = (await client.get("/api/v1/measure-kinds?dimension=academic")).json()["items"]
    assert {"A1.3.small_group_tutoring", "I2.2.talk"} <= {k["code"] for k in kinds}
    assert "P1.1.counselling" not in {k["code"] for k in kinds}
    assert (await client.get("/api/v1/measure-kinds?dimensions=academic")).status_code == 422
