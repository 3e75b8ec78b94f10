"""What a change of homeroom teacher takes and gives."""

from datetime import date
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Day, Input, Output


class HomeroomTeacherInput(Input):
    """Who takes the class over, and from which day on."""

    staff_id: UUID
    from_on: Day


class HomeroomTeacherShown(Output):
    """The change: the former's right ends the day before."""

    class_id: UUID
    name: str
    from_on: date
    former: str = Field(description="Who is asked for hand-over notes, if there is anything to hand over: how much is not told here.")
