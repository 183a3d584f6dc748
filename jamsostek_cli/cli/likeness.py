"""Why two records may be one person, in words: what speaks for it, and what against."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.person import person_line
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.review.merge import PairedWorker, WaitingPair

_AGAINST: Final = frozenset(
    {
        "kelurahan_differs",
        "sex_differs",
        "mother_differs",
        "birth_date_differs",
        "age_differs",
        "name_differs",
    }
)


def likeness(reasons: Iterable[str]) -> str:
    """Return reasons of `roster.people.likeness` in words, `+` before what speaks for one person."""
    return ", ".join(f"{'−' if reason in _AGAINST else '+'} {text(f'like.{reason}')}" for reason in reasons)


def _reasons(pair: "WaitingPair") -> Coded:
    return Coded(",".join(pair.reasons), likeness(pair.reasons))


def _year(worker: "PairedWorker") -> str:
    return str(worker.facts.birth_date)[:4]


def duplicates_table(pairs: "Iterable[WaitingPair]") -> Table:
    """Return who may be one person, a fact in each column: for files, and for programs."""
    return Table.of(
        "duplicates",
        pairs,
        (
            Column("worker", of=lambda pair: pair.first.number),
            Column("name", of=lambda pair: pair.first.facts.name),
            Column("kelurahan", of=lambda pair: pair.first.kelurahan),
            Column("birth_year", of=lambda pair: _year(pair.first)),
            Column("nik", of=lambda pair: masked(pair.first.nik)),
            Column("other_worker", of=lambda pair: pair.second.number),
            Column("other_name", of=lambda pair: pair.second.facts.name),
            Column("other_kelurahan", of=lambda pair: pair.second.kelurahan),
            Column("other_birth_year", of=lambda pair: _year(pair.second)),
            Column("other_nik", of=lambda pair: masked(pair.second.nik)),
            Column("score", Kind.COUNT),
            Column("reasons", of=_reasons),
            Column("batch"),
        ),
    )


DUPLICATES_KEYS: Final = (
    *("worker", "other_worker", "nik", "other_nik", "score", "reasons", "batch"),
    *("name", "other_name", "kelurahan", "other_kelurahan", "birth_year", "other_birth_year"),
)
"""The columns of `duplicates_table` in the order of its JSON, which only grows at its end."""


def pairs_beside(pairs: "Iterable[WaitingPair]") -> Table:
    """Return who may be one person for a terminal, each of the two in words of one cell."""
    return Table.of(
        "duplicates",
        pairs,
        (
            Column("one", of=lambda pair: _line(pair.first)),
            Column("other", of=lambda pair: _line(pair.second)),
            Column("score", Kind.COUNT),
            Column("reasons", of=_reasons),
        ),
    )


def _line(worker: "PairedWorker") -> str:
    return person_line(worker.number, worker.facts, worker.kelurahan)
