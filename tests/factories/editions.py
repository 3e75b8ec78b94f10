"""Editions of the programme in few words, through the doors."""

from typing import Any

import httpx

from tests.factories.world import World

OWN = {
    "part": "A",
    "zh": "晨读陪伴",
    "en": "Morning reading",
    "owner": "academic_affairs",
    "doers": ["homeroom_teacher"],
    "subject": "student",
    "categories": ["C2"],
    "cadence_zh": "每周 2 次",
    "per": "week",
    "times": 2,
    "runs_on": "teaching_weeks",
    "minutes": 15,
    "form": "晨读陪伴记录表",
    "fields": [
        {"name": "book", "zh": "读了什么", "type": "line", "is_required": True},
        {
            "name": "aloud",
            "zh": "朗读",
            "type": "choice",
            "choices": [{"value": "fluent", "zh": "流利"}, {"value": "halting", "zh": "不流利"}],
        },
        {"name": "pages", "zh": "页数", "type": "number", "least": 1, "most": 50},
    ],
}


async def drafted(client: httpx.AsyncClient, world: World, **more: Any) -> dict[str, Any]:
    """A draft made from the September template."""
    body = {"name": "2026—2027 学年帮扶方案", "starts_on": world.year.starts_on.isoformat(), "template": "september"} | more
    answer = await client.post("/api/v1/editions", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def approved(world: World, client: httpx.AsyncClient, edition: dict[str, Any], day: str | None = None) -> dict[str, Any]:
    """Submitted by its author and approved by a principal."""
    path = f"/api/v1/editions/{edition['id']}"
    handed_in = await client.post(f"{path}/submit")
    assert handed_in.status_code == 200, handed_in.text
    principal = await world.client("principal")
    answer = await principal.post(
        f"{path}/approve", json={"in_force_from": day or edition["starts_on"]}, headers={"If-Match": handed_in.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def clauses_of(client: httpx.AsyncClient, edition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The clauses of an edition by their id in the programme."""
    answer = await client.get(f"/api/v1/editions/{edition['id']}/clauses")
    assert answer.status_code == 200, answer.text
    return {c["clause"]: c for c in answer.json()["items"]}
