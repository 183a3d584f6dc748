"""Rosters as departments lay them out, drawn by seed, of people who do not exist and whose truth is known."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Final

from tests.support.grids import KINDS, OF_SEVERAL, Cell, Grid, Merge
from tests.support.roster_columns import DITTO, KELURAHAN, Column, Person, columns, headed, person


@dataclass
class Layout:
    """A roster as it is sent: the kind of file, its sheets, and what is true of its people, in order."""

    kind: str
    sheets: list[Grid] = field(default_factory=list)
    truth: list[dict[str, str | None]] = field(default_factory=list)
    apart: bool = False
    """Two tables stand beside one another, whose lines are counted once each."""


GUIDE: Final = "Petunjuk"
TITLES: Final = (
    "PEMERINTAH KOTA BONTANG|DAFTAR NAMA PENERIMA MANFAAT JAMINAN SOSIAL KETENAGAKERJAAN|TAHUN ANGGARAN 2025"
    "|Nama OPD : Dinas Perikanan|NAMA KELOMPOK: MEKAR JAYA|Tanggal cetak: 05/01/2026"
    "|Lampiran SK No. 12 Tahun 2025|DATA PEKERJA RENTAN (NIK dan nama sesuai KTP)||"
).split("|")
DECORATIONS: Final[Sequence[Callable[[str, int], str]]] = (
    *[lambda text, _: text] * 5,
    lambda text, _: text.upper(),
    lambda text, _: text.lower(),
    lambda text, at: f"{at}. {text}",
    lambda text, _: f"{text} *",
    lambda text, _: f"{text} *)",
    lambda text, _: f"{text}¹",
    lambda text, _: f"{text}\n(wajib diisi)",
    lambda text, _: text.replace(" ", "\n", 1),
    lambda text, _: text.lower().replace(" ", "_"),
    lambda text, _: f" {text}: ",
)
MODES: Final = "column column column merged ditto with_rt in_address title groups blocks sheets none".split()


def layout(seed: int) -> Layout:
    """Draw a roster."""
    return _Drawing(Random(seed)).drawn()


class _Drawing:
    """One roster in the making."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.kind = draw.choice(KINDS)
        self.mode = draw.choice(MODES)
        self.columns = columns(draw, self.kind)
        told = {name for column in self.columns for name in column.tells}
        if (self.mode == "in_address" and not told >= {"address"}) or (
            self.mode == "with_rt" and "rt" in told
        ):
            self.mode = "column"
        if self.mode == "in_address" and "rt" in told:
            self.mode = "none"
        kinds = {"merged": ("xlsx", "html"), "sheets": OF_SEVERAL}
        if self.kind not in kinds.get(self.mode, KINDS):
            self.mode = "groups"
        self.people = [person(draw, serial) for serial in range(1, draw.randrange(5, 15))]
        self._settle()
        self.told = {name for column in self.columns for name in column.tells}
        self.numbered = draw.random() < 0.7
        if self.numbered:
            title = draw.choice(("NO", "No.", "NO URUT", "Nomor"))
            self.columns.insert(0, Column(title, "", "", frozenset(), lambda one: self.people.index(one) + 1))
        if draw.random() < 0.1:
            self.columns.insert(0, Column("", "", "", frozenset(), lambda one: ""))
        self.style = draw.choice(("one", "one", "two", "two", "banner", "survey"))
        self.decorate = draw.choice(DECORATIONS)
        self.counted = draw.random() < 0.2

    def _settle(self) -> None:
        """Let the people live where the mode of telling the kelurahan has them."""
        draw = self.draw
        if self.mode == "title":
            self.people = [one._replace(kelurahan=self.people[0].kelurahan) for one in self.people]
        if self.mode in {"merged", "ditto", "groups", "blocks", "sheets"}:
            few = draw.sample(list(KELURAHAN), 2)
            self.people = [one._replace(kelurahan=draw.choice(few)) for one in self.people]
            self.people.sort(key=lambda one: one.kelurahan)
        if self.mode == "in_address":
            self.people = [
                one._replace(
                    address=f"{one.address or 'JL. PARI'} RT {int(one.rt)}/{int(one.rw)} "
                    f"Kel. {KELURAHAN[one.kelurahan][0]}"
                )
                for one in self.people
            ]
        heading = headed(draw, "KELURAHAN|Kel.|Kelurahan/Desa|NAMA KELURAHAN|Kel/Desa", "ALAMAT", "KELURAHAN")
        if self.mode in {"column", "merged", "ditto"}:
            column = Column(
                *heading, frozenset({"kelurahan_code"}), lambda one: draw.choice(KELURAHAN[one.kelurahan])
            )
            self.columns.append(column)
        elif self.mode == "with_rt":
            self.columns.append(
                Column(
                    *heading,
                    frozenset({"kelurahan_code", "rt", "rw"}),
                    lambda one: f"Kel. {KELURAHAN[one.kelurahan][0]} RT {one.rt}/{one.rw}",
                )
            )

    def truth(self, one: Person) -> dict[str, str | None]:
        """Return what is to be read of somebody."""
        told = self.told | (
            {"kelurahan_code"} if self.mode in {"title", "groups", "blocks", "sheets"} else set()
        )
        told |= {"kelurahan_code", "rt", "rw"} if self.mode == "in_address" else set()
        facts = {
            "birth_place": one.place,
            "mother_name": one.mother_name,
            "phone": one.phone,
            "address": one.address and one.address.upper(),
            "rt": one.rt,
            "rw": one.rw,
            "kelurahan_code": one.kelurahan,
            "family_card": one.family_card,
        }
        known = {name: value if name in told else None for name, value in facts.items()}
        return {"nik": one.nik, "name": one.name, "birth_date": f"{one.birth_date}", "sex": one.sex, **known}

    def drawn(self) -> Layout:
        draw = self.draw
        made = Layout(self.kind, truth=[self.truth(one) for one in self.people])
        half = len(self.people) // 2
        if self.mode == "sheets":
            for code, group in groupby(self.people, lambda one: one.kelurahan):
                made.sheets.append(self.sheet(KELURAHAN[code][0], list(group)))
        elif self.kind in OF_SEVERAL and self.mode not in {"groups", "blocks"} and draw.random() < 0.2:
            made.sheets = [
                self.sheet("Hal 1", self.people[:half], footer=False),
                self.sheet("Hal 2", self.people[half:], headed=False),
            ]
        elif self.mode not in {"groups", "blocks", "merged", "ditto"} and draw.random() < 0.1:
            made.apart = True
            made.sheets = [
                self.beside(self.people[: len(self.people) - half], self.people[len(self.people) - half :])
            ]
        elif self.mode == "blocks":
            made.sheets = [Grid("Data")]
            for _, group in groupby(self.people, lambda one: one.kelurahan):
                block = self.sheet("", list(group))
                made.sheets[0].hidden |= {len(made.sheets[0].rows) + at for at in block.hidden}
                made.sheets[0].add([*block.rows, []], block.merged)
        else:
            made.sheets = [self.sheet("Data", self.people)]
        if self.kind in OF_SEVERAL and draw.random() < 0.2:
            guide = Grid(
                GUIDE,
                [["PETUNJUK PENGISIAN"], ["1. Isi NIK dengan 16 angka"], ["2. Isi nama sesuai KTP"]],
            )
            made.sheets.insert(draw.choice((0, len(made.sheets))), guide)
        return made

    def sheet(self, name: str, people: Sequence[Person], *, headed: bool = True, footer: bool = True) -> Grid:
        """Draw one sheet with one table."""
        grid = Grid(name)
        if headed:
            grid.add(self.titles(people))
            grid.add(*self.heading())
        self.body(grid, people, broken=headed)
        if footer:
            grid.add(self.footer(people))
        return grid

    def beside(self, left: Sequence[Person], right: Sequence[Person]) -> Grid:
        """Draw two tables beside one another, with or without a column between them."""
        grid = Grid("Data", self.titles(left))
        gap = [""] * (0 if self.numbered else 1)
        titles = [column.flat and self.decorate(column.flat, at) for at, column in enumerate(self.columns, 1)]
        grid.add([[*titles, *gap, *titles]])
        for at, one in enumerate(left):
            beyond = self.cells(right[at]) if at < len(right) else []
            grid.add([[*self.cells(one), *gap, *beyond]])
        return grid

    def cells(self, one: Person) -> list[Cell]:
        return [column.write(one) for column in self.columns]

    def titles(self, people: Sequence[Person]) -> list[list[Cell]]:
        draw = self.draw
        lines: list[list[Cell]] = [[text] for text in draw.sample(TITLES, draw.randrange(5))]
        if self.mode in {"title", "blocks"}:
            place = KELURAHAN[people[0].kelurahan][0]
            title = f"DATA PEKERJA RENTAN KELURAHAN {place.upper()} TAHUN 2025"
            named: list[list[Cell]] = [[f"KELURAHAN : {place}"], ["KELURAHAN", ":", place], [title]]
            lines.append(draw.choice(named))
        return lines

    def heading(self) -> tuple[list[list[Cell]], list[Merge]]:
        """Return the rows of the header, and what is merged in them."""
        flat: list[Cell] = [
            column.flat and self.decorate(column.flat, at) for at, column in enumerate(self.columns, 1)
        ]
        rows = [flat]
        merged: list[Merge] = []
        if self.style == "survey":
            rows = [
                [
                    f"data_diri/{re.sub(r'[^a-z0-9]+', '_', column.flat.lower()).strip('_')}"
                    for column in self.columns
                ]
            ]
        elif self.style == "two":
            rows, merged = self._two()
        elif self.style == "banner" and any(column.group == "AHLI WARIS" for column in self.columns):
            heirs = [column.group == "AHLI WARIS" for column in self.columns]
            first = heirs.index(True)
            top: list[Cell] = [""] * len(heirs)
            top[0], top[first] = "DATA PEKERJA", "AHLI WARIS"
            if first + 2 < len(heirs):
                top[first + 2] = "DATA LAIN"
            merged = [Merge(0, 0, 0, first - 1), Merge(0, 0, first, first + 1)]
            rows = [
                top,
                [
                    column.sub if heir else column.flat
                    for heir, column in zip(heirs, self.columns, strict=True)
                ],
            ]
        if self.counted and self.style != "survey":
            rows = [*rows, [f"({at})" for at in range(1, len(self.columns) + 1)]]
        return rows, [one for one in merged if one.bottom > one.top or one.right > one.left]

    def _two(self) -> tuple[list[list[Cell]], list[Merge]]:
        """Return a header of groups over their columns; a heading without one spans both rows."""
        top: list[Cell] = []
        below: list[Cell] = []
        merged = []
        for group, several in groupby(self.columns, lambda column: column.group):
            those, at = list(several), len(top)
            if group and len(those) > 1:
                top += [self.decorate(group, at + 1), *[""] * (len(those) - 1)]
                below += [column.sub for column in those]
                merged.append(Merge(0, 0, at, at + len(those) - 1))
            else:
                top += [column.flat and self.decorate(column.flat, at + 1) for column in those]
                below += [""] * len(those)
                merged += [Merge(0, 1, at + more, at + more) for more in range(len(those))]
        return [top, below] if any(below) else [top], merged if any(below) else []

    def body(self, grid: Grid, people: Sequence[Person], *, broken: bool) -> None:
        """Draw the rows of people, and what stands between them."""
        draw, mess = self.draw, self.draw.random() < 0.5
        where = len(self.columns) - 1
        before = ""
        for at, one in enumerate(people):
            if self.mode == "groups" and one.kelurahan != before:
                place = KELURAHAN[one.kelurahan][0].upper()
                lines: list[list[Cell]] = [
                    [f"KELURAHAN {place}"],
                    [f"KELURAHAN : {place}"],
                    ["", f"Kel. {place}"],
                ]
                grid.add([draw.choice(lines)])
            elif mess and at and self.mode != "merged":
                grid.add(*self.between(at, broken=broken))
            cells = self.cells(one)
            if one.kelurahan == before and (self.mode == "merged" or (self.mode == "ditto" and at)):
                cells[where] = "" if self.mode == "merged" else draw.choice(DITTO)
            if self.kind == "xlsx" and draw.random() < 0.05:
                grid.hidden.add(len(grid.rows))
            grid.add([cells])
            before = one.kelurahan
        if self.mode == "merged":
            first = len(grid.rows) - len(people)
            for code, several in groupby(range(len(people)), lambda at: people[at].kelurahan):
                rows = list(several)
                if code and len(rows) > 1:
                    grid.merged.append(Merge(first + rows[0], first + rows[-1], where, where))

    def between(self, count: int, *, broken: bool) -> tuple[list[list[Cell]], list[Merge]]:
        """Return what may stand between two people: nothing, a blank line, a sum, or the next page."""
        draw, chance = self.draw, self.draw.random()
        if chance < 0.1:
            return [[""] * len(self.columns)], []
        if chance < 0.15:
            sums: list[list[Cell]] = [
                ["JUMLAH", "", count],
                ["Sub Total", "", "", count],
                ["", "Jumlah", count],
                ["JUMLAH : ", count],
            ]
            return [draw.choice(sums)], []
        if chance < 0.2 and broken:
            rows, merged = self.heading()
            page = draw.choice(("Halaman 2", "Hal. 2 dari 3", "- 2 -", "Page 2 of 3", "(lanjutan)"))
            alone: list[Cell] = ["", "", page] if draw.random() < 0.5 else [page]
            merged = [one._replace(top=one.top + 2, bottom=one.bottom + 2) for one in merged]
            return [[], alone, *rows], merged
        return [], []

    def footer(self, people: Sequence[Person]) -> list[list[Cell]]:
        """Return what stands below the people."""
        draw = self.draw
        prepared: list[list[Cell]] = (
            [[len(people) + at, *[""] * 3] for at in (1, 2, 3)] if self.numbered else []
        )
        signed: list[list[Cell]] = [
            [],
            ["", "", "", f"Bontang, {draw.randrange(1, 28)} Januari 2026"],
            ["Mengetahui,", "", "", "Yang membuat,"],
            ["LURAH GUNTUNG", "", "", "Ketua RT 05"],
            [],
            ["Drs. H. SUDIRMAN, M.Si", "", "", "ABDUL MALIK"],
            ["NIP. 19650101 198903 1 005"],
        ]
        parts: list[list[list[Cell]]] = [
            prepared,
            [["JUMLAH", "", len(people)]],
            [["TOTAL", f"{len(people)} orang"]],
            [["Keterangan: L = laki-laki, P = perempuan"]],
            [["Catatan :"], ["1. NIK diisi 16 angka sesuai KTP"]],
            signed,
            [["Sumber data: Dinas Perikanan, 2025"]],
        ]
        return [row for part in parts if draw.random() < 0.25 for row in part]


def lines(made: Layout) -> int:
    """Return how many lines hold something, of all sheets with people."""
    return sum(sheet.lines for sheet in made.sheets if sheet.name != GUIDE)
