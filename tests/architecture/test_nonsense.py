"""Nonsense to every operation, by people of every kind: it is refused in an orderly way, and the program never breaks."""

import json
import random
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from tests.factories.furnished import furnish
from tests.factories.world import World

TEXTS = ["", " ", "a", "𠮷", "' or 1=1 --", "%", "\\", "null", "-1", "99999999999999999999", "1e308", "NaN", "2026-02-30", "../..", "＝1+1"]
TEXTS += ["\u202e", "\ud800", "\u0000", "é" * 300, "x" * 5_000, "情况属实，同意办理"]
NUMBERS = [0, -1, 1, 2, 3, 13, 201, 2**31, 2**63, 10**30, -(2**63), 0.5, 1e308, -0.0]
DAYS = ["2026-11-01", "2026-09-01", "0001-01-01", "9999-12-31", "2026-02-30", "2026-11-01T00:00:00Z"]
SHEETS = ["姓名,学号\n张三,1", "姓名,数学\n张三,90", "", "\x00\xff", "姓名,旷课\n,1", "姓名,数学,数学\n" + "甲," * 400]
# Streams without an end, and what would end the very sessions that ask.
NOT_HERE = {"jobs_events", "auth_token", "auth_refresh", "auth_sign_out", "auth_change_password", "accounts_open_from_roster"}


class Nonsense:
    """Makes requests, mostly of the right form and partly not."""

    def __init__(self, document: dict[str, Any], ids: dict[str, UUID], seed: int) -> None:
        self.document, self.ids, self.random = document, [str(i) for i in ids.values()], random.Random(seed)
        self.by_name = {name: str(i) for name, i in ids.items()}

    def one_of(self, several: Any) -> Any:
        return self.random.choice(list(several))

    def value(self, schema: dict[str, Any], name: str = "") -> Any:  # noqa: PLR0911, C901 - one line a type
        if "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if self.random.random() < 0.05:
            return self.one_of([None, True, [], {}, -1, 2**70, *TEXTS])
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return self.value(self.one_of(schema[several]), name)
        if "const" in schema or "enum" in schema:
            return self.one_of([schema["const"]] if "const" in schema else schema["enum"])
        kind, form = schema.get("type"), schema.get("format")
        if kind == "object":
            return self.object(schema)
        if kind == "array":
            return [self.value(schema.get("items", {}), name) for _ in range(self.one_of([0, 1, 1, 2, 3]))]
        if kind in ("integer", "number"):
            low, high = int(schema.get("minimum", -3)), int(schema.get("maximum", 300))
            return self.one_of([self.random.randint(low, high), self.random.randint(low, high), self.one_of(NUMBERS)])
        if kind == "boolean":
            return self.random.random() < 0.5
        if form == "uuid":
            return self.one_of(
                [self.by_name.get(name.removesuffix("_id"), self.ids[0]), self.one_of(self.ids), str(uuid4()), self.one_of(TEXTS)]
            )
        if form in ("date", "date-time"):
            return self.one_of(DAYS)
        return None if kind == "null" else self.one_of([*TEXTS, *["情况属实，同意办理"] * 10])

    def object(self, schema: dict[str, Any]) -> dict[str, Any]:
        wanted = set(schema.get("required", ()))
        made = {
            k: self.value(s, k) for k, s in schema.get("properties", {}).items() if self.random.random() < (0.96 if k in wanted else 0.5)
        }
        if isinstance(schema.get("additionalProperties"), dict):
            made |= {self.one_of(["lowest_share", "income_per_head", "event", "x"]): self.value(schema["additionalProperties"])}
        return made | ({"zzz": 1} if self.random.random() < 0.03 else {})

    def request(self, path: str, operation: dict[str, Any]) -> dict[str, Any]:
        query: list[tuple[str, str]] = []
        headers = {"If-Match": self.one_of(['"1"', '"1"', '"2"', 'W/"1"', '"x"', "", '"999999999999"'])}
        for parameter in operation.get("parameters", []):
            name, schema = parameter["name"], parameter["schema"]
            if parameter["in"] == "path":
                text = str(self.value(schema, name)).replace("/", "").replace("\ud800", "") or "x"
                path = path.replace(f"{{{name}}}", quote(text))
            elif parameter["in"] == "query" and self.random.random() < 0.4:
                value = self.value(schema, name)
                query += [(name, str(v).replace("\ud800", "")) for v in (value if isinstance(value, list) else [value])]
        made: dict[str, Any] = {"url": path, "params": query or None, "headers": headers}
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            body = json.dumps(self.value(content["application/json"]["schema"]))
            made["content"] = self.one_of([body] * 30 + ["", "{", "[[[[[", '"\\ud800"', '{"a":1e999}']).encode()
            headers["Content-Type"] = "application/json"
        elif content:
            made["files"] = {"file": (self.one_of(["x.csv", "x.xlsx", "", "a" * 300]), self.one_of(SHEETS).encode("utf-8", "replace"))}
            made["data"] = {"answers": self.one_of(["", "[", "[]", "{}", "null"]), "reason": self.one_of(TEXTS).replace("\ud800", "")}
        return made


@pytest.mark.parametrize("seed", range(2))
async def test_nonsense_never_breaks_the_program(world: World, seed: int) -> None:
    room = await world.school_class(7, 1)
    document, ids = world.app.openapi(), await furnish(world, room)
    clients = [
        await world.client("principal", "admin"),
        await world.client("moral_education", "registrar"),
        await world.client("academic_affairs", "aid_officer", "counsellor"),
        await world.client(("homeroom_teacher", room), ("subject_teacher", room)),
        world.anonymous(),
    ]
    nonsense, broken, seen = Nonsense(document, ids, seed), [], set()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] in NOT_HERE:
                continue
            for client in clients:
                request = nonsense.request(path, operation)
                answer = await client.request(method.upper(), **request)
                seen.add(answer.status_code)
                if answer.status_code >= 500:
                    broken.append((operation["operationId"], answer.status_code, str(request)[:400]))
                elif answer.status_code >= 400:
                    assert answer.headers["content-type"] == "application/problem+json", (path, answer.text[:200])
    assert broken == []
    assert {200, 401, 403, 404, 422} <= seen
