"""The list for the notice board of a kelurahan: who is protected, so that only they know themselves.

A line has the initials and the last digits of the NIK, which are its serial: never the district or the birth
date, which neighbours know. So many digits are shown as it takes that nobody else of the kelurahan who is in
the register fits a line, and not one more. Where four do not suffice, the last digits of the BPJS card tell
people apart; who has none is shown with the last letters of the words of the name, too. Who cannot be told
apart even so is left off and counted: whoever asks at the office hears it.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.cover.listing import CoverRow
from jamsostek_cli.rules.cover.protection import CoverStatus
from jamsostek_cli.tables.table import Column, Figure, Note, Report, Table

FEWEST, MOST = 2, 4
"""So many of the last digits of a NIK are shown at least, and at most: all of its serial."""
_OF_CARD: Final = 4
_WORDS: Final = 3
"""So many words of a name give an initial."""
_LONG: Final = 4
"""Of words of so many letters the last one may be shown, too: they are not told by two."""


class NoticeLine(NamedTuple):
    """Somebody as the notice board shows them; `card` is empty where nobody else fits the rest."""

    initials: str
    digits: str
    card: str = ""


class Notice(NamedTuple):
    """The lines in order, how many digits of a NIK they show, and how many people could not be told apart."""

    lines: Sequence[NoticeLine]
    shown: int
    left_off: int


def initials(name: str) -> str:
    """Return the first letters of the first words of a name.

    >>> initials("SITI NUR RAHMA DEWI"), initials("(alm) basri"), initials("'Aisyah"), initials("123")
    ('S. N. R.', 'A. B.', 'A.', '?')
    """
    words = ["".join(filter(str.isalpha, word)) for word in name.split()]
    return " ".join(f"{word[0].upper()}." for word in words if word)[: _WORDS * 3 - 1] or "?"


def first_and_last(name: str) -> str:
    """Return the first letters of the first words of a name, of longer words the last ones, too.

    >>> first_and_last("SITI NUR RAHMA DEWI"), first_and_last("AL BASRI")
    ('S…I N. R…A', 'A. B…I')
    """
    words = ["".join(filter(str.isalpha, word)).upper() for word in name.split()]
    shown = [f"{word[0]}…{word[-1]}" if len(word) >= _LONG else f"{word[0]}." for word in words if word]
    return " ".join(shown[:_WORDS])


def notice(people: Sequence[CoverRow], cards: Mapping[int, str]) -> Notice:
    """Return the list of the protected among people: none fits a second person among all of them.

    `cards` are the card numbers (KPJ) by the id of the person.
    """
    shown = next((many for many in range(FEWEST, MOST) if not _alike(people, many)), MOST)
    alike = _alike(people, shown)
    with_card = Counter((*_seen(one, shown), _card(cards, one)) for one in people)
    with_letters = Counter(_spelled(one, shown) for one in people)
    lines, left_off = [], 0
    for one in people:
        if one.status is not CoverStatus.YES:
            continue
        seen, card = _seen(one, shown), _card(cards, one)
        if seen not in alike:
            lines.append(NoticeLine(*seen))
        elif card and with_card[(*seen, card)] == 1:
            lines.append(NoticeLine(*seen, card))
        elif with_letters[spelled := _spelled(one, shown)] == 1:
            lines.append(NoticeLine(*spelled))
        else:
            left_off += 1
    return Notice(sorted(lines), shown, left_off)


def _seen(one: CoverRow, digits: int) -> tuple[str, str]:
    return initials(one.name), f"…{one.nik[-digits:]}"


def _spelled(one: CoverRow, digits: int) -> tuple[str, str]:
    return first_and_last(one.name), f"…{one.nik[-digits:]}"


def _card(cards: Mapping[int, str], one: CoverRow) -> str:
    card = cards.get(one.id, "")
    return card and f"…{card[-_OF_CARD:]}"


def _alike(people: Sequence[CoverRow], digits: int) -> set[tuple[str, str]]:
    """Return what several people show, of whom one is protected at least."""
    many = Counter(_seen(one, digits) for one in people)
    return {seen for one in people if one.status is CoverStatus.YES and many[seen := _seen(one, digits)] > 1}


def cards(connection: Connection) -> dict[int, str]:
    """Return the latest card number of everybody who has one, by the id of the person."""
    return dict(
        connection.execute(
            """
            SELECT person_id, max(kpj) FROM enrolment
            JOIN person_record ON record_id = worker_id WHERE kpj IS NOT NULL GROUP BY person_id
            """
        )
    )


def public_list(kelurahan: str, made: Notice, as_of: datetime.date) -> Report:
    """Return the list of a kelurahan as a report."""
    table = Table.of("public_list", made.lines, (Column("initials"), Column("digits"), Column("card")))
    if not any(line.card for line in made.lines):
        table = table.without(["card"])
    left = (
        [Note(key="public_list_left", facts={"count": figures.count(made.left_off)})] if made.left_off else []
    )
    people = [line._asdict() for line in made.lines]
    return Report(
        name="public_list",
        period=kelurahan,
        as_of=as_of,
        figures=(Figure("public_list", len(made.lines)), Figure("left_off", made.left_off)),
        tables=(table,),
        notes=(Note(key="public_list", facts={"digits": made.shown}), *left),
        data={"kelurahan": kelurahan, "digits": made.shown, "people": people, "left_off": made.left_off},
    )
