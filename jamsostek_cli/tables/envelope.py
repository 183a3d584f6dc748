"""The JSON in which every answer travels to programs: its shape and its names are a contract."""

import datetime
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from jamsostek_cli.tables.packed import Packed

VERSION: Final = 1
"""Rises when a key goes or changes its meaning; keys may be added without it."""

_PART: Final = 1000
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
    lists: list[Packed[object]] = []
    mark = secrets.token_hex(16)

    def other(value: object) -> str:
        if not isinstance(value, Packed):
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
        margin = "" if indent is None else f"\n{line[: len(line) - len(line.lstrip())]}"
        yield from _listed(lines, margin, indent)
        yield after


def _listed(lines: Packed[object], margin: str, indent: int | None) -> Iterator[str]:
    """Yield a list as `json.dumps` writes it behind so wide a margin; without one, in one line."""
    each, before = iter(lines), "["
    while part := list(islice(each, _PART)):
        written = json.dumps(part, ensure_ascii=False, default=str, indent=indent)
        yield f"{before}{written[1:-1].rstrip().replace(chr(10), margin)}"
        before = "," if margin else ", "
    yield "[]" if before == "[" else f"{margin}]"
