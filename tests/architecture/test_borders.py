"""The floors, and what is private to a slice: read from the imports themselves."""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import grimp

from nuanyang.kit.settings import PROJECT

FLOORS = {"oversight", "exchange", "casework", "programme", "school", "access"}
PRIVATE = {"routes", "tasks", "repository", "policy"}
ASSEMBLED = {"routes", "tasks"}  # what entrypoints put together


@lru_cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("nuanyang", include_external_packages=True)


def slice_of(module: str) -> str | None:
    """Return `nuanyang.<floor>.<slice>`; a slice of measures lies one level deeper."""
    parts = module.split(".")
    if len(parts) > 3 and parts[1] in FLOORS:
        return ".".join(parts[:3])
    if len(parts) > 4 and parts[1] == "measures":
        return ".".join(parts[:4])
    return None


def private_part(module: str) -> str | None:
    owner = slice_of(module)
    part = module.removeprefix(f"{owner}.").split(".")[0] if owner else ""
    return part if part in PRIVATE else None


def foreign_uses_of_private_parts() -> list[str]:
    found = []
    for module in sorted(graph().modules):
        part = private_part(module)
        if part is None:
            continue
        for importer in sorted(graph().find_modules_that_directly_import(module)):
            is_assembly = importer.startswith("nuanyang.entrypoints") and part in ASSEMBLED
            if slice_of(importer) != slice_of(module) and not is_assembly:
                found.append(f"{importer} -> {module}")
    return found


def test_every_border_of_the_house_is_kept():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 broken" in done.stdout


def test_repositories_policies_routes_and_tasks_are_private_to_their_slice():
    assert foreign_uses_of_private_parts() == []


def test_the_graph_sees_the_whole_house():
    """A check over an empty graph would pass, too."""
    slices = {slice_of(module) for module in graph().modules} - {None}
    assert {"nuanyang.access.accounts", "nuanyang.school.students", "nuanyang.casework.plans"} <= slices
    assert sum(private_part(module) is not None for module in graph().modules) > 10


def test_nobody_imports_what_assembles():
    importers = {
        f"{importer} -> {module}"
        for module in graph().modules
        if module.startswith("nuanyang.entrypoints")
        for importer in graph().find_modules_that_directly_import(module)
        if importer.startswith("nuanyang.") and not importer.startswith("nuanyang.entrypoints")
    }
    assert importers == set()


def test_tokens_are_decoded_in_one_place_only():
    importers = graph().find_modules_that_directly_import("jose")
    assert importers == {"nuanyang.access.tokens.jwt"}
