"""The layout of the workbook for BPJS: a column map that is data, ours or an office's own."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jamsostek_cli import strict
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.tables import typed

PACKAGED: Final = Path(__file__).with_name("bpjs_layout.toml")
_LARGEST: Final = 100_000
_MOST_COLUMNS: Final = 100
_SHEET: Final = re.compile(r"[^\[\]:*?/\\']{1,31}")
_WIDEST: Final = 100
_FILE: Final[strict.Types] = {"sheet": (str,), "column": (list,)}
_COLUMN: Final[strict.Types] = {
    **dict.fromkeys(("heading", "field", "text", "format"), (str,)),
    "width": (int,),
    "required": (bool,),
}

_Formats = Mapping[str, Callable[[str], str]]
"""The ways in which a value can be written, by name."""

_AS_IS: Final[_Formats] = MappingProxyType({"text": str})
_NUMBER: Final = "number"
_COUNTS: Final[_Formats] = MappingProxyType({"text": str, _NUMBER: str})
_DATES: Final[_Formats] = MappingProxyType(
    {
        "dd-mm-yyyy": lambda iso: f"{iso[8:]}-{iso[5:7]}-{iso[:4]}",
        "dd/mm/yyyy": lambda iso: f"{iso[8:]}/{iso[5:7]}/{iso[:4]}",
        "yyyy-mm-dd": str,
    }
)
_MONTHS: Final[_Formats] = MappingProxyType(
    {
        "mm-yyyy": lambda month: f"{month[5:]}-{month[:4]}",
        "mm/yyyy": lambda month: f"{month[5:]}/{month[:4]}",
        "yyyy-mm": str,
    }
)
_SEXES: Final[_Formats] = MappingProxyType(
    {"L/P": str, "Laki-laki/Perempuan": {"L": "Laki-laki", "P": "Perempuan"}.__getitem__}
)
_PHONES: Final[_Formats] = MappingProxyType({"08": lambda phone: f"0{phone.removeprefix('+62')}", "+62": str})
_PROGRAMMES: Final[_Formats] = MappingProxyType(
    {"JKK+JKM": lambda names: names.upper().replace(",", "+"), "JKK,JKM": str.upper}
)

FIELDS: Final[Mapping[str, _Formats]] = MappingProxyType(
    {
        "line": _COUNTS,
        "number": _AS_IS,
        "worker": _AS_IS,
        "nik": _AS_IS,
        "name": _AS_IS,
        "birth_place": _AS_IS,
        "birth_date": _DATES,
        "sex": _SEXES,
        "mother_name": _AS_IS,
        "family_card": _AS_IS,
        "phone": _PHONES,
        "address": _AS_IS,
        "rt": _AS_IS,
        "rw": _AS_IS,
        "kelurahan": _AS_IS,
        "kecamatan": _AS_IS,
        "full_address": _AS_IS,
        "city": _AS_IS,
        "occupation": _AS_IS,
        "agency": _AS_IS,
        "payer": _AS_IS,
        "decree": _AS_IS,
        "programmes": _PROGRAMMES,
        "basis": _COUNTS,
        "first_month": _MONTHS,
        "last_month": _MONTHS,
        "months": _COUNTS,
        "kpj": _AS_IS,
    }
)
"""What a column may hold, each with the ways in which it can be written, the usual one first.

`line` counts the people, `number` is the submission's, `worker` ours (P-000123), `kpj` an earlier card's.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutColumn:
    """A column: its heading, and either a field with its format or the same text for everybody.

    A `required` one has to be in a workbook of BPJS's own that is filled in.
    """

    heading: str
    field: str | None
    text: str
    format: str
    width: int
    required: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.format == _NUMBER

    @property
    def counts(self) -> bool:
        """Whether its field is a whole number, however it is written."""
        return FIELDS.get(self.field or "") is _COUNTS

    @property
    def is_dated(self) -> bool:
        """Whether its field is a day or a month."""
        return FIELDS.get(self.field or "") in (_DATES, _MONTHS)

    def day(self, facts: Mapping[str, str | None]) -> datetime.date | None:
        """Return the day that its field says of somebody, of a month the first; None where it says none."""
        iso = facts[self.field] if self.field and self.is_dated else None
        return None if iso is None else datetime.date.fromisoformat(f"{iso}-01"[:10])

    def shown(self, facts: Mapping[str, str | None]) -> str:
        """Return what stands in the column for somebody; nothing where the register does not know."""
        if self.field is None:
            return self.text
        value = facts[self.field]
        return "" if value is None else FIELDS[self.field][self.format](value)


@dataclass(frozen=True, slots=True)
class SubmissionLayout:
    """A layout: the sheet's name and its columns in order; `name` is that of the layout's file."""

    name: str
    sheet: str
    columns: tuple[LayoutColumn, ...]


def load(path: Path | None) -> SubmissionLayout:
    """Return an office's layout, or the packaged one.

    Raises E201 (no such file), E333 (no TOML of this shape), E334 (a field nobody knows), E335 (no column
    for the NIK), E342 (a format the field has not).
    """
    place = path or PACKAGED
    try:
        with place.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError:
        raise JcliError("E201", path=place.name) from None
    with strict.refusing_with("E333", path=place.name):
        declared = strict.table(
            strict.toml(strict.decoded(content, "TOML"), "TOML"), _FILE, "TOML", required=_FILE
        )
        strict.demand(_SHEET.fullmatch(declared["sheet"]), "sheet", declared["sheet"])
        strict.demand(0 < len(declared["column"]) <= _MOST_COLUMNS, "[[column]]", f"1..{_MOST_COLUMNS}")
        columns = tuple(_column(place.name, at, column) for at, column in enumerate(declared["column"], 1))
    if "nik" not in {column.field for column in columns}:
        raise JcliError("E335", path=place.name)
    return SubmissionLayout(place.name, declared["sheet"], columns)


def field_words(field: str) -> str:
    """Return what a field is called on the screen; a layout may call it so, too."""
    return text(f"layout_field.{field}")


def format_words(name: str) -> str:
    """Return what a way of writing is called on the screen; a layout may call it so, too."""
    return text(f"layout_format.{name}") if name in _COUNTS else name


def _field_meant(said: str) -> str | None:
    """Return which field is meant by its code or by a word for it in either language."""
    if said in FIELDS:
        return said
    try:
        return typed.keyed(said, FIELDS, "layout_field")
    except typed.AmbiguousWordError:
        return None


def _format_meant(said: str, formats: _Formats) -> str | None:
    """Return which way of writing is meant: by its code, as signs tell days apart, or by a word for it."""
    return said if said in formats else typed.keyed(said, _COUNTS.keys() & formats.keys(), "layout_format")


def _column(path: str, at: int, entry: object) -> LayoutColumn:
    """Read one column, which has a heading and one thing to show; `at` counts from 1."""
    place = f"[[column]] {at}"
    declared = strict.table(entry, _COLUMN, place, required=("heading",))
    strict.demand(declared["heading"], place, "heading: empty")
    strict.demand(("field" in declared) != ("text" in declared), place, "field or text")
    width = declared.get("width", max(12, len(declared["heading"]) + 2))
    strict.demand(0 < width <= _WIDEST, place, f"width: 1..{_WIDEST}")
    field = _field_meant(declared["field"]) if "field" in declared else None
    if field is None and "field" in declared:
        raise JcliError("E334", path=path, name=declared["field"], names=", ".join(map(field_words, FIELDS)))
    formats = _AS_IS if field is None else FIELDS[field]
    chosen = _format_meant(declared.get("format", next(iter(formats))), formats)
    if chosen is None:
        raise JcliError(
            "E342",
            path=path,
            name=declared["format"],
            field=format_words("text") if field is None else field_words(field),
            names=", ".join(map(format_words, formats)),
        )
    return LayoutColumn(
        heading=declared["heading"],
        field=field,
        text=declared.get("text", ""),
        format=chosen,
        width=width,
        required=declared.get("required", field == "nik"),
    )
