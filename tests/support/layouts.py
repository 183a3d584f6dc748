"""Rosters as departments lay them out, drawn by seed, of people who do not exist and whose truth is known."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any, Final, NamedTuple

from tests.support.grids import KINDS, MONTHS, OF_SEVERAL, Cell, Grid, Merge

KELURAHAN: Final = {
    "64.74.01.1001": ("Bontang Kuala", "BTG KUALA", "Bontang  Kuala", "bontang_kuala"),
    "64.74.01.1003": ("Lok Tuan", "LOKTUAN", "lok_tuan", "Kel. Loktuan"),
    "64.74.01.1004": ("Guntung", "GUNTUNG", "Kelurahan Guntung", "Kel.Guntung"),
    "64.74.01.1006": ("Api-Api", "API API", "Api-api", "Kel. Api - Api"),
    "64.74.02.1002": ("Berbas Tengah", "BEREBAS TENGAH", "Berebas Tgh", "Kel. Berbas Tengah"),
    "64.74.02.1006": ("Tanjung Laut Indah", "TJ. LAUT INDAH", "Tg Laut Indah", "tanjung_laut indah"),
    "64.74.03.1002": ("Gunung Telihan", "GN. TELIHAN", "gunung_telihan", "TELIHAN"),
    "64.74.03.1003": ("Kanaan", "KANA'AN", "Kanaan", "Kel. Kanaan"),
}
KECAMATAN: Final = {
    "64.74.01": "Bontang Utara",
    "64.74.02": "BONTANG SELATAN",
    "64.74.03": "Kec. Bontang Barat",
}
MEN: Final = "BASRI DARWIS FAISAL HAMZAH IRWAN KASIM LUKMAN PETRUS SLAMET YUSUF MA'RUF ANDI SYAHRUL".split()
WOMEN: Final = "WATI SITI NURHAYATI HALIMAH ROSDIANA YULIANA MARTHA NUR'AINI SRI RATNA DEWI MINARNI".split()
LASTS: Final = "SAPUTRA LESTARI HARTONO PUTRA LATIF PASANG SANTOSO HIDAYAT BATARA TANDI MALIK".split()
STREETS: Final = (
    "JL. PARI NO. {}|JL TERI GG {}|Jl. Kapten Pattimura Gg. Damai {}|GG. CUMI {}|Perum BTN Blok C {}"
)
NOTHING: Final = ("", "", "-", "tidak ada", "TDK ADA", "belum ada", "N/A", "kosong")
DITTO: Final = ("sda", '"', "idem", "s.d.a")


class Person(NamedTuple):
    """What is true of somebody; None where a department does not know it. The kelurahan is its code."""

    nik: str
    name: str
    birth_date: datetime.date
    sex: str
    place: str
    kelurahan: str
    rt: str
    rw: str
    phone: str | None
    mother_name: str | None
    address: str | None
    family_card: str


class Column(NamedTuple):
    """A column: heading in one row, group and heading in two, what it tells, how it is filled."""

    flat: str
    group: str
    sub: str
    tells: frozenset[str]
    write: Callable[[Person], Cell]


def person(draw: Random, serial: int) -> Person:
    """Invent somebody."""
    sex = draw.choice("LP")
    born = datetime.date(1963, 1, 1) + datetime.timedelta(days=draw.randrange(15_000))
    nik = f"647401{born.day + (40 if sex == 'P' else 0):02d}{born:%m%y}{serial:03d}{draw.randrange(1, 10)}"
    first = draw.choice(MEN if sex == "L" else WOMEN)
    name = first if draw.random() < 0.25 else f"{first} {draw.choice(LASTS)}"
    known = [draw.random() > 0.15 for _ in range(3)]
    return Person(
        nik,
        name,
        born,
        sex,
        draw.choice(("BONTANG", "SAMARINDA", "BONE", "TANA TORAJA")),
        draw.choice(list(KELURAHAN)),
        f"{draw.randrange(1, 45):03d}",
        f"{draw.randrange(1, 16):03d}",
        f"+62812{draw.randrange(10**6, 10**8)}" if known[0] else None,
        f"{draw.choice(WOMEN)} {draw.choice(LASTS)}" if known[1] else None,
        draw.choice(STREETS.split("|")).format(draw.randrange(1, 90)) if known[2] else None,
        f"647401{draw.randrange(1, 29):02d}0111{serial:03d}{draw.randrange(1, 10)}",
    )


NIKS: Final[Sequence[Callable[[str], Cell]]] = (
    str,
    str,
    lambda nik: f"'{nik}",
    lambda nik: f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}.{nik[6:12]}.{nik[12:]}",
    lambda nik: " ".join(nik[at : at + 4] for at in range(0, 16, 4)),
    lambda nik: f"{nik[:6]}-{nik[6:12]}-{nik[12:]}",
    lambda nik: f"{nik}\u00a0",
    lambda nik: f"NIK. {nik}",
    lambda nik: f'="{nik}"',
    int,
)
DAYS: Final = "Senin Selasa Rabu Kamis Jum'at Sabtu Minggu".split()
ROMAN: Final = "I II III IV V VI VII VIII IX X XI XII".split()
DATES: Final[Sequence[Callable[[datetime.date], Cell]]] = (
    lambda day: day,
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: day.isoformat(),
    lambda day: f"{day:%d|%m|%Y}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day:%d}-{MONTHS[day.month - 1][:3]}-{day:%y}",
    lambda day: f"{day:%d}-{ROMAN[day.month - 1]}-{day.year}",
    lambda day: f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day - datetime.timedelta(1):%Y-%m-%d}T16:00:00.000Z",
    lambda day: f"{day.month}/{day.day}/{day.year} 12:00:00 AM",
    lambda day: (day - datetime.date(1899, 12, 30)).days,
    lambda day: f"{day:%d%m%Y}",
)
SEXES: Final = (("L", "P"), ("Laki-laki", "Perempuan"), ("LAKI - LAKI", "PEREMPUAN"), ("Lk", "Pr"), (1, 2))
PHONES: Final[Sequence[Callable[[str], Cell]]] = (
    lambda number: f"0{number[3:]}",
    lambda number: f"0{number[3:6]}-{number[6:10]}-{number[10:]}",
    lambda number: number,
    lambda number: f"{number[1:3]} {number[3:]}",
    lambda number: int(number[3:]),
    lambda number: f"0{number[3:]} / 085299990000",
)


def headed(draw: Random, flat: str, group: str = "", sub: str = "") -> tuple[str, str, str]:
    """Draw one of the spellings of a heading, and its group and sub-heading where it may have them."""
    return draw.choice(flat.split("|")), group, sub


def told(*names: str) -> frozenset[str]:
    return frozenset(names)


def columns(draw: Random, kind: str) -> list[Column]:
    """Draw the columns of a roster in the order in which they stand."""

    def nothing(written: Callable[[Any], Cell], value: Any) -> Cell:
        return draw.choice(NOTHING) if value is None else written(value)

    niks = draw.choices(NIKS if kind == "xlsx" else NIKS[:-1], k=draw.choice((1, 1, 2)))
    identity = Column(
        *headed(draw, "NIK|No. KTP|NOMOR INDUK KEPENDUDUKAN|No. Identitas|NIK KTP|No. NIK|N I K"),
        told("nik"),
        lambda one: draw.choice(niks)(one.nik),
    )
    made = [*_name(draw), *_birth(draw), *_sex(draw)]
    made.insert(draw.choice((0, 0, 1)) if len(_parts(made, "name")) == 1 else 0, identity)
    phones = draw.choice(PHONES if "xls" not in kind or kind == "xlsx" else PHONES[:4])
    phone = headed(draw, "No. HP|HP|No Telp|TELEPON/HP|No. WA|Nomor HP / WA|NO HANDPHONE")
    one_phone = Column(*phone, told("phone"), lambda one: nothing(phones, one.phone))
    optional = [
        [one_phone],
        [
            Column(phone[0], "", "", told("phone"), lambda one: nothing(phones, one.phone) if _odd(one) else ""),
            Column("Telepon Rumah", "", "", told("phone"), lambda one: "" if _odd(one) else nothing(phones, one.phone)),
        ],
        [
            Column(
                *headed(draw, "NAMA IBU KANDUNG|Nama Ibu|IBU KANDUNG|Nama Gadis Ibu Kandung"),
                told("mother_name"),
                lambda one: nothing(str, one.mother_name),
            )
        ],
        [Column("HUB. KEL", "", "", told(), lambda one: "ANAK"), Column("STATUS KAWIN", "", "", told(), lambda one: "K")],
        [Column("NAMA KEPALA KELUARGA", "", "", told(), lambda one: "SULAIMAN")],
        [Column("NO. KK", "", "", told("family_card"), lambda one: one.family_card)],
        [Column("UMUR", "", "", told(), lambda one: 2026 - one.birth_date.year)],
        [Column("KECAMATAN", "ALAMAT", "KECAMATAN", told(), lambda one: KECAMATAN[one.kelurahan[:8]])],
        [Column("PEKERJAAN", "", "", told(), lambda one: "NELAYAN"), Column("KET", "", "", told(), lambda one: "")],
        [Column("NAMA BANK", "", "", told(), lambda one: "BRI"), Column("NO. REKENING", "", "", told(), lambda one: f"3301{one.nik[:11]}")],
        [Column("NAMA SUAMI/ISTRI", "", "", told(), lambda one: "RAHMAT")],
        [Column("PENDIDIKAN", "", "", told(), lambda one: draw.choice(("SD", "SMP", "SMA", "")))],
        [
            Column("NAMA AHLI WARIS", "AHLI WARIS", "NAMA", told(), lambda one: "RAHMAN"),
            Column("NIK AHLI WARIS", "AHLI WARIS", "NIK", told(), lambda one: "6474010101990009"),
        ],
    ]  # fmt: skip
    chosen = draw.sample(
        optional[1:] if draw.random() < 0.4 else [optional[0], *optional[2:]], draw.randrange(4)
    )
    if draw.random() < 0.7:
        address = headed(
            draw, "ALAMAT|Alamat Lengkap|Alamat Rumah|ALAMAT KTP|Alamat Tempat Tinggal", "ALAMAT", "JALAN"
        )
        chosen.append([Column(*address, told("address"), lambda one: nothing(str, one.address))])
        chosen[-1] += _numbers(draw)
    draw.shuffle(chosen)
    return made + [column for group in chosen for column in group]


def _odd(one: Person) -> bool:
    return int(one.nik[-1]) % 2 == 1


def _parts(made: Sequence[Column], name: str) -> list[Column]:
    return [column for column in made if name in column.tells]


def _name(draw: Random) -> list[Column]:
    first = headed(draw, "NAMA DEPAN|First Name", "NAMA", "DEPAN")
    last = headed(draw, "NAMA BELAKANG|Last Name", "NAMA", "BELAKANG")
    if draw.random() < 0.15:
        return [
            Column(*first, told("name"), lambda one: one.name.partition(" ")[0]),
            Column(*last, told("name"), lambda one: one.name.partition(" ")[2]),
        ]
    spelt = headed(
        draw,
        "NAMA|NAMA LENGKAP|Nama Peserta|Nama Pekerja|NAMA PENERIMA MANFAAT|Nama Nelayan|Nama (sesuai KTP)",
    )
    case = draw.choice((str, str.title, str.lower)) if draw.random() < 0.4 else str
    counted = "{}. {}" if draw.random() < 0.1 else "{1}"
    return [Column(*spelt, told("name"), lambda one: counted.format(int(one.nik[12:15]), case(one.name)))]


def _birth(draw: Random) -> list[Column]:
    dates = draw.choices(DATES, k=draw.choice((1, 1, 1, 2)))

    def day(one: Person) -> Cell:
        return draw.choice(dates)(one.birth_date)

    place = Column(
        *headed(draw, "TEMPAT LAHIR|Tmpt Lahir", "TEMPAT/TGL LAHIR", "TEMPAT"),
        told("birth_place"),
        lambda one: one.place,
    )
    dated = headed(draw, "TANGGAL LAHIR|TGL LAHIR|Tgl. Lahir (dd-mm-yyyy)|Tgl Lhr", "TEMPAT/TGL LAHIR", "TGL")
    alone = Column(dated[0], "", "", told(), day)
    parts = [
        Column(flat, "TANGGAL LAHIR", sub, told(), write)
        for flat, sub, write in (
            ("TGL LAHIR", "TGL", lambda one: one.birth_date.day),
            (
                "BLN LAHIR",
                "BLN",
                draw.choice((lambda one: one.birth_date.month, lambda one: MONTHS[one.birth_date.month - 1])),
            ),
            ("THN LAHIR", "THN", lambda one: one.birth_date.year),
        )
    ]
    words: list[Callable[[datetime.date], str]] = [
        lambda born: f"{born:%d-%m-%Y}",
        lambda born: f"{born.day} {MONTHS[born.month - 1]} {born.year}",
    ]
    word, sign = draw.choice(words), draw.choice((", ", "/", " , ", ",", " ", " / ", "\n"))
    both = Column(
        *headed(draw, "TEMPAT/TGL LAHIR|Tempat, Tanggal Lahir|TTL"),
        told("birth_place"),
        lambda one: f"{one.place}{sign}{word(one.birth_date)}",
    )
    return draw.choice(([], [alone], [alone], [place, Column(*dated, told(), day)], [both], parts))


def _sex(draw: Random) -> list[Column]:
    man, woman = draw.choice(SEXES)
    coded = Column("Jenis Kelamin (1=P, 2=L)", "", "", told(), lambda one: 2 if one.sex == "L" else 1)
    usual = Column(
        *headed(draw, "JK|L/P|JENIS KELAMIN|Jenis Kelamin (L/P)|Gender"),
        told(),
        lambda one: man if one.sex == "L" else woman,
    )
    ticked = [
        Column("L", "JENIS KELAMIN", "L", told(), lambda one: "V" if one.sex == "L" else ""),
        Column("P", "JENIS KELAMIN", "P", told(), lambda one: "V" if one.sex == "P" else ""),
    ]
    return draw.choices(([usual], [coded], ticked, []), (7, 1, 1, 1))[0]


def _numbers(draw: Random) -> list[Column]:
    rt = Column(
        *headed(draw, "RT|No RT", "ALAMAT", "RT"), told("rt"), lambda one: draw.choice((one.rt, int(one.rt)))
    )
    rw = Column(*headed(draw, "RW|No RW", "ALAMAT", "RW"), told("rw"), lambda one: one.rw)
    form = draw.choice(("{rt}/{rw}", "RT {rt} RW {rw}", "RT.{rt}/RW.{rw}", "{rt} / {rw}"))
    both = Column(
        *headed(draw, "RT/RW|RT / RW|RT_RW", "ALAMAT", "RT/RW"),
        told("rt", "rw"),
        lambda one: form.format(rt=one.rt, rw=one.rw),
    )
    return draw.choice(([], [rt], [rt, rw], [both]))


@dataclass
class Layout:
    """A roster as it is sent: the kind of file, its sheets, and what is true of the people in it, in order."""

    kind: str
    sheets: list[Grid] = field(default_factory=list)
    truth: list[dict[str, str | None]] = field(default_factory=list)
    apart: bool = False
    """Two tables stand beside one another, whose lines are counted once each."""


TITLES: Final = (
    "PEMERINTAH KOTA BONTANG|DAFTAR NAMA PENERIMA MANFAAT JAMINAN SOSIAL KETENAGAKERJAAN|TAHUN ANGGARAN 2025"
    "|Nama OPD : Dinas Perikanan|NAMA KELOMPOK: MEKAR JAYA|Tanggal cetak: 05/01/2026|Lampiran SK No. 12 Tahun 2025"
    "|DATA PEKERJA RENTAN (NIK dan nama sesuai KTP)||"
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
                    address=f"{one.address or 'JL. PARI'} RT {int(one.rt)}/{int(one.rw)} Kel. {KELURAHAN[one.kelurahan][0]}"
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
                "Petunjuk",
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
        titles = [self.decorate(column.flat, at) for at, column in enumerate(self.columns, 1)]
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
            lines.append(
                draw.choice(
                    (
                        [f"KELURAHAN : {place}"],
                        ["KELURAHAN", ":", place],
                        [f"DATA PEKERJA RENTAN KELURAHAN {place.upper()} TAHUN 2025"],
                    )
                )
            )
        return lines

    def heading(self) -> tuple[list[list[Cell]], list[Merge]]:
        """Return the rows of the header, and what is merged in them."""
        flat: list[Cell] = [self.decorate(column.flat, at) for at, column in enumerate(self.columns, 1)]
        rows, merged = [flat], []
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
                top += [self.decorate(column.flat, at + 1) for column in those]
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
            return [[], draw.choice((["", "", page], [page])), *rows], [
                one._replace(top=one.top + 2, bottom=one.bottom + 2) for one in merged
            ]
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


def lines(made: Layout) -> Iterator[int]:
    """Yield how many lines of each sheet hold something."""
    return (sheet.lines for sheet in made.sheets)
