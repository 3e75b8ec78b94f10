"""The parts an answer about a student is put together from, one for each class of data. $1 is the school, `s` the student."""

# The school year of a day; in the holidays the one that began last.
YEAR = "select y.id from school_years y where y.school_id = $1 and y.starts_on <= {day} order by y.starts_on desc limit 1"

BASIC = """json_build_object('name', s.name, 'former_name', s.former_name, 'sex', s.sex, 'birth_on', s.birth_on, 'student_number', s.student_number,
    'grade', s.grade, 'class_id', s.class_id,
    'class_name', (select c.name from classes c where c.school_id = $1 and c.id = s.class_id), 'status', s.status, 'status_on', s.status_on)"""

# In lists a telephone number is masked, and whom a custody order keeps away is not there, nor who no longer is a guardian.
GUARDIAN = """json_build_object('guardian', (select json_build_object('name', g.name, 'relation', sg.relation, 'phone_masked',
    case when length(g.phone) >= 11 then left(g.phone, 3) || '****' || right(g.phone, 4) when g.phone is not null then '****' || right(g.phone, 2) end)
    from student_guardians sg join guardians g on g.school_id = $1 and g.id = sg.guardian_id
    where sg.school_id = $1 and sg.student_id = s.id and sg.may_contact and sg.ended_on is null order by sg.priority, sg.id limit 1))"""

CASES = """coalesce((select json_agg(json_build_object('id', r.id, 'category', r.category, 'support_level', r.support_level, 'state', r.state) order by r.category, r.id)
    from recognitions r where r.school_id = $1 and r.student_id = s.id and r.school_year_id = (select y.id from year y)
    and r.state not in ('declined', 'exited') and {visible}), '[]')"""


def joined(basic: str, *parts: tuple[str, str, str] | str) -> str:
    """Put an answer together as text; a part (predicate, name, JSON) is whole or absent; the last is the expression of what is hidden."""
    pieces = ["""'{"id":"' || s.id || '","version":' || s.version || ',"basic":' || """ + f"{basic}::text"]
    for part in parts:
        if isinstance(part, str):
            pieces.append(f"""',"hidden":' || {part} || '}}'""")
            continue
        predicate, name, body = part
        if predicate == "true":
            pieces.append(f"""',"{name}":' || {body}::text""")
        elif predicate != "false":
            pieces.append(f"""case when {predicate} then ',"{name}":' || {body}::text else '' end""")
    return " || ".join(pieces)
