"""Workbooks whose parts lie and are called otherwise than Excel would have it."""

import datetime
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import xlsx, zipped

EXPECTED = {"A": [(1, False, ["NIK", "1985-08-17"])], "B": [(1, False, ["x", 5])]}


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, str]:
    path = xlsx(tmp_path / "usual.xlsx", {"A": [("NIK", datetime.date(1985, 8, 17))], "B": [("x", 5)]})
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def moved(parts: Mapping[str, str], places: Mapping[str, str], targets: Mapping[str, str]) -> dict[str, str]:
    """Return the parts at other places, and what they say of each other replaced."""
    told = re.compile("|".join(f'"{re.escape(old)}"' for old in targets) or "(?!)")
    return {
        places.get(name, name): told.sub(lambda found: f'"{targets[found[0][1:-1]]}"', text)
        for name, text in parts.items()
    }


ROOT = {
    "xl/workbook.xml": "wb.xml",
    "xl/_rels/workbook.xml.rels": "_rels/wb.xml.rels",
    "xl/worksheets/sheet1.xml": "s1.xml",
    "xl/worksheets/sheet2.xml": "s2.xml",
    "xl/sharedStrings.xml": "texts.xml",
    "xl/styles.xml": "looks.xml",
}
TARGETS = {
    "xl/workbook.xml": "wb.xml",
    "worksheets/sheet1.xml": "s1.xml",
    "worksheets/sheet2.xml": "/s2.xml",
    "sharedStrings.xml": "./texts.xml",
    "styles.xml": "looks.xml",
}
FOLDERS = {
    "xl/workbook.xml": "Buku/Kerja 1.xml",
    "xl/_rels/workbook.xml.rels": "Buku/_rels/Kerja 1.xml.rels",
    "xl/worksheets/sheet1.xml": "lembar\\satu.xml",
    "xl/worksheets/sheet2.xml": "/Buku/Dua & 2.xml",
    "xl/sharedStrings.xml": "Buku/x/Texts.XML",
    "xl/styles.xml": "styles%201.xml",
}
FOLDER_TARGETS = {
    "xl/workbook.xml": "/BUKU/Kerja%201.xml",
    "worksheets/sheet1.xml": "..\\lembar\\Satu.xml",
    "worksheets/sheet2.xml": "dua%20&amp;%202.xml",
    "sharedStrings.xml": "/buku/y/../x/texts.xml",
    "styles.xml": "../styles 1.xml",
}


@pytest.mark.parametrize(("places", "targets"), [(ROOT, TARGETS), (FOLDERS, FOLDER_TARGETS), ({}, {})])
def test_parts_are_where_the_package_says(
    sheets_of: Reader, tmp_path: Path, parts: dict[str, str], places: dict[str, str], targets: dict[str, str]
) -> None:
    found = sheets_of(zipped(tmp_path / "r.xlsx", moved(parts, places, targets)))

    assert {name: rows for name, (_, _, rows) in found.items()} == EXPECTED


@pytest.mark.parametrize(
    "broken", [None, "<Relationships", "<Relationships><Relationship Id='x'/></Relationships>"]
)
def test_content_types_help_where_no_relation_does(
    sheets_of: Reader, tmp_path: Path, parts: dict[str, str], broken: str | None
) -> None:
    """Of strings and styles, too; sheets are known by their relations alone."""
    new = moved(parts, ROOT, TARGETS)
    types = new["[Content_Types].xml"]
    for old, place in ROOT.items():
        types = types.replace(f'"/{old}"', f'"/{place}"')
    new["[Content_Types].xml"] = types
    del new["_rels/.rels"]
    if broken is not None:
        new["_rels/.rels"] = broken
    relations = new["_rels/wb.xml.rels"]
    new["_rels/wb.xml.rels"] = re.sub(r"<Relationship [^>]*(?:texts|looks)[^>]*/>", "", relations)

    found = sheets_of(zipped(tmp_path / "r.xlsx", new))

    assert {name: rows for name, (_, _, rows) in found.items()} == EXPECTED


def test_the_usual_names_help_where_nothing_is_told(
    sheets_of: Reader, tmp_path: Path, parts: dict[str, str]
) -> None:
    del parts["_rels/.rels"]
    parts["[Content_Types].xml"] = "<Types><Override/><Default ContentType='sheet.main+xml'/></Types>"
    relations = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = re.sub(r"<Relationship [^>]*(?:String|style)[^>]*/>", "", relations)

    found = sheets_of(zipped(tmp_path / "r.xlsx", parts))

    assert {name: rows for name, (_, _, rows) in found.items()} == EXPECTED


def test_what_another_office_program_writes_is_no_workbook(
    refusal: Refuser, tmp_path: Path, parts: dict[str, str]
) -> None:
    letter = moved(parts, {"xl/workbook.xml": "word/document.xml"}, {"xl/workbook.xml": "word/document.xml"})
    letter["word/document.xml"] = "<w:document xmlns:w='x'/>"

    assert refusal(zipped(tmp_path / "r.xlsx", letter)) == "E204"
    letter["word/document.xml"] = ""
    assert refusal(zipped(tmp_path / "r.xlsx", letter)) == "E204"


def test_sheets_that_are_nowhere_are_damage(refusal: Refuser, tmp_path: Path, parts: dict[str, str]) -> None:
    for name in ("xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"):
        del parts[name]

    assert refusal(zipped(tmp_path / "r.xlsx", parts)) == "E209"
