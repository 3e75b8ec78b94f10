"""manifest.csv: which version, which files, bulk or delta."""

from __future__ import annotations

from dataclasses import dataclass, field

from nuanyang.exchange.rosters.reading.archive import Files
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.layouts import CLOSURE, CLOSURE_12, LAYOUTS
from nuanyang.exchange.rosters.reading.text import Rows, first_bad_line

FILE = "manifest.csv"
_OTHER = {"manifest.version", "oneroster.version", "source.systemName", "source.systemCode"}


@dataclass(slots=True)
class Manifest:
    """What the manifest says; `modes` by file name without `.csv`."""

    version: str = "1.2"
    source: str = "oneroster"
    modes: dict[str, str] = field(default_factory=dict)


def read_manifest(files: Files, findings: Findings) -> Manifest | None:
    """Read and check the manifest; None when the version is not one we read."""
    with files.open(FILE) as stream:
        if (line := first_bad_line(stream, "utf-8")) is not None:
            findings.add("not_utf8", FILE, line)
            return None
    properties = _properties(files, findings)
    if properties is None:
        return None
    _, version = properties.get("oneroster.version", (None, ""))
    version = "1.2" if version in {"1.2", "1.2.1"} else "1.1" if version in {"1.1", "1.1.1"} else version
    if version not in LAYOUTS:
        findings.add("unsupported_version", FILE, properties.get("oneroster.version", (1, ""))[0], "value", version=version or "–")
        return None
    manifest = Manifest(version)
    _, code = properties.get("source.systemCode", (0, ""))
    _, name = properties.get("source.systemName", (0, ""))
    manifest.source = "oneroster:" + (code or name)[:80] if code or name else "oneroster"
    _check_properties(properties, manifest, findings)
    return manifest


def _properties(files: Files, findings: Findings) -> dict[str, tuple[int, str]] | None:
    found: dict[str, tuple[int, str]] = {}
    with files.open(FILE) as stream, Rows(stream, "utf-8-sig", FILE, findings) as rows:
        for line, row in rows:
            if line == 1:
                if row != ["propertyName", "value"]:
                    findings.add("no_header", FILE, 1, value=",".join(row))
                    return None
            elif len(row) != 2:
                findings.add("wrong_cell_count", FILE, line, found=len(row), expected=2)
            elif row[0] in found:
                findings.add("duplicate_id", FILE, line, "propertyName", row[0], first=found[row[0]][0])
            else:
                found[row[0]] = line, row[1]
    return found


def _check_properties(properties: dict[str, tuple[int, str]], manifest: Manifest, findings: Findings) -> None:
    if properties.get("manifest.version", (0, "1.0"))[1] != "1.0":
        findings.add("bad_property", FILE, properties["manifest.version"][0], "value", name="manifest.version", expected="1.0")
    elif "manifest.version" not in properties:
        findings.add("missing_property", FILE, name="manifest.version")
    names = LAYOUTS[manifest.version]
    for name in names:
        line, value = properties.get(f"file.{name}", (None, ""))
        if line is None:
            findings.add("missing_property", FILE, name=f"file.{name}")
        elif value not in {"absent", "bulk", "delta"}:
            findings.add("bad_property", FILE, line, "value", value, name=f"file.{name}", expected="absent, bulk, delta")
        else:
            manifest.modes[name] = value
    for key, (line, _) in properties.items():
        if key not in _OTHER and key.removeprefix("file.") not in names:
            findings.add("unknown_property", FILE, line, "propertyName", key, severity="warning")


def check_set(files: Files, manifest: Manifest, findings: Findings) -> list[str]:
    """Compare the set of files with the manifest; the names (without `.csv`) that can be read."""
    known = LAYOUTS[manifest.version]
    lower = {f"{name}.csv".lower(): f"{name}.csv" for name in (*known, "manifest")}
    for given in files.sizes:
        if (given.removesuffix(".csv") in known and given.endswith(".csv")) or given == FILE:
            continue
        if given.lower() in lower:
            findings.add("wrong_case_file", given, expected=lower[given.lower()])
        else:
            findings.add("unknown_file", given, severity="warning")
    present = [name for name in known if f"{name}.csv" in files.sizes]
    for name, mode in manifest.modes.items():
        if mode == "absent" and name in present:
            findings.add("undeclared_file", FILE, column=f"file.{name}", name=f"{name}.csv")
        elif mode != "absent" and name not in present:
            findings.add("missing_file", FILE, column=f"file.{name}", value=mode, name=f"{name}.csv")
    if any(manifest.modes.get(name) == "bulk" for name in present):
        _check_closure(present, manifest, findings)
    return present


def _check_closure(present: list[str], manifest: Manifest, findings: Findings) -> None:
    missing: dict[str, str] = {}
    for name in present:
        if manifest.modes.get(name) != "bulk":
            continue
        needed = CLOSURE.get(name, ()) + (CLOSURE_12.get(name, ()) if manifest.version == "1.2" else ())
        missing.update({other: name for other in needed if other not in present and other not in missing})
    for other, because in missing.items():
        if manifest.modes.get(other, "absent") == "absent":  # announced but lacking is told already
            findings.add("needed_file", f"{other}.csv", name=f"{other}.csv", because=f"{because}.csv")
