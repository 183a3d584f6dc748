"""Coverage, claims, the month: figures that add up, and files that open."""

import contextlib
import csv
import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli import safe_file
from jamsostek_cli.domain.coverage import JOINED_PARTS, LAPSED_PARTS, CoverageLine
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.coverage.count import Counts
from jamsostek_cli.reports.coverage.dimensions import DIMENSIONS
from jamsostek_cli.reports.coverage.second import refuse_difference
from tests.conftest import BY_LIST, Office, built_once, person


@pytest.fixture
def city(covered: Office, roster: Callable[..., Path]) -> Office:
    """Ten covered people of whom one died, two more who are only proposed, denominators, and claims."""

    def build() -> None:
        covered.ok("import", roster([person(n, sex="P") for n in (50, 51)], "b.xlsx"), "--agency", "Dinas B")
        terms = ("--from", "2025-01", "--months", 12, "--payer", "csr", "--decree", "x")
        covered.ok("enrol", "--agency", "Dinas B", *terms)
        covered.ok(
            "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19"
        )
        covered.ok("claim", "document", "K-2025-0001", "--all")
        covered.ok("verify", "K-2025-0001", actor="budi")
        covered.ok("pay", "K-2025-0001", *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", actor="sari")
        covered.ok(
            "claim",
            "add",
            "P-000002",
            "--kind",
            "jkk-death",
            "--date",
            "2025-07-01",
            "--reported",
            "2025-07-02",
        )
        put = ("workforce", "set", "--year", 2025, "--source", "OPD", "--area")
        covered.ok(*put, "64.74", "--workers", 16)
        covered.ok(*put, "64.74.01.1004", "--workers", 12)
        covered.ok(*put, "64.74", "--workers", 100, "--segment", "all", "--protected-elsewhere", 50)

    built_once("report city", covered.path, build)
    return covered


def test_coverage_is_the_protected_over_a_named_denominator(city: Office) -> None:
    ran = city("report", "coverage", "--year", 2025, "--json")
    assert ran.json["as_of"] == "2025-08-04"
    figures = ran.data["figures"]
    assert figures == {
        "registered": 10, "enrolled_ever": 10, "enrolled": 8, "protected": 8, "target": 16, "gap": 8,
        "coverage": 0.5, "workers": 100, "protected_elsewhere": 50, "ucj": 0.58,
        "gap_monthly": 2, "opening": 10, "joined": 0, "died": 2, "lapsed": 0, "closing": 8,
        **{line.value: 0 for line in (*JOINED_PARTS, *LAPSED_PARTS)},
    }  # fmt: skip
    assert "sumber OPD" in " ".join(ran.data["notes"])
    before = city.ok("report", "coverage", "--year", 2025, "--as-of", "2025-05-09")["figures"]
    assert (before["protected"], before["died"]) == (10, 0)
    start = city.ok("report", "coverage", "--as-of", "2023-12-31")["figures"]
    assert (start["opening"], start["joined"], start["closing"]) == (0, 10, 10)
    end = city.ok("report", "coverage", "--year", 2026, today="2027-02-01")["figures"]
    assert (end["opening"], end["lapsed"], end["closing"]) == (8, 8, 0)
    assert city("report", "coverage", "--year", 2026).error == "E508"
    assert city("report", "coverage", "--year", 2024, "--as-of", "2025-06-01").error == "E508"
    assert city("report", "coverage", "--year", 1066).error == "E002"


@pytest.mark.parametrize("by", DIMENSIONS)
def test_each_breakdown_adds_up_to_the_whole(city: Office, by: str) -> None:
    data = city.ok("report", "coverage", "--year", 2025, "--by", by)
    rows = data["rows"][-1:] if by == "month" else data["rows"]
    assert sum(row["protected"] for row in rows) == 8
    assert sum(row["registered"] for row in rows) == 10
    assert by in rows[0]


def test_a_kelurahan_is_measured_against_its_own_target(city: Office) -> None:
    rows = city.ok("report", "coverage", "--year", 2025, "--by", "kelurahan")["rows"]
    assert len(rows) == 15, "a kelurahan in which nobody is protected is listed, too"
    row = rows[3]
    assert (row["kelurahan"], row["target"], row["coverage"]) == ("Guntung", 12, 8 / 12)
    assert city("report", "coverage", "--by", "colour").error == "E504"


def test_the_names_behind_a_figure_are_as_many_as_the_figure(city: Office) -> None:
    data = city.ok("report", "coverage", "--year", 2025, "--names")
    assert len(data["names"]) == data["figures"]["protected"] == 8
    assert "P-000003\t" in city("report", "coverage", "--year", 2025, "--names").out


def test_without_denominators_nothing_is_divided(covered: Office) -> None:
    ran = covered("report", "coverage", "--year", 2025)
    assert "coverage\t" not in ran.out
    assert "jcli workforce set" in ran.err


def test_claims_are_counted_by_state(city: Office) -> None:
    data = city.ok("report", "claims", "--year", 2025)
    assert data["figures"] == {
        "claims": 2, "claims_paid": 1, "amount_paid": 42_000_000, "claims_open": 1, "amount_open": 70_000_000,
        "claims_part_paid": 0, "amount_owed": 0, "amount_difference": 0, "claims_unpriced": 0,
        "families_unclaimed": 0, "amount_unclaimed": 0,
    }  # fmt: skip
    assert data["tables"]["claims_waiting"][0]["days_waiting"] == 33
    waited = {row["waited"]: (row["claims"], row["amount"]) for row in data["tables"]["claims_by_wait"]}
    assert waited.pop("31-60") == (1, 70_000_000)
    assert list(waited.items()) == [(group, (0, 0)) for group in ("0-30", "61-90", "91-180", "181+")]
    assert city.ok("report", "claims", "--month", "2025-05")["figures"]["claims"] == 1
    assert city.ok("report", "claims", "--month", "2024-05")["figures"]["claims"] == 0
    july = city.ok("report", "claims", "--month", "2025-07", "--as-of", "2025-07-01")["figures"]
    assert (july["claims"], july["claims_open"], july["amount_paid"]) == (0, 0, 0)
    may = city.ok("report", "claims", "--month", "2025-05")["figures"]
    assert (may["claims_open"], may["amount_paid"]) == (1, 0), "paid in June, so still open at the end of May"
    assert (may["claims_paid"], may["amount_owed"]) == (0, 0), "verified later"


def test_a_voided_payment_no_longer_counts(city: Office) -> None:
    city.ok("claim", "void", "K-2025-0001", "--reason", "wrong family")
    assert city.ok("report", "claims", "--year", 2025)["figures"]["amount_paid"] == 0


def test_the_month_is_written_twice_with_the_same_bytes(city: Office, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    first = city("report", "monthly", "--month", "2025-07", "-o", folder, "--quiet")
    assert (first.code, first.out, first.err) == (0, "", "")
    paths = sorted(folder.iterdir())
    kinds = ("docx", "html", "md", "pdf", "png", "txt", "xlsx")
    assert [path.name for path in paths] == [f"laporan-bulanan-2025-07.{kind}" for kind in kinds]
    before = [path.read_bytes() for path in paths]
    again = city("report", "monthly", "--month", "2025-07", "-o", folder)
    assert "isi yang sama" in again.out
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == before
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    note = (folder / "laporan-bulanan-2025-07.md").read_text(encoding="utf-8")
    assert "# Laporan bulanan Juli 2025" in note
    assert "| Guntung |" in note
    city.ok("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 20, "--source", "OPD baru")
    assert city("report", "monthly", "--month", "2025-07", "-o", folder).error == "E502"
    assert city("report", "monthly", "--month", "2025-07", "-o", folder, "--force").code == 0


def test_last_month_is_the_month_before_today(city: Office) -> None:
    data = city.ok("report", "monthly")
    assert data["period"] == "2025-07"
    figures = data["figures"]
    assert (figures["opening"], figures["died"], figures["closing"], figures["deaths"]) == (9, 1, 8, 1)
    assert city("report", "monthly", "--month", "sekarang").error == "E002"
    assert city("report", "monthly", "--month", "2025-09").error == "E508"
    assert city.json_of("report", "monthly", "--month", "2025-08")["as_of"] == "2025-08-04"


def test_the_workbook_holds_the_same_figures_and_no_formula(city: Office, tmp_path: Path) -> None:
    path, text_file = tmp_path / "c.xlsx", tmp_path / "c.csv"
    by_kelurahan = ("report", "coverage", "--year", 2025, "--by", "kelurahan")
    assert city(*by_kelurahan, "-o", text_file).code == 0
    for target in (path, tmp_path / "c.md", tmp_path / "c.json"):
        assert (
            city("report", "coverage", "--year", 2025, "--by", "kelurahan", "--names", "-o", target).code == 0
        )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Ringkasan", "Per kelurahan", "Nama di balik angka", "Catatan"]
    sheet = book["Per kelurahan"]
    assert [cell.value for cell in sheet[3]] == [
        "Kelurahan", "Dalam daftar", "Terdaftar", "Terlindungi", "Sasaran", "Cakupan", "Kurang", "Sebulan",
    ]  # fmt: skip
    assert sheet.freeze_panes == "B4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert [cell.value for cell in sheet[7]] == ["Guntung", 10, 8, 8, 12, pytest.approx(8 / 12), 4, 1]
    assert not [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    with text_file.open(encoding="utf-8-sig") as stream:
        assert [row["Terlindungi"] for row in csv.DictReader(stream, delimiter=";")][3] == "8"
    for_programs = ("report", "coverage", "--year", 2025, "--by", "kelurahan", "--machine")
    assert city(*for_programs, "-o", tmp_path / "codes.csv").code == 0
    with (tmp_path / "codes.csv").open(encoding="utf-8") as stream:
        assert [row["protected"] for row in csv.DictReader(stream)][3] == "8"
    assert json.loads((tmp_path / "c.json").read_text())["data"]["figures"]["protected"] == 8
    assert city("report", "coverage", "-o", tmp_path / "c.odt").error == "E503"
    assert city("report", "coverage", "--year", 2025, "-o", tmp_path / "plain.csv").code == 0
    plain_lines = (tmp_path / "plain.csv").read_text("utf-8-sig").splitlines()
    assert (plain_lines[0], plain_lines[-1]) == ("Uraian;Nilai", "Terlindungi pada akhir;8")
    assert any(line.endswith(";0,58") for line in plain_lines)
    assert city("report", "coverage", "--year", 2025, "--machine", "-o", tmp_path / "keys.csv").code == 0
    assert "protected,8" in (tmp_path / "keys.csv").read_text("utf-8")


def test_the_report_speaks_english_too(city: Office, tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    city("--lang", "en", "report", "claims", "--year", 2025, "-o", path)
    assert openpyxl.load_workbook(path).sheetnames == [
        "Summary", "Claims reported, by state", "Paid, by payer and kind", "Open claims by time waited",
        "Open claims", "Families owed, no claim yet", "Notes",
    ]  # fmt: skip
    known = ["coverage", "claims", "monthly", "quality", "forecast", "workforce", "iuran", "cover"]
    assert [r["report"] for r in city.ok("report", "list")] == known


def test_text_from_rosters_is_inert_in_every_file(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    nik, _, *rest = person(1)
    office.ok("import", roster([(nik, "=HYPERLINK(1)", *rest[:-1], "=cmd|' /C calc'!A0")]))
    office(
        "report",
        "coverage",
        "--year",
        2025,
        "--by",
        "occupation",
        "-o",
        tmp_path / "o.csv",
        "-o",
        tmp_path / "o.xlsx",
    )
    assert "'=CMD" in (tmp_path / "o.csv").read_text()
    cell = openpyxl.load_workbook(tmp_path / "o.xlsx")["Per pekerjaan"]["A4"]
    assert (cell.data_type, str(cell.value)[0]) == ("s", "=")


def test_names_are_written_where_they_are_asked_for(city: Office, tmp_path: Path) -> None:
    for kind in ("csv", "md"):
        path = tmp_path / f"names.{kind}"
        assert city("report", "coverage", "--year", 2025, "--names", "-o", path).code == 0
        assert path.read_text(encoding="utf-8").count("P-0000") == 8


def test_a_link_stays_a_link(city: Office, tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    assert city("report", "coverage", "--year", 2025, "-o", link, "--force").code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8-sig").startswith("Uraian")


def test_only_a_file_is_replaced(city: Office, tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert city("report", "coverage", "--year", 2025, "-o", folder, "--force").error == "E106"
    assert folder.is_dir()


def test_files_appear_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")

    def fails(part: Path) -> None:
        part.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(JcliError) as full:
        safe_file.write(path, fails, force=True)
    assert full.value.code == "E108"
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]
    assert path.read_text() == "old"

    def forbidden(part: Path) -> None:
        raise PermissionError

    with pytest.raises(JcliError) as closed:
        safe_file.write(path, forbidden)
    assert closed.value.code == "E106"
    with pytest.raises(JcliError) as folder:
        safe_file.write(tmp_path / "x.csv" / "y.csv", lambda part: part.touch())
    assert folder.value.code == "E120"
    with pytest.raises(JcliError):
        safe_file.write(tmp_path, lambda part: part.touch(), force=True)


def test_what_a_killed_command_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    old, young = tmp_path / ".a.csv.0000.part", tmp_path / ".a.csv.1111.part"
    for left in (old, young):
        left.write_text("6474", encoding="utf-8")
    with safe_file.folder_beside(old) as folder:
        (folder / "rows").write_text("6474", encoding="utf-8")
        kept = folder.replace(tmp_path / ".a.csv.2222.rows.part")  # as if the command had been killed
    for left in (old, kept):
        os.utime(left, (1, 1))
    assert safe_file.write(tmp_path / "a.csv", lambda part: part.touch())
    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, "a.csv"]


@pytest.mark.parametrize("programmes", ["jkk", "jkm", "jkm,jht"])
def test_one_programme_alone_protects_nobody(
    office: Office, roster: Callable[..., Path], programmes: str
) -> None:
    office.ok("import", roster([person(1)]))
    terms = ("--from", "2025-01", "--payer", "csr", "--decree", "x", "--registered")
    office.ok("enrol", "--worker", "P-000001", *terms, "--programmes", programmes)
    office.ok("iuran", "pay", "2025-01..2025-08", "--proof", "1", "--date", "2025-08-01")
    figures = office.ok("report", "coverage", "--year", 2025, "--by", "payer")["figures"]
    assert (figures["enrolled"], figures["protected"], figures["closing"]) == (1, 0, 0)


def test_a_movement_that_does_not_add_up_is_refused() -> None:
    parts = {"joined_new": 2, "lapsed_unpaid": 1, "lapsed_ended": 1}
    people = Counts(opening=10, joined=2, died=1, lapsed=2, closing=9, protected=9, **parts)
    refuse_difference(people, {CoverageLine.CLOSING: 9, CoverageLine.ENDED: 1})
    wrong: tuple[tuple[Counts, dict[CoverageLine, int]], ...] = (
        (people._replace(closing=8, protected=8), {}),
        (people._replace(protected=8), {}),
        (people._replace(joined_new=1), {}),
        (people._replace(lapsed_ended=2), {}),
        (people, {CoverageLine.ENDED: 0, CoverageLine.UNPAID: 2}),
    )
    for counted, again in wrong:
        with pytest.raises(JcliError) as refused:
            refuse_difference(counted, again)
        assert refused.value.code == "E507"


def test_an_office_at_its_beginning_has_a_report_too(office: Office, tmp_path: Path) -> None:
    assert office("report", "monthly", "--month", "2023-10", "-o", tmp_path).code == 0
    assert "Tidak ada." in (tmp_path / "laporan-bulanan-2023-10.md").read_text(encoding="utf-8")


def test_open_on_a_day_is_what_was_open_then(city: Office) -> None:
    """K-2025-0001 was reported on 19 May, paid on 2 June, verified here (in August) after that."""

    def waiting(month: str) -> list[tuple[str, str]]:
        data = city.ok("report", "monthly", "--month", month)
        assert data["figures"]["claims_open"] == len(data["tables"]["claims_waiting"])
        return [(row["number"], row["state"]) for row in data["tables"]["claims_waiting"]]

    def by_state(*options: object) -> list[tuple[str, int]]:
        rows = city.ok("report", "claims", *options)["tables"]["claims_by_state"]
        return [(row["state"], row["claims"]) for row in rows]

    assert waiting("2025-04") == []
    assert waiting("2025-05") == [("K-2025-0001", "reported")]
    assert waiting("2025-06") == []
    assert waiting("2025-07") == [("K-2025-0002", "reported")]
    assert by_state("--month", "2025-05") == [("reported", 1)]
    assert sorted(by_state("--year", "2025")) == [("paid", 1), ("reported", 1)]
    city.ok("claim", "document", "K-2025-0002", "--all", today="2025-08-10")
    city.ok("verify", "K-2025-0002", actor="budi", today="2025-08-20")
    city.ok(
        "pay",
        "K-2025-0002",
        *BY_LIST,
        "--proof",
        "B-2",
        "--date",
        "2025-09-05",
        actor="sari",
        today="2025-09-06",
    )
    later = {"today": "2025-10-01"}
    rows = city.ok("report", "monthly", "--month", "2025-08", **later)["tables"]["claims_waiting"]
    assert [(row["number"], row["state"], row["days_waiting"]) for row in rows] == [
        ("K-2025-0002", "verified", 60)
    ]
    assert city.ok("report", "monthly", "--month", "2025-09", **later)["tables"]["claims_waiting"] == []
    city.ok("claim", "void", "K-2025-0002", "--reason", "salah", **later)
    rows = city.ok("report", "monthly", "--month", "2025-09", **later)["tables"]["claims_waiting"]
    assert [(row["number"], row["state"]) for row in rows] == [("K-2025-0002", "verified")]


def test_a_claim_was_open_until_the_day_on_which_it_was_decided(city: Office) -> None:
    """K-2025-0002 was reported on 2 July."""

    def states(month: str, today: str = "2025-12-01") -> list[tuple[str, str]]:
        claims = city.ok("report", "claims", "--month", month, today=today)
        monthly = city.ok("report", "monthly", "--month", month, today=today)
        waiting = monthly["tables"]["claims_waiting"]
        assert waiting == claims["tables"]["claims_waiting"]
        assert monthly["figures"]["claims_open"] == claims["figures"]["claims_open"] == len(waiting)
        return [(row["number"], row["state"]) for row in waiting]

    city.ok("claim", "document", "K-2025-0002", "--all", today="2025-07-20")
    city.ok("verify", "K-2025-0002", actor="budi", today="2025-08-10")
    city.ok("claim", "withdraw", "K-2025-0002", "--reason", "diminta keluarga", today="2025-09-10")
    assert city.rows("SELECT state, decided_on FROM v_claim WHERE number = 'K-2025-0002'") == [
        ("withdrawn", "2025-09-10")
    ]
    assert city.ok("claim", "show", "K-2025-0002")["decided_on"] == "2025-09-10"
    assert states("2025-07") == [("K-2025-0002", "reported")]
    assert states("2025-08") == [("K-2025-0002", "verified")]
    assert states("2025-09") == []
    assert [row["state"] for row in _july(city, "2025-09-09")] == ["verified"]
    assert [row["state"] for row in _july(city, "2025-09-10")] == ["withdrawn"]
    city.ok("claim", "reopen", "K-2025-0002", "--reason", "berkas baru", today="2025-10-05")
    assert states("2025-08") == [("K-2025-0002", "verified")], "no family waits twice"
    assert states("2025-10") == [("K-2025-0003", "reported")]
    city.ok("claim", "reject", "K-2025-0003", "--reason", "bukan peserta", today="2025-11-03")
    assert states("2025-10") == [("K-2025-0003", "reported")]
    assert states("2025-11") == []
    with contextlib.closing(sqlite3.connect(city.path, isolation_level=None)) as file:
        file.execute("UPDATE claim SET decided_on = NULL")
    assert states("2025-08") == [], "an older file does not know the day"


def _july(office: Office, as_of: str) -> list[dict[str, object]]:
    data = office.ok("report", "claims", "--year", 2025, "--as-of", as_of, today="2025-12-01")
    rows: list[dict[str, object]] = data["tables"]["claims_by_state"]
    return [row for row in rows if row["kind"] == "jkk-death"]


def test_registered_is_who_was_in_the_register_by_then(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(n) for n in range(3)]), today="2025-02-10")
    office.ok("import", roster([person(n) for n in (3, 4)], "b.xlsx"), today="2025-06-20")
    office.ok("worker", "death", "P-000001", "--died", "2025-05-01", today="2025-06-20")

    def registered(day: str) -> int:
        data = office.ok("report", "coverage", "--as-of", day, "--by", "kelurahan", today="2025-08-04")
        assert sum(row["registered"] for row in data["rows"]) == data["figures"]["registered"]
        return int(data["figures"]["registered"])

    assert [registered(f"2025-{day}") for day in ("02-09", "02-10", "05-01", "06-19", "06-20")] == [
        0,
        3,
        2,
        2,
        4,
    ]
    assert (
        office.ok("report", "monthly", "--month", "2025-03", today="2025-08-04")["figures"]["registered"] == 3
    )
    office.ok("worker", "merge", "P-000004", "P-000002", "--reason", "satu orang", today="2025-08-04")
    assert [registered(f"2025-{day}") for day in ("02-10", "06-20")] == [3, 3], "known by the former record"
    terms = ("--from", "2025-03", "--months", 2, "--payer", "csr", "--decree", "x", "--registered")
    office.ok("enrol", "--worker", "P-000005", *terms, today="2025-08-04")
    assert registered("2025-03-31") == 4, "enrolled by then"


def test_a_name_with_an_ending_is_one_file_of_the_month(city: Office, tmp_path: Path) -> None:
    book, note, folder = tmp_path / "juli.xlsx", tmp_path / "juli.md", tmp_path / "laporan.2025"
    folder.mkdir()
    made = city("report", "monthly", "--month", "2025-07", "-o", book, "-o", note, "-o", folder)
    assert made.code == 0
    assert book.read_bytes()[:2] == b"PK"
    assert note.read_text(encoding="utf-8").startswith("# Laporan bulanan Juli 2025")
    assert len(list(folder.iterdir())) == 7
    assert city("report", "monthly", "--month", "2025-07", "-o", tmp_path / "juli.odt").error == "E503"
    assert not (tmp_path / "juli.odt").exists()


def test_a_file_bears_the_mark_of_the_state_it_speaks_of_and_looks_do_not_change_it(
    city: Office, tmp_path: Path
) -> None:
    files = [x for name in ("k.xlsx", "k.md", "k.csv", "k.json") for x in ("-o", tmp_path / name)]
    head = city.ok("audit", "verify")["head"][:16]
    line = f"Jejak audit: tindakan nomor {city.one('SELECT max(seq) FROM v_audit')}, tanda {head}"
    city.ok("report", "claims", "--year", 2025, *files)
    assert (tmp_path / "k.md").read_text("utf-8").endswith(f"\n{line}\n")
    book = openpyxl.load_workbook(tmp_path / "k.xlsx")
    assert book["Catatan"].cell(book["Catatan"].max_row, 1).value == line
    with zipfile.ZipFile(tmp_path / "k.xlsx") as parts:
        assert f"&amp;C&amp;8{line}" in parts.read("xl/worksheets/sheet1.xml").decode()
    assert city("audit", "verify", "--head", head).code == 0
    city.ok("worker", "show", "P-000003", "--unmask", "--reason", "dilihat")
    assert "isi yang sama" in city("report", "claims", "--year", 2025, *files).out
