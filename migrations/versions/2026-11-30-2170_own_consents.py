"""A pupil of fourteen says yes or no in the portal themself, and reads what was said about them; signed papers are kept as ciphers."""

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from tenancy import all_schools
from walls import unwall, wall

from nuanyang.kit.crypto import Keyring, load_keyring
from nuanyang.kit.settings import Settings

revision = "0052"
down_revision = "0051"
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

SCAN = "consent_scans.content"  # to what its ciphers are bound
CLEAR_SIZE, CIPHER_SIZE = 5_242_880, 5_242_880 + 30
# A paper is never exchanged: the one change is that the same content is encrypted under a newer key.
RESEALED = """
create function consent_scan_resealed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if get_byte(new.content_cipher, 1) <= get_byte(old.content_cipher, 1)
     or octet_length(new.content_cipher) <> octet_length(old.content_cipher) then
    raise exception 'a signed paper stays as it came' using errcode = 'check_violation', constraint = 'consent_scan_kept';
  end if;
  return new;
end $$
"""


def upgrade() -> None:
    op.drop_constraint(op.f("ck_consent_events_portal"), "consent_events")
    _informed(INFORMED_NOW)
    _spoken((SPOKEN_BY, SPOKEN_BY_ANYBODY), (ONLY, ONLY_ONESELF))
    # The declaration has gained the pupil's own rows.
    unwall(op, "consent_events")
    wall(op, "consent_events")
    _rename_scans("content", "content_cipher", CIPHER_SIZE, lambda keys, scan_id, content: keys.encrypt_bytes(content, SCAN, scan_id))
    op.execute(RESEALED)
    op.execute(
        "create trigger resealed before update on consent_scans for each row "
        "when (old.content_cipher is distinct from new.content_cipher) execute function consent_scan_resealed()"
    )
    op.execute("grant update (content_cipher) on consent_scans to nuanyang_app")


def downgrade() -> None:
    op.execute("revoke update (content_cipher) on consent_scans from nuanyang_app")
    op.execute("drop trigger resealed on consent_scans")
    op.execute("drop function consent_scan_resealed()")
    _rename_scans("content_cipher", "content", CLEAR_SIZE, lambda keys, scan_id, content: keys.decrypt_bytes(content, SCAN, scan_id))
    # `consent_events` keeps its wall: there is one declaration, and the migration before this one reads it, too.
    _spoken((SPOKEN_BY_ANYBODY, SPOKEN_BY), (ONLY_ONESELF, ONLY))
    # What pupils said themselves has no other place in the older form than a talk.
    with all_schools(op, "consent_events"):
        said = "how = 'in_person', informed_on = coalesce(informed_on, happened_on)"
        op.execute(f"update consent_events set {said} where how = 'portal' and guardian_id is null")
    _informed(INFORMED)
    op.create_check_constraint(op.f("ck_consent_events_portal"), "consent_events", PORTAL)


def _rename_scans(before: str, after: str, size: int, changed: Callable[[Keyring, UUID, bytes], bytes]) -> None:
    """Give the column its other name and every paper in it its other form, one at a time: they are large."""
    forget(op, "consent_scans", events="insert")
    op.drop_constraint(op.f("ck_consent_scans_size"), "consent_scans")
    op.alter_column("consent_scans", before, new_column_name=after)
    with all_schools(op, "consent_scans"):
        connection = op.get_bind()
        found = connection.execute(sa.text("select school_id, id from consent_scans order by school_id, id")).all()
        # Only who has papers needs the keys.
        keys = _service_keys() if found else None
        for school_id, scan_id in found:
            one = {"school": school_id, "id": scan_id}
            where = "where school_id = :school and id = :id"
            content = connection.execute(sa.text(f"select {after} from consent_scans {where}"), one).scalar_one()
            named = one | {"content": changed(keys, scan_id, bytes(content)) if keys else content}
            connection.execute(sa.text(f"update consent_scans set {after} = :content {where}"), named)
    op.create_check_constraint(op.f("ck_consent_scans_size"), "consent_scans", f"octet_length({after}) <= {size}")
    record(op, "consent_scans", student="student_id", data_class="contact", secret=after, events="insert")


def _service_keys() -> Keyring:
    """The keys the service reads with; none are made here: what other keys encrypted, it could never open."""
    path = Settings().keys_folder / "columns.keys"
    if not path.exists():
        raise FileNotFoundError(f"{path}: signed papers are encrypted with the service's keys; name its folder with NUANYANG_VAR")
    return load_keyring(path)


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
