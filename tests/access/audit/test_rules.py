"""The chain of seals: whatever is touched is found, and named."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.access.audit.rules import (
    GENESIS,
    LEAF,
    Finding,
    Head,
    check_entries,
    check_heads,
    check_seal,
    leaf_of,
    make_seal,
    read_head,
    root_of,
    split,
)

KEY = b"k" * 32
AT = datetime(2026, 11, 25, 8, tzinfo=UTC)
rows_of = st.lists(st.tuples(st.uuids(), st.text(max_size=20)), min_size=1, max_size=12, unique_by=lambda row: row[0])


def chain(*parts):
    seals, before = [], None
    for number, rows in enumerate(parts):
        before = make_seal(KEY, before, rows, AT + timedelta(seconds=number))
        seals.append(before)
    return seals


def read(rows, content="kept"):
    """Entries as they are read back, with how their content is."""
    return [(entry, said, content) for entry, said in rows]


@given(rows_of)
def test_what_was_sealed_is_sound(rows):
    (seal,) = chain(rows)
    assert seal.previous == GENESIS
    assert len(seal.leaves) == LEAF * len(rows)
    assert check_seal(KEY, None, seal) == []
    assert check_entries(seal, read(rows)) == []
    assert check_entries(seal, read(rows, "erased")) == []
    # From before the salts: only that it is there can still be told.
    assert check_entries(seal, read([(entry, said + "x") for entry, said in rows], "erased_unsalted")) == []
    assert len(check_entries(seal, read(rows, "changed"))) == len(rows)


@given(rows_of, st.data())
def test_a_changed_a_removed_and_an_inserted_entry_are_named(rows, data):
    (seal,) = chain(rows)
    at = data.draw(st.integers(0, len(rows) - 1))
    entry, said = rows[at]
    assert check_entries(seal, read([*rows[:at], (entry, said + "x"), *rows[at + 1 :]])) == [Finding("changed", 1, entry)]
    assert check_entries(seal, read(rows[:at] + rows[at + 1 :])) == [Finding("removed", 1, entry)]
    fresh = uuid4()
    assert check_entries(seal, read([*rows, (fresh, said)])) == [Finding("inserted", 1, fresh)]


@given(st.lists(rows_of, min_size=2, max_size=5), st.data())
def test_no_link_can_be_changed_or_left_out(parts, data):
    seals = chain(*parts)
    at = data.draw(st.integers(0, len(seals) - 2))
    touched = seals[at].leaves[:-1] + bytes([seals[at].leaves[-1] ^ 1])
    changed = type(seals[at])(**{name: getattr(seals[at], name) for name in seals[at].__slots__} | {"leaves": touched})
    before = seals[at - 1] if at else None
    assert check_seal(KEY, before, changed) == [Finding("seal_changed", at + 1)]
    assert check_seal(KEY, before, seals[at + 1]) == [Finding("seal_missing", at + 1)]


def test_without_the_key_nobody_makes_a_chain_anew():
    rows = [(uuid4(), "a")]
    forged = make_seal(b"x" * 32, None, rows, AT)
    assert check_seal(KEY, None, forged) == [Finding("seal_changed", 1)]


def test_only_a_head_kept_elsewhere_shows_that_the_end_was_cut_off():
    seals = chain([(uuid4(), "a")], [(uuid4(), "b")])
    heads = [Head(s.number, s.mac) for s in seals]
    assert check_heads({1: seals[0].mac, 2: seals[1].mac}, heads) == []
    assert check_heads({1: seals[0].mac}, heads) == [Finding("cut_off", 2)]
    assert check_heads({1: seals[0].mac, 2: b"another"}, heads) == [Finding("cut_off", 2)]


def test_a_head_is_read_as_it_is_printed():
    head = Head(7, bytes(range(32)))
    assert read_head(f" {head}\n") == head
    with pytest.raises(ValueError, match=r".*"):
        read_head("seven:zz")


def test_an_inner_node_cannot_pass_for_an_entry():
    leaves = sorted(leaf_of(UUID(int=n), str(n)) for n in range(3))
    assert root_of(leaves) != root_of([*leaves, leaves[-1]])
    assert root_of(leaves[:2]) != root_of([root_of(leaves[:2])[:32] + b""] * 2)
    assert list(split(b"".join(leaves))) == [UUID(int=n) for n in range(3)]
