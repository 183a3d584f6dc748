"""To whom a report is restricted: words that people type turned into values of dimensions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES, catalogue, text
from jamsostek_cli.reports.coverage.dimensions import AGES, PAYER, Value
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.wording import word

_UNKNOWN: Final = "-"
_SEXES: Final = ("L", "P")
_NEAR: Final = 5
_KNOWN: Final[Mapping[str, str]] = {
    "kelurahan": "SELECT name, code, spellings FROM kelurahan ORDER BY code",
    "kecamatan": "SELECT DISTINCT kecamatan, kecamatan_code, '[]' FROM kelurahan ORDER BY 2",
    "agency": "SELECT name, NULL, '[]' FROM agency ORDER BY name",
    "occupation": "SELECT DISTINCT occupation, NULL, '[]' FROM worker WHERE occupation > ''",
}


def values(connection: Connection, where: Mapping[str, Sequence[str]]) -> dict[str, tuple[Value, ...]]:
    """Return the values that are meant for each dimension; E610 for one that nobody has, with those alike.

    What is not known is called so, or `-`. Months are no values: they move the days that are looked at.
    """
    return {
        dimension: tuple(_value(dimension, said, _choices(connection, dimension)) for said in words)
        for dimension, words in where.items()
    }


def in_words(only: Mapping[str, Iterable[Value]]) -> str:
    """Return what a report is restricted to, as people read it."""
    return ", ".join(
        f"{text(f'col.{dimension}')}: {' / '.join(map(shown, allowed))}"
        for dimension, allowed in only.items()
    )


def shown(value: Value) -> str:
    """Return a value as people read it."""
    if value.name is None:
        return text("report.unknown")
    return word(value.name) if isinstance(value.name, Payer) else str(value.name)


def _choices(connection: Connection, dimension: str) -> dict[Value, list[str]]:
    """Return the values of a dimension, each with all it is called."""
    if dimension in _KNOWN:
        rows = connection.execute(_KNOWN[dimension])
        return {
            Value(name, area): [name, area or name, *json.loads(spellings)] for name, area, spellings in rows
        }
    if dimension == PAYER:
        return {Value(payer): [payer, *_said(f"payer.{payer}")] for payer in Payer}
    if dimension == "sex":
        return {Value(sex): [sex, *_said(f"sex.{sex}")] for sex in _SEXES}
    return {Value(age): [age] for age in AGES}


def _said(key: str) -> list[str]:
    """Return the words of a key in both languages, and what else it is called there."""
    texts = [catalogue(tongue) for tongue in LANGUAGES]
    return [name for each in texts for name in (each[key], *each.get(f"also.{key}", "").split(", ")) if name]


def _value(dimension: str, said: str, choices: Mapping[Value, Sequence[str]]) -> Value:
    unknown = {catalogue(tongue)["report.unknown"] for tongue in LANGUAGES}
    if said.strip() == _UNKNOWN or typed.plain(said) in map(typed.plain, unknown):
        return Value()
    wanted = typed.plain(said)
    for value, names in choices.items():
        if wanted in map(typed.plain, names):
            return value
    near = alike(said, map(shown, choices), most=_NEAR)
    raise JcliError("E610", dimension=text(f"col.{dimension}"), said=said, near=", ".join(near) or "-")
