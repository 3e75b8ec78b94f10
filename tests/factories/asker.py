"""Requests of any operation of the contract, with a body made after its schema."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from nuanyang.kit.clock import today
from tests.factories.furnished import MARK

# What a body is made of where a plain guess would be refused before anybody looks whom it is about.
BODIES: dict[str, dict[str, Any]] = {
    "evidence_create": {"kind": "weak_method", "source": "nomination", "observed_on": "2026-09-10", "about_staff_id": None},
    "evidence_create_batch": {"items": [{"kind": "weak_method", "source": "nomination", "observed_on": "2026-09-10"}]},
    "evidence_update": {"note": "改一改"},
    "interventions_create": {
        "kind": "A1.3.small_group_tutoring",
        "held_on": "2026-09-10",
        "minutes": 40,
        "plan_measure_id": None,
        "doer_staff_id": None,
    },
    "interventions_correct": {"minutes": 30},
    "plans_create": {"needs": []},
    "census_look": {"way": "nomination", "looked_on": "2026-09-10"},
    "students_change": {"basic": {"name": "改名"}},
    "students_reveal_identity": {"field": "identity_number", "reason": "核对学籍信息"},
    "students_confirm_identity": {"last_four": "0019"},
    "accounts_give_role": {"role": "registrar", "scope_kind": "school", "scope_id": None, "scope_grade": None},
    "exams_correct_entry": {"results": [{"mark": "50"}]},
    "counselling_add_session": {"held_on": "2026-11-10", "minutes": 40, "place": "room"},
    "counselling_correct_session": {"held_on": "2026-11-10", "minutes": 40, "place": "room"},
    "break_glass_open": {"reason": "情况紧急，必须马上了解"},
    "counselling_hand_over": {"from_on": "2099-01-01"},
    "classes_change_homeroom_teacher": {"from_on": "2099-01-01"},
    "retention_terms_propose": {"data_class": "family", "action": "erase", "years": 2},
    "rosters_apply": {},
    "editions_create": {"template": "september"},
    "edition_clauses_create": {"per": "week", "fields": [{"name": "a", "type": "line"}]},
    "edition_clauses_update": {"minutes": 20},
    "editions_approve": {"in_force_from": "2099-01-01"},
    "gaps_put_off": {"until_on": (today() + timedelta(days=7)).isoformat()},
    "whereabouts_resolve": {"outcome": "transferred_out", "note": "已转学核实"},
}


@dataclass
class Asker:
    """Builds a request of an operation about some ids."""

    document: dict[str, Any]

    def operations(self) -> list[tuple[str, str, dict[str, Any]]]:
        return [(path, method, body) for path, methods in self.document["paths"].items() for method, body in methods.items()]

    def path(self, path: str, operation: dict[str, Any], ids: dict[str, Any]) -> str:
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path" and parameter["name"].endswith("_id"):
                path = path.replace(f"{{{parameter['name']}}}", str(ids[parameter["name"].removesuffix("_id")]))
        return path.replace("{clause}", "plan.social").replace("{kind}", "no_contact")

    def body(self, operation: dict[str, Any], ids: dict[str, Any]) -> dict[str, Any]:
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            made = self._made(content["application/json"]["schema"], "", ids)
            return {"json": self._over(made, BODIES.get(operation["operationId"], {}))}
        if "multipart/form-data" in content:
            return {"files": {"file": ("x.csv", f"学号,姓名,数学\n1,{MARK},1".encode())}}
        return {}

    def _over(self, made: Any, given: Any) -> Any:
        if isinstance(made, dict) and isinstance(given, dict):
            return {k: v for k, v in (made | {k: self._over(made.get(k), v) for k, v in given.items()}).items() if v is not None}
        if isinstance(made, list) and isinstance(given, list) and made and given:
            return [self._over(made[0], given[0])]
        return given

    def _made(self, schema: dict[str, Any], name: str, ids: dict[str, Any]) -> Any:  # noqa: PLR0911 - one line a type
        if "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return self._made(next(s for s in schema[several] if s.get("type") != "null"), name, ids)
        if "enum" in schema or "const" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        kind = schema.get("type")
        if kind == "object":
            wanted = set(schema.get("required", ())) | {
                k for k in schema.get("properties", {}) if k in ("student_id", "student_ids", "subject_id")
            }
            return {k: self._made(s, k, ids) for k, s in schema.get("properties", {}).items() if k in wanted}
        if kind == "array":
            return [self._made(schema["items"], name.removesuffix("s"), ids)]
        if schema.get("format") == "uuid":
            key = name.removesuffix("_id").removeprefix("about_").removeprefix("reviewer_").removeprefix("doer_")
            return str(ids.get({"id": "recognition"}.get(key, key), ids["student"]))
        if schema.get("format") == "date":
            return "2026-09-10"
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        return {"boolean": False}.get(str(kind), "情况属实，同意办理")
