"""Plans over the API, in few words."""

from typing import Any

import httpx

from nuanyang.casework.plans.rules import GoalContent, MeasureContent, NeedContent, PlanContent

FOUNDATION = "C2.key.foundation"


async def drafted(client: httpx.AsyncClient, student: Any, template: str | None = FOUNDATION, **more: Any) -> dict[str, Any]:
    """A draft made by this client."""
    answer = await client.post("/api/v1/support-plans", json={"student_id": str(student.id), "template": template} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def change(client: httpx.AsyncClient, plan: dict[str, Any], **fields: Any) -> httpx.Response:
    """PATCH with the version of the plan as read."""
    return await client.patch(f"/api/v1/support-plans/{plan['id']}", json=fields, headers={"If-Match": f'"{plan["version"]}"'})


async def completed(client: httpx.AsyncClient, plan: dict[str, Any], reviewer: Any) -> dict[str, Any]:
    """The draft with all that was missing."""
    answer = await change(client, plan, reviewer_staff_id=str(reviewer.id))
    assert answer.status_code == 200, answer.text
    assert answer.json()["gaps"] == [], answer.json()["gaps"]
    return answer.json()


def as_input(needs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Needs as shown, turned into what PATCH takes."""
    measure = ("id", "kind", "title", "times", "per", "minutes", "doer_staff_id", "doer_note", "starts_on", "ends_on")
    goal = ("id", "statement", "indicator", "baseline", "target", "due_on")
    return [
        {k: n[k] for k in ("id", "dimension", "category", "statement")}
        | {"goals": [{k: g[k] for k in goal} | {"measures": [{k: m[k] for k in measure} for m in g["measures"]]} for g in n["goals"]]}
        for n in needs
    ]


__all__ = ["FOUNDATION", "GoalContent", "MeasureContent", "NeedContent", "PlanContent", "as_input", "change", "completed", "drafted"]
