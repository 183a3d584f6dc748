"""Nothing that came from data can run in any file or stream we write, and identifiers stay what they are."""

import csv
import datetime
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
import pypdf
import pytest

from jamsostek_cli.cli.frame import screen
from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.letters import VisitRow
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters import html, pdf, word
from jamsostek_cli.reports.letters.paper import (
    Bar,
    Block,
    Card,
    Cards,
    Chart,
    FactLines,
    FigureLines,
    Paper,
    Points,
    RuledTable,
    Signatures,
    Signer,
    Steps,
    Ticks,
    Words,
)
from jamsostek_cli.reports.submission import layout as layouts
from jamsostek_cli.reports.submission import workbook as submission
from jamsostek_cli.roster.handed_out import fix_file, visit_list
from jamsostek_cli.roster.handed_out.fix_file import FixNote, FixRow, FixSheet
from jamsostek_cli.roster.handed_out.fix_letter import Letter
from jamsostek_cli.tables import plain, xlsx
from jamsostek_cli.tables.table import Column, Figure, Kind, Report, Table
from tests.test_architecture import MODULES, place

DAY: Final = datetime.date(2025, 8, 4)
FIRST: Final = (*"=+-@＝＋－＠", "\t=", "\r=", "\n=", "\0=", " =", '"=', "\u200b=", ";=", ",@")
HOSTILE: Final = (
    *(f"{first}1+1" for first in FIRST),
    "=cmd|'/C calc'!A0", '=DDE("cmd";"/C calc";"x")', '=HYPERLINK("https://jahat.example";"klik")',
    "=[https://jahat.example/x.xlsx]Sheet1!A1", "https://jahat.example", "mailto:a@jahat.example", "file:///etc/passwd",
    "SARI;=1+1", "SARI,+1", "SARI\t@x", "SARI\r\n=1+1", "_x003D_1+1", "{=1+1}", "<script>alert(1)</script>",
    "[klik](javascript:alert(1))", '#link("https://jahat.example")', '#eval("1+1")', "javascript:alert(1)",
)  # fmt: skip
IDENTIFIERS: Final = (
    "6474010101800001", "9271011412804331", "0012", "081234567890", "+6281234567890", "24012345678", "1E5",
    "1-2", "003", "6474010101800000",
)  # fmt: skip
WRITING: Final = re.compile(
    r"\b(open_book|write_text|write_bytes|csv\.writer|typst\.compile|document\.save|book\.save)\(|stdout\.write\("
    r"|\.open\(\"w|json\.dump\("
)


def report(said: Sequence[str]) -> Report:
    rows = [(text, text) for text in said]
    columns = (Column("name"), Column("nik"))
    return Report(
        name="claims",
        period="2025",
        as_of=DAY,
        figures=tuple(Figure("money_ends", text, Kind.TEXT) for text in said),
        tables=(Table(key="bills", columns=columns, rows=rows),),
        notes=(),
    )


def letterhead(said: str) -> Letterhead:
    names = ("city", "office", "address", "phone", "place", "signer", "signer_title", "signer_nip")
    return Letterhead(**dict.fromkeys(names, said))


def paper(said: Sequence[str]) -> Paper:
    pairs = tuple((text, text) for text in said)
    bars = tuple(Bar(text, (1, 2), text) for text in said)
    blocks: tuple[Block, ...] = (
        *map(Words, said), FactLines(pairs), Steps(tuple(said)), Ticks(tuple((True, text) for text in said)),
        RuledTable(("A", "B"), pairs, (1, 1), total=True),
        Signatures((Signer((said[0],), said[1], said[2]),)),
        FigureLines(pairs), Points(tuple(said), small=True), Cards((Card(said[0], said[1], tuple(said)),)),
        *(Chart(said[0], bars, tuple(said[:2]), upright=upright) for upright in (False, True)),
    )  # fmt: skip
    return Paper(title="Surat", day=DAY, letterhead=letterhead(said[0]), blocks=blocks)


def fix(said: Sequence[str], path: Path) -> None:
    letter = Letter(batch="B-1", city=said[0], agency=said[1], file=said[2], rows=1, notes=1, due=None)
    rows = [
        FixRow(row=at, first_row=at, cells={"NIK": text, "NAMA": text}, kelurahan=text,
               findings=(Finding(code="nik_length", field="nik", cell="B2", hint=text),))
        for at, text in enumerate(said, 2)
    ]  # fmt: skip
    sheets = [FixSheet(name=said[0], headings={"nik": "NIK", "name": "NAMA"}, rows=rows)]
    fix_file.write(path, letter, sheets, [FixNote(text, 2, *[text] * 7) for text in said])


def visits(said: Sequence[str], path: Path) -> None:
    rows = [VisitRow(*[text] * len(VisitRow._fields)) for text in said]
    visit_list.write(path, rows, origin="x", made_on=DAY, city=said[0])


def submitted(said: Sequence[str], path: Path) -> None:
    layout = layouts.load(None)
    people = [{column.field or "": text for column in layout.columns} for text in said]
    texts = layouts.SubmissionLayout(
        layout.name,
        layout.sheet,
        tuple(one for one in layout.columns if one.field in {"name", "address", "nik"}),
    )
    cover = submission.CoverSheet(number="S-1", made_on=DAY, letterhead=letterhead(said[0]), heads=1)
    submission.write(path, texts, cover, people, None)


def streamed(said: Sequence[str], path: Path) -> None:
    lines = ["\t".join(screen._tsv_cell(text) for text in (one, one)) for one in said]
    path.write_text("\n".join(lines), encoding="utf-8")


WRITERS: Final[dict[str, tuple[str, Callable[[Sequence[str], Path], None]]]] = {
    "tables/xlsx.py": ("xlsx", lambda said, path: xlsx.write(report(said), path)),
    "tables/plain.py": ("csv", lambda said, path: plain.write_csv(report(said), path)),
    "tables/plain.py for programs": (
        "csv",
        lambda said, path: plain.write_csv(report(said), path, machine=True),
    ),
    "cli/frame/screen.py": ("tsv", streamed),
    "roster/handed_out/fix_file.py": ("xlsx", fix),
    "roster/handed_out/visit_list.py": ("xlsx", visits),
    "reports/submission/workbook.py": ("xlsx", submitted),
    "reports/letters/word.py": ("docx", lambda said, path: word.write(paper(said), path)),
    "reports/letters/html.py": ("html", lambda said, path: html.write(paper(said), path)),
    "reports/letters/pdf.py": ("pdf", lambda said, path: pdf.write(paper(said), path)),
}
"""Every module that writes what came from data, with the kind of file it writes."""
ELSEWHERE: Final = {
    "operations/reporting/report_file.py": "JSON, in which nothing runs",
    "cli/frame/person.py": "JSON that only the program reads",
    "operations/roster/plan.py": "JSON that only the program reads",
    "cli/frame/main.py": "where the program failed, without a value",
    "cli/frame/report_answer.py": "the page of a report, as Markdown",
    "operations/desk/folder.py": "five lines of text, in which nothing runs",
    "operations/claim/papers.py": "a copy of a scan, byte for byte",
    "operations/claim/scans.py": "a copy of a scan, byte for byte",
    "store/file/backup_file.py": "the pages of the database, compressed",
    "operations/bpjs/submission.py": "the packaged layout, byte for byte",
    "reports/submission/template.py": "BPJS's own workbook; its tests stand beside it",
    "roster/handed_out/template.py": "an empty roster: the office's own kelurahan and occupations",
    "reports/audit_pack/periksa.py": "reads what the auditor unpacked, and writes nothing",
    "reports/publication/database.py": "counts; texts that somebody typed are made inert in its tables",
    "operations/reporting/publication.py": "counts; texts that somebody typed are made inert in its tables",
    "operations/province/drop.py": "JSON of files and sums; the tables beside it are Parquet: nothing runs",
    "reports/province/overlaps.py": "codes and pseudonyms that only the program reads",
    "reports/area_map/files.py": "a drawing of counts; every name in it is escaped",
    "cli/demo/city.py": "made-up people",
    "cli/demo/stage.py": "the sentences of a demonstration",
    "cli/frame/nouns.py": "the help",
    "tables/workbook.py": "what the other workbooks are opened by",
}


def test_every_module_that_writes_is_known() -> None:
    writing = {place(path) for path in MODULES if WRITING.search(path.read_text(encoding="utf-8"))}
    assert writing <= {name.split(" ")[0] for name in WRITERS} | set(ELSEWHERE)


def live_parts(path: Path, kind: str) -> list[str]:
    """Return what a spreadsheet, a word processor or a viewer would run, follow or fetch in a file."""
    if kind == "xlsx":
        book = openpyxl.load_workbook(path)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        found = [str(cell.value) for cell in cells if cell.data_type == "f" or cell.hyperlink]
        return [*found, *_parts(path, r"externalLink|vbaProject|TargetMode=.External|ddeLink|<f>")]
    if kind == "docx":
        return _parts(
            path, r"<w:instrText|<w:fldSimple|<w:hyperlink|TargetMode=.External|vbaProject|<w:object"
        )
    if kind == "pdf":
        pages = pypdf.PdfReader(path)
        said = str(pages.trailer["/Root"]) + "".join(str(page.get("/Annots", "")) for page in pages.pages)
        return re.findall(r"/JavaScript|/JS|/URI|/Launch|/OpenAction|/EmbeddedFile|/GoToR", said)
    text = path.read_text(encoding="utf-8-sig")
    if kind == "html":
        return re.findall(r"<(?:script|a|img|iframe|object|form|link)\b|\s(?:on\w+|href|src)=", text)
    found = []
    for delimiter in ";,\t":
        for row in csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=delimiter):
            found += [cell for cell in row if re.match(r"[\t\r\n]|[\s\"]*[=+\-@＝＋－＠]", cell)]
    return found


def _parts(path: Path, running: str) -> list[str]:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if re.search(running, name)]
        texts = (package.read(name).decode("utf-8", "replace") for name in package.namelist())
        return [*names, *(found for text in texts for found in re.findall(running, text))]


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_that_came_from_data_runs(name: str, tmp_path: Path) -> None:
    kind, write = WRITERS[name]
    path = tmp_path / f"x.{kind}"
    write(HOSTILE, path)
    assert live_parts(path, kind) == []


def test_what_runs_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "=1+1"
    sheet["A2"].hyperlink = "https://jahat.example"
    book.save(tmp_path / "x.xlsx")
    assert len(live_parts(tmp_path / "x.xlsx", "xlsx")) > 2
    (tmp_path / "x.csv").write_text("a;=1\n@x\n", encoding="utf-8")
    assert live_parts(tmp_path / "x.csv", "csv") == ["=1", "@x", "@x", "@x"]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
@pytest.mark.parametrize("name", [name for name, (kind, _) in WRITERS.items() if kind == "xlsx"])
def test_identifiers_reopen_as_the_same_characters(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    WRITERS[name][1](IDENTIFIERS, path)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", every_sheet, "--outdir", tmp_path / "out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    cells: set[str] = set()
    for sheet in (tmp_path / "out").glob("*.csv"):
        with sheet.open(encoding="utf-8", newline="") as stream:
            cells |= {cell for row in csv.reader(stream) for cell in row}
    assert set(IDENTIFIERS) <= cells
