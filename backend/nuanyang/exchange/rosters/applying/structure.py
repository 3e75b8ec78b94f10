"""Years, terms, classes and staff."""

from __future__ import annotations

from datetime import date

import msgspec

from nuanyang.exchange.rosters.applying.existing import KnownTerm
from nuanyang.exchange.rosters.applying.posts import PostImport
from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.reading.names import class_label
from nuanyang.exchange.rosters.reading.records import ClassStaff, Item, SchoolClass, SchoolYear, Staff, Term, decoded
from nuanyang.exchange.rosters.rules import Room
from nuanyang.school.students.pinyin import reading


class StructureImport:
    """Takes the records of one school's structure, in the order in which a file brings them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._posts = PostImport(work)
        self._terms_seen: set[str] = set()
        self._year_of: tuple[str, int] = ("", 0)  # file and line
        self._staff_seen: set[str] = set()
        self._classes_seen: dict[tuple[str, str], str] = {}  # year and name → key

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
            case ClassStaff() if item.kind == "post_end":
                self._posts.take_end(record)
            case ClassStaff():
                self._posts.take(item, record)
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
        self._year_of = item.file, item.line

    def _take_term(self, item: Item, record: Term) -> None:
        work, year = self._work, self._work.years.get(record.school_year_key)
        if year is None:
            work.findings.add("unknown_reference", item.file, item.line, "termSourcedIds", record.school_year_key, kind="academicSessions")
            return
        known, said = work.known("term", item.key), (record.name, record.starts_on, record.ends_on)
        found = self._known_term(known, year[0], record.number)
        if found is None:
            found = KnownTerm(fresh_id(), year[0], self._free_number(year[0], record.number), False, said)
            work.writer.add("terms", (found.id, year[0], found.number, *said))
            work.count("term", "new")
        elif work.is_sheet or (not found.is_withdrawn and found.said == said):
            # A sheet makes its terms up.
            work.count("term", "unchanged")
        else:
            work.writer.add("terms_changed", (found.id, *said))
            work.count("term", "changed")
        self._terms_seen.add(found.id)
        if not work.is_sheet:
            work.existing.terms[found.id] = found._replace(is_withdrawn=False, said=said)
            if known != found.id:
                work.remember("term", item.key, found.id, item.mark)

    def _known_term(self, known: str | None, year: str, number: int) -> KnownTerm | None:
        """By the sender's key; else the one of this number, unless another key of this file has it."""
        terms = self._work.existing.terms
        if known in terms and terms[known].year == year:
            return terms[known]
        return next((t for t in terms.values() if (t.year, t.number) == (year, number) and t.id not in self._terms_seen), None)

    def _free_number(self, year: str, number: int) -> int:
        """A term that is left out moves the ones after it up, but each keeps the number by which results know it."""
        taken = {term.number for term in self._work.existing.terms.values() if term.year == year}
        return number if number not in taken else max(taken) + 1

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
        if self._classes_seen.setdefault((year[0], record.name), item.key) != item.key and self._is_another(room, record):
            # 1班 of grade 7 and 1班 of grade 8: a name is of one class.
            name = class_label(record.grade, record.number)
            work.findings.add("class_conflict", item.file, item.line, "title", record.name, "warning", taken=name)
            record = msgspec.structs.replace(record, name=name)
            room = self._of_this_year(work.known("class", item.key), year[1]) or work.existing.class_names.get((year[0], name))
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

    def _is_another(self, room: str | None, record: SchoolClass) -> bool:
        known = self._work.existing.rooms.get(room or "")
        return known is not None and (known.grade, known.number) != (record.grade, record.number)

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

    def _withdraw(self, item: Item) -> None:
        """A delta takes a class or a member of staff back; terms and years stay, other rows point to them."""
        entity = self._work.known(item.kind, item.key)
        if entity is None:
            return
        if item.kind == "class":
            self._work.writer.add("classes_closed", (entity, self._work.today.isoformat()))
        elif item.kind == "staff":
            self._work.writer.add("staff_left", (entity, "left"))
            self._posts.end_all_of(entity)
        self._work.remember(item.kind, item.key, entity, None)
        self._work.count(item.kind, "leaving")

    def finish(self) -> None:
        """In a whole set, posts, terms and people that are not in it have ended; last year's posts end with their year."""
        work, newest = self._work, self._work.newest_year_starts
        later = max((room.year_starts for room in work.existing.rooms.values()), default=None)
        if work.is_bulk and work.covers_school and newest is not None and later is not None and newest < later:
            work.findings.add("older_year", self._year_of[0], self._year_of[1], None, None, newest=f"{newest.year}-{newest.year + 1}")
        self._posts.finish()
        if not work.is_bulk or work.is_sheet:
            return
        self._withdraw_terms()
        for source_key, member in list(work.existing.entities["staff"].items()) if self._staff_seen else ():
            if member not in self._staff_seen and work.existing.marks["staff"].get(source_key) is not None:
                work.writer.add("staff_left", (member, "left"))
                work.remember("staff", source_key, member, None)
                work.count("staff", "leaving")

    def _withdraw_terms(self) -> None:
        """Terms of this source that a year of the file no longer has; years that are not in the file are history."""
        work, years = self._work, {year for year, _, _ in self._work.years.values()}
        for term in {*work.existing.entities["term"].values()} - self._terms_seen if self._terms_seen else ():
            known = work.existing.terms.get(term)
            if known is not None and known.year in years and not known.is_withdrawn:
                work.writer.add("terms_withdrawn", (term, work.today.isoformat()))
                work.count("term", "leaving")
