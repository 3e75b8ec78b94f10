"""Who leads or teaches which class: posts begin with a file and end with one, and only what the same source brought is ended by it."""

from __future__ import annotations

from datetime import date, timedelta

from nuanyang.exchange.rosters.applying.existing import Post
from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.reading.records import ClassStaff, Item
from nuanyang.exchange.rosters.rules import Room

Key = tuple[str, str, str, str]  # class, member of staff, role, subject


class PostImport:
    """Takes the posts of one school."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._seen: set[Key] = set()

    def take(self, item: Item, record: ClassStaff) -> None:
        """Begin a post, unless it is held already."""
        work = self._work
        room = work.rooms.get(record.class_key) or work.existing.rooms.get(work.known("class", record.class_key) or "")
        member = work.staff.get(record.staff_key) or work.known("staff", record.staff_key)
        if room is None or member is None:
            kind, value = ("classes", record.class_key) if room is None else ("users", record.staff_key)
            work.findings.add("unknown_reference", item.file, item.line, None, value, kind=kind)
            return
        key = room.id, member, record.role, record.subject or ""
        if key in self._seen:
            return
        self._seen.add(key)
        known, is_over = work.existing.posts.get(key), room.year_ends < work.today
        if known is not None and (known.is_current or is_over):
            work.count("class_staff", "unchanged")
        elif not self._yields(item, room, member, record):
            self._begin(key, room, record, is_over=is_over)

    def take_end(self, record: ClassStaff) -> None:
        """A delta says that somebody no longer leads or teaches a class."""
        work = self._work
        room = work.rooms.get(record.class_key) or work.existing.rooms.get(work.known("class", record.class_key) or "")
        member = work.staff.get(record.staff_key) or work.known("staff", record.staff_key)
        for key, post in list(work.existing.posts.items()):
            is_meant = room is not None and key[:3] == (room.id, member, record.role) and record.subject in {None, key[3]}
            if is_meant and post.is_current and post.source == work.source:
                self._end(key, post, work.today)

    def end_all_of(self, member: str) -> None:
        """Somebody has left the school."""
        for key, post in list(self._work.existing.posts.items()):
            if post.is_current and key[1] == member and post.source == self._work.source:
                self._end(key, post, self._work.today)

    def finish(self) -> None:
        """Last year's posts end with their year; in a whole set those that are not in it have ended."""
        work, newest = self._work, self._work.newest_year_starts
        listed = {room.id for room in work.rooms.values()}
        for key, post in list(work.existing.posts.items()):
            room = work.existing.rooms[key[0]]
            if not post.is_current or key in self._seen:
                continue
            if newest is not None and room.year_ends < newest:
                self._end(key, post, room.year_ends)
            elif work.is_bulk and self._seen and room.id in listed and post.source == work.source:
                self._end(key, post, work.today - timedelta(days=1))

    def _yields(self, item: Item, room: Room, member: str, record: ClassStaff) -> bool:
        """Whom a person put at the head of a class is not replaced by a file."""
        if record.role != "homeroom_teacher":
            return False
        for key, post in self._work.existing.posts.items():
            if post.is_current and post.source is None and key[0] == room.id and key[1] != member and key[2] == record.role:
                self._work.findings.add("leader_by_hand", item.file, item.line, None, None, "warning", room=self._label(room))
                return True
        return False

    def _label(self, room: Room) -> str:
        return next((name for (_, name), known in self._work.existing.class_names.items() if known == room.id), "")

    def _begin(self, key: Key, room: Room, record: ClassStaff, *, is_over: bool) -> None:
        work = self._work
        follows = any(other[0] == room.id and other[2] == record.role and post.is_current for other, post in work.existing.posts.items())
        starts = max(work.today, room.year_starts) if follows and not is_over else room.year_starts
        if record.role == "homeroom_teacher":
            self._end_leaders(room.id, key[1], starts)
        ends = room.year_ends.isoformat() if is_over else None
        post = fresh_id()
        work.writer.add("class_staff", (post, *key[:3], record.subject, starts.isoformat(), ends, work.source))
        work.existing.posts[key] = Post(post, not is_over, work.source)
        work.count("class_staff", "new")

    def _end_leaders(self, room: str, but: str, next_starts: date) -> None:
        """One homeroom teacher at a time: whoever led the class ends the day before."""
        for key, post in list(self._work.existing.posts.items()):
            if post.is_current and key[0] == room and key[1] != but and key[2] == "homeroom_teacher":
                self._end(key, post, next_starts - timedelta(days=1))

    def _end(self, key: Key, post: Post, on: date) -> None:
        self._work.writer.add("class_staff_ended", (post.id, on.isoformat()))
        self._work.existing.posts[key] = post._replace(is_current=False)
        self._work.count("class_staff", "leaving")
