"""A report on pages: the same figures in every format, the same bytes, and nothing that runs."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from jamsostek_cli.cli.frame.refusal import sentence
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters import pdf
from jamsostek_cli.reports.letters.paper import (
    Card,
    Cards,
    Chart,
    NewPage,
    Points,
    RuledTable,
    Signatures,
    Signer,
    Title,
)
from jamsostek_cli.reports.pages import layout
from jamsostek_cli.reports.registry import EVERYWHERE
from jamsostek_cli.tables.table import Column, Kind, Note, Report, Table
from tests.conftest import Office

HEAD = Letterhead(
    city="Kota Bontang", office="Disnaker", address="", phone="", place="Bontang", signer="", signer_title="",
    signer_nip="",
)  # fmt: skip


def made(*tables: Table) -> Report:
    return Report(name="quality", period="2025", as_of=date(2025, 8, 4), figures=(), tables=tables)


def test_a_report_is_in_every_format_twice_the_same(covered: Office, tmp_path: Path) -> None:
    covered.ok("db", "setting", "office", "Dinas <Tenaga> & Kerja", "--reason", "kop")
    asked = ("report", "coverage", "--year", 2025, "--by", "kelurahan")
    files = [tmp_path / f"c.{kind}" for kind in EVERYWHERE]
    again = [tmp_path / f"d.{kind}" for kind in EVERYWHERE]
    assert covered(*asked, *(x for file in (*files, *again) for x in ("-o", file))).code == 0
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in again]
    of = {file.suffix[1:]: file for file in files}
    page = " ".join(pypdf.PdfReader(of["pdf"]).pages[0].extract_text().split())
    web = of["html"].read_text(encoding="utf-8")
    word = docx.Document(str(of["docx"]))
    typed = " ".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    for said in ("Guntung", "Terlindungi (iuran bulan ini lunas)"):
        assert all(said in text for text in (page, web, typed))
    assert "PEMERINTAH KOTA BONTANG DINAS <TENAGA> & KERJA" in page
    assert "Dinas &lt;Tenaga&gt; &amp; Kerja" in web
    assert len(word.inline_shapes) == 1
    assert of["png"].read_bytes().startswith(b"\x89PNG")
    assert of["svg"].read_bytes().startswith(b"<svg")
    assert of["tsv"].read_text(encoding="utf-8").splitlines()[0].split("\t")[:2] == [
        "kelurahan",
        "registered",
    ]


def test_a_page_for_the_web_needs_nothing_and_lets_nothing_run(covered: Office, tmp_path: Path) -> None:
    covered.ok("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 9, "--source", "<script>x")
    asked = ("report", "workforce", "--year", 2025, "-o", tmp_path / "w.html")
    assert covered("--lang", "en", *asked).code == 0
    web = (tmp_path / "w.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in web
    assert "<script" not in web
    assert "&lt;script&gt;x" in web
    (style,) = re.findall(r"<style>(.*?)</style>", web, re.DOTALL)
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{seal}'" in web
    assert not re.findall(r"\s(?:style|src|href|on\w+)=|url\(|@import", web)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not on this computer")
def test_a_browser_takes_the_page_under_its_own_policy(covered: Office, tmp_path: Path) -> None:
    assert covered("report", "coverage", "--by", "kelurahan", "-o", tmp_path / "c.html").code == 0
    other = (tmp_path / "c.html").read_text(encoding="utf-8").replace("60rem", "61rem")
    (tmp_path / "d.html").write_text(other, encoding="utf-8")
    complaints = [
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-crash-reporter", "--enable-logging=stderr", "--dump-dom",
             f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / name).as_uri()],
            check=True, capture_output=True, text=True,
            env={**os.environ, "TMPDIR": "/tmp"},  # the name of its socket has to be short
        ).stderr.count("Content Security Policy")
        for name in ("c.html", "d.html")
    ]  # fmt: skip
    assert complaints[0] == 0
    assert complaints[1] > 0, "a style that is not its own is not applied"


def test_a_report_without_a_chart_has_no_picture(covered: Office, tmp_path: Path) -> None:
    assert covered("report", "coverage", "-o", tmp_path / "c.png").error == "E626"
    crossed = covered("report", "coverage", "--by", "kelurahan", "--by", "sex", "-o", tmp_path / "c.png")
    assert (crossed.error, "satu --by" in crossed.err) == ("E626", True)
    assert (
        covered("report", "public-list", "-o", tmp_path / "c.png", "--kelurahan", "Guntung").error == "E503"
    )
    assert not list(tmp_path.glob("*.png"))


def test_a_list_is_on_paper_under_its_title(covered: Office, tmp_path: Path) -> None:
    assert covered("worker", "list", "-o", tmp_path / "w.pdf").code == 0
    page = " ".join(pypdf.PdfReader(tmp_path / "w.pdf").pages[0].extract_text().split())
    assert "Daftar pekerja Kota Bontang · Keadaan per 4 Agustus 2025 · 10 baris" in page


def test_more_rows_than_anybody_prints_are_refused() -> None:
    table = Table(key="work", columns=(Column("task"),), rows=[("x",)] * 2001)
    with pytest.raises(JcliError) as refused:
        layout.paper(made(table), HEAD)
    assert sentence(refused.value).startswith(
        "2.001 baris terlalu panjang untuk kertas (paling banyak 2.000)"
    )
    assert layout.paper(made(table), HEAD, most=None).title == "Mutu roster 2025"


def test_a_table_that_is_too_wide_goes_on_below_with_its_first_column() -> None:
    columns = tuple(
        Column(key) for key in ("name", "address", "agency", "rt", "occupation", "source", "reason")
    )
    narrow = Table(key="work", columns=columns[:2], rows=[("A", "B")])
    wide = Table(
        key="work", columns=columns, rows=[("x" * 60, *["kata " * 30] * 2, None, *["kata " * 30] * 3)]
    )
    assert not layout.paper(made(narrow), HEAD).across
    paper = layout.paper(made(narrow, wide), HEAD)
    ruled = [block for block in paper.blocks if isinstance(block, RuledTable)]
    assert paper.across
    assert [block.headings for block in ruled[1:]] == [
        ("Nama", "Alamat", "OPD", "Pekerjaan"),
        ("Nama", "Sumber", "Alasan"),
    ]
    assert ruled[1].rows[0][0].count("\u200b") == 2


def test_charts_begin_at_nothing_and_say_their_unit() -> None:
    columns = (Column("month"), Column("left", Kind.RUPIAH), Column("spent", Kind.RUPIAH))
    rows = [("2025-01", 24_500_000, 1), ("2025-02", -3_000_000, 2)]
    table = Table(
        key="forecast_months", columns=columns, rows=rows, chart=("month", "spent"), line=("month", "left")
    )
    small, large = layout.charts_of(table)
    assert (small.title, [bar.said for bar in small.bars]) == ("Dibayar (rupiah)", ["1", "2"])
    assert (large.title, [bar.said for bar in large.bars]) == (
        "Sisa anggaran (juta rupiah)",
        ["24,5", "-3,0"],
    )
    assert (large.upright, large.longest) == (True, 24_500_000)
    assert Chart("", (), ()).longest == 1
    shares = Table(
        key="by_agency", columns=(Column("agency"), Column("coverage", Kind.SHARE), Column("score")),
        rows=[("A", 0.5, 12.5)], chart=("agency", "coverage"), line=("agency", "score"),
    )  # fmt: skip
    assert [chart.bars[0].said for chart in layout.charts_of(shares)] == ["50,00%", "12,5"]
    many = Table(
        key="by_agency", columns=shares.columns, rows=[("A", 0.5, 1)] * 41, chart=("agency", "score")
    )
    assert not list(layout.charts_of(many))


def test_paper_has_no_codes_and_no_column_that_nobody_fills() -> None:
    columns = (Column("code", coded=True), Column("meaning"), Column("target", Kind.COUNT))
    table = Table(key="quality_findings", columns=columns, rows=[("nik_empty", "NIK kosong", None)])
    (ruled,) = (b for b in layout.paper(made(table), HEAD).blocks if isinstance(b, RuledTable))
    assert (ruled.headings, ruled.rows) == (("Arti",), (("NIK kosong",),))


def test_a_column_that_is_withheld_whole_is_no_chart() -> None:
    columns = (Column("area"), Column("registered", Kind.COUNT), Column("protected", Kind.COUNT))
    rows = [("Bontang", 9, None)]
    table = Table(key="province_cities", columns=columns, rows=rows, chart=("area", "protected"))
    (ruled,) = (b for b in layout.paper(made(table), HEAD).blocks if isinstance(b, RuledTable))
    assert ruled.rows == (("Bontang", "9"),)
    assert not list(layout.charts_of(table))


def test_a_picture_says_of_what_and_from_where() -> None:
    columns = (Column("waited"), Column("claims", Kind.COUNT))
    table = Table(key="claims_by_wait", columns=columns, rows=[("0-30", 2)], chart=("waited", "claims"))
    source = {"source": "Pendataan RT", "year": 2025, "on": date(2025, 8, 4)}
    notes = (Note(key="quality_trend"), Note(key="target", facts=source))
    blocks = layout.picture(replace(made(table), notes=notes), HEAD).blocks
    assert [block.title for block in blocks if isinstance(block, Chart)] == [
        "Klaim menurut lama menunggu: Klaim"
    ]
    assert [len(block.said) for block in blocks if isinstance(block, Points)] == [1]


@pytest.mark.parametrize("above", [34, 40, 46])
def test_a_short_table_is_not_broken_over_two_pages(above: int, tmp_path: Path) -> None:
    long = Table(key="work", columns=(Column("task"),), rows=[("x",)] * above)
    short = replace(long, rows=[(f"baris-{n}-",) for n in range(12)])
    pdf.write(layout.paper(made(long, short), HEAD), tmp_path / "t.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "t.pdf").pages]
    assert [sum(f"baris-{n}-" in page for n in range(12)) for page in pages if "baris-" in page] == [12]


def test_what_is_signed_is_on_one_page_with_the_signature(tmp_path: Path) -> None:
    signed = Signatures((Signer(("Bontang", "Kepala Dinas"), "SURYA", ""),))
    said = Points(tuple(f"baris {n}" for n in range(50)))
    blocks = (Cards((Card("Terlindungi", "7", ()),)), said, signed, NewPage(), Title("Lampiran 1"))
    pdf.write(replace(layout.paper(made(), HEAD), blocks=blocks), tmp_path / "s.pdf")
    first, second = (page.extract_text() for page in pypdf.PdfReader(tmp_path / "s.pdf").pages)
    assert ("baris 49" in first, "SURYA" in first, "Lampiran 1" in second) == (True, True, True)
