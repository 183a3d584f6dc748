"""Old Excel workbooks of every version, and what stands around their cells."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.files.excel.old_excel import OldExcelBook
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import MergedCells, Row
from tests.conftest import SHARED, Office
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import MAN, compound, container, label, old_sheet, record

ENDS = record(0x000A, b"")
FREE = 0xFFFFFFFF


def part(sort: int, *records: bytes, kind: int = 0x0809, version: int = 0x0500) -> bytes:
    """Return a part of a workbook: of all of it (5), a sheet (16), a chart (32)."""
    return record(kind, struct.pack("<HHI", version, sort, 0)) + b"".join(records) + ENDS


def listed(name: str, start: int, state: int = 0, sort: int = 0) -> bytes:
    return record(0x0085, struct.pack("<IBBB", start, state, sort, len(name)) + name.encode())


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def old(row: int, column: int, text: bytes) -> bytes:
    """Return a text cell as it was before Excel 97."""
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text)


def rows(content: bytes, limits: guard.Limits = guard.USUAL) -> list[Row]:
    book = OldExcelBook(content, limits)
    (sheet,) = book.sheets(lambda _: False)
    return list(sheet.rows)


def only(content: bytes) -> list[list[Cell]]:
    return [cells for _, _, cells in rows(content)]


def test_bare_records_as_web_pages_write_them(sheets_of: Reader, tmp_path: Path) -> None:
    begins = struct.pack("<HHHHHH", 0x809, 8, 0, 0x10, 0, 0)
    cells = old(0, 0, b"NIK") + old(0, 1, b"NAMA") + old(1, 0, b"6474011909737555") + number(1, 2, 41.0)
    path = tmp_path / "r.xls"

    path.write_bytes(begins + cells + ENDS)
    assert sheets_of(path) == {
        "Sheet1": (
            "", sheets_of(path)["Sheet1"][1],
            [(1, False, ["NIK", "NAMA"]), (2, False, ["6474011909737555", "", 41])],
        )
    }  # fmt: skip
    path.write_bytes(begins + cells)
    assert len(sheets_of(path)["Sheet1"][2]) == 2
    for behind in (bytes(30), b"\r\n", b"</body></html>\r\n"):
        path.write_bytes(begins + cells + ENDS + behind)
        assert len(sheets_of(path)["Sheet1"][2]) == 2


@pytest.mark.skipif(
    not (SHARED / "lists").is_dir(), reason="the sample workbooks beside the repository are absent"
)
def test_the_bare_sample(sheets_of: Reader) -> None:
    found = sheets_of(SHARED / "lists" / "r12_bare_excel_records.xls")["Sheet1"][2]

    assert [cells[2] for _, _, cells in found] == ["Nama", "ABD. RAHMAN", "MASITA", "DJOKO SANTOSO"]


def test_bare_records_of_excel_2() -> None:
    head = struct.Struct("<HHBBB").pack
    formula = record(0x0006, head(3, 0, 0, 0, 0) + b"\0" + bytes(5) + b"\xff\xff" + bytes(3))
    content = part(
        0x10,
        record(0x001E, b"\7General"), record(0x001E, b"\x08dd/mm/yy"),
        record(0x0002, head(0, 0, 0, 0, 0) + struct.pack("<H", 33)),
        record(0x0003, head(0, 1, 0, 1, 0) + struct.pack("<d", 31276)),
        record(0x0003, head(0, 2, 0, 14, 0) + struct.pack("<d", 31276.5)),
        record(0x0004, head(1, 0, 0, 0, 0) + b"\4SITI"),
        record(0x0005, head(2, 0, 0, 0, 0) + b"\1\0"), record(0x0005, head(2, 1, 0, 0, 0) + b"\x2a\1"),
        formula, record(0x0007, b"\3ADA"),
        kind=0x0009, version=2,
    )  # fmt: skip

    assert only(content) == [[33, "1985-08-17", 31276.5], ["SITI"], [True, "#N/A"], ["ADA"]]


@pytest.mark.parametrize(("kind", "style"), [(0x0209, 0x0243), (0x0409, 0x0443)])
def test_bare_records_of_excel_3_and_4(kind: int, style: int) -> None:
    """Formats are counted, styles name them, and each sheet of a workspace has its own."""
    before = b"\0\0" if kind == 0x0409 else b""
    formats = [
        record(0x041E if before else 0x001E, before + bytes([len(code)]) + code)
        for code in (b"General", b"d mmm yyyy")
    ]
    styles = [record(style, bytes([0, number]) + bytes(10)) for number in (0, 1)]
    content = part(0x10, *formats, *styles, number(0, 0, 31276, 1), number(0, 1, 31276, 0), kind=kind)

    assert only(content) == [["1985-08-17", 31276]]
    two = part(0x100, content, content.replace(b"d mmm yyyy", b"#,##0.0000"), kind=kind)
    found = [list(sheet.rows) for sheet in OldExcelBook(two, guard.USUAL).sheets(lambda _: False)]
    assert [cells for ((_, _, cells),) in found] == [["1985-08-17", 31276], [31276, 31276]]


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        (1252, b"Ren\xe9", "René"),
        (10000, b"Ren\x8e", "René"),
        (32768, b"Ren\x8e", "René"),
        (437, b"Ren\x82", "René"),
        (None, "René".encode(), "René"),
        (None, b"Ren\xe9", "René"),
        (9999, b"Ren\xe9", "René"),
    ],
)
def test_texts_in_the_code_page_of_their_time(page: int | None, text: bytes, expected: str) -> None:
    pages = [] if page is None else [record(0x0042, struct.pack("<H", page))]

    assert only(part(0x10, *pages, old(0, 0, text))) == [[expected]]


def unicode(text: str, flags: int = 0, more: bytes = b"") -> bytes:
    """Return a text of Excel 97, in low bytes where it fits and is not said otherwise."""
    wide = flags & 1
    return struct.pack("<HB", len(text), flags) + more + text.encode("utf-16-le" if wide else "latin-1")


def shared(*texts: bytes, count: int | None = None) -> bytes:
    number = len(texts) if count is None else count
    return struct.pack("<II", number, number) + b"".join(texts)


def taken(row: int, column: int, at: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, at))


def new_book(*records: bytes, cells: bytes = b"") -> bytes:
    """Return a workbook of Excel 97 whose sheet has these cells."""
    whole = b"".join(records)
    start = 4 + 8 + len(whole) + len(listed("A1", 0)) + 1 + 4
    about = record(0x0085, struct.pack("<IBBB", start, 0, 0, 2) + b"\0A1")
    return part(5, whole, about, version=0x0600) + part(0x10, cells, version=0x0600)


def test_low_bytes_are_unicode_whatever_the_code_page_says() -> None:
    """No NUL stands behind a letter, and what is meant in the code page is read so."""
    texts = shared(unicode("6474011708857001"), unicode("Ren\xe9"), unicode("NUR\x92AINI\x81"))
    page = record(0x0042, struct.pack("<H", 1252))

    found = only(new_book(page, record(0x00FC, texts), cells=b"".join(taken(0, at, at) for at in range(3))))

    assert found == [["6474011708857001", "René", "NUR’AINI"]]


def test_no_nul_reaches_a_cell() -> None:
    wide = "6\0004\0\n".encode("utf-16-le")
    texts = shared(unicode("6\0004\0007"), struct.pack("<HB", 5, 1) + wide)
    content = new_book(record(0x00FC, texts), cells=taken(0, 0, 0) + taken(0, 1, 1))

    assert only(content) == [["647", "64\n"]]
    assert only(part(0x10, old(0, 0, b"6\x004\0"), old(0, 1, b"Ren\xe9\0"))) == [["64", "René"]]
    page = record(0x0042, struct.pack("<H", 1252))
    assert only(part(0x10, page, old(0, 0, b"6\0\xe9"), old(0, 1, b"\0"))) == [["6é"]]


def test_people_of_such_a_workbook_get_in_as_they_are(office: Office, tmp_path: Path) -> None:
    """No finding says that a NIK was written otherwise, and no NUL goes back to the department."""
    lines = [
        ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN"), (MAN, "RUDI", "17-08-1985", "L", "GUNTUNG"),
        ("647401", "SITI", "12-03-1990", "P", "GUNTUNG"),
    ]  # fmt: skip
    texts = [unicode(text) for line in lines for text in line]
    cells = b"".join(taken(at // 5, at % 5, at) for at in range(15))
    page, path = record(0x0042, struct.pack("<H", 1252)), tmp_path / "r.xls"
    path.write_bytes(compound(new_book(page, record(0x00FC, shared(*texts)), cells=cells)))

    office("import", path)
    office("batch", "fix-file", "B-2025-001", "-o", tmp_path / "fix.xlsx")

    assert office.rows("SELECT row, codes FROM v_roster_row WHERE row = 2") == [(2, "[]")]
    with zipfile.ZipFile(tmp_path / "fix.xlsx") as archive:
        written = b"".join(map(archive.read, archive.namelist()))
    assert b"647401" in written
    assert b"_x0000_" not in written


def test_shared_texts_go_on_in_further_records() -> None:
    rich = unicode("RICH", 8, struct.pack("<H", 2)) + bytes(8)
    far = unicode("TIMUR", 4, struct.pack("<I", 5)) + b"sound"
    both = unicode("DUA", 13, struct.pack("<HI", 1, 2)) + bytes(6)
    begun = struct.pack("<HB", 6, 0) + b"SIT"
    first = shared(rich, far, both, begun, count=99)
    second = b"\1" + "I \u0100".encode("utf-16-le") + unicode("AKHIR", 8, struct.pack("<H", 3)) + bytes(4)
    third = bytes(8) + unicode("")
    cells = b"".join(taken(0, at, at) for at in range(8))

    found = only(new_book(record(0x00FC, first), record(0x003C, second), record(0x003C, third), cells=cells))

    assert found == [["RICH", "TIMUR", "DUA", "SITI \u0100", "AKHIR"]]


@pytest.mark.parametrize("text", [struct.pack("<HB", 9, 0) + b"SIT", unicode("SIT", 8, b"\1\0"), b""])
def test_shared_texts_that_do_not_end(text: bytes) -> None:
    content = new_book(record(0x00FC, shared(text, count=5)), cells=taken(0, 0, 0) + number(0, 1, 1))

    assert only(content) == [["SIT" if text else "", 1]]


def test_numbers_formulas_and_errors_of_excel_97() -> None:
    result = struct.Struct("<HHHBBBBBBH").pack
    packed = struct.Struct("<HI").pack

    def high(value: float) -> int:
        return int(struct.unpack("<Q", struct.pack("<d", value))[0] >> 32)

    cells = [
        record(0x027E, struct.pack("<HHHI", 0, 0, 0, 21 << 2 | 2)),
        record(0x027E, struct.pack("<HHHI", 0, 1, 0, (-150 << 2 | 3) & 0xFFFFFFFF)),
        record(0x027E, struct.pack("<HHHI", 0, 2, 0, high(0.5) & ~3)),
        record(0x00BD, struct.pack("<HH", 1, 1) + packed(0, 7 << 2 | 2) + packed(0, 8 << 2 | 2) + b"\2\0"),
        record(0x0205, struct.pack("<HHHBB", 2, 0, 0, 0x17, 1)),
        record(0x0205, struct.pack("<HHHBB", 2, 1, 0, 1, 0)),
        record(0x0205, struct.pack("<HHHBB", 2, 2, 0, 0x99, 1)),
        record(0x0006, result(3, 0, 0, 2, 0, 0x2A, 0, 0, 0, 0xFFFF) + bytes(8)),
        record(0x0006, result(3, 1, 0, 1, 0, 1, 0, 0, 0, 0xFFFF) + bytes(8)),
        record(0x0006, result(3, 2, 0, 3, 0, 0, 0, 0, 0, 0xFFFF) + bytes(8)),
        record(0x0006, struct.pack("<HHHd", 3, 3, 0, 1.25) + bytes(8)),
        record(0x0406, struct.pack("<HHHd", 3, 4, 0, 4.0) + bytes(8)),
        record(0x0206, struct.pack("<HHHd", 3, 5, 0, 5.0) + bytes(8)),
        record(0x0006, result(4, 0, 0, 0, 0, 0, 0, 0, 0, 0xFFFF) + bytes(8)),
        record(0x04BC, b"shared formula"), record(0x0207, struct.pack("<HB", 4, 0) + b"SI"),
        record(0x003C, b"\1" + "TI".encode("utf-16-le")),
        record(0x0207, struct.pack("<HB", 4, 0) + b"LOST"),
        record(0x00D6, struct.pack("<HHH", 5, 0, 0) + unicode("RICH") + b"\0\0"),
        record(0x0203, struct.pack("<HHHd", 6, 16_384, 0, 1.0)), record(0x0201, bytes(6)),
    ]  # fmt: skip

    assert only(new_book(cells=b"".join(cells))) == [
        [21, -1.5, 0.5], ["", 7, 8], ["#REF!", True, "#N/A"], ["#N/A", True, "", 1.25, 4, 5],
        ["SITI"], ["RICH"],
    ]  # fmt: skip


def test_only_a_format_that_shows_a_day_makes_a_date() -> None:
    """Numbers from 50 to 58 are known formats unless the workbook gives them to one of its own."""

    def format_(at: int, code: str) -> bytes:
        return record(0x041E, struct.pack("<H", at) + unicode(code))

    styles = [record(0x00E0, struct.pack("<HH", 0, at) + bytes(16)) for at in (0, 50, 14, 164, 51)]
    cells = b"".join(number(0, at, 17, at) for at in range(6))

    found = only(new_book(format_(50, "000"), format_(164, "dd/mm/yyyy"), *styles, cells=cells))

    assert found == [[17, 17, "1900-01-17", "1900-01-17", "1900-01-17", 17]]


def test_formats_of_excel_5_and_days_since_1904() -> None:
    about = record(0x041E, struct.pack("<HB", 200, 10) + b"d mmm yyyy")
    styles = [record(0x00E0, struct.pack("<HH", 0, at) + bytes(12)) for at in (0, 200)]
    content = part(
        0x10, record(0x0022, b"\1\0"), about, *styles, number(0, 0, 29814.5, 1), number(0, 1, -1, 1)
    )

    assert OldExcelBook(content, guard.USUAL).since_1904
    assert only(content) == [["1985-08-17T12:00:00", -1]]


def test_rows_in_any_order_and_blank_ones() -> None:
    content = part(0x10, number(9, 0, 1), number(2, 3, 2), old(4, 0, b""), number(2, 0, 3))

    assert rows(content) == [(3, False, [3, "", "", 2]), (10, False, [1])]


def test_what_stands_around_the_cells() -> None:
    line = struct.Struct("<HHHHHHHH").pack
    content = part(
        0x10,
        record(0x0208, line(1, 0, 1, 0, 0, 0, 0x20, 0)), record(0x0208, line(2, 0, 1, 0, 0, 0, 0, 0)),
        record(0x007D, struct.pack("<HHHHHH", 1, 300, 0, 0, 1, 0)),
        record(0x007D, struct.pack("<HHHHHH", 0, 0, 0, 0, 0, 0)),
        record(0x00E5, struct.pack("<HHHHHHHHH", 2, 1, 3, 0, 0, 5, 5, 0, 1)),
        number(0, 0, 1), number(1, 0, 2),
    )  # fmt: skip

    (sheet,) = OldExcelBook(content, guard.USUAL).sheets(lambda _: False)

    assert sheet.layout.hidden_columns == set(range(1, 256))
    assert sheet.layout.merged == (MergedCells(0, 2, 4),)
    assert sheet.layout.row_count == 3
    assert list(sheet.rows) == [(1, False, [1]), (2, True, [2])]


def test_cells_of_a_chart_inside_a_sheet_are_no_cells_of_the_sheet() -> None:
    content = part(0x10, number(0, 0, 1), part(0x20, number(0, 0, 9), number(5, 5, 9)), number(0, 1, 2))

    assert only(content) == [[1, 2]]


def book_of(*sheets: bytes, wrong: int = 0) -> bytes:
    """Return a workbook of Excel 5 with a sheet, a hidden one, a chart and a macro."""
    names = [("A", 0, 0), ("B", 1, 0), ("C", 0, 2), ("D", 2, 1)]
    size = len(part(5, *(listed(name, 0, state, sort) for name, state, sort in names)))
    starts = [size + sum(map(len, sheets[:at])) + wrong for at in range(4)]
    return part(
        5,
        *(listed(name, start, state, sort) for (name, state, sort), start in zip(names, starts, strict=True)),
    ) + b"".join(sheets)


FOUR = [part(0x10, number(0, 0, 1)), part(0x10, number(0, 0, 2)), part(0x20, number(0, 0, 3)), part(0x40)]


@pytest.mark.parametrize("wrong", [0, 2, 1_000_000])
def test_sheets_as_listed_or_in_their_order(sheets_of: Reader, tmp_path: Path, wrong: int) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(compound(book_of(*FOUR, wrong=wrong), "Book"))

    found = sheets_of(path, Opening(sheets=("b",)))

    assert [(name, barred, len(rows)) for name, (barred, _, rows) in found.items()] == [
        ("A", "", 1), ("B", "", 1), ("C", "not-a-roster", 0), ("D", "not-a-roster", 0),
    ]  # fmt: skip
    assert [barred for barred, _, _ in sheets_of(path).values()] == [
        "",
        "hidden",
        "not-a-roster",
        "not-a-roster",
    ]


def test_sheets_that_are_listed_nowhere() -> None:
    book = OldExcelBook(book_of(*FOUR[:3], wrong=2), guard.USUAL)

    assert [(sheet.name, len(list(sheet.rows))) for sheet in book.sheets(lambda _: False)] == [
        ("Sheet1", 1), ("Sheet2", 1),
    ]  # fmt: skip


def test_a_stray_cell_in_the_far_corner_costs_its_own_row_alone(sheets_of: Reader, tmp_path: Path) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(compound(old_sheet(label(0, 0, "NIK"), label(65535, 255, "x"))))

    assert [(number, len(cells)) for number, _, cells in sheets_of(path)["Sheet1"][2]] == [
        (1, 1),
        (65536, 256),
    ]


def test_more_cells_than_a_roster_has(refusal: Refuser, tmp_path: Path) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(part(0x10, *(number(row, 16_000, 1) for row in range(400))))

    assert refusal(path) == "E210"


@pytest.mark.parametrize(
    "content",
    [
        b"\x09\x08\x08\x00" + bytes(2),
        part(0x10, number(0, 0, 1))[:-8],
        part(0x10, record(0x0203, bytes(8))),
        part(0x10, record(0x0205, bytes(6))),
        compound(b"\x08\x02\x00\x00"),
        compound(b""),
        compound(old_sheet(label(0, 0, "NIK")))[:2000],
    ],
)
def test_what_is_damaged(refusal: Refuser, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(content)

    assert refusal(path) == "E209"


def test_a_letter_is_no_workbook_even_with_a_table_inside(refusal: Refuser, tmp_path: Path) -> None:
    sheet = old_sheet(label(0, 0, "NIK")).ljust(4096, b"\0")
    path = tmp_path / "r.xls"
    path.write_bytes(
        container(("WordDocument", 2, FREE, 2, FREE, sheet), ("Workbook", 2, FREE, FREE, FREE, sheet))
    )

    assert refusal(path) == "E204"


@given(at=st.integers(0, 400), byte=st.integers(0, 255))
def test_damage_never_breaks_it(at: int, byte: int) -> None:
    content = bytearray(book_of(*FOUR) + new_book(record(0x00FC, shared(unicode("x"))), cells=taken(0, 0, 0)))
    content[at % len(content)] = byte

    try:
        book = OldExcelBook(bytes(content), guard.USUAL)
        for sheet in book.sheets(lambda _: True):
            list(sheet.rows)
    except (ValueError, LookupError, struct.error):
        pass
