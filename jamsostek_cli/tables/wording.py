"""The words for what a table holds: values, headings, figures and notes, in the language in use."""

import datetime
import re
from contextlib import suppress
from typing import Final

from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Value

_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")
"""Where the name of an enumeration takes an underscore: `EndReason` is looked up as `end_reason`."""


def shown(value: Value, kind: Kind) -> str:
    """Return a value as a person reads it in the language in use."""
    if value is None:
        return ""
    match kind:
        case Kind.COUNT:
            return figures.count(int(value))
        case Kind.RUPIAH:
            return figures.rupiah(int(value))
        case Kind.SHARE:
            return figures.share(float(value))
        case Kind.DATE:
            return figures.day(str(value))
        case _:
            return str(value) if kind is Kind.CODE else word(value if isinstance(value, str) else str(value))


def word(value: str) -> str:
    """Return the office's word for a stored code such as `jkm` or `verified`; other text as it is."""
    with suppress(KeyError):
        return text(f"{_CAPITAL.sub('_', type(value).__name__).lower()}.{value}")
    try:
        return text(f"word.{value}")
    except KeyError:
        return value


def figure_title(figure: Figure) -> str:
    """Return what a figure is called."""
    return text(f"{figure.family}.{figure.key}")


def note_text(note: Note) -> str:
    """Return what a note says, its dates as people read them."""
    facts = {
        name: figures.day(value.isoformat()) if isinstance(value, datetime.date) else value
        for name, value in note.facts.items()
    }
    return text(f"note.{note.key}", **facts)


def title(column: Column) -> str:
    """Return the heading of a column."""
    return text(f"col.{column.key}")
