"""Labelled pairs of made-up records: one person written twice with a known kind of error, or two people.

The kinds of error are those seen in real rosters; both records carry what a roster usually carries, and a
share of the columns is left blank. Every NIK has a serial from 7000 upwards: nobody in here exists.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from jamsostek_cli.domain.worker import Facts

EACH: Final = 130
"""Pairs of each kind."""

_MEN: Final = """
    AHMAD BASRI DARWIS EDI FAISAL HAMZAH IRWAN JUMADI KASIM LUKMAN MUHAMMAD NURDIN PETRUS RAHMAT RUSLI SLAMET
    SUPARDI SYAHRUL TUKIMAN WAHYUDI YUSUF ZAINAL ABDUL ANDI BAHARUDDIN HERMAN ISKANDAR MANSUR RIDWAN SAMSUL
""".split()
_WOMEN: Final = """
    AMINAH DEWI ERNAWATI FATIMAH HASNAH INDAH KARTINI LESTARI MARYAM NORHAYATI RATNA SITI TUTIK WAHYUNI YOHANA
    ROSMINI SALMAH SUHARTI HALIJAH MARIANA JUMIATI NURHAYATI RISMAWATI SRI YULIANA BUNGA DARMAWATI HERLINA
""".split()
_SECOND: Final = """
    ADI AYU DWIKA EKAPUTRA FITRIANI HAKIM HIDAYAT LATIF MAPPAASE MAULANA NUGROHO PASANG PRATAMA RAHMAN RANTE
    SANTOSO SAPUTRA WIJAYA KURNIAWAN SYAHPUTRA PURNOMO SETIAWAN ANGGRAINI PERMATA RAMADHAN TANDIRERUNG SIREGAR
""".split()
_PLACES: Final = tuple(f"64.74.0{1 + n // 6}.10{1 + n % 6:02d}" for n in range(15))


class Record(NamedTuple):
    nik: str
    facts: Facts


class Labelled(NamedTuple):
    """A pair, the kind by which it was made, and whether it is one person."""

    kind: str
    one: Record
    other: Record
    same: bool


class Maker:
    """Makes records; always the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)

    def nik(self, born: date, sex: str, region: str = "") -> str:
        day = born.day + 40 * (sex == "P")
        region = region or self.chance.choice(("647401", "647402", "647403", "647401", "730805"))
        return f"{region}{day:02d}{born:%m%y}{self.chance.randrange(7000, 7600):04d}"

    def name(self, sex: str) -> str:
        first = self.chance.choice(_WOMEN if sex == "P" else _MEN)
        return " ".join([first, *self.chance.sample(_SECOND, self.chance.choice((0, 1, 1, 1, 2, 2)))])

    def mother(self) -> str:
        return " ".join(
            [self.chance.choice(_WOMEN), *self.chance.sample(_SECOND, self.chance.choice((0, 1)))]
        )

    def born(self, first: int = 1962, last: int = 2004) -> date:
        return date(first, 1, 1) + timedelta(days=self.chance.randrange((last - first) * 365))

    def record(self, born: date | None = None, sex: str = "", name: str = "", **facts: str | None) -> Record:
        born = born or self.born()
        sex = sex or self.chance.choice("LP")
        known: dict[str, str | None] = {
            "mother_name": self.mother() if self.chance.random() < 0.7 else None,
            "family_card": f"647401{self.chance.randrange(10**10):010d}"
            if self.chance.random() < 0.5
            else None,
            "phone": f"+62812{self.chance.randrange(10**8):08d}" if self.chance.random() < 0.5 else None,
            "rt": f"{self.chance.randrange(1, 40):03d}",
            "kelurahan_code": self.chance.choice(_PLACES),
            **facts,
        }
        return Record(
            self.nik(born, sex), Facts(name or self.name(sex), None, born.isoformat(), sex, **known)
        )

    def second_nik(self, one: Record) -> str:
        """Return another NIK for the same person: registered again, or moved here from elsewhere."""
        return self.nik(date.fromisoformat(one.facts.birth_date or ""), one.facts.sex or "")

    def blanked(self, one: Record) -> Record:
        """Leave columns blank, as the second roster would."""
        blank: dict[str, Any] = {
            field: None
            for field in ("mother_name", "family_card", "phone", "rt")
            if self.chance.random() < 0.4
        }
        return one._replace(facts=one.facts._replace(**blank))

    def letter(self, text: str) -> int:
        return self.chance.choice([at for at, letter in enumerate(text) if letter.isalpha() and at])


Change = Callable[[Maker, Record], Record]


def renamed(change: Callable[[Maker, str], str]) -> Change:
    return lambda make, one: Record(
        make.second_nik(one), one.facts._replace(name=change(make, one.facts.name))
    )


def typo(make: Maker, name: str) -> str:
    at = make.letter(name)
    other = make.chance.choice([letter for letter in "AIUEONRSTDK" if letter != name[at]])
    return name[:at] + make.chance.choice((other, "", name[at] * 2)) + name[at + 1 :]


def swapped_letters(make: Maker, name: str) -> str:
    spots = [at for at in range(len(name) - 1) if name[at] != name[at + 1] and " " not in name[at : at + 2]]
    at = make.chance.choice(spots)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def blank_moved(make: Maker, name: str) -> str:
    if " " in name:
        return name.replace(" ", "", 1)
    return name[: len(name) // 2] + " " + name[len(name) // 2 :]


def titled(make: Maker, name: str) -> str:
    return make.chance.choice(("H. {}", "HJ. {}", "{}, S.PD", "{}, SE", "DRS. {}", "{} (ALM)")).format(name)


def short_form(make: Maker, name: str) -> str:
    first = make.chance.choice((("MUHAMMAD", "MUH."), ("SITI", "ST."), ("ABDUL", "ABD."), ("AHMAD", "ACH.")))
    return f"{first[1]} {name}"


def with_whole(make: Maker, name: str) -> str:
    short, _, rest = name.partition(".")
    return {"MUH": "MUHAMMAD", "ST": "SITI", "ABD": "ABDUL", "ACH": "AHMAD"}[short] + rest


def initial(make: Maker, name: str) -> str:
    *words, last = name.split()
    return " ".join([*words, last[0]]) if words else name


def nik_digit(make: Maker, one: Record) -> Record:
    at = make.chance.randrange(16)
    digit = make.chance.choice([digit for digit in "0123456789" if digit != one.nik[at]])
    return one._replace(nik=one.nik[:at] + digit + one.nik[at + 1 :])


def nik_swapped(make: Maker, one: Record) -> Record:
    at = make.chance.choice([at for at in range(15) if one.nik[at] != one.nik[at + 1]])
    return one._replace(nik=one.nik[:at] + one.nik[at + 1] + one.nik[at] + one.nik[at + 2 :])


def nik_and_name(make: Maker, one: Record) -> Record:
    slipped = nik_digit(make, one)
    return slipped._replace(facts=one.facts._replace(name=typo(make, one.facts.name)))


def day_month(make: Maker, one: Record) -> Record:
    born = date.fromisoformat(one.facts.birth_date or "")
    turned = born.replace(month=born.day, day=born.month)
    nik = make.nik(turned, one.facts.sex or "", one.nik[:6])
    return Record(nik, one.facts._replace(birth_date=turned.isoformat()))


def moved(make: Maker, one: Record) -> Record:
    place = make.chance.choice([place for place in _PLACES if place != one.facts.kelurahan_code])
    facts = one.facts._replace(kelurahan_code=place, rt="050", family_card=None)
    return Record(make.second_nik(one), facts)


def mother_spelt(make: Maker, one: Record) -> Record:
    mother = typo(make, one.facts.mother_name or "")
    return Record(make.second_nik(one), one.facts._replace(mother_name=mother))


_ONE_PERSON: Final[dict[str, Change]] = {
    "typo in the name": renamed(typo),
    "letters swapped": renamed(swapped_letters),
    "blank dropped or added": renamed(blank_moved),
    "degree or title": renamed(titled),
    "short form": renamed(with_whole),
    "initial for a word": renamed(initial),
    "NIK one digit off": nik_digit,
    "NIK neighbours swapped": nik_swapped,
    "NIK one digit off, typo in the name": nik_and_name,
    "day and month swapped": day_month,
    "moved kelurahan": moved,
    "mother spelt otherwise": mother_spelt,
}


def pairs() -> Iterator[Labelled]:
    """Yield all pairs."""
    make = Maker()
    for kind, change in _ONE_PERSON.items():
        for _ in range(EACH):
            one = make.record()
            if kind == "day and month swapped":  # such a pair is only met on one family card
                born = make.born().replace(
                    day=make.chance.choice((5, 8, 11)), month=make.chance.choice((1, 3, 12))
                )
                one = make.record(born, family_card="6474010101200001")
                yield Labelled(kind, one, change(make, one), same=True)
                continue
            if kind == "short form":
                one = one._replace(facts=one.facts._replace(name=short_form(make, one.facts.name)))
            if kind == "mother spelt otherwise":
                one = one._replace(facts=one.facts._replace(mother_name=make.mother()))
            yield Labelled(kind, one, make.blanked(change(make, one)), same=True)
    for kind, stranger in _TWO_PEOPLE.items():
        for _ in range(EACH * 2):
            one, other = stranger(make)
            yield Labelled(kind, one, other, same=False)


def _twins(make: Maker) -> tuple[Record, Record]:
    one = make.record(mother_name=make.mother(), family_card="6474010101200001")
    _first, *rest = one.facts.name.split()
    rhyming = {"L": "RAYYAN ZAYYAN HASAN HUSEN FAHMI FAHRI".split(), "P": "RISKA RISMA AINI AINA".split()}
    name, twin = make.chance.sample(rhyming[one.facts.sex or ""], 2)
    other = Record(
        f"{one.nik[:12]}{int(one.nik[12:]) + make.chance.randrange(1, 4):04d}",
        one.facts._replace(name=" ".join([twin, *rest])),
    )
    return one._replace(facts=one.facts._replace(name=" ".join([name, *rest]))), other


def _siblings(make: Maker) -> tuple[Record, Record]:
    born = make.born(1975, 2000)
    one = make.record(born, "L", mother_name=make.mother(), family_card="6474010101200001")
    later = born + timedelta(days=make.chance.randrange(400, 3000))
    family = one.facts.name.split()[-1]
    other = make.record(
        later,
        "L",
        f"{make.name('L').split()[0]} {family}",
        **_shared(one, "mother_name", "family_card", "rt"),
    )
    return one, other


def _father_and_son(make: Maker) -> tuple[Record, Record]:
    father = make.record(make.born(1955, 1975), "L", family_card="6474010101200001")
    son = make.record(
        make.born(1985, 2004), "L", make.chance.choice((father.facts.name, typo(make, father.facts.name))),
        mother_name=make.mother(), **_shared(father, "family_card", "rt", "kelurahan_code"),
    )  # fmt: skip
    return father, son


def _shared(one: Record, *fields: str) -> dict[str, str | None]:
    return {field: getattr(one.facts, field) for field in fields}


def _namesakes(make: Maker) -> tuple[Record, Record]:
    one = make.record()
    return one, make.record(sex=one.facts.sex or "", name=one.facts.name)


def _same_birthday(make: Maker) -> tuple[Record, Record]:
    one = make.record()
    return one, make.record(date.fromisoformat(one.facts.birth_date or ""), one.facts.sex or "")


def _neighbours_in_the_register(make: Maker) -> tuple[Record, Record]:
    """People registered on one day, whose NIKs differ by one digit."""
    one = make.record()
    other = make.record(date.fromisoformat(one.facts.birth_date or ""), one.facts.sex or "")
    digit = make.chance.choice([digit for digit in "0123456789" if digit != one.nik[15]])
    return one, other._replace(nik=one.nik[:15] + digit)


_TWO_PEOPLE: Final[dict[str, Callable[[Maker], tuple[Record, Record]]]] = {
    "twins": _twins,
    "siblings on one family card": _siblings,
    "father and son on one family card": _father_and_son,
    "namesakes": _namesakes,
    "strangers with one birthday": _same_birthday,
    "NIKs of neighbours in the register": _neighbours_in_the_register,
}
