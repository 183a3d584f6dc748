"""The words for what a table holds: values, headings, figures and notes, in the language in use."""

import datetime

from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Value


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
            return str(value) if kind is Kind.CODE else word(str(value))


def word(value: str) -> str:
    """Return the office's word for a stored code such as `jkm` or `verified`; other text as it is."""
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
