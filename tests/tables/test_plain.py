"""Reports as text: a CSV for the spreadsheet of each language and one for programs, and Markdown for mail."""

import datetime
import re
from pathlib import Path

import pytest

from jamsostek_cli import messages
from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.plain import inert, markdown, write_csv, write_markdown
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table, Value

COLUMNS = (
    Column("worker"),
    Column("name"),
    Column("kind"),
    Column("state"),
    Column("reported_on", Kind.DATE),
    Column("last_month"),
    Column("amount", Kind.RUPIAH),
    Column("coverage", Kind.SHARE),
    Column("may_renew"),
    Column("theirs"),
)
ROW: tuple[Value, ...] = (
    "P-000001",
    "=HYPERLINK(1)",
    ClaimKind.JKM,
    ClaimState.PAID,
    datetime.date(2025, 5, 19),
    Month(2025, 9),
    -42_000_000,
    0.5,
    True,
    Coded("nik_length", "NIK salah"),
)
EMPTY: tuple[Value, ...] = (None,) * len(COLUMNS)


def report(*tables: Table, names: tuple[str, ...] = ()) -> Report:
    return Report(
        name="claims",
        period="2025",
        as_of=datetime.date(2025, 8, 4),
        figures=(Figure("claims", 1_234), Figure("coverage", 0.5, Kind.SHARE)),
        tables=tables,
        notes=(Note(key="quality_trend"),),
        names=names,
        names_columns=(Column("name", of=str.upper),),
    )


def written(path: Path, made: Report, *, machine: bool = False) -> list[str]:
    write_csv(made, path, machine=machine)
    return path.read_bytes().decode("utf-8" if machine else "utf-8-sig").splitlines()


def test_a_csv_speaks_to_people_in_their_language(tmp_path: Path) -> None:
    made = report(Table(key="bills", columns=COLUMNS, rows=[ROW, EMPTY]))
    assert written(tmp_path / "id.csv", made) == [
        "Pekerja;Nama;Jenis;Status;Tanggal lapor;Sampai;Rupiah;Cakupan;Dapat lanjut;Menurut BPJS",
        "P-000001;'=HYPERLINK(1);Jaminan Kematian;dibayar;2025-05-19;2025-09;-42000000;0,5;ya;NIK salah",
        ";;;;;;;;;",
    ]
    messages.use("en")
    assert written(tmp_path / "en.csv", made)[1] == (
        "P-000001,'=HYPERLINK(1),Death benefit (JKM),paid,2025-05-19,2025-09,-42000000,0.5,yes,NIK salah"
    )


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_csv_speaks_to_programs_the_same_in_every_language(tmp_path: Path, language: str) -> None:
    messages.use(language)
    made = report(Table(key="bills", columns=COLUMNS, rows=[ROW, EMPTY]))
    assert written(tmp_path / "codes.csv", made, machine=True) == [
        "worker,name,kind,state,reported_on,last_month,amount,coverage,may_renew,theirs",
        "P-000001,'=HYPERLINK(1),jkm,paid,2025-05-19,2025-09,-42000000,0.5,True,nik_length",
        ",,,,,,,,,",
    ]


def test_a_csv_holds_the_names_before_the_table_and_the_table_before_the_figures(tmp_path: Path) -> None:
    table = Table(key="bills", columns=(Column("name"),), rows=[("BASRI",)])
    assert written(tmp_path / "names.csv", report(table, names=("darwis",))) == ["Nama", "DARWIS"]
    assert written(tmp_path / "table.csv", report(table)) == ["Nama", "BASRI"]
    assert written(tmp_path / "figures.csv", report())[1:] == [
        "Klaim dilaporkan dalam masa ini;1234",
        "Cakupan program (terlindungi dibagi sasaran);0,5",
    ]
    assert written(tmp_path / "keys.csv", report(), machine=True) == [
        "figure,value", "claims,1234", "coverage,0.5",
    ]  # fmt: skip


def test_nothing_that_looks_like_a_formula_runs() -> None:
    for live in ("=1", "+1", "-1", "@a", "＝1", "\n1", "\0=1", ' "=1'):
        assert inert(live) == f"'{live}"
    assert [inert("\t=1"), inert("\r=1")] == ["'\t'=1", "'\r'=1"]
    for part in ("SARI,=1+1", "SARI; @x", 'SARI;"=1+1"', "SARI\t-1"):
        assert not re.search(r"""[,;\t][\s"]*[=+\-@]""", str(inert(part)))
    assert [inert(value) for value in (-1, None, "a=1", "")] == [-1, None, "a=1", ""]


def test_a_markdown_note_has_totals_blanks_and_words(tmp_path: Path) -> None:
    columns = (Column("kelurahan"), Column("state"), Column("amount", Kind.RUPIAH))
    rows: list[tuple[Value, ...]] = [("A|B\\", ClaimState.VERIFIED, 1_000), (None, ClaimState.PAID, None)]
    table = Table(key="by_kelurahan", columns=columns, rows=rows, total=(None, None, 1_000))
    nothing = Table(key="bills", columns=columns, rows=[])
    write_markdown(report(table, nothing, names=("darwis",)), tmp_path / "note.md")
    note = (tmp_path / "note.md").read_text(encoding="utf-8")
    assert note == markdown(report(table, nothing, names=("darwis",)))
    assert "- Klaim dilaporkan dalam masa ini: **1.234**" in note
    assert note[note.index("| Kelurahan") :].splitlines()[:5] == [
        "| Kelurahan | Status | Rupiah |",
        "| --- | --- | ---: |",
        "| A\\|B\\\\ | terverifikasi | Rp1.000 |",
        "| (tidak diisi) | dibayar | (tidak diisi) |",
        "| Jumlah |  | Rp1.000 |",
    ]
    assert "Tidak ada." in note
    assert note.index("| DARWIS |") > note.index("## Nama di balik angka")
