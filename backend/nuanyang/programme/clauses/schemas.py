"""How clauses and kinds of measures are shown."""

from nuanyang.kit.schemas import Output
from nuanyang.programme.clauses.catalogue import FieldType
from nuanyang.programme.clauses.template import CadencePer, Dimension, Per


class CadenceShown(Output):
    """How often."""

    zh: str
    en: str
    times: int | None
    per: CadencePer | None
    is_default: bool


class ClauseShown(Output):
    """One clause of the programme."""

    id: str
    part: str
    zh: str
    en: str
    dimension: Dimension | None
    owner: str
    owner_zh: str
    owner_en: str
    doers: list[str]
    cadence: CadenceShown | None


class ClauseList(Output):
    """All clauses in the programme's order."""

    items: list[ClauseShown]


class DoseShown(Output):
    """`times` per `per`, `minutes` each time."""

    times: int
    per: Per
    minutes: int


class ChoiceShown(Output):
    """One answer of a choice field."""

    value: str
    zh: str
    en: str


class FormFieldShown(Output):
    """One field of the record form."""

    name: str
    zh: str
    en: str
    type: FieldType
    is_required: bool
    choices: list[ChoiceShown]
    least: int | None
    most: int | None


class MeasureKindShown(Output):
    """One kind of measure. `fits_every_need`: may serve a need of any dimension. Without `is_offered`: of an earlier edition, for what was recorded."""

    code: str
    zh: str
    en: str
    clauses: list[str]
    dimension: Dimension
    data_class: str
    dose: DoseShown
    general_dose: DoseShown
    form: str
    fields: list[FormFieldShown]
    fits_every_need: bool
    is_offered: bool = True


class MeasureKindList(Output):
    """All kinds, by dimension."""

    items: list[MeasureKindShown]
