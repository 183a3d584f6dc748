"""Facts that stand in several columns: a name or a date in parts, a phone in whichever column is filled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.text import Cell, line, text_of, word_set
from jamsostek_cli.roster.sheets import columns, relatives
from jamsostek_cli.roster.sheets.columns import FIELDS

SHARED: Final = frozenset({"phone", "address", "family_card", "mother_name"})
"""Fields of which the first filled column of a row counts."""
_AT: Final = {name: at for at, name in enumerate(FIELDS)}
_BIRTH: Final = word_set("lahir lhr kelahiran ttl birth born")
_DAY: Final = word_set("tanggal tgl tggl tg hari day date")
_MONTH: Final = word_set("bulan bln month")
_YEAR: Final = word_set("tahun thn th year")
_NAME: Final = word_set("nama name")
_FIRST: Final = word_set("depan first given")
_MIDDLE: Final = word_set("tengah middle")
_LAST: Final = word_set("belakang last surname marga")
_DATE_PARTS: Final = (_DAY, _MONTH, _YEAR)
_NAME_PARTS: Final = (_FIRST, _MIDDLE, _LAST)
_REST: Final = 3
_YEARS: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_MOST_DAY: Final = 31
_CLEARLY: Final = 0.8
_CODES: Final = re.compile(r"(\d)[\s=:.)_-]+([a-z]+)", re.IGNORECASE)
_SEDOC: Final = re.compile(r"([a-z]+)\s*[=:]\s*(\d)", re.IGNORECASE)


class Part(NamedTuple):
    """A field, and which of its parts stands in a column: day, month, year, or first, middle, last name."""

    field: str
    at: int


FIRST_NAME: Final = Part("name", 0)


def part(heading: str, above: str = "") -> Part | None:
    """Return the part of a birth date or of a name that a heading names, the lower one where there are two.

    >>> part("Bulan Lahir"), part("Thn", "KELAHIRAN"), part("NAMA BELAKANG")
    (Part(field='birth_date', at=1), Part(field='birth_date', at=2), Part(field='name', at=2))
    """
    words, group = columns.words(heading), columns.words(above)
    if not _BIRTH.isdisjoint((*group, *words)):
        kinds = [at for word in words for at, known in enumerate(_DATE_PARTS) if word in known]
        return Part("birth_date", kinds[-1]) if kinds and len(set(kinds)) < len(_DATE_PARTS) else None
    named = [at for word in words for at, known in enumerate(_NAME_PARTS) if word in known]
    if len(named) == 1 and len(words) <= 1 + (not _NAME.isdisjoint(words)) and _named(words, group):
        return Part("name", named[0])
    return None


def _named(words: Sequence[str], group: Sequence[str]) -> bool:
    return not _NAME.isdisjoint((*words, *group)) or "surname" in words


def parts(headings: Sequence[str], above: Sequence[str] = ()) -> dict[str, tuple[int, ...]]:
    """Return the columns of birth date and name where these stand in parts, in the order of the parts.

    A date has all three; a name has a first one and a last one.
    """
    found: dict[Part, int] = {}
    for at, heading in enumerate(headings):
        if named := part(heading, above[at] if at < len(above) else ""):
            found.setdefault(named, at)
    whole = {}
    if dated := _whole(found, "birth_date", needed=(0, 1, 2)):
        whole["birth_date"] = dated
    if named_in := _whole(found, "name", needed=(0, 2)):
        whole["name"] = named_in
    return whole


def _whole(found: Mapping[Part, int], name: str, needed: Sequence[int]) -> tuple[int, ...]:
    if any(Part(name, at) not in found for at in needed):
        return ()
    return tuple(found[Part(name, at)] for at in range(3) if Part(name, at) in found)


def bare_date(
    found: Mapping[str, int], headings: Sequence[str], sample: Sequence[Sequence[Cell]]
) -> dict[str, tuple[int, ...]]:
    """Return the columns of a birth date whose month and year stand beside the day without a heading."""
    at = found.get("birth_date")
    if at is None or list(headings[at + 1 : at + _REST]) != ["", ""] or not holds_days(at, sample):
        return {}
    years = [row[at + 2] for row in sample if at + 2 < len(row) and text_of(row[at + 2])]
    whole = bool(years) and all(_YEARS.fullmatch(text_of(year)) for year in years)
    return {"birth_date": (at, at + 1, at + 2)} if whole else {}


def beside_blanks(
    found: Mapping[str, int], headings: Sequence[str], sample: Sequence[Sequence[Cell]]
) -> dict[str, tuple[int, ...]]:
    """Return the columns without a heading beside those in which nothing stands: merged and filled there."""
    others = {}
    for name, at in found.items():
        if not _is_held(at, sample):
            end = next((right for right in range(at + 1, len(headings)) if headings[right]), len(headings))
            if spanned := tuple(right for right in range(at + 1, end) if _is_held(right, sample)):
                others[name] = spanned
    return others


def _is_held(at: int, sample: Sequence[Sequence[Cell]]) -> bool:
    return any(at < len(row) and text_of(row[at]) for row in sample)


def holds_days(at: int, sample: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a column holds days of a month and no whole dates."""
    shown = [text for row in sample if at < len(row) and (text := text_of(row[at]))]
    days = [text for text in shown if text.isascii() and text.isdigit() and int(text) <= _MOST_DAY]
    return bool(shown) and len(days) >= _CLEARLY * len(shown)


def below_name(
    name: int | None, top: Sequence[str], below: Sequence[str], sample: Sequence[Sequence[Cell]], width: int
) -> tuple[int, ...]:
    """Return the columns under the heading of the `name`, its own first: a row has its name in one of them.

    They have no heading of their own, or one that tells a place in the family ("ISTRI", "ANAK"); those count
    where hardly any row fills two of them. Nothing where no column is headed so.
    """
    begins = next((at for at, text in enumerate(top) if _heads_names(text)), None) if name is None else name
    while begins and not (begins < len(top) and top[begins]):
        begins -= 1
    spanned = []
    for at in range(width if begins is None else begins, width):
        if begins is not None and at > begins and at < len(top) and top[at]:
            break
        under = below[at] if at < len(below) else ""
        if at == name or (relatives.is_place_in_family(under) if under else _holds_names(at, sample)):
            spanned.append(at)
    placed = any(at < len(below) and below[at] for at in spanned)
    if (name is None and not placed) or (placed and not _by_turns(spanned, sample)):
        return () if name is None else (name,)
    return tuple(sorted(spanned, key=lambda at: at != name))


def _heads_names(text: str) -> bool:
    found = columns.match(text)
    return found is not None and found.field == "name"


def _holds_names(at: int, sample: Sequence[Sequence[Cell]]) -> bool:
    return any(_says("name", row[at]) for row in sample if at < len(row))


def _by_turns(spanned: Sequence[int], sample: Sequence[Sequence[Cell]]) -> bool:
    filled = [sum(bool(line(row[at])) for at in spanned if at < len(row)) for row in sample]
    some = [count for count in filled if count]
    return bool(some) and some.count(1) >= _CLEARLY * len(some)


def codes(heading: str) -> dict[str, str]:
    """Return what the codes of a heading mean, empty where it explains none.

    >>> codes("Jenis Kelamin 1=P 2=L"), codes("JK (L=1, P=2)"), codes("L/P")
    ({'1': 'P', '2': 'L'}, {'1': 'L', '2': 'P'}, {})
    >>> codes("jenis_kelamin_1_p_2_l")
    {'1': 'P', '2': 'L'}
    """
    said = [*_CODES.findall(heading), *((code, word) for word, code in _SEDOC.findall(heading))]
    known = {code: sex for code, word in said if (sex := fields.sex(word))}
    return known if set(known.values()) == {"L", "P"} else {}


@dataclass(frozen=True, slots=True)
class Several:
    """How the cells of a row become one cell for each field; false where each has one column of its own.

    `others` are the columns to look into where the first is blank; `joined` those whose texts make a name or
    a date together; `codes` what a heading says of the codes for the sex.
    """

    others: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    joined: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.others or self.joined or self.codes)

    @property
    def columns(self) -> set[int]:
        """Every column that is looked into."""
        return {at for found in (*self.others.values(), *self.joined.values()) for at in found}

    def fill(self, row: Sequence[Cell], picked: Sequence[Cell]) -> tuple[Cell, ...]:
        """Return the cells of a row, one for each of `columns.FIELDS`, out of all its columns."""
        made = list(picked)
        for name, found in self.joined.items():
            sign = " " if name == "name" else "-"
            texts = [text_of(row[at]) for at in found]
            filled = [text for text in texts if line(text)]
            made[_AT[name]] = sign.join(texts if name == "birth_date" and filled else filled)
        for name, found in self.others.items():
            if not _says(name, made[_AT[name]]):
                made[_AT[name]] = next((row[at] for at in found if _says(name, row[at])), made[_AT[name]])
        if self.codes:
            made[_AT["sex"]] = self.codes.get(text_of(made[_AT["sex"]]), made[_AT["sex"]])
        return tuple(made)


def _says(name: str, cell: Cell) -> bool:
    """Tell whether a cell says something of a field, and not only that nothing is known."""
    if name == "mother_name":
        return fields.mother(cell) is not None
    text = line(cell)
    if name == "name":
        return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
    if name in _NUMBERS:
        return any(map(str.isdigit, text.strip("0")))
    return bool(text) and text not in _NOWHERE


_NUMBERS: Final = frozenset({"nik", "phone", "family_card"})
_NOWHERE: Final = frozenset(
    {"0", "TIDAK ADA", "TDK ADA", "BELUM ADA", "KOSONG", "NIHIL", "N/A", "NULL", "NONE"}
)
