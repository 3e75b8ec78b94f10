"""The cases somebody leads, with the state of each at a glance."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.oversight.home.schemas import LedCase

LED = text(
    """
select s.id as student_id, s.name, c.name as class_name, p.state as plan_state, p.next_review_on,
  (select d.data_class from dossiers d where d.school_id = s.school_id and d.student_id = s.id and d.closed_on is null) as file_class,
  (select max(i.held_on) from interventions i where i.school_id = s.school_id and i.student_id = s.id and i.voided_at is null) as last_intervention_on
from students s
left join classes c on c.school_id = s.school_id and c.id = s.class_id
left join lateral (
  select p.state, p.next_review_on from support_plans p
  where p.school_id = s.school_id and p.student_id = s.id and p.state in ('approved', 'submitted', 'draft') order by (p.state = 'approved') desc limit 1) p on true
where s.school_id = :school and s.id = any(:ids)
order by s.pinyin, s.id"""
)


async def led_cases(session: AsyncSession, school_id: UUID, student_ids: Iterable[UUID]) -> list[tuple[LedCase, str | None]]:
    """The led cases by name, each with the class of its file: that there is one tells of it."""
    rows = await session.execute(LED, {"school": school_id, "ids": list(student_ids)})
    return [(LedCase.model_validate({name: row[name] for name in LedCase.model_fields}), row["file_class"]) for row in rows.mappings()]
