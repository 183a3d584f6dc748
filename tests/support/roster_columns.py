"""People who do not exist, and the columns in which departments write them down, drawn at random."""

import datetime
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final, NamedTuple

from tests.support.grids import MONTHS, Cell

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

    def phoned(one: Person) -> Cell:
        return nothing(phones, one.phone)

    def other(title: str, text: str, group: str = "", sub: str = "") -> Column:
        return Column(title, group, sub, told(), lambda _: text)

    one_phone = Column(*phone, told("phone"), phoned)
    optional = [
        [one_phone],
        [
            Column(phone[0], "", "", told("phone"), lambda one: phoned(one) if _odd(one) else ""),
            Column("Telepon Rumah", "", "", told("phone"), lambda one: "" if _odd(one) else phoned(one)),
        ],
        [
            Column(
                *headed(draw, "NAMA IBU KANDUNG|Nama Ibu|IBU KANDUNG|Nama Gadis Ibu Kandung"),
                told("mother_name"),
                lambda one: nothing(str, one.mother_name),
            )
        ],
        [other("HUB. KEL", "ANAK"), other("STATUS KAWIN", "K")],
        [other("NAMA KEPALA KELUARGA", "SULAIMAN")],
        [Column("NO. KK", "", "", told("family_card"), lambda one: one.family_card)],
        [Column("UMUR", "", "", told(), lambda one: 2026 - one.birth_date.year)],
        [Column("KECAMATAN", "ALAMAT", "KECAMATAN", told(), lambda one: KECAMATAN[one.kelurahan[:8]])],
        [other("PEKERJAAN", "NELAYAN"), other("KET", "")],
        [other("NAMA BANK", "BRI"), other("NO. REKENING", "330101020304050")],
        [other("NAMA SUAMI/ISTRI", "RAHMAT")],
        [Column("PENDIDIKAN", "", "", told(), lambda one: draw.choice(("SD", "SMP", "SMA", "")))],
        [
            other("NAMA AHLI WARIS", "RAHMAN", "AHLI WARIS", "NAMA"),
            other("NIK AHLI WARIS", "6474010101990009", "AHLI WARIS", "NIK"),
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
