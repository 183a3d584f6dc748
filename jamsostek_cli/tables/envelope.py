"""The JSON in which every answer travels to programs: its shape and its names are a contract."""

import datetime
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, cast

from jamsostek_cli.tables.packed import PackedRecords, Plain

VERSION: Final = 1
"""Rises when a key goes or changes its meaning; keys may be added without it."""

_ALIASES: Final = MappingProxyType({"verify": "claim-verify", "pay": "claim-pay"})


def schema(command: str, part: str = "") -> str:
    """Return what the JSON of a command is called: by the command, and the part where it has several shapes.

    >>> schema("jcli claim list"), schema("jcli verify"), schema("jcli import", "inspect")
    ('jcli.claim-list/1', 'jcli.claim-verify/1', 'jcli.import-inspect/1')
    """
    name = command.removeprefix("jcli ").replace(" ", "-")
    return f"jcli.{'-'.join(filter(None, (_ALIASES.get(name, name), part)))}/{VERSION}"


def envelope(
    schema_name: str,
    *,
    as_of: datetime.date | None,
    data: object,
    findings: Sequence[Mapping[str, object]] = (),
) -> dict[str, object]:
    """Return an answer in its envelope; `as_of` is the day that the figures speak of."""
    return {
        "schema": schema_name,
        "as_of": None if as_of is None else as_of.isoformat(),
        "data": data,
        "findings": list(findings),
    }


def written(message: object, *, indent: int | None = None) -> Iterator[str]:
    """Yield the JSON of a message in pieces: of a long list some thousand lines at a time."""
    lists: list[PackedRecords] = []
    mark = secrets.token_hex(16)

    def other(value: object) -> str:
        if not isinstance(value, PackedRecords):
            return str(value)
        lists.append(value)
        return mark

    whole = json.dumps(
        message, ensure_ascii=False, default=other, indent=indent
    )  # three times as fast as dump
    pieces = whole.split(f'"{mark}"')
    yield pieces[0]
    for lines, before, after in zip(lists, pieces, pieces[1:], strict=False):
        line = before.rpartition("\n")[2]
        margin = len(line) - len(line.lstrip())
        yield from _listed(lines, margin, indent)
        yield after


def _listed(records: PackedRecords, margin: int, indent: int | None) -> Iterator[str]:
    """Yield a list as `json.dumps` writes it behind so wide a margin; without an indent, in one line.

    The keys are written once, as the template of every line: half the time of as many dictionaries.
    """
    if indent is None:
        outer, inner, apart = "", "", ", "
    else:
        outer, inner = (f"\n{' ' * (margin + deep * indent)}" for deep in (1, 2))
        apart = ","
    keys = (f"{inner}{_text(key)}: ".replace("%", "%%") for key in records.keys)
    line = f"{outer}{{{f'%s{apart}'.join(keys)}%s{outer}}}"
    before = "["
    for part in records.rows.parts():
        yield before + apart.join(map(line.__mod__, zip(*map(_told, zip(*part, strict=True)), strict=True)))
        before = apart
    yield "[]" if before == "[" else f"\n{' ' * margin}]" if outer else "]"


def _told(values: Sequence[Plain]) -> Iterable[str]:
    """Return the values of a column in JSON."""
    if {str}.issuperset(map(type, values)):
        return map(_text, cast("Sequence[str]", values))
    return [_text(value) if isinstance(value, str) else _bare(value) for value in values]


_text: Final = json.encoder.encode_basestring
_bare: Final = lru_cache(maxsize=4096, typed=True)(json.dumps)
"""Of numbers and what is neither true nor there: a long list has few different ones."""
