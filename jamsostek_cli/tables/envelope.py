"""The JSON in which every answer travels to programs: its shape and its names are a contract."""

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

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
