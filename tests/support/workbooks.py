"""Rosters made on the spot, of people who do not exist."""

import datetime
import hashlib
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.worker import Facts, RosterRow
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.reading import Roster, read
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.roster.sheets.walk import Progress

TODAY: Final = datetime.date(2026, 1, 1)
MAN: Final = "6474011708857001"
WOMAN: Final = "6474015203907002"
HEADINGS: Final = ("NO", "NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN")
RUDI: Final = (1, MAN, "RUDI HARTONO", "17-08-1985", "L", "GUNTUNG")
WATI: Final = (2, WOMAN, "WATI LESTARI", "12-03-1990", "P", "LOKTUAN")

Rows = Iterable[Sequence[object]]


def read_file(
    path: Path,
    area: Area,
    today: datetime.date = TODAY,
    progress: Progress | None = None,
    hints: Hints | None = None,
) -> Roster:
    """Open a roster and read it."""
    with open_workbook(path) as workbook:
        return read(workbook, area, today, progress, hints)


def xlsx(
    path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = (), *, hidden_rows: bool = False
) -> Path:
    """Write a workbook as xlsxwriter does; `hidden_rows` hides all but the first."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for at, row in enumerate(rows):
                if hidden_rows and at:
                    sheet.set_row(at, None, None, {"hidden": True})
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(at, column, cell, dated)
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    elif cell is not None:
                        sheet.write(at, column, cell)
    return path


def rezipped(path: Path, parts: Mapping[str, str | bytes], drop: Sequence[str] = ()) -> Path:
    """Replace parts of a workbook."""
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist() if name not in drop}
    return zipped(path, {**kept, **parts})


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def sheet_xml(rows: str) -> str:
    """Return a sheet's XML around its rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def cell(reference: str, text: str) -> str:
    """Return a cell's XML."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods(path: Path, rows: str, manifest: str = "") -> Path:
    """Write an OpenDocument workbook around the XML of its rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def binary(kind: int, body: bytes = b"") -> bytes:
    """Return a record of a binary workbook: kind and length in seven bits to a byte."""
    head = b""
    for number in (kind, len(body)):
        left = number
        while left > 0x7F:
            head += bytes([left & 0x7F | 0x80])
            left >>= 7
        head += bytes([left])
    return head + body


def wide_text(text: str) -> bytes:
    """Return a text of a binary workbook, behind its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, sheets: Mapping[str, tuple[int, Rows]]) -> Path:
    """Write a binary workbook of sheets: how each is hidden (0: not at all), and its rows."""
    listed, relations, parts = b"", "", {}
    for number, (name, (state, rows)) in enumerate(sheets.items(), 1):
        listed += binary(156, struct.pack("<II", state, number) + wide_text(f"rId{number}") + wide_text(name))
        relations += (
            f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.bin" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        )
        cells, most = b"", 0
        for at, one in enumerate(rows):
            most = max(most, len(one))
            cells += binary(0, struct.pack("<I", at) + bytes(21))
            for column, value in enumerate(one):
                place = struct.pack("<II", column, 0)
                if isinstance(value, str):
                    cells += binary(6, place + wide_text(value))
                elif isinstance(value, int | float):
                    cells += binary(5, place + struct.pack("<d", value))
        size = binary(148, struct.pack("<IIII", 0, len(list(rows)), 0, most))
        parts[f"xl/worksheets/sheet{number}.bin"] = (
            binary(129) + size + binary(145) + cells + binary(146) + binary(130)
        )
    parts["xl/workbook.bin"] = binary(131) + binary(143) + listed + binary(144) + binary(132)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["xl/_rels/workbook.bin.rels"] = (
        f'<Relationships xmlns="{space}">{relations}</Relationships>'.encode()
    )
    return zipped(path, parts)


def record(kind: int, body: bytes) -> bytes:
    """Return a record of an old Excel workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def label(row: int, column: int, text: str) -> bytes:
    """Return a text cell of an old Excel workbook."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def old_sheet(*cells: bytes) -> bytes:
    """Return the records of an old Excel workbook with one sheet."""
    version = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)
    sheet = struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)
    codepage = record(0x0042, struct.pack("<H", 1200))
    start = len(record(0x0809, version)) + len(codepage) + 4 + 14 + 4
    bound = record(0x0085, struct.pack("<IBBBB", start, 0, 0, 6, 0) + b"Sheet1")
    book = record(0x0809, version) + codepage + bound + record(0x000A, b"")
    return book + record(0x0809, sheet) + b"".join(cells) + record(0x000A, b"")


_PLAIN: Final = {0x0809, 0x002F}
"""Records that stay readable in a locked old workbook: where a part begins, and how it is locked."""


def old_locked(stream: bytes, password: str) -> bytes:
    """Return the records of an old workbook (at most a kilobyte) locked as Excel 97 does: RC4, 40 bits."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    seed = md5((md5(password.encode("utf-16-le"))[:5] + salt) * 16)[:5]
    key_stream = rc4(md5(seed + bytes(4)), bytes(1024))
    proof = rc4(md5(seed + bytes(4)), verifier + md5(verifier))
    lock = record(0x002F, struct.pack("<HHH", 1, 1, 1) + salt + proof)
    locked, at = b"", 0
    while at < len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == 0x0085:
            body = struct.pack("<I", struct.unpack_from("<I", body)[0] + len(lock)) + body[4:]
        clear = 4 if kind == 0x0085 else length if kind in _PLAIN else 0
        here = len(locked) + 4
        hidden = bytes(a ^ b for a, b in zip(body[clear:], key_stream[here + clear :], strict=False))
        locked += record(kind, body[:clear] + hidden)
        if at == 0:
            locked += lock
        at += 4 + length
    return locked


def md5(content: bytes) -> bytes:
    """Return the hash that this old way of locking rests on."""
    return hashlib.md5(content, usedforsecurity=False).digest()


def rc4(key: bytes, content: bytes) -> bytes:
    """Lock or unlock with the cipher of old workbooks."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(stream: bytes, name: str = "Workbook", *, more: int = END, small: bool = False) -> bytes:
    """Return an OLE2 file with one stream in sectors of 512 bytes; a small one lies in the mini stream."""
    content = stream if small else stream.ljust(4096, b"\0")
    sectors = -(-len(content) // 512)
    # sector 0: table, 1: directory, 2: mini table, from 3: the stream (or the mini stream that holds it)
    chain = [FAT, END, END, *range(4, 3 + sectors), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    pieces = -(-len(content) // 64)
    mini = [*range(1, pieces), END]
    mini_table = struct.pack("<128I", *mini, *[FREE] * (128 - len(mini))) if small else b"\xff" * 512

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        tree = struct.pack("<BBIII", kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
        return (
            text.ljust(64, b"\0")
            + struct.pack("<H", len(text))
            + tree
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    root = entry("Root Entry", 5, 3 if small else END, len(content) if small else 0)
    book = entry(name, 2, 0 if small else 3, len(content))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, more, int(more != END)
    )
    header += struct.pack("<109I", 0, *[FREE] * 108)
    padded = content.ljust(sectors * 512, b"\0")
    return header + table + (root + book).ljust(512, b"\0") + mini_table + padded


def container(*entries: tuple[str, int, int, int, int, bytes]) -> bytes:
    """Return an OLE2 file of entries: name, kind, left, right, child, and a stream of 4,096 bytes or more.

    They are numbered from 1; the root's child is the first of them.
    """
    directory = -(-(len(entries) + 1) // 4)
    chain = [FAT, *range(2, 1 + directory), END]
    listed, sectors = [("Root Entry", 5, FREE, FREE, 1, END, 0)], b""
    for name, kind, left, right, child, stream in entries:
        start, count = len(chain), -(-len(stream) // 512)
        chain += [*range(start + 1, start + count), END] if count else []
        listed.append((name, kind, left, right, child, start if count else END, len(stream)))
        sectors += stream.ljust(count * 512, b"\0")
    written = b""
    for name, kind, left, right, child, start, size in listed:
        text = (name + "\0").encode("utf-16-le")
        written += text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, left, right, child)
        written += b"\0" * 36 + struct.pack("<IQ", start, size)
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    return header + table + written.ljust(directory * 512, b"\0") + sectors


def row(
    nik: str | None, name: str, born: str | None = "1985-08-17", *, at: int = 2, sheet: int = 0
) -> RosterRow:
    """Return a row as checked."""
    return RosterRow(sheet, at, nik, Facts(name, birth_date=born, sex="L"))
