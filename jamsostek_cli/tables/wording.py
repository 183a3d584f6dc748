"""The words for what a table holds: values, headings, figures and notes, in the language in use."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from jamsostek_cli.domain.iuran import Payer, Programme, payer_of, written_programmes
from jamsostek_cli.domain.papers import PaperName
from jamsostek_cli.domain.worker import WorkerStatus
from jamsostek_cli.messages import MONTHS, catalogue, figures, language, text
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Value

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@cache
def kind_of(words: type[StrEnum]) -> str:
    """Return under which kind the catalogues hold the words of an enumeration.

    >>> kind_of(Kind)
    'kind'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", words.__name__).lower()


def word(value: StrEnum) -> str:
    """Return the office's word for a state, a reason, a payer; one that is missing is a mistake of jcli."""
    return text(f"{kind_of(type(value))}.{value.value}")


def known(key: str) -> str | None:
    """Return a text of the catalogue; None where there is none of that key."""
    return text(key) if key in catalogue(language()) else None


def done(action: str) -> Coded:
    """Return what an act of the trail did, in words where this jcli knows them.

    >>> done("iuran.pay").words, done("of.tomorrow").words
    ('iuran dibayar', 'of.tomorrow')
    """
    family, _, step = action.partition(".")
    said = known(f"history.{step}") if family == "claim" else known(f"action.{action}")
    return Coded(action, said or action)


def payer_name(code: str) -> str:
    """Return what people call a payer; one that only the office knows is called by its code."""
    payer = payer_of(code)
    return word(payer) if isinstance(payer, Payer) else payer


def paper_name(name: str) -> str:
    """Return what people call a paper of a claim; one that only the city asks for is called by its name.

    >>> paper_name("formulir-4"), paper_name("surat-dari-rt")
    ('Formulir 4 (klaim JKM)', 'surat dari rt')
    """
    return word(PaperName(name)) if name in set(PaperName) else name.replace("-", " ")


def in_words(said: str) -> str:
    """Return a phrase of codes as people read it: payers, days and runs of months by their names.

    >>> in_words("apbd-kota 2025-01..2025-03"), in_words("2025-02-20"), in_words("K-2025-0001")
    ('APBD Kota Januari–Maret 2025', '20 Februari 2025', 'K-2025-0001')
    """
    return " ".join(map(_part_in_words, said.split(" ")))


def _part_in_words(said: str) -> str:
    if MONTHS.fullmatch(said):
        return figures.months(said)
    if _DAY.fullmatch(said):
        return figures.day(said)
    return word(WorkerStatus(said)) if said in set(WorkerStatus) else payer_name(said)


def programmes(insured: Iterable[Programme]) -> Coded:
    """Return programmes in a cell: JKK, JKM for people, as they are stored for programs."""
    return Coded(written_programmes(insured), ", ".join(insured).upper())


_READ: Final[Mapping[Kind, Callable[[Any], str]]] = MappingProxyType(
    {
        Kind.COUNT: figures.count,
        Kind.RUPIAH: figures.rupiah,
        Kind.SHARE: figures.share,
        Kind.DATE: lambda day: figures.day(str(day)),
        Kind.MOMENT: figures.moment,
        Kind.FLAG: lambda known: text("truth.yes" if known else "truth.no"),
    }
)


def shown(value: Value, kind: Kind) -> str:
    """Return a value as a person reads it in the language in use."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, Coded):
        return value.words
    read = _READ.get(Kind.FLAG if isinstance(value, bool) else kind)
    if read is not None:
        return read(value)
    said = str(value)
    return figures.months(said) if MONTHS.fullmatch(said) else said


def figure_title(figure: Figure) -> str:
    """Return what a figure is called."""
    return text(f"{figure.family}.{figure.key}")


def note_text(note: Note, *, printed: bool = False) -> str:
    """Return what a note says, its dates and words as people read them.

    What is `printed` goes to people who have no program: it names none of its commands.
    """
    facts = {name: _fact(value) for name, value in note.facts.items()}
    if printed and known(f"note.{note.key}.print"):
        return text(f"note.{note.key}.print", **facts)
    return text(f"note.{note.key}", **facts)


def _fact(value: object) -> object:
    if isinstance(value, datetime.date):
        return figures.day(value.isoformat())
    return word(value) if isinstance(value, StrEnum) else value


def title(column: Column) -> str:
    """Return the heading of a column."""
    return column.said or text(column.heading or f"col.{column.key}")


def of_day(report: Report) -> str:
    """Return as of which day a report is, and as known on which."""
    said = text("report.as_of", day=figures.day(report.as_of.isoformat()))
    if report.known_on is None:
        return said
    return f"{said} · {text('report.known_on', day=figures.day(report.known_on.isoformat()))}"
