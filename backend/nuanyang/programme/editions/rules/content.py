"""What a clause of an edition says, as plain values, and what is asked of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nuanyang.kit.errors import FieldError
from nuanyang.programme.clauses import all_kinds
from nuanyang.programme.clauses.template import DOERS, Clause, Template, records

Values = Mapping[str, Any]
# What is compared, carried forward and shown; in this order.
FIELDS = (
    *("zh", "en", "owner", "doers", "dimension", "subject", "reach", "categories", "levels", "dimensions"),
    *("cadence_zh", "cadence_en", "per", "times", "runs_on", "months", "grace_days", "hours", "minutes"),
    *("target_number", "target_unit", "target_comparison", "phases", "evidence", "is_standing", "form", "fields"),
)
# Beside these: which clause it is.
IDENTITY = ("clause", "part", "position", "is_own", "is_default")


def from_template(clause: Clause, template: Template, position: int) -> dict[str, Any]:
    """A shipped clause as a clause of an edition: its phases become months of this template."""
    cadence, target, applies = clause.cadence, clause.target, clause.applies
    return {
        "clause": clause.id,
        "position": position,
        "part": clause.part,
        "zh": clause.zh,
        "en": clause.en,
        "owner": clause.owner,
        "doers": list(clause.doers),
        "dimension": clause.dimension,
        "subject": clause.subject,
        "reach": applies.reach,
        "categories": list(applies.categories),
        "levels": list(applies.levels),
        "dimensions": list(applies.dimensions),
        "minutes": clause.minutes,
        "phases": list(clause.phases),
        "cadence_zh": cadence.zh if cadence else None,
        "cadence_en": cadence.en if cadence else None,
        "is_default": bool(cadence and cadence.is_default),
        **{name: getattr(cadence, name) if cadence else None for name in ("per", "times", "runs_on", "hours")},
        "grace_days": cadence.grace_days if cadence else 0,
        "months": list(template.months_of(clause.phases)) if clause.phases else [],
        "target_number": target.number if target else None,
        "target_unit": target.unit if target else None,
        "target_comparison": target.comparison if target else None,
        "evidence": list(clause.evidence),
        "is_standing": False,
        "is_own": False,
        "form": None,
        "fields": None,
    }


def carried(before: Values, *, standing: frozenset[str], template: Template | None) -> dict[str, Any]:
    """A clause of last year's edition in the next one. What worked is standing practice from now on (I3.2); with another template its
    phases are other months."""
    values = {name: before[name] for name in (*IDENTITY, *FIELDS)}
    values["is_standing"] = values["is_standing"] or values["clause"] in standing
    if template is not None and values["phases"]:
        values["months"] = list(template.months_of(tuple(values["phases"])))
    return values


def clause_errors(values: Values, known_kinds: Sequence[str], phases: Sequence[str]) -> Iterator[FieldError]:
    """What is wrong with a clause as it would be saved."""
    yield from _cadence_errors(values)
    target = values["target_comparison"], values["target_number"]
    if (values["target_unit"] is None) != (target[0] is None) or ((target[0] in (None, "rises")) != (target[1] is None)):
        yield FieldError(
            "#/target_number",
            "bad_target",
            "请完整填写目标值：数值、单位和比较方式；“提高”不填数值。",
            "A target has a number, a unit and a comparison; one that rises has no number.",
        )
    for name in ("doers", "months", "categories", "levels", "dimensions", "phases", "evidence"):
        if len(values[name]) != len(set(values[name])):
            yield FieldError(f"#/{name}", "twice", "有重复的项目。", "Something is named twice.")
    if unknown := [d for d in values["doers"] if d not in DOERS]:
        yield FieldError("#/doers", "unknown_doer", f"没有这种实施人：{unknown[0]}。", f"There is no such doer: {unknown[0]}.")
    if unknown := [p for p in values["phases"] if p not in phases]:
        yield FieldError(
            "#/phases", "unknown_phase", f"方案中没有这个阶段：{unknown[0]}。", f"The edition has no such phase: {unknown[0]}."
        )
    met_by = {*records(), *(k.code for k in all_kinds()), *known_kinds}
    if unknown := [e for e in values["evidence"] if e not in met_by]:
        yield FieldError("#/evidence", "unknown_evidence", f"没有这种记录：{unknown[0]}。", f"There is no such record: {unknown[0]}.")
    if values["reach"] == "everyone" and (values["categories"] or values["levels"] or values["dimensions"]):
        yield FieldError(
            "#/reach",
            "everyone",
            "面向全体学生时不再区分类别、等级和维度。",
            "What is for everyone has no categories, levels or dimensions.",
        )


def _cadence_errors(values: Values) -> Iterator[FieldError]:
    given = [name for name in ("per", "times", "runs_on") if values[name] is not None]
    if given and len(given) < 3:
        missing = next(name for name in ("per", "times", "runs_on") if name not in given)
        yield FieldError(
            f"#/{missing}",
            "missing",
            "频率须同时填写周期、次数和计算口径，或都不填。",
            "A cadence has a period, times and what it runs on.",
        )
    if (values["per"] == "clock") != (values["hours"] is not None):
        yield FieldError("#/hours", "clock", "限时的条款须填写小时数，其他条款不填。", "A clock needs its hours, and nothing else has any.")
    if values["per"] == "phase" and not values["phases"]:
        yield FieldError("#/phases", "missing", "按阶段的条款须选择阶段。", "What is done by phase names its phases.")
    if values["is_own"] and values["per"] is None:
        yield FieldError("#/per", "missing", "本校措施须填写频率。", "A measure of your own needs a cadence.")
    if values["per"] is not None and not (values["cadence_zh"] or "").strip():
        yield FieldError("#/cadence_zh", "missing", "请用文字写明频率。", "Say in words how often.")


def form_errors(fields: Sequence[Values]) -> Iterator[FieldError]:
    """What is wrong with the record form of a measure of the school's own."""
    names = [f["name"] for f in fields]
    for i, field in enumerate(fields):
        at = f"#/fields/{i}"
        if names.count(field["name"]) > 1:
            yield FieldError(f"{at}/name", "twice", "字段代码不能重复。", "Two fields have the same name.")
        if (field["type"] == "choice") != bool(field["choices"]):
            yield FieldError(
                f"{at}/choices", "choices", "选择题须有选项，其他字段没有。", "A choice has answers to choose from, nothing else has."
            )
        values = [c["value"] for c in field["choices"]]
        if len(values) != len(set(values)):
            yield FieldError(f"{at}/choices", "twice", "选项代码不能重复。", "Two choices have the same value.")
        least, most = field["least"], field["most"]
        if field["type"] != "number" and (least is not None or most is not None):
            yield FieldError(f"{at}/least", "no_number", "只有数字字段有上下限。", "Only a number has bounds.")
        elif least is not None and most is not None and least > most:
            yield FieldError(f"{at}/most", "bounds", "上限不能小于下限。", "The upper bound is below the lower one.")
