"""A pupil of fourteen says yes or no in the portal themself, and reads what was said about them."""

from alembic import op
from tenancy import all_schools
from walls import unwall, wall

revision = "0052"
down_revision = "0050"
branch_labels = None
depends_on = None

PORTAL = "how <> 'portal' or guardian_id is not null"
INFORMED = "guardian_id is not null or action <> 'given' or informed_on is not null"
# What is said in the portal stands on the guardian's own page at once.
INFORMED_NOW = "guardian_id is not null or action <> 'given' or how = 'portal' or informed_on is not null"
# Nobody clicks in somebody else's name: a guardian in their own, the pupil in theirs.
SPOKEN_BY = "m.person_kind = 'guardian' and m.person_id = new.guardian_id"
SPOKEN_BY_ANYBODY = (
    "m.person_kind = case when new.guardian_id is null then 'student' else 'guardian' end"
    " and m.person_id = coalesce(new.guardian_id, new.student_id)"
)
ONLY = "nobody says it in the portal but the guardian"
ONLY_ONESELF = "nobody says it in the portal but the guardian or the pupil themself"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_consent_events_portal"), "consent_events")
    _informed(INFORMED_NOW)
    _spoken((SPOKEN_BY, SPOKEN_BY_ANYBODY), (ONLY, ONLY_ONESELF))
    # The declaration has gained the pupil's own rows.
    unwall(op, "consent_events")
    wall(op, "consent_events")


def downgrade() -> None:
    # `consent_events` keeps its wall: there is one declaration, and the migration before this one reads it, too.
    _spoken((SPOKEN_BY_ANYBODY, SPOKEN_BY), (ONLY_ONESELF, ONLY))
    # What pupils said themselves has no other place in the older form than a talk.
    with all_schools(op, "consent_events"):
        said = "how = 'in_person', informed_on = coalesce(informed_on, happened_on)"
        op.execute(f"update consent_events set {said} where how = 'portal' and guardian_id is null")
    _informed(INFORMED)
    op.create_check_constraint(op.f("ck_consent_events_portal"), "consent_events", PORTAL)


def _informed(condition: str) -> None:
    op.drop_constraint(op.f("ck_consent_events_informed"), "consent_events")
    op.create_check_constraint(op.f("ck_consent_events_informed"), "consent_events", condition)


def _spoken(*changes: tuple[str, str]) -> None:
    """Change words of the trigger's function, and fail where they are not there."""
    for before, after in changes:
        quoted = [text.replace("'", "''") for text in (before, after)]
        op.execute(f"""
            do $do$ declare
              said text := pg_get_functiondef('public.consent_spoken()'::regprocedure);
            begin
              if strpos(said, '{quoted[0]}') = 0 then raise exception 'consent_spoken() is not what it was'; end if;
              execute replace(said, '{quoted[0]}', '{quoted[1]}');
            end $do$""")
