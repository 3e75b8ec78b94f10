"""Which child may end, and what happens then."""

import os

from nuanyang.entrypoints.processes import Child, ProcessTree


def test_a_child_that_may_end_is_told_of_and_the_tree_lives_until_one_that_may_not_ends() -> None:
    told: list[int] = []
    tree = ProcessTree()
    tree.add(Child("errand", ["--help"], os.environ, on_end=told.append))
    tree.add(Child("failing errand", ["no-such-command"], os.environ, on_end=told.append))
    assert tree.children[0].process
    assert tree.children[1].process
    for child in tree.children:
        child.process.wait(60)
    tree.add(Child("server", ["--help"], os.environ))
    assert tree.watch() == 1
    assert sorted(told) == [0, 2]
    assert [child.name for child in tree.children] == ["server"]
    tree.stop()


def test_stopping_twice_is_harmless() -> None:
    tree = ProcessTree()
    tree.add(Child("worker", ["worker"], os.environ))  # waits for a URL that never comes
    tree.stop()
    tree.stop()
    assert tree.children[0].exit_code is not None
