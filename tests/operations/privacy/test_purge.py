"""People whose time is up are taken out of every byte of the file; its totals, chain and proof stay."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import papers
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from tests.conftest import HEADINGS, Office, built_once, person
from tests.support import auditor

pytestmark = pytest.mark.usefixtures("far_ahead")
DAY = "2040-01-01"
WHY = ("--reason", "JRA 2040")
CLAIM = "K-2025-0001"
WIDE = (*HEADINGS, "NAMA IBU", "NO HP", "NO KK", "ALAMAT")
SECRETS = (
    "ZULKARNAEN WIDODO",
    "RATNA MELATI",
    "6281255512345",
    "6474010101990001",
    "JALAN CENDRAWASIH",
    "KARTINI ZULKARNAEN",
    "6281277712345",
    "002101987654",
    "ZULFIKAR MUDA",
    "ZULKARNAEN WIDADA",
    "TOLAKAN SEKALI",
)
"""What names the people who are taken out: the worker, the mother, the heir, the child, a former name."""


@pytest.fixture
def old(office: Office, roster: Callable[..., Path]) -> Office:
    """An office of 2040: eleven people whose cover ended in 2024, a paid claim of one, and four of today."""

    def build() -> None:
        first = [(*person(n, born=f"19{70 + n}-03-0{1 + n % 9}"), None, None, None, None) for n in range(10)]
        known = person(11, born="1970-05-05", name="ZULKARNAEN WIDADA")
        first.append((*known, "RATNA MELATI", "081255512345", "6474010101990001", "JALAN CENDRAWASIH 7"))
        refused = (*person(12, name="TOLAKAN SEKALI"), None, None, None, None)
        first.append(("64740117", *refused[1:]))
        path = roster(first, headings=WIDE)
        assert office("import", path, today="2023-10-02").code in {0, 3}
        terms = ("--payer", "apbd-kota", "--decree", "SK 1", "--registered")
        spans = ("--from", "2023-10", "--months", 24)
        office.ok("enrol", "--batch", "B-2023-001", *spans, *terms, today="2023-10-03")
        proof = ("--proof", "SP2D-1", "--date", "2023-10-10")
        office.ok("iuran", "pay", "2023-10..2025-09", *proof, today="2023-10-11")
        name = ("--name", "ZULKARNAEN WIDODO")
        office.ok("worker", "set", "P-000011", *name, "--reason", "KTP Zulkarnaen Widodo")
        _claimed(office)
        _of_today(office, roster, terms)

    built_once("old office", office.path, build)
    return office


def _claimed(office: Office) -> None:
    event = ("--kind", "jkm", "--date", "2025-07-01")
    office.ok("claim", "add", "P-000011", *event)
    office.ok("claim", "heir", "add", CLAIM, "KARTINI ZULKARNAEN", "--relation", "istri")
    office.ok("claim", "contact", CLAIM, "KARTINI ZULKARNAEN", "--phone", "081277712345")
    office.ok("claim", "payee", CLAIM, 1, "--bank", "BRI", "--account", "002101987654")
    office.ok("claim", "visit", CLAIM, "bertemu KARTINI ZULKARNAEN di JALAN CENDRAWASIH")
    office.ok("worker", "child", "add", "P-000011", "--name", "ZULFIKAR MUDA", "--born", "2010-01-02")
    office.ok("claim", "document", CLAIM, "--all")
    office.ok("claim", "verify", CLAIM, actor="sari")
    office.ok("claim", "pay", CLAIM, "--proof", "TRX-1", "--date", "2025-07-20", actor="joko")


def _of_today(office: Office, roster: Callable[..., Path], terms: tuple[object, ...]) -> None:
    path = roster([person(n, born="1999-02-03") for n in range(20, 24)], "baru.xlsx")
    office.ok("import", path, today="2039-01-02")
    office.ok(
        "enrol", "--batch", "B-2039-001", "--from", "2039-02", "--months", 12, *terms, today="2039-01-03"
    )
    office.ok("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 90, "--source", "BPS")


REPORTS = (
    *(f"report coverage --year 2025 --by {by}" for by in ("kelurahan", "age", "sex", "occupation", "payer")),
    "report coverage --year 2039",
    "report claims --year 2025",
    "report quality --year 2023",
    "report forecast --year 2039",
    "report monthly --month 2025-07",
    "workforce list",
    "iuran list",
    "cover overlaps --year 2025",
    "claim list",
)


def totals(office: Office) -> dict[str, Any]:
    """Return every figure of every report, names left out."""
    said = {name: office(*name.split(), "--json", today=DAY) for name in REPORTS}
    wrong = {name: ran.err for name, ran in said.items() if ran.code not in {0, 3}}
    assert wrong == {}
    return {name: _without_names(ran.data) for name, ran in said.items()}


def _without_names(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_names(value) for key, value in data.items() if key not in {"name", "nik"}}
    return [_without_names(one) for one in data] if isinstance(data, list) else data


def purged(office: Office, *arguments: object, actor: str = "rina") -> Any:
    return office.ok("privacy", "purge", *WHY, *arguments, actor=actor, today=DAY)


def bytes_of(path: Path) -> bytes:
    """Return all that a file holds: its pages, and what the journal keeps compressed, in capitals."""
    with closing(sqlite3.connect(path)) as file:
        parts = [zlib.decompress(kept) for (kept,) in file.execute("SELECT kept FROM audit_change")]
    return b"\n".join([path.read_bytes(), *parts]).upper()


def test_a_purge_leaves_every_total_and_no_name(old: Office) -> None:
    niks = [nik for (nik,) in old.rows("SELECT nik FROM worker WHERE id <= 11")]
    before, there = totals(old), bytes_of(old.path)
    assert [secret for secret in SECRETS if secret.encode() not in there] == []
    done = purged(old)
    assert (done["people"], done["claims"], done["rows"], done["wiped"]) == (11, 1, 1, True)
    assert totals(old) == before
    left = bytes_of(old.path)
    assert [secret for secret in (*SECRETS, *niks) if secret.encode() in left] == []
    assert b"KASIM" not in left or old.one("SELECT count(*) FROM worker WHERE name GLOB 'KASIM*'")
    checked = old.ok("db", "check")
    assert (checked["problems"], checked["differences"]) == ([], [])
    assert old("audit", "verify").code == 0
    assert purged(old)["people"] == 0
    assert old("find", "zulkarnaen").error == "E521"


def test_an_auditor_finds_the_trail_whole_after_it(old: Office) -> None:
    purged(old)
    folder = auditor.unpacked(auditor.packed(old, "paket.zip"))
    assert auditor.verdict(folder)[0] == 0
    rows = (folder / "jejak/jejak.jsonl").read_text("utf-8")
    row = next(
        line for line in rows.splitlines() if '"action": "claim.visit"' in line or "claim.visit" in line
    )
    auditor.changed(folder, "jejak/jejak.jsonl", row, row.replace("rina", "budi"))
    assert auditor.verdict(folder)[0] == 1


def test_who_stays_is_untouched(old: Office) -> None:
    query = "SELECT * FROM v_worker WHERE id > 11"
    before = old.rows(query)
    purged(old)
    assert old.rows(query) == before
    assert old.ok("claim", "show", CLAIM)["payments"][0]["payee"] == "-"
    assert old.ok("worker", "show", "P-000011")["name"] == "P-000011"
    assert old.ok("review", today=DAY) is not None
    assert old.one("SELECT sum(amount) FROM payment") == 42_000_000


def test_a_second_purge_keeps_what_the_first_has_rewritten(old: Office) -> None:
    purged(old)
    later = "2060-01-01"
    assert old.ok("privacy", "purge", *WHY, today=later)["people"] == 4
    assert old.ok("db", "check")["problems"] == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE audit SET reason = 'x' WHERE action = 'claim.pay'", "audit row"),
        ("UPDATE audit SET before = '{}' WHERE action = 'worker.correct'", "audit row"),
        ("UPDATE audit SET after = json_remove(after, '$.rows') WHERE action = 'privacy.purge'", "audit row"),
        ("UPDATE audit_change SET kept = x'00' WHERE seq = 2 AND part = 0", "audit changes 2"),
        ("UPDATE payment SET amount = amount + 1 WHERE id = 1", "payment 1 amount"),
        ("UPDATE worker SET name = 'SESEORANG' WHERE id = 11", "worker 11 name"),
    ],
)
def test_an_intruder_is_found_in_what_was_rewritten(old: Office, change: str, named: str) -> None:
    purged(old)
    with closing(sqlite3.connect(old.path, isolation_level=None)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        assert file.execute(change).rowcount > 0
        for _, made in triggers:
            file.execute(made)
    ran = old("db", "check", "--json")
    assert ran.code == 1
    assert any(problem.startswith(named) for problem in ran.data["problems"])


Told = dict[str, Any]


def _cell(told: Told, column: str, place: int) -> tuple[list[Any], int]:
    return told["rows"][place], told["columns"].index(column)


def _more_money(told: Told) -> None:
    row, column = _cell(told, "amount", 0)
    row[column] += 1


def _another_name(told: Told) -> None:
    row, column = _cell(told, "name", int(min(told["was"], key=int)))
    row[column] = "ORANG LAIN"


def _other_digests(told: Told) -> None:
    told["was"]["0"] = "00" * 32


def _name_of_who_stays(told: Told) -> None:
    row, column = _cell(told, "name", 0)
    row[column], told["was"] = "P-000012", {"0": "00" * 32}


def _no_digests(told: Told) -> None:
    told["was"] = []


def _more_people(told: Told) -> None:
    row, column = _cell(told, "heads", 0)
    row[column] += 1


@pytest.mark.parametrize(
    ("table", "place", "forge"),
    [
        ("payment", 0, _more_money),
        ("worker", 0, _another_name),
        ("worker", 0, _other_digests),
        ("worker", 0, _no_digests),
        ("worker", -1, _name_of_who_stays),
        ("bill", 0, _more_people),
    ],
)
def test_a_forged_purge_reaches_no_money_and_no_other_name(
    old: Office, table: str, place: int, forge: Callable[[Told], None]
) -> None:
    """Whoever writes the file can append a purge that lists what they like, and reckon its hash anew."""
    purged(old)
    (seq, part), content = _parts_of(old, table)[place]
    told = json.loads(content)
    forge(told)
    forged = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    with closing(sqlite3.connect(old.path, isolation_level=None)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        change = "UPDATE audit_change SET kept = ? WHERE seq = ? AND part = ?"
        file.execute(change, (zlib.compress(forged), seq, part))
        _listed_anew(file, f"{seq}.{part}", hashlib.sha256(forged).hexdigest())
        for _, made in triggers:
            file.execute(made)
    ran = old("db", "check", "--json")
    assert [one for one in ran.data["problems"] if one.startswith("audit")] == [f"audit changes {seq}"]
    assert [one["actor"] for one in ran.data["purges"]] == ["rina"]
    assert "menghapus data orang" in ran.err


def _listed_anew(file: sqlite3.Connection, key: str, digest: str) -> None:
    """List a digest in the purge's row, which is the last one, and reckon its hash and the head anew."""
    columns = ", ".join(audit.COLUMNS)
    *row, origin, changes = file.execute(
        f"SELECT {columns}, origin, changes FROM audit WHERE action = 'privacy.purge'"
    ).fetchone()
    told = dict(zip(audit.COLUMNS, row, strict=True))
    listed = json.loads(told["after"])
    listed["parts"][key] = digest
    told["after"] = json.dumps(listed)
    chained = audit.chained(tuple(told.values()), origin, changes)
    file.execute("UPDATE audit SET after = ?, hash = ? WHERE seq = ?", (told["after"], chained, told["seq"]))
    file.execute("UPDATE audit_head SET hash = ?", (chained,))


def _parts_of(office: Office, table: str) -> list[tuple[tuple[int, int], bytes]]:
    """Return the parts of the journal that hold rows of a table."""
    parts = office.rows("SELECT seq, part, kept FROM audit_change ORDER BY seq, part")
    told = [((seq, part), zlib.decompress(kept)) for seq, part, kept in parts]
    return [
        one for one in told if one[1].startswith(f'{{"table":"{table}",'.encode()) and b'"rows":[[' in one[1]
    ]


def test_a_list_that_somebody_broke_counts_for_nothing(old: Office) -> None:
    purged(old)
    for after in ("kein JSON", "[]", '{"rows": {"x": 1, "2": "kurz"}, "parts": {"1": "x", "a.b": "c"}}'):
        with closing(sqlite3.connect(old.path, isolation_level=None)) as file:
            file.execute("DROP TRIGGER IF EXISTS audit_is_never_changed")
            file.execute("UPDATE audit SET after = ? WHERE action = 'privacy.purge'", (after,))
        assert old("db", "check", "--json").data["problems"]


def test_whoever_waits_stays(old: Office) -> None:
    """An open claim, a death that nobody claimed, a child of school age: nobody of them is taken out."""
    old.ok(
        "claim",
        "add",
        "P-000001",
        "--kind",
        "jkk-treatment",
        "--date",
        "2024-02-01",
        "--cause",
        "work-accident",
    )
    old.ok("worker", "death", "P-000002", "--died", "2024-03-01", "--reported", "2024-03-05")
    old.ok("worker", "child", "add", "P-000003", "--name", "ANAK KECIL", "--born", "2024-01-02")
    assert purged(old)["people"] == 8


def test_a_dry_run_changes_nobody_and_is_noted(old: Office) -> None:
    before = old.rows("SELECT * FROM worker")
    found = purged(old, "--dry-run")
    assert (found["people"], found["noted"], found["tables"]) == (11, True, {})
    assert old.rows("SELECT * FROM worker") == before
    old.path.chmod(0o400)
    assert old.one("SELECT action FROM audit ORDER BY seq DESC LIMIT 1") == "privacy.look"


def test_another_officer_looks_and_the_head_does_it(old: Office) -> None:
    for name, role in (("rina", "kepala"), ("budi", "pencatat")):
        old.ok("officer", "add", name, "--role", role)
    refused = old("privacy", "purge", *WHY, today=DAY)
    assert refused.error == "E580"
    purged(old, "--dry-run")
    assert old("privacy", "purge", *WHY, today=DAY).error == "E487"
    purged(old, "--dry-run", actor="budi")
    assert old("privacy", "purge", *WHY, actor="budi", today=DAY).error == "E483"
    assert purged(old)["people"] == 11


def test_what_is_no_workers_goes_after_its_own_time(old: Office, roster: Callable[..., Path]) -> None:
    """Another payer's list, and a row that waits because its NIK is somebody else's: neither got in."""
    stranger, other = person(50, name="ORANG LUAR DAERAH"), person(20, born="1999-02-03")
    path = roster([stranger[:2], person(21, born="1999-02-03")[:2]], "lain.xlsx", ("NIK", "NAMA"))
    listed = ("--as", "covered-elsewhere", "--payer", "pt-badak", "--from", "2030-01", "--to", "2030-03")
    assert old("import", path, *listed, today="2030-01-02").code == 0
    old("import", roster([(other[0], "WARGA DUA KALI", *other[2:])], "dua.xlsx"), today="2030-01-03")
    assert old.one("SELECT count(*) FROM roster_row WHERE outcome = 'review'") == 1
    there = totals(old)
    done = purged(old)
    assert (done["elsewhere"], done["rows"]) == (1, 2)
    assert totals(old) == there
    left = bytes_of(old.path)
    assert not [one for one in (*stranger[:2], "WARGA DUA KALI") if str(one).encode() in left]
    assert old.one("SELECT count(*) FROM elsewhere WHERE nik GLOB '6474*'") == 1
    assert old.ok("db", "check")["differences"] == []
    assert purged(old)["rows"] == 0


def test_a_file_that_cannot_be_wiped_is_said_to_be_so(old: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Database) -> None:
        raise JcliError("E108", path=old.path)

    monkeypatch.setattr(Database, "wipe", full)
    ran = old("privacy", "purge", *WHY, today=DAY)
    assert (ran.code, "VACUUM" in ran.err) == (0, True)


def test_a_look_that_cannot_be_noted_is_shown_all_the_same(old: Office) -> None:
    old.ok("officer", "add", "rina", "--role", "kepala")
    found = purged(old, "--dry-run", "--on", "2040-02-29", actor="tamu")
    assert (found["people"], found["noted"], found["limits"]["people"]) == (11, False, "2030-02-28")


def test_a_day_to_come_is_refused(old: Office) -> None:
    assert old("privacy", "purge", *WHY, "--on", "2100-01-01", today=DAY).error == "E581"
    assert "Belum ada orang" in old("privacy", "purge", *WHY, today="2025-09-01").out
    assert "Belum ada orang" in old("privacy", "purge", *WHY, "--dry-run", today="2025-09-01").out


def test_scans_in_the_folder_go_too(old: Office, tmp_path: Path) -> None:
    old.ok("db", "setting", "keep_copies", "ya", "--reason", "pindaian disimpan")
    scan = tmp_path / "ktp.pdf"
    scan.write_bytes(b"%PDF ZULKARNAEN")
    old.ok("claim", "document", CLAIM, "rekening", "--file", scan)
    folder = papers.folder_of(old.database)
    assert len(list(folder.iterdir())) == 1
    assert purged(old)["scans"] == 1
    assert list(folder.iterdir()) == []


def test_the_row_of_a_purge_names_what_it_rewrote(old: Office) -> None:
    done = purged(old)
    (after,) = old.rows("SELECT after FROM audit WHERE action = 'privacy.purge'")[0]
    listed = json.loads(after)
    assert (len(listed["rows"]), len(listed["parts"])) == (done["audit_rows"], done["parts"])
    assert listed["limits"]["people"] == "2030-01-01"


def test_a_scan_that_cannot_be_removed_is_said_and_tried_again(
    old: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.ok("db", "setting", "keep_copies", "ya", "--reason", "pindaian disimpan")
    scan = tmp_path / "ktp.pdf"
    scan.write_bytes(b"%PDF ZULKARNAEN")
    old.ok("claim", "document", CLAIM, "rekening", "--file", scan)
    real = Path.unlink

    def locked(path: Path, **options: Any) -> None:
        if path.suffix == ".pdf":
            raise PermissionError(13, "in use", str(path))
        real(path, **options)

    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", locked)
        assert purged(old)["scans_left"] == 1
        ran = old("privacy", "purge", *WHY, today=DAY)
        assert "1 pindaian orang yang sudah dihapus masih ada" in ran.out
        assert purged(old, "--dry-run")["scans_left"] == 1
    assert "pindaian" not in old("privacy", "purge", *WHY, today=DAY).out
    assert list(papers.folder_of(old.database).iterdir()) == []
