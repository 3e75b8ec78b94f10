"""Hostile files through the API: each answered within seconds, nothing of them kept in the school, and the server goes on."""

import secrets
import time
import zipfile

import pytest

from tests.exchange.rosters.conftest import upload
from tests.exchange.rosters.packages import column, manifest, right_package, text_of, write_zip
from tests.exchange.rosters.reading.test_sheet import HEADER, ROW, with_far_cell, workbook

SECONDS = 20  # on a busy machine; alone each takes one or two


def members(files):
    named = {f"{name}.csv": text_of(rows).encode() for name, rows in files.items()}
    return {"manifest.csv": text_of(manifest(files)).encode()} | named


def archive(path, content, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as target:
        for name, data in content.items():
            target.writestr(name, data)
    return path


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target, target.open("users.csv", "w", force_zip64=True) as member:
        for _ in range(200):
            member.write(b"\0" * (1 << 20))
    return path


def changed_workbook(path, part, old, new):
    plain = workbook(path.with_name("plain.xlsx"), [HEADER, ROW])
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            target.writestr(member, content.replace(old, new) if member.filename.endswith(part) else content)
    return path


def long_cell(path):
    words = "".join(chr(0x4E00 + number % 20000) for number in secrets.token_bytes(3_400_000))
    return changed_workbook(path, "sharedStrings.xml", "张晓明".encode(), words.encode())


def many_wrong_rows(path):
    rows = "\r\n".join(",".join([*ROW[:4], "12345", *ROW[5:]]) for _ in range(20_000))
    path.write_bytes((",".join(HEADER) + "\r\n" + rows).encode())
    return path


def plain(content):
    def made(path):
        path.write_bytes(content)
        return path

    return made


CASES = {
    "a bomb of blanks": ("p.zip", bomb, "bomb"),
    "a path that leads out": ("p.zip", lambda p: archive(p, {"../../etc/users.csv": b"x"}), "unsafe_name"),
    "an absolute path": ("p.zip", lambda p: archive(p, {"/etc/passwd": b"x"}), "unsafe_name"),
    "a zip in a folder": ("p.zip", lambda p: archive(p, {f"out/{n}": c for n, c in members(right_package()).items()}), "not_at_root"),
    "a zip in a zip": (
        "p.zip",
        lambda p: archive(p, {"in.zip": archive(p.with_name("in.zip"), members(right_package())).read_bytes()}),
        "nested_archive",
    ),
    "five thousand members": ("p.zip", lambda p: archive(p, {f"{n}.csv": b"" for n in range(5_000)}), "too_many_members"),
    "another compression": ("p.zip", lambda p: archive(p, members(right_package()), zipfile.ZIP_BZIP2), "compression"),
    "half an archive": ("p.zip", lambda p: plain(write_zip(p, right_package()).read_bytes()[:-300])(p), None),
    "one far cell": ("p.xlsx", with_far_cell, "sheet_too_large"),
    "an entity bomb": ("p.xlsx", lambda p: with_far_cell(p, far="<!DOCTYPE lolz [<!ENTITY a 'aaaa'>]>"), "sheet_unreadable"),
    "a cell of ten megabytes": ("p.xlsx", long_cell, "cell_too_long"),
    "strings beyond measure": (
        "p.xlsx",
        lambda p: changed_workbook(p, "sharedStrings.xml", "张晓明".encode(), b"A" * 70_000_000),
        "too_large",
    ),
    "broken XML": ("p.xlsx", lambda p: changed_workbook(p, "sheet1.xml", b"</sheetData>", b"</sheet"), "sheet_unreadable"),
    "a password": ("p.xlsx", plain(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")), "encrypted"),
    "an old workbook": ("p.xlsx", plain(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), "old_workbook"),
    "one line of sixty megabytes": ("p.csv", plain((",".join(HEADER) + "\r\n").encode() + b"x" * 60_000_000), "cell_too_long"),
    "twenty thousand wrong rows": ("p.csv", many_wrong_rows, "bad_identity_number"),
    "nothing": ("p.csv", plain(b""), "empty_file"),
}


@pytest.mark.parametrize("what", CASES)
async def test_a_hostile_file_is_answered_in_seconds(tmp_path, what, registrar, work, importer):
    name, make, code = CASES[what]
    content = make(tmp_path / name).read_bytes()
    before = await importer.rows("select count(*) from students union all select count(*) from external_ids")
    started = time.monotonic()
    answer = await upload(registrar, content, name)
    assert answer.status_code == 202, answer.text
    await work(answer)
    assert time.monotonic() - started < SECONDS
    url = f"/api/v1/roster-imports/{answer.json()['id']}"
    shown = (await registrar.get(url)).json()
    assert shown["state"] == "refused"
    found = (await registrar.get(f"{url}/findings", params={"severity": "error"})).json()["items"][0]
    assert code is None or found["code"] == code
    assert found["file"]
    assert found["reason"]
    assert await importer.rows("select count(*) from students union all select count(*) from external_ids") == before
    assert (await registrar.post(f"{url}/apply", json={})).status_code == 409
    assert (await registrar.get("/healthz")).status_code == 200


async def test_texts_that_a_spreadsheet_would_run_stay_texts(tmp_path, registrar, work, importer):
    """What the report repeats of a file cannot be a formula in the office of whoever opens it."""
    files = right_package()
    code = await importer.value("select code from schools where id = :id", id=importer.world.school_id)
    files["orgs"][1][column(files, "orgs", "identifier")] = code
    files["users"][1][column(files, "users", "enabledUser")] = '=HYPERLINK("http://evil","x")'
    files["users"][2][column(files, "users", "enabledUser")] = "@SUM(1+1)*cmd|' /C calc'!A0"
    answer = await upload(registrar, write_zip(tmp_path / "p.zip", files).read_bytes(), "=1+1.zip")
    await work(answer)
    url = f"/api/v1/roster-imports/{answer.json()['id']}"
    report = (await registrar.get(f"{url}/findings.csv")).text
    assert "'=HYPERLINK" in report
    assert "'@SUM" in report
    assert not any(cell.startswith(("=", "@", "+")) for line in report.splitlines() for cell in line.replace('"', "").split(","))
    book = tmp_path / "report.xlsx"
    book.write_bytes((await registrar.get(f"{url}/findings.xlsx")).content)
    with zipfile.ZipFile(book) as workbook_file:
        assert b"<f>" not in workbook_file.read("xl/worksheets/sheet1.xml")


async def test_a_person_is_not_their_own_guardian(tmp_path, registrar, work):
    files = right_package()
    files["users"][1][column(files, "users", "agentSourcedIds")] = "s1"
    answer = await upload(registrar, write_zip(tmp_path / "p.zip", files).read_bytes())
    await work(answer)
    page = (await registrar.get(f"/api/v1/roster-imports/{answer.json()['id']}/findings", params={"severity": "error"})).json()
    first = page["items"][0]
    assert (first["code"], first["file"], first["line"], first["column"]) == ("own_guardian", "users.csv", 2, "agentSourcedIds")
