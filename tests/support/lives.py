"""Random registers, and coverage reckoned person by person with sets of months: slow, plain, and no SQL."""

import contextlib
import datetime
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jamsostek_cli.domain.month import Month, Span, age_on
from jamsostek_cli.domain.worker import number_of

_REASONS: Final = ("moved", "employed", "elsewhere", "withdrawn", "not-eligible", "other", None)
_PAYERS: Final = ("apbd-kota", "csr", "mandiri")
_PLACES: Final = ("64.74.01.1003", "64.74.01.1004", "64.74.02.1001", None)
_STARTS: Final = (18, 25, 35, 45, 55, 65)
_BATCHES: Final = ("2024-05-01", "2025-04-10")


@dataclass
class Enrolled:
    """An enrolment with the months paid for it."""

    months: Span
    status: str
    reason: str | None
    payer: str
    programmes: str
    paid: tuple[Span, ...]

    @property
    def counts(self) -> bool:
        return self.status in {"active", "ended"}


@dataclass
class Somebody:
    """A record of the register; `merged_into` is another's id."""

    id: int
    kelurahan: str | None
    sex: str
    born: datetime.date
    occupation: str | None
    agency: int | None
    status: str
    died: datetime.date | None
    merged_into: int | None
    batch: int
    enrolled: list[Enrolled] = field(default_factory=list)
    listed: list[Span] = field(default_factory=list)


def register(chance: random.Random, people: int) -> list[Somebody]:
    """Return people of every kind: merged, moved, dead, of no kelurahan, near an age that matters."""
    made: list[Somebody] = []
    for number in range(1, people + 1):
        status = chance.choices(("active", "moved", "deceased", "merged"), (70, 10, 14, 8))[0]
        into = [one.id for one in made if one.status != "merged"]
        status = "active" if status == "merged" and not into else status
        years = chance.choice((17, 24, 25, 40, 64, 65, 66))
        one = Somebody(
            id=number,
            kelurahan=chance.choice(_PLACES),
            sex=chance.choice("LP"),
            born=datetime.date(2025 - years, chance.randint(1, 12), chance.randint(1, 28)),
            occupation=chance.choice(("NELAYAN", "=TANI", None)),
            agency=chance.choice((1, 2, None)),
            status=status,
            died=datetime.date(2024, 11, 1) + datetime.timedelta(chance.randint(0, 420))
            if status == "deceased"
            else None,
            merged_into=chance.choice(into) if status == "merged" else None,
            batch=chance.randint(1, 2),
        )
        first = Month(2023, 9)
        for _ in range(chance.choice((0, 1, 2, 2, 3))):
            one.enrolled.append(_enrolled(chance, first.plus(chance.choice((0, 1, 2, 6, 12)))))
            first = one.enrolled[-1].months.last.plus(1)
        if chance.random() < 0.2:
            first = Month(2024, 10).plus(chance.randint(0, 12))
            one.listed.append(Span(first, first.plus(chance.randint(0, 4))))
        made.append(one)
    return made


def _enrolled(chance: random.Random, first: Month) -> Enrolled:
    months = Span(first, first.plus(chance.randint(0, 14)))
    status = chance.choices(("active", "ended", "proposed"), (60, 30, 10))[0]
    cut = sorted(chance.sample(range(len(months) + 2), 3)) if len(months) > 2 else [0, 0, 0]
    paid = [Span(first, first.plus(cut[0]))]
    if cut[2] > cut[1] > cut[0]:
        paid.append(Span(first.plus(cut[1] + 1), first.plus(cut[2] + 1)))
    return Enrolled(
        months=months,
        status=status,
        reason=chance.choice(_REASONS) if status == "ended" else None,
        payer=chance.choice(_PAYERS),
        programmes=chance.choice(("jkk,jkm", "jkk,jkm", "jkk,jkm,jht", "jkk")),
        paid=tuple(paid) if status != "proposed" else (),
    )


def store(path: Path, people: Sequence[Somebody]) -> None:
    """Put a register into the database of an office that has none."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.executemany("INSERT INTO agency (id, name) VALUES (?, ?)", [(1, "Dinas A"), (2, "Dinas B, C")])
        file.executemany(
            "INSERT INTO batch (id, number, file, sha256, imported_on, actor, rows)"
            " VALUES (?, ?, 'x', ?, ?, 'x', 9)",
            [(at, f"B-2025-00{at}", str(at) * 64, day) for at, day in enumerate(_BATCHES, 1)],
        )
        columns = (
            "id, nik, name, birth_date, sex, kelurahan_code, occupation, agency_id, status, died_on,"
            " merged_into, batch_id, sheet, row"
        )
        file.executemany(
            f"INSERT INTO worker ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            [
                (
                    *(one.id, _nik(one), f"ORANG {one.id}", str(one.born), one.sex, one.kelurahan),
                    *(one.occupation, one.agency, one.status, one.died and str(one.died), one.merged_into),
                    *(one.batch, one.id),
                )
                for one in people
            ],
        )
        for one in people:
            for spell in one.enrolled:
                made = file.execute(
                    "INSERT INTO enrolment (worker_id, segment, programmes, payer, basis, start_month,"
                    " end_month, planned_end_month, status, end_reason)"
                    " VALUES (?, 'bpu', ?, ?, 1000000, ?, ?, ?, ?, ?)",
                    (
                        *(
                            one.id,
                            spell.programmes,
                            spell.payer,
                            str(spell.months.first),
                            str(spell.months.last),
                        ),
                        *(str(spell.months.last), spell.status, spell.reason),
                    ),
                ).lastrowid
                spans = [(made, str(span.first), str(span.last)) for span in spell.paid]
                file.executemany("INSERT INTO paid_span VALUES (?, ?, ?)", spans)
            file.executemany(
                "INSERT INTO elsewhere (nik, name, payer, first_month, last_month, batch_id, sheet, row)"
                " VALUES (?, 'X', 'apbd-provinsi', ?, ?, 1, 0, 1)",
                [(_nik(one), str(span.first), str(span.last)) for span in one.listed],
            )


def _nik(one: Somebody) -> str:
    return f"64740101018{one.id:05d}"


class Brute:
    """Everybody with the records merged into them, looked at between two days."""

    def __init__(self, people: Iterable[Somebody]) -> None:
        every = list(people)
        self.people = [
            (one, [one, *(other for other in every if other.merged_into == one.id)])
            for one in every
            if one.merged_into is None
        ]

    def found(
        self, opening: datetime.date, closing: datetime.date, *, of_payers: bool
    ) -> Iterator[tuple[str, dict[str, Any], set[str]]]:
        """Yield number, values of all dimensions and lines; once more for each payer's movement if asked."""
        for one, records in self.people:
            values = {
                "kelurahan": one.kelurahan,
                "agency": {1: "Dinas A", 2: "Dinas B, C", None: None}[one.agency],
                "occupation": one.occupation,
                "sex": one.sex,
                "age": _group(age_on(one.born, closing)),
                "month": str(Month.of(closing)),
            }
            here = _payer_then(records, Month.of(closing))
            there = _standing(one, records, opening, closing)
            if not of_payers:
                yield (
                    number_of(one.id),
                    {**values, "payer": here},
                    there | _moving(one, records, opening, closing, None),
                )
                continue
            yield number_of(one.id), {**values, "payer": here}, there
            for payer in _PAYERS:
                moved = _moving(one, records, opening, closing, payer)
                yield number_of(one.id), {**values, "payer": payer}, moved


def _group(age: int) -> str:
    starts = (0, *(start for start in _STARTS if start <= age))
    low = starts[-1]
    higher = [start for start in _STARTS if start > age]
    return f"{low}-{higher[0] - 1}" if higher else f"{low}+"


def _spells(records: Iterable[Somebody]) -> list[Enrolled]:
    return [spell for record in records for spell in record.enrolled]


def _payer_of_month(records: Iterable[Somebody], month: Month) -> str | None:
    return min(
        (
            spell.payer
            for spell in _spells(records)
            if spell.programmes.startswith("jkk,jkm") and any(month in span for span in spell.paid)
        ),
        default=None,
    )


def _payer_then(records: Sequence[Somebody], month: Month) -> str | None:
    running = [spell.payer for spell in _spells(records) if spell.counts and month in spell.months]
    return _payer_of_month(records, month) or min(running, default=None)


def _standing(
    one: Somebody, records: Sequence[Somebody], opening: datetime.date, closing: datetime.date
) -> set[str]:
    month, lines = Month.of(closing), set()
    spells = [spell for spell in _spells(records) if spell.counts]
    enrolled = any(month in spell.months for spell in spells)
    paid = _payer_of_month(records, month) is not None
    ever = any(spell.months.first <= month for spell in spells)
    since = [Month.of(opening).plus(at) for at in range(month.since(Month.of(opening)) + 1)]
    known = any(_BATCHES[record.batch - 1] <= str(closing) for record in records)
    living = (one.died is None or one.died > closing) and (one.status != "moved" or enrolled or paid)
    if ever:
        lines.add("enrolled_ever")
    if living and (known or ever or any(_payer_of_month(records, each) for each in since)):
        lines.add("registered")
    if living and enrolled:
        lines.add("enrolled")
    if living and paid:
        lines.add("protected")
    return lines


def _moving(
    one: Somebody,
    records: Sequence[Somebody],
    opening: datetime.date,
    closing: datetime.date,
    payer: str | None,
) -> set[str]:
    if one.died is not None and one.died <= opening:
        return set()

    def ours(month: Month) -> bool:
        paying = _payer_of_month(records, month)
        return paying is not None and payer in {None, paying}

    def others(month: Month) -> bool:
        paying = _payer_of_month(records, month)
        on_list = any(month in span for record in records for span in record.listed)
        return on_list or (payer is not None and paying not in {None, payer})

    first, last = Month.of(opening), Month.of(closing)
    months = [first.plus(at) for at in range(1, last.since(first) + 1)]
    alive = one.died is None or one.died > closing
    joined_in = next((month for month in months if ours(month)), None)
    at_opening, at_closing = ours(first), alive and ours(last)
    came = not at_opening and joined_in is not None and (one.died is None or joined_in <= Month.of(one.died))
    lines = {name for name, holds in (("opening", at_opening), ("closing", at_closing)) if holds}
    spells = [spell for spell in _spells(records) if spell.counts and spell.months.first <= last]
    late = [spell for spell in spells if spell.months.last >= first.plus(-1)]
    if came:
        assert joined_in is not None
        before = [Month(2023, 1).plus(at) for at in range(first.since(Month(2023, 1)))]
        back = any(spell.reason == "moved" and spell.months.last < joined_in for spell in spells)
        kind = (
            "from_other_payer"
            if others(joined_in.plus(-1))
            else "moved_back"
            if back
            else "returned"
            if any(_payer_of_month(records, month) for month in before)
            else "new"
        )
        lines |= {"joined", f"joined_{kind}"}
    if (at_opening or came) and not alive:
        lines.add("died")
    if (at_opening or came) and alive and not at_closing:
        lines |= {"lapsed", f"lapsed_{_why(one, late, last, elsewhere=others(last))}"}
    return lines


def _why(one: Somebody, spells: Sequence[Enrolled], month: Month, *, elsewhere: bool) -> str:
    enrolled = any(month in spell.months for spell in spells)
    if one.status == "moved" and not enrolled:
        return "moved_away"
    if elsewhere:
        return "to_other_payer"
    if enrolled or not spells:
        return "unpaid"
    end = max(spell.months.last for spell in spells)
    last = max(
        (spell for spell in spells if spell.months.last == end),
        key=lambda spell: (spell.reason or "", spell.status == "ended"),
    )
    if last.status == "ended":
        named = {"moved": "moved_away", "employed": "to_other_payer", "elsewhere": "to_other_payer"}
        return named.get(last.reason or "", "ended")
    return "over_age" if age_on(one.born, month.first_day) >= 65 else "unpaid"
