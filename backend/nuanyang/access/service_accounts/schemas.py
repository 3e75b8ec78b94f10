"""What administrators see of programs, and what a new one needs."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Input, Line, Output

ServiceScope = Literal["students:read", "contacts:read", "academic:read", "academic:write", "roster:write"]


class ServiceAccountInput(Input):
    """A program, what it may do, and from where."""

    name: Line
    scopes: list[ServiceScope] = Field(min_length=1, max_length=5)
    addresses: list[Annotated[str, Field(max_length=50)]] = Field(
        default_factory=list, max_length=20, description="IP addresses or networks (10.1.2.0/24); none means anywhere."
    )


class SecretShown(Output):
    """A living secret, without itself."""

    id: UUID
    hint: str = Field(description="Its first letters.")
    created_at: datetime
    expires_at: datetime
    is_expired: bool
    last_used_at: datetime | None


class ServiceAccountShown(Output):
    """A program of the school."""

    id: UUID
    name: str
    client_id: str
    scopes: list[ServiceScope]
    addresses: list[str]
    secrets: list[SecretShown]
    created_at: datetime
    last_used_at: datetime | None
    last_address: str | None
    is_revoked: bool


class ServiceAccountList(Output):
    """The school's programs, those in use first."""

    items: list[ServiceAccountShown]


class IssuedSecret(Output):
    """A secret: it is in this answer and nowhere else."""

    account: ServiceAccountShown
    client_secret: str
    expires_at: datetime
