"""Schemathesis over the whole contract, signed in as somebody: every phase and every check, with ids that exist."""

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.hooks import GLOBAL_HOOK_DISPATCHER

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# What is refused although it has the form that the contract gives it: a rule of the school, a version that has passed.
REFUSED = ["2xx", "401", "403", "404", "409", "412", "413", "422", "428", "429"]
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": REFUSED},
    "negative_data_rejection": {"expected-statuses": REFUSED[1:]},
    # A change without `If-Match` is told so: 428.
    "missing_required_header": {"expected-statuses": ["401", "403", "404", "422", "428"]},
}


@dataclass
class Findings:
    """What one run found, and how much it did."""

    failures: dict[str, str] = field(default_factory=dict)
    operations: set[str] = field(default_factory=set)
    answers: dict[int, int] = field(default_factory=dict)
    cases: int = 0


def fuzz(
    document: dict[str, Any], address: str, sign_in: Callable[[], str], ids: dict[str, UUID], *, examples: int, seed: int = 1
) -> Findings:
    """Run all phases against a served application; `sign_in` gives an access token whenever the last one is refused."""
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)), config=_config(address, examples, seed))
    _authenticate(schema, sign_in)
    known = _Known(ids)
    GLOBAL_HOOK_DISPATCHER.register_hook_with_name(known.before_call, "before_call")
    GLOBAL_HOOK_DISPATCHER.register_hook_with_name(known.after_call, "after_call")
    found = Findings()
    try:
        for event in from_schema(schema).execute():
            _note(found, event)
    finally:
        GLOBAL_HOOK_DISPATCHER.unregister_all()
    return found


def _config(address: str, examples: int, seed: int) -> SchemathesisConfig:
    generation = {"max-examples": examples, "deterministic": True, "no-shrink": True, "database": "none"}
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "base-url": address,
            "request-timeout": 30,
            "workers": 1,
            "continue-on-failure": True,
            "suppress-health-check": ["all"],
            "generation": generation,
            "checks": CHECKS,
            "phases": {"stateful": {"generation": {"max-examples": max(examples, 10)}, "max-steps": 6}},
        }
    )


def _authenticate(schema: Any, sign_in: Callable[[], str]) -> None:
    class Bearer:
        def get(self, case: Any, context: Any) -> str:
            return sign_in()

        def set(self, case: Any, data: str, context: Any) -> None:
            case.headers["Authorization"] = f"Bearer {data}"

    schema.auth.auth(refresh_interval=240)(Bearer)


class _Known:
    """Puts ids that exist where the generator made up some, most of the time; what an answer told stays as it is."""

    def __init__(self, ids: dict[str, UUID]) -> None:
        self.ids = {name: str(value) for name, value in ids.items()}
        self.seen: set[str] = set(self.ids.values())

    def before_call(self, context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        for holder in (case.path_parameters, case.query):
            for name, value in list((holder or {}).items()):
                holder[name] = self._real(value, name)
        if isinstance(case.body, (dict, list)):
            case.body = self._real(case.body, "")
        if case.headers and case.headers.get("If-Match") and _often(str(case.headers["If-Match"])):
            case.headers["If-Match"] = '"1"'

    def after_call(self, context: Any, case: Any, response: Any) -> None:
        self.seen.update(ID.findall(response.content[:20_000].decode("latin-1")))

    def _real(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return {key: self._real(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._real(inner, name) for inner in value]
        if not isinstance(value, str) or not ID.fullmatch(value) or value in self.seen or not _often(value):
            return value
        return self.ids.get(name.removesuffix("s").removesuffix("_id"), value)


def _often(value: str) -> bool:
    return zlib.crc32(value.encode()) % 8 != 0


def _note(found: Findings, event: Any) -> None:
    if isinstance(event, (events.NonFatalError, events.FatalError)):
        reason = event.exception if isinstance(event, events.FatalError) else event.value
        found.failures[f"{getattr(event, 'label', '')} {type(reason).__name__}"] = str(reason)[:2_000]
    if not isinstance(event, events.ScenarioFinished):
        return
    recorder = event.recorder
    found.cases += len(recorder.interactions)
    for case in recorder.cases.values():
        found.operations.add(case.value.operation.label)
    for interaction in recorder.interactions.values():
        if interaction.response is not None:
            found.answers[interaction.response.status_code] = found.answers.get(interaction.response.status_code, 0) + 1
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.status == Status.FAILURE and not _is_another_address(recorder, case_id, check.name):
                _fail(found, recorder, case_id, check, event.phase)


def _is_another_address(recorder: Any, case_id: str, check: str) -> bool:
    """`/exams/import` is answered for PATCH by `/exams/{exam_id}`: the methods of an address that two patterns share say nothing of one."""
    if check not in ("unsupported_method", "allow_header_conformance"):
        return False
    operation = recorder.cases[case_id].value.operation
    patterns = [re.sub(r"\{[^/]+\}", "[^/]+", path) for path in operation.schema if path != operation.path]
    return any(re.fullmatch(pattern, operation.path) for pattern in patterns)


def _fail(found: Findings, recorder: Any, case_id: str, check: Any, phase: Any) -> None:
    failure = check.failure_info.failure
    key = f"{failure.operation} {check.name} {failure.title}"
    sent = recorder.interactions.get(case_id)
    answer = sent.response if sent is not None else None
    told = f"{phase}: {failure.message}\n  {check.failure_info.code_sample[:1_500]}"
    if answer is not None:
        told += f"\n  {answer.status_code} {answer.content[:400].decode('utf-8', 'replace')}"
    found.failures.setdefault(key, told)
