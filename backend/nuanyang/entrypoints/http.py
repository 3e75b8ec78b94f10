"""Assembles the API and the web app into one ASGI application."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from nuanyang.access.accounts import routes as accounts
from nuanyang.access.accounts.rules import Lifetimes
from nuanyang.access.callers import Callers
from nuanyang.access.delegations import routes as delegations
from nuanyang.access.guards import public
from nuanyang.access.idempotency import KeepAnswers
from nuanyang.access.inbox import routes as inbox
from nuanyang.access.jobs import routes as jobs
from nuanyang.access.service_accounts import routes as service_accounts
from nuanyang.access.tokens.jwt import load_signer
from nuanyang.casework.data_requests import routes as data_requests
from nuanyang.casework.dossiers import routes as dossier_files
from nuanyang.casework.evidence import routes as evidence
from nuanyang.casework.handovers import routes as handovers
from nuanyang.casework.homerooms import routes as homerooms
from nuanyang.casework.interventions import routes as interventions
from nuanyang.casework.plans import routes as plans
from nuanyang.casework.recognition import routes as recognition
from nuanyang.casework.retention import routes as retention
from nuanyang.casework.self_reports import routes as self_reports
from nuanyang.entrypoints import problems
from nuanyang.entrypoints.contract import describe
from nuanyang.entrypoints.database import application_url
from nuanyang.entrypoints.middleware import BodyLimit, Outermost, SignIn
from nuanyang.entrypoints.web_app import serve_web_app
from nuanyang.exchange.rosters import routes as rosters
from nuanyang.kit.crypto import load_keyring
from nuanyang.kit.db import NO_CONTEXT, Database
from nuanyang.kit.settings import Settings, get_settings
from nuanyang.measures.psychological.break_glass import routes as break_glass
from nuanyang.measures.psychological.counselling import routes as counselling
from nuanyang.oversight.audit_trail import routes as audit_trail
from nuanyang.oversight.compliance import routes as compliance
from nuanyang.oversight.dossiers import routes as dossiers
from nuanyang.oversight.family import routes as family
from nuanyang.oversight.gaps import routes as gaps
from nuanyang.oversight.home import routes as home
from nuanyang.oversight.my_week import routes as my_week
from nuanyang.oversight.programme_load import routes as programme_load
from nuanyang.oversight.students import routes as students
from nuanyang.programme.calendar import routes as calendar
from nuanyang.programme.clauses import routes as clauses
from nuanyang.programme.editions import routes as editions
from nuanyang.school.activation import routes as activation
from nuanyang.school.attendance import routes as attendance
from nuanyang.school.classes.service import classes_of_grades
from nuanyang.school.consents import routes as consents
from nuanyang.school.guardians import routes as guardians
from nuanyang.school.guardians.children import wards_of
from nuanyang.school.own_contacts import routes as own_contacts
from nuanyang.school.results import routes as results
from nuanyang.school.staff import routes as staff
from nuanyang.school.student_accounts import routes as student_accounts
from nuanyang.school.support_needs import routes as support_needs

PREFIX = "/api/v1"
# One line a slice; the order is that of the documentation, and of the search for the route: what is asked most comes first.
ROUTERS: tuple[APIRouter, ...] = (
    students.hot,
    dossiers.hot,
    students.router,
    dossiers.router,
    accounts.router,
    service_accounts.router,
    delegations.router,
    staff.router,
    student_accounts.router,
    guardians.router,
    support_needs.router,
    consents.router,
    activation.router,
    jobs.router,
    inbox.router,
    home.router,
    my_week.router,
    compliance.router,
    gaps.router,
    clauses.router,
    editions.router,
    programme_load.router,
    calendar.router,
    results.router,
    attendance.router,
    evidence.router,
    self_reports.router,
    family.router,
    own_contacts.router,
    data_requests.router,
    recognition.router,
    plans.router,
    dossier_files.router,
    handovers.router,
    homerooms.router,
    interventions.router,
    counselling.router,
    break_glass.router,
    retention.router,
    rosters.router,
    audit_trail.router,
)


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    """The application; `database` is given by tests, otherwise made from the settings and opened with the application."""
    settings = settings or get_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        owned = app.state.database is None
        if owned:
            app.state.database = _database(settings)
            await app.state.database.start()
        app.state.callers = Callers(app.state.database, app.state.signer, classes_of_grades, wards_of)
        yield
        await app.state.callers.settle()
        if owned:
            await app.state.database.stop()

    app = FastAPI(
        title="Nuanyang 暖阳",
        version="1.0.0",
        summary="From a roster to a supported student.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
    )
    app.state.settings, app.state.database = settings, database
    app.state.signer = load_signer(settings.keys_folder / "signing")
    app.state.lifetimes = _lifetimes(settings)
    app.state.keyring = load_keyring(settings.keys_folder / "columns.keys")
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.include_router(_operations)
    describe(app)
    problems.install(app)
    serve_web_app(app, settings.web_folder)
    # Added last is outermost.
    app.add_middleware(KeepAnswers)
    app.add_middleware(BodyLimit, file_limit=settings.body_limit)
    app.add_middleware(SignIn)
    app.add_middleware(Outermost, on_error=problems.unexpected)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.operation_id or route.name


def _lifetimes(settings: Settings) -> Lifetimes:
    return Lifetimes(
        staff_idle=timedelta(minutes=settings.staff_idle_minutes),
        sensitive_idle=timedelta(minutes=settings.sensitive_idle_minutes),
        staff_whole=timedelta(hours=settings.staff_session_hours),
        family_idle=timedelta(hours=settings.family_idle_hours),
        family_whole=timedelta(days=settings.family_session_days),
    )


def _database(settings: Settings) -> Database:
    return Database(application_url(settings), read_size=settings.read_connections, write_size=settings.write_connections)


def _settle_memory() -> None:
    """What the program itself is made of stays: looking through it again at every full collection would make all callers wait for 0.1 s."""
    gc.collect()
    gc.freeze()


_operations = APIRouter(tags=["operations"])


@_operations.get("/healthz", operation_id="healthz", dependencies=[public])
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@_operations.get("/readyz", operation_id="readyz", dependencies=[public])
async def ready(request: Request) -> Response:
    """The database answers and its schema is there."""
    try:
        revision = await request.app.state.database.read(NO_CONTEXT, "select version_num from alembic_version")
    except Exception:  # noqa: BLE001 - whatever it is, we are not ready
        return JSONResponse({"status": "unavailable", "database": "unreachable"}, 503)
    return JSONResponse({"status": "ok", "database": "ok", "migration": revision})


@_operations.get("/.well-known/jwks.json", operation_id="jwks", dependencies=[public])
async def jwks(request: Request) -> JSONResponse:
    """The public keys of access tokens."""
    return JSONResponse(request.app.state.signer.jwks(), headers={"Cache-Control": "public, max-age=300"})
