"""Every list leaves the screen: files in the reader's words or for programs, nothing cut without a word."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.main import get_command

from jamsostek_cli import messages
from jamsostek_cli.cli.frame.app import app
from tests.conftest import Office, once, person
from tests.support.command_reference import commands
from tests.support.workbooks import xlsx

Rosters = Callable[..., Path]
TERMS = ("--payer", "apbd-kota", "--decree", "SK 1")
HEAD = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")


def rows_of(path: Path, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.fixture
@once
def busy(covered: Office, roster: Rosters, tmp_path: Path) -> Office:
    """An office in which every list has something in it."""
    nik, name, *rest = person(1, born="1971-03-02")
    alike = (f"{str(nik)[:-3]}9{str(nik)[-2:]}", name, *rest)
    more = [person(n, sex="P") for n in (20, 21)]
    covered.ok("import", roster([alike, ("123", "SALAH", *rest), *more], "b.xlsx"), "--agency", "Dinas B")
    terms = ("--from", "2025-09", *TERMS)
    covered.ok("enrol", "--worker", "P-000012", "--worker", "P-000013", *terms)
    covered.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    answer = [HEAD, (str(more[0][0]), more[0][1], "", "GAGAL", "NIK tidak padan")]
    covered.ok("bpjs", "answer", xlsx(tmp_path / "a.xlsx", {"S": answer}))
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-10")
    return covered


LISTS = [
    (("worker", "list"), 13),
    (("worker", "duplicates"), 1),
    (("cover", "list"), 12),
    (("cover", "gaps", "--within", 60), 9),
    (("claim", "list"), 1),
    (("batch", "list"), 2),
    (("batch", "show", "B-2025-001"), 1),
    (("batch", "show", "B-2025-001", "--notes"), 1),
    (("iuran", "list"), 36),
    (("bpjs", "list"), 1),
    (("bpjs", "show", "S-2025-001"), 2),
    (("review",), 1),
]


@pytest.mark.parametrize(("command", "least"), LISTS, ids=str)
def test_a_list_is_a_file_in_words_a_workbook_and_a_file_for_programs(
    busy: Office, tmp_path: Path, command: tuple[str, ...], least: int
) -> None:
    place = tmp_path / "out"
    ran = busy(
        *command, "-o", f"{place}.csv", "-o", f"{place}.xlsx", "-o", f"{place}.json", "-o", f"{place}.md"
    )
    assert ran.code in {0, 3}, ran.err
    rows = rows_of(place.with_suffix(".csv"))
    assert len(rows) > least
    assert rows[0][0][0].isupper()
    assert "6474010" not in place.with_suffix(".csv").read_text(encoding="utf-8-sig")
    sheet = openpyxl.load_workbook(place.with_suffix(".xlsx")).worksheets[0]
    assert [sheet.cell(3, at + 1).value for at in range(len(rows[0]))] == rows[0]
    assert str(sheet["A2"].value).startswith("Kota Bontang · Keadaan per ")
    assert str(sheet["A2"].value).endswith(f"{len(rows) - 1} baris")
    screen = busy(*command, "--json").json
    assert json.loads(place.with_suffix(".json").read_text(encoding="utf-8")) == {
        **screen, "findings": [],
    }  # fmt: skip
    assert busy(*command, "-o", f"{place}-m.csv", "--machine").code in {0, 3}
    codes = rows_of(tmp_path / "out-m.csv", ",")
    assert (len(codes), codes[0][0].isascii()) == (len(rows), True)
    assert busy(*command, "-o", f"{place}.odt").error == "E503"
    Path(f"{place}.csv").write_text("lain", encoding="utf-8")
    assert busy(*command, "-o", f"{place}.csv").error == "E502"
    assert busy(*command, "-o", f"{place}.csv", "--force").code in {0, 3}
    assert rows_of(place.with_suffix(".csv")) == rows
    busy("--lang", "en", *command, "-o", f"{place}-en.csv")
    assert rows_of(tmp_path / "out-en.csv", ",")[0] != rows[0]
    messages.use("id")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("worker", "list", "--kelurahan", "guntung", "--status", "aktif"),
            "Kelurahan: guntung · Status: aktif",
        ),
        (("claim", "list", "--state", "dibayar", "--state", "paid"), "Status: dibayar, dibayar"),
        (("cover", "list", "--payer", "apbd-kota", "--limit", 2), "Pembayar: APBD Kota · 2 baris pertama"),
        (("cover", "list", "--limit", 100), "Agustus 2025 · 12 baris"),
        (("cover", "gaps", "--within", 60), "dalam 60 bulan"),
        (("bpjs", "show", "S-2025-001"), "Pengajuan: S-2025-001"),
        (("find", str(person(20, sex="P")[0])), "Yang dicari: 6474•••••••••••• · 1 baris"),
        (("iuran", "list", "--year", 2025), "Tahun: 2025"),
    ],
    ids=str,
)
def test_a_list_in_a_workbook_says_what_it_was_asked_for(
    busy: Office, tmp_path: Path, command: tuple[str, ...], said: str
) -> None:
    assert busy(*command, "-o", tmp_path / "list.xlsx").code in {0, 3}
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert said in str(book.worksheets[0]["A2"].value)
    assert "Ringkasan" not in book.sheetnames


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    monkeypatch.setenv("COLUMNS", "200")


def test_a_pipe_gets_everything_and_a_limit_says_that_the_list_goes_on(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    office.ok("import", roster([person(n) for n in range(60)]))
    for command in (("worker", "list"), ("cover", "list")):
        whole = office(*command)
        assert (len(whole.out.splitlines()), whole.err) == (61, "")
        cut = office(*command, "--limit", 10)
        assert (len(cut.out.splitlines()), "--after 10" in cut.err) == (11, True)
        assert "--after" not in office(*command, "--limit", 60).err
        assert "--after" not in office(*command, "--limit", 0, "--after", 5).err
        assert "--after" in office(*command, "--limit", 10, "-o", tmp_path / f"{command[0]}.csv").err
    assert len(office.ok("worker", "list")) == 60


def test_a_terminal_gets_a_page_and_is_told_that_there_is_more(
    office: Office, roster: Rosters, terminal: None
) -> None:
    office.ok("import", roster([person(n) for n in range(60)]))
    shown = office("worker", "list")
    assert ("P-000050" in shown.out, "P-000051" in shown.out) == (True, False)
    assert "--after 50, atau semuanya dengan -o BERKAS.xlsx" in shown.err


def test_claims_beyond_the_limit_are_said(covered: Office) -> None:
    for n in (1, 2):
        covered.ok("claim", "add", f"P-00000{n}", "--kind", "jkm", "--date", "2025-07-10")
    assert "Hanya 1 yang pertama" in covered("claim", "list", "--limit", 1).err
    assert [claim["name"] for claim in covered.ok("claim", "list")] == ["BASRI AAA", "DARWIS AAA"]
    assert covered.ok("claim", "show", "K-2025-0001")["name"] == "BASRI AAA"
    report = covered.ok("report", "claims", "--year", 2025)
    assert report["tables"]["claims_waiting"][0]["name"] == "BASRI AAA"


def test_an_enrolment_names_who_is_in_and_who_is_not_and_why(
    covered: Office, roster: Rosters, tmp_path: Path
) -> None:
    covered.ok("import", roster([person(n, sex="P") for n in range(20, 45)], "b.xlsx"))
    some = [part for n in (1, 11, 12) for part in ("--worker", f"P-0000{n:02d}")]
    tried = covered("enrol", *some, "--from", "2025-09", *TERMS, "--dry-run")
    assert "P-000011\t6474••••••••7020\tBASRI CCC" in tried.out
    place = tmp_path / "daftar.csv"
    place.write_text("lain", encoding="utf-8")
    assert covered("enrol", *some, "--from", "2025-09", *TERMS, "-o", place).error == "E502"
    assert covered("enrol", *some, "--from", "2025-09", *TERMS, "-o", tmp_path / "x.odt").error == "E503"
    assert covered.one("SELECT count(*) FROM enrolment") == 10
    data = covered.ok("enrol", *some, "--from", "2025-09", *TERMS, "-o", place, "--force")
    assert [one["worker"] for one in data["enrolled"]] == ["P-000011", "P-000012"]
    rows = rows_of(place)
    assert [(row[0], row[3]) for row in rows[1:]] == [
        ("P-000011", "ya"), ("P-000012", "ya"), ("P-000001", "tidak"),
    ]  # fmt: skip
    assert "APBD Kota" in rows[3][5]
    many = covered("enrol", "--batch", "B-2025-001", "--from", "2026-09", *TERMS, "--dry-run")
    assert "(25 orang): perintah yang sama dengan -o" in many.err


def test_an_answer_is_a_list_of_all_its_rows_those_who_need_somebody_first(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    people = [person(n) for n in range(3)]
    office.ok("import", roster(people))
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-09", *TERMS)
    office.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    rows = [
        (str(people[0][0]), people[0][1], "24012345601", "BERHASIL", ""),
        (str(people[1][0]), people[1][1], "", "GAGAL", "tidak padan"),
        ("6474010101900009", "SIAPA INI", "24012345603", "BERHASIL", ""),
    ]
    path, place = xlsx(tmp_path / "a.xlsx", {"S": [HEAD, *rows]}), tmp_path / "jawaban.csv"
    assert office("bpjs", "answer", path, "-o", tmp_path / "x.odt").error == "E503"
    assert office("bpjs", "show", "S-2025-001").out.count("menunggu 3") == 1
    assert office("bpjs", "answer", path, "-o", place).code == 3
    assert [row[3] for row in rows_of(place)[1:]] == ["SIAPA INI", "DARWIS AAA", "BASRI AAA"]
    shown: dict[str, Any] = office.ok("bpjs", "show", "S-2025-001")
    assert [(line["name"], line["outcome"]) for line in shown["lines"]] == [
        ("DARWIS AAA", "refused"), ("FAISAL AAA", "waiting"), ("BASRI AAA", "registered"),
    ]  # fmt: skip
    assert (shown["lines"][2]["kpj"], shown["lines"][0]["reason"]) == ("24012345601", "tidak padan")
    only = office("bpjs", "show", "S-2025-001", "--outcome", "registered")
    assert ("BASRI AAA" in only.out, "DARWIS AAA" in only.out, only.err) == (True, False, "")
    assert office("bpjs", "show", "S-2025-009").error == "E332"


def test_the_bill_in_a_file_names_everybody_on_it(covered: Office, roster: Rosters, tmp_path: Path) -> None:
    covered.ok("import", roster([person(30, sex="P")], "c.xlsx"))
    covered.ok(
        "enrol",
        "--worker",
        "P-000011",
        "--from",
        "2025-09",
        "--payer",
        "csr",
        "--decree",
        "x",
        "--registered",
    )
    place = tmp_path / "tagihan.xlsx"
    covered.ok("iuran", "bill", "2025-09", "-o", place)
    sheet = openpyxl.load_workbook(place)["Lampiran siapa yang ditagih"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert len(cells) == 12
    assert [row[0] for row in cells[:2]] == ["P-000001", "P-000002"]
    assert cells[-1][4] == covered.one("SELECT sum(amount) FROM bill WHERE month = '2025-09'")


WRITERS: dict[str, tuple[object, ...]] = {
    "import": ("gone.xlsx", "--as", "changes"),
    "batch list": (),
    "batch show": ("B-2025-001",),
    "batch fix-file": ("B-2025-001",),
    "review": (),
    "find": ("BASRI",),
    "worker find": ("BASRI",),
    "worker list": (),
    "worker death": ("--match", "dead.xlsx"),
    "worker duplicates": (),
    "enrol": ("--worker", "P-000001", "--from", "2026-10", *TERMS),
    "bpjs submit": ("--after-refusal", "x"),
    "bpjs file": ("S-2025-001",),
    "bpjs layout": (),
    "bpjs answer": ("a.xlsx",),
    "bpjs reconcile": ("a.xlsx", "--month", "2025-08"),
    "bpjs claims": ("claims.xlsx",),
    "bpjs list": (),
    "bpjs show": ("S-2025-001",),
    "cover list": (),
    "cover end": ("--from", "gone.xlsx"),
    "cover overlaps": ("--year", 2025),
    "cover gaps": (),
    "iuran bill": ("2025-09",),
    "iuran check": ("2025-08", "--heads", 1),
    "iuran list": (),
    "claim list": (),
    "claim ageing": (),
    "claim owed": (),
    "claim sample": ("--month", "2025-08", "--seed", 1),
    "claim print": ("K-2025-0001", "letter"),
    "claim document": ("K-2025-0001", "rekening"),
    "claim visits": (),
    "report coverage": (),
    "report claims": (),
    "report monthly": ("--month", "2025-07"),
    "report quality": (),
    "report forecast": (),
    "report public-list": ("--kelurahan", "Guntung"),
    "export datasette": (),
    "export parquet": ("--as-of", "2025-07-31"),
    **dict.fromkeys(
        (f"province {question}" for question in ("coverage", "overlaps", "claims", "totals")),
        ("--over", "tiada"),
    ),
    "report iuran": (),
    "report cover": (),
    "report workforce": (),
    "agency list": (),
    "audit log": (),
    "audit pack": ("--year", 2025),
    "db backup": (),
    "privacy register": (),
    "privacy files": (),
    "privacy report": ("P-000001", "--reason", "permintaan"),
    "privacy breach": ("--on", "2199-12-31"),
    "workforce set": ("figures.xlsx",),
}
"""What makes each command write a file."""


def test_no_command_makes_the_folder_of_a_mistyped_name_or_changes_anything(
    busy: Office, roster: Rosters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    nik, name = person(2, born="1972-03-03")[:2]
    xlsx(tmp_path / "dead.xlsx", {"S": [("NIK", "NAMA", "TGL MENINGGAL"), (nik, name, "2025-07-01")]})
    xlsx(tmp_path / "gone.xlsx", {"S": [("NIK", "NAMA", "KETERANGAN"), (nik, name, "pindah 01-07-2025")]})
    xlsx(tmp_path / "figures.xlsx", {"S": [("Kelurahan", "Jumlah Pekerja Rentan 2025"), ("Guntung", 90)]})
    claims = [("NIK", "NAMA", "TGL MENINGGAL", "STATUS"), (nik, name, "2025-07-01", "PROSES")]
    xlsx(tmp_path / "claims.xlsx", {"S": claims})
    tree = commands(get_command(app))
    with_output = {path for path, one in tree if any("-o" in option.opts for option in one.params)}
    assert with_output == set(WRITERS)
    before = busy.path.read_bytes()
    places = dict.fromkeys(WRITERS, ("-o", "tiada/x.xlsx"))
    places |= {"claim print": ("-o", "tiada/x.pdf"), "bpjs layout": ("-o", "tiada/x.toml")}
    places |= {"audit pack": ("-o", "tiada/x.zip"), "db backup": ("-o", "tiada/cadangan")}
    asked = [(*command.split(), *WRITERS[command], *places[command]) for command in WRITERS]
    asked += [
        ("template", "tiada/x.xlsx"),
        ("report", "monthly", "-o", "tiada/laporan"),
        ("worker", "death", "--from", "dead.xlsx", "-o", "tiada/x.csv"),
    ]
    for command in asked:
        ran = busy(*command)
        assert (ran.code, ran.error) == (66, "E120"), (command, ran.err)
        assert str(tmp_path / "tiada") in ran.err
        assert (busy.path.read_bytes() == before, Path("tiada").exists()) == (True, False), command
    busy.ok("report", "monthly", "--month", "2025-07", "-o", "laporan")
    assert len(list((tmp_path / "laporan").iterdir())) == 7
