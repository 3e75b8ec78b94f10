"""What sign-in and account administration take and give."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output, ProblemBody, Reason

# A password is what was typed, blanks at its ends included.
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=4096)]

PersonKind = Literal["staff", "guardian", "student"]


class SchoolChoice(Output):
    """A school in which the account has a place."""

    id: UUID
    name: str
    roles: list[str] = Field(default_factory=list)


class TokenForm(BaseModel):
    """An OAuth 2.0 form: a person's name and password, or a program's credentials."""

    model_config = ConfigDict(extra="ignore")

    grant_type: Literal["password", "client_credentials"] = "password"
    username: str | None = Field(default=None, max_length=100, pattern=r"^[^\x00]*$")
    password: str | None = Field(default=None, max_length=4096)
    school_id: UUID | None = None
    client_id: str | None = Field(default=None, max_length=100)
    client_secret: str | None = Field(default=None, max_length=200)
    scope: str | None = Field(default=None, max_length=500, description="Of a program: some of its scopes, separated by blanks.")


class SignInRefused(ProblemBody):
    """Why nobody was signed in. With `mfa_required` the password was right, and the ticket goes with a code to `POST /auth/second-factor`."""

    ticket: str | None = None
    expires_in: int | None = Field(default=None, description="Seconds for which the ticket is good.")
    factor: Literal["totp", "printed"] | None = Field(default=None, description="An authenticator app, or a printed sheet of codes.")
    may_trust_device: bool | None = Field(default=None, description="Whether this browser may spare the second factor for 30 days.")


class SecondStep(Input):
    """The ticket of the first step and a code: six digits of the app, or a one-time code."""

    ticket: str = Field(min_length=1, max_length=100)
    code: str = Field(min_length=1, max_length=40)
    trust_device: bool = False


class RefreshInput(Input):
    """Switch to another of the account's schools, or stay."""

    school_id: UUID | None = None


class PasswordChange(Input):
    """The old password and the new one."""

    current_password: Password
    new_password: Annotated[Password, Field(description="At least 8 characters; no rules of composition, but no common password.")]


class ConfirmInput(Input):
    """Who is signed in shows anew that it is them."""

    password: Password
    code: Annotated[str | None, StringConstraints(max_length=40)] = Field(
        default=None, description="Of the second factor, where there is one."
    )


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
    must_enrol_second_factor: bool


class TokenAnswer(Output):
    """A fresh access token; the refresh token travels in its cookie only."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a word of OAuth
    expires_in: int = Field(description="Seconds.")
    must_change_password: bool
    must_enrol_second_factor: bool = Field(description="Only enrolling a second factor is possible with this token.")
    school: SchoolChoice | None
    schools: list[SchoolChoice]
    scope: str | None = Field(default=None, description="Of a program: what the token is good for.")
    me: Me | None = Field(
        default=None, description="What `/me` would answer, when a session is renewed: a page that opens need not ask twice."
    )


class RoleInput(Input):
    """A role to give: the scope that its kind asks for, and its dates."""

    role: Line
    scope_kind: Literal["school", "grade", "class", "student"] = "school"
    scope_id: UUID | None = None
    scope_grade: int | None = Field(default=None, ge=1, le=12)
    valid_from: Day | None = None
    valid_to: Day | None = None


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


class SessionShown(Output):
    """A device on which the account is signed in."""

    id: UUID
    is_current: bool
    device: str = Field(description="Browser and system, as far as they are known.")
    address: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class SessionList(Output):
    """The account's living sessions, the last used first."""

    items: list[SessionShown]


class DeviceShown(Output):
    """A browser that spares the second factor."""

    id: UUID
    device: str
    address: str
    last_seen_at: datetime
    trusted_until: datetime


class SecondFactorShown(Output):
    """How the account stands with its second factor."""

    kind: Literal["totp", "printed"] | None
    confirmed_at: datetime | None
    codes_left: int = Field(description="Unused recovery codes, or unused lines of the printed sheet.")
    is_required: bool
    may_trust_device: bool
    devices: list[DeviceShown]


class EnrolmentInput(Input):
    """Which kind of second factor; who has one already shows a code of it."""

    kind: Literal["totp", "printed"]
    code: str | None = Field(default=None, max_length=40)


class EnrolmentShown(Output):
    """Shown once: the secret for an authenticator app, as text and picture, or the sheet of codes to print."""

    kind: Literal["totp", "printed"]
    secret: str | None
    uri: str | None
    qr: str | None = Field(description="The URI as a QR code: an SVG picture in a data URI.")
    codes: list[str]


class CodeInput(Input):
    """A code: six digits of the app, or a one-time code."""

    code: str = Field(min_length=1, max_length=40)


class CodesShown(Output):
    """One-time codes, shown once."""

    codes: list[str]


class EventShown(Output):
    """A line of what happened to the account's sign-in."""

    id: UUID
    kind: str
    happened_at: datetime
    by: str | None = Field(description="Who did it; null for the account itself.")
    address: str
    device: str
    reason: str | None


class EventList(Output):
    """The newest lines first."""

    items: list[EventShown]


class EndedSessions(Output):
    """How many sessions have ended."""

    ended: int


class ResetInput(Input):
    """Why the second factor is taken away: kept with the record."""

    reason: Reason


class SignInPolicy(Output):
    """What the school asks of its staff at sign-in."""

    second_factor: Literal["required", "off"]


class SignInPolicyInput(Input):
    """The new policy, and why: kept with the record."""

    second_factor: Literal["required", "off"]
    reason: Reason


class AccountSecurity(Output):
    """What an administrator sees of somebody's sign-in."""

    second_factor: Literal["totp", "printed"] | None
    confirmed_at: datetime | None
    codes_left: int
    sessions: list[SessionShown]
    events: list[EventShown]
