"""Hot routes: documented like every other, refused at the start when they ask for more than they get."""

from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from pydantic import BaseModel, Field

from nuanyang.kit.hot import HotRoute
from nuanyang.kit.query import documented, next_link, read_query


class Question(BaseModel):
    """A query."""

    q: str | None = None
    grade: list[int] = Field(default=[], description="Grades.")
    limit: int = Field(default=50, ge=1, le=200)


async def who(request: Request) -> str:
    return request.headers.get("x-name", "nobody")


async def test_a_hot_route_gets_its_ids_its_guard_and_its_query() -> None:
    hot = APIRouter(route_class=HotRoute)

    @hot.get("/things/{thing_id}", openapi_extra=documented(Question))
    async def read(thing_id: UUID, request: Request, name: Annotated[str, Depends(who)]) -> Response:
        query = read_query(request, Question)
        return Response(f"{thing_id} {name} {query.q} {query.grade} {query.limit} {next_link(request, 'c+1')}")

    app = FastAPI()
    app.include_router(hot, prefix="/api")
    parameters = app.openapi()["paths"]["/api/things/{thing_id}"]["get"]["parameters"]
    assert [p["name"] for p in parameters] == ["thing_id", "q", "grade", "limit"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        one = "00000000-0000-7000-8000-000000000001"
        answer = await client.get(f"/api/things/{one}?q=%E7%8E%8B&grade=7&grade=8", headers={"x-name": "lin"})
        link = f'</api/things/{one}?q=%E7%8E%8B&grade=7&grade=8&cursor=c%2B1>; rel="next"'
        assert answer.content.decode() == f"{one} lin 王 [7, 8] 50 {link}"
        assert (await client.get("/api/things/nonsense")).status_code == 422
        assert (await client.get(f"/api/things/{one}?limit=0")).status_code == 422


@pytest.mark.parametrize("kind", ["query", "nested"])
def test_what_does_not_fit_is_refused_when_the_route_is_made(kind: str) -> None:
    hot = APIRouter(route_class=HotRoute)

    async def nested(name: Annotated[str, Depends(who)]) -> str:
        return name

    with pytest.raises(TypeError, match="hot route"):
        if kind == "query":

            @hot.get("/a")
            async def with_query(q: Annotated[str, Query()]) -> None: ...

        else:

            @hot.get("/b")
            async def with_nested(name: Annotated[str, Depends(nested)]) -> None: ...
