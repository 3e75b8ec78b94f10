"""What stands on the school's day, as JSON: for the statements that read a whole student. $1 is the school, `s` the student."""

IN_FORCE = """(select coalesce(json_agg(json_build_object('id', n.id, 'sentence', n.sentence, 'until_on', n.until_on) order by n.id), '[]')
    from support_needs n where n.school_id = $1 and n.student_id = s.id and n.ended_at is null and (n.until_on is null
      or n.until_on >= (select (now() at time zone h.time_zone)::date from schools h where h.id = $1)))"""
