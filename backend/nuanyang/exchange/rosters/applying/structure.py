"""Years, terms, classes, staff, and who leads or teaches which class."""

from __future__ import annotations

from datetime import date, timedelta

from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.reading.records import ClassStaff, Item, SchoolClass, SchoolYear, Staff, Term, decoded
from nuanyang.exchange.rosters.rules import Room
from nuanyang.school.students.pinyin import reading


class StructureImport:
    """Takes the records of one school's structure, in the order in which a file brings them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._posts_seen: set[tuple[str, str, str, str]] = set()
        self._leaders: dict[str, str] = {}  # class → who leads it by this file
        self._staff_seen: set[str] = set()

    def take(self, item: Item) -> None:
        """Match one record, count it, and hand its rows to the writer."""
        if not item.body:
            self._withdraw(item)
            return
        record = decoded(item.kind, item.body)
        match record:
            case SchoolYear():
                self._take_year(item, record)
            case Term():
                self._take_term(item, record)
            case SchoolClass():
                self._take_class(item, record)
            case Staff():
                self._take_staff(item, record)
            case ClassStaff():
                self._take_post(item, record)
            case _:
                pass

    def _take_year(self, item: Item, record: SchoolYear) -> None:
        work, days = self._work, (date.fromisoformat(record.starts_on), date.fromisoformat(record.ends_on))
        found = work.existing.years.get(record.name)
        if found is None:
            year = fresh_id()
            work.writer.add("school_years", (year, record.name, record.starts_on, record.ends_on))
            work.existing.years[record.name] = year, *days
            work.count("school_year", "new")
        else:
            year = found[0]
            # A sheet makes its year up; only a package knows the real days.
            is_changed = found[1:] != days and not work.is_sheet
            if is_changed:
                work.writer.add("school_years_changed", (year, record.starts_on, record.ends_on))
            work.count("school_year", "changed" if is_changed else "unchanged")
        work.years[item.key] = year, *days

    def _take_term(self, item: Item, record: Term) -> None:
        work, year = self._work, self._work.years.get(record.school_year_key)
        if year is None:
            return
        found = work.existing.terms.get((year[0], record.number))
        if found is None:
            term = fresh_id()
            work.existing.terms[year[0], record.number] = term
            work.writer.add("terms", (term, year[0], record.number, record.name, record.starts_on, record.ends_on))
            work.count("term", "new")
        elif work.is_sheet or work.is_unchanged("term", item.key, item):
            work.count("term", "unchanged")
            return
        else:
            term = found
            work.writer.add("terms_changed", (term, record.name, record.starts_on, record.ends_on))
            work.count("term", "changed")
        if not work.is_sheet:
            work.remember("term", item.key, term, item.mark)

    def _take_class(self, item: Item, record: SchoolClass) -> None:
        work, year = self._work, self._work.years.get(record.school_year_key)
        if year is None:
            work.findings.add("unknown_reference", item.file, item.line, "termSourcedIds", record.school_year_key, kind="academicSessions")
            return
        room = (
            self._of_this_year(work.known("class", item.key), year[1])
            or work.existing.class_names.get((year[0], record.name))
            or self._same_place(year[0], record)
        )
        shape = Room(room or fresh_id(), year[1], year[2], record.grade, record.number, record.cohort_year)
        if room is None:
            work.writer.add("classes", (shape.id, year[0], record.grade, record.number, record.name, record.cohort_year))
            work.count("class", "new")
        elif work.is_unchanged("class", item.key, item) or (work.is_sheet and self._is_same(work.existing.rooms[room], shape)):
            work.count("class", "unchanged")
        else:
            work.writer.add("classes_changed", (shape.id, record.grade, record.number, record.name, record.cohort_year))
            work.count("class", "changed")
        work.existing.rooms[shape.id] = work.rooms[item.key] = shape
        work.existing.class_names[year[0], record.name] = shape.id
        if not work.is_unchanged("class", item.key, item):
            work.remember("class", item.key, shape.id, item.mark)

    def _of_this_year(self, room: str | None, starts: date) -> str | None:
        """Some senders keep a class's key from year to year; with us it is a row a year."""
        known = self._work.existing.rooms.get(room or "")
        return known.id if known is not None and known.year_starts == starts else None

    def _same_place(self, year: str, record: SchoolClass) -> str | None:
        """A class of the same year, grade and number under another label (七(1)班, 初一1班)."""
        names = self._work.existing.class_names
        for (of_year, _), room in names.items():
            known = self._work.existing.rooms[room]
            if of_year == year and (known.grade, known.number) == (record.grade, record.number) and room not in self._rooms_taken():
                return room
        return None

    def _rooms_taken(self) -> set[str]:
        return {room.id for room in self._work.rooms.values()}

    @staticmethod
    def _is_same(known: Room, said: Room) -> bool:
        return (known.grade, known.number) == (said.grade, said.number)

    def _take_staff(self, item: Item, record: Staff) -> None:
        work = self._work
        member = work.known("staff", item.key) or work.existing.staff_numbers.get(record.staff_number or "") or self._by_name(record)
        if member is not None and work.is_unchanged("staff", item.key, item):
            work.count("staff", "unchanged")
        else:
            table, what = ("staff", "new") if member is None else ("staff_changed", "changed")
            member = member or fresh_id()
            status = "active" if record.active else "left"
            row = (member, record.name, *reading(record.name), record.staff_number, record.sex, record.phone, record.email, status)
            work.writer.add(table, row)
            work.count("staff", what)
            work.remember("staff", item.key, member, item.mark)
        work.staff[item.key] = member
        self._staff_seen.add(member)

    def _by_name(self, record: Staff) -> str | None:
        """The only one of that name, where neither key nor number says who it is."""
        same = self._work.existing.staff_names.get(record.name, [])
        return same[0] if len(same) == 1 and not record.staff_number and same[0] not in self._staff_seen else None

    def _take_post(self, item: Item, record: ClassStaff) -> None:
        work = self._work
        room = work.rooms.get(record.class_key) or work.existing.rooms.get(work.known("class", record.class_key) or "")
        member = work.staff.get(record.staff_key) or work.known("staff", record.staff_key)
        if room is None or member is None:
            kind, value = ("classes", record.class_key) if room is None else ("users", record.staff_key)
            work.findings.add("unknown_reference", item.file, item.line, None, value, kind=kind)
            return
        post = room.id, member, record.role, record.subject or ""
        if post in self._posts_seen:
            return
        self._posts_seen.add(post)
        if record.role == "homeroom_teacher":
            self._leaders[room.id] = member
        known = work.existing.posts.get(post)
        is_over = room.year_ends < work.today
        if known is not None and (known[1] or is_over):
            work.count("class_staff", "unchanged")
            return
        follows = any(key[0] == room.id and key[2] == record.role for key, (_, current) in work.existing.posts.items() if current)
        starts = max(work.today, room.year_starts) if follows and not is_over else room.year_starts
        if record.role == "homeroom_teacher":
            self._end_leaders(room.id, member, starts)
        row = (
            fresh_id(),
            room.id,
            member,
            record.role,
            record.subject,
            starts.isoformat(),
            room.year_ends.isoformat() if is_over else None,
        )
        work.writer.add("class_staff", row)
        work.existing.posts[post] = row[0], not is_over
        work.count("class_staff", "new")

    def _end_leaders(self, room: str, but: str, next_starts: date) -> None:
        """One homeroom teacher at a time: whoever led the class ends the day before."""
        for key, (post, current) in list(self._work.existing.posts.items()):
            if current and key[0] == room and key[1] != but and key[2] == "homeroom_teacher":
                self._end(key, post, next_starts - timedelta(days=1))

    def _end(self, key: tuple[str, str, str, str], post: str, on: date) -> None:
        self._work.writer.add("class_staff_ended", (post, on.isoformat()))
        self._work.existing.posts[key] = post, False
        self._work.count("class_staff", "leaving")

    def _withdraw(self, item: Item) -> None:
        """A delta takes a class or a member of staff back; terms and years stay, other rows point to them."""
        entity = self._work.known(item.kind, item.key)
        if entity is None:
            return
        if item.kind == "class":
            self._work.writer.add("classes_closed", (entity, self._work.today.isoformat()))
        elif item.kind == "staff":
            self._work.writer.add("staff_left", (entity, "left"))
        self._work.remember(item.kind, item.key, entity, None)
        self._work.count(item.kind, "leaving")

    def finish(self) -> None:
        """In a whole set, posts and people that are not in it have ended; last year's posts end with their year."""
        work = self._work
        newest = work.newest_year_starts
        for key, (post, current) in list(work.existing.posts.items()):
            room = work.existing.rooms[key[0]]
            if not current or key in self._posts_seen:
                continue
            if newest is not None and room.year_ends < newest:
                self._end(key, post, room.year_ends)
            elif work.is_bulk and self._posts_seen and room.id in self._rooms_taken():
                self._end(key, post, work.today - timedelta(days=1))
        if not work.is_bulk or not self._staff_seen or work.is_sheet:
            return
        for source_key, member in list(work.existing.entities["staff"].items()):
            if member not in self._staff_seen and work.existing.marks["staff"].get(source_key) is not None:
                work.writer.add("staff_left", (member, "left"))
                work.remember("staff", source_key, member, None)
                work.count("staff", "leaving")
