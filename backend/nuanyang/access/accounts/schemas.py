"""What sign-in and account administration take and give."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Input, Line, Output

PersonKind = Literal["staff", "guardian", "student"]


class SchoolChoice(Output):
    """A school in which the account has a place."""

    id: UUID
    name: str
    roles: list[str] = Field(default_factory=list)


class RefreshInput(Input):
    """Switch to another of the account's schools, or stay."""

    school_id: UUID | None = None


class PasswordChange(Input):
    """The old password and the new one."""

    current_password: str = Field(max_length=1024)
    new_password: str = Field(min_length=1, max_length=1024, description="At least 10 characters; no rules of composition.")


class AccountShown(Output):
    """The account behind a token."""

    id: UUID
    username: str
    display_name: str


class PersonShown(Output):
    """The person of the school that the account belongs to."""

    kind: PersonKind
    id: UUID | None
    name: str


class SchoolShown(Output):
    """The school a token is for."""

    id: UUID
    name: str
    code: str
    first_grade: int
    last_grade: int
    primary_years: int
    time_zone: str


class RoleShown(Output):
    """A role in force."""

    role: str
    name: str
    scope_kind: Literal["school", "grade", "class", "student"]
    scope_name: str | None


class Me(Output):
    """Who I am, what I may do, and what my menu shows."""

    account: AccountShown
    person: PersonShown | None
    school: SchoolShown
    schools: list[SchoolChoice]
    roles: list[RoleShown]
    rights: dict[str, dict[str, Literal["school", "own"]]] = Field(description="Data class → action → how far it reaches.")
    home: str = Field(description="The role whose home page comes first.")
    menu: list[str]
    is_district_admin: bool = Field(description="Whether I may bring in several schools of the district at once.")
    must_change_password: bool


class TokenAnswer(Output):
    """A fresh access token; the refresh token travels in its cookie only."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a word of OAuth
    expires_in: int = Field(description="Seconds.")
    must_change_password: bool
    school: SchoolChoice | None
    schools: list[SchoolChoice]
    me: Me | None = Field(
        default=None, description="What `/me` would answer, when a session is renewed: a page that opens need not ask twice."
    )


class RoleInput(Input):
    """A role to give: the scope that its kind asks for, and its dates."""

    role: Line
    scope_kind: Literal["school", "grade", "class", "student"] = "school"
    scope_id: UUID | None = None
    scope_grade: int | None = Field(default=None, ge=1, le=12)
    valid_from: date | None = None
    valid_to: date | None = None


class AccountInput(Input):
    """A new account of this school, for a member of staff or for nobody in the roster."""

    username: str = Field(min_length=3, max_length=60, pattern=r"^[a-z0-9][a-z0-9._@-]*$")
    display_name: Line
    staff_id: UUID | None = None
    roles: list[RoleInput] = Field(default_factory=list, max_length=20)


class RoleRow(Output):
    """A role assignment as the administrator sees it."""

    id: UUID
    role: str
    scope_kind: str
    scope_id: UUID | None
    scope_grade: int | None
    scope_name: str | None
    valid_from: date
    valid_to: date | None


class AccountRow(Output):
    """An account in the administrator's list."""

    id: UUID
    username: str
    display_name: str
    person_kind: PersonKind
    staff_id: UUID | None
    is_disabled: bool
    must_change_password: bool
    created_at: datetime
    roles: list[RoleRow]


class AccountPage(Output):
    """A page of accounts."""

    items: list[AccountRow]
    next_cursor: str | None


class FirstPassword(Output):
    """A one-time password, shown once; it lapses after 72 hours."""

    account: AccountRow
    first_password: str
    expires_at: datetime
