"""Lists of claims in any layout: BPJS's own, of what it was handed, paid and refused."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.bpjs_claims import Said
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import amounts, dates
from jamsostek_cli.roster.cells.nik import read_digits
from jamsostek_cli.roster.cells.text import LONGEST, Cell, line, text_of
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.lists import claim_columns
from jamsostek_cli.roster.sheets import header, line_kinds
from jamsostek_cli.roster.sheets.walk import Lines

_OURS: Final = re.compile(r"K-\d{4}-\d{3,6}", re.IGNORECASE)
_AROUND: Final = re.compile(r"[\s.\-/'`’]+|^(?:no\.?|nomor)?\s*kpj\s*:?", re.IGNORECASE)
_WHO: Final = frozenset({"nik", "kpj", "number"})
_PERSON: Final = frozenset({"nik", "kpj"})
_WHAT: Final = frozenset(
    {"status", "paid", "amount", "part", "filed", "receipt", "event", "proof", "kind", "number"}
)
_DATES: Final = ("event", "filed", "paid")
_ONE_GROUP: Final = re.compile(r"\D*\d{1,3},\d{3}\D*", re.ASCII)
"""`42,000`: a thousandfold by the one way to write it, a fraction by the other."""
_DASHES: Final = "-–—_.?*/~ "
_CENTURY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClaim:
    """What a row says of one claim; `row` as Excel shows it, what it does not say is None.

    `nik` holds sixteen digits, without them `problem` is the code of the finding; `kpj` the card number
    without blanks and signs; `number` a claim's number of ours. Dates are those the row has, `amount` is
    whole rupiah. `unread` names the fields that are written and cannot be read for certain. `kinds` are the
    benefits it may mean. All words have their NIKs masked.
    """

    sheet: str
    row: int
    nik: str | None
    problem: str | None
    kpj: str | None
    number: str | None
    name: str | None
    kinds: frozenset[ClaimKind]
    event: datetime.date | None
    filed: datetime.date | None
    paid: datetime.date | None
    amount: int | None
    receipt: str | None
    proof: str | None
    payee: str | None
    status: str | None
    note: str | None
    said: Said
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimList:
    """A list of claims as read: its file's name, the hash of its bytes, what it has columns for, its rows."""

    file: str
    sha256: str
    fields: frozenset[str]
    rows: tuple[ListedClaim, ...]


def read(
    path: Path, today: datetime.date, opening: Opening | None = None, *, payments: bool = False
) -> ClaimList:
    """Read a list of claims; totals, signatures and repeated headings are nobody's.

    A list of `payments` speaks of a payment wherever it says nothing else.

    Raises E201 to E210 and E218 where the file cannot be read, E203 for an empty one, E207 for one with
    headings and nobody below, E377 without a column that tells whose claim it is, E379 where none says
    anything of a claim.
    """
    rows: list[ListedClaim] = []
    fields: set[str] = set()
    texts: list[str] = [path.stem]
    with open_workbook(path, opening) as workbook:
        for sheet in workbook.sheets:
            if not sheet.barred:
                reader = _ClaimReader(sheet, today, since_1904=workbook.since_1904, payments=payments)
                reader.read(texts)
                rows += reader.rows
                fields |= reader.fields
    if not fields:
        raise JcliError("E377" if len(texts) > 1 else "E203", path=path.name)
    if not fields & _WHAT and not payments:
        raise JcliError("E379", path=path.name)
    if not rows:
        raise JcliError("E207", path=path.name)
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return ClaimList(
        file=name, sha256=workbook.sha256, fields=frozenset(fields), rows=tuple(_titled(rows, texts))
    )


def _titled(rows: Sequence[ListedClaim], texts: Sequence[str]) -> list[ListedClaim]:
    """Return the rows, those that name no benefit with the one that the title of the list names."""
    named = {frozenset(found) for text in texts if (found := claim_columns.kinds(text.replace("_", " ")))}
    if len(named) != 1:
        return list(rows)
    return [one if one.kinds else replace(one, kinds=next(iter(named))) for one in rows]


class _ClaimReader:
    """Walks down one sheet."""

    def __init__(self, sheet: Sheet, today: datetime.date, *, since_1904: bool, payments: bool) -> None:
        self._sheet = sheet.name
        self._lines = Lines(sheet.rows)
        self._today = today
        self._since_1904 = since_1904
        self._payments = payments
        self._places: Mapping[str, tuple[int, ...]] = {}
        self.rows: list[ListedClaim] = []
        self.fields: set[str] = set()

    def read(self, texts: list[str]) -> None:
        """Take the rows below every heading of the sheet; what stands above the first goes to `texts`."""
        for cells in self._lines:
            shown = header.texts(cells)
            if self._heads(shown):
                continue
            if not self._places and self._payments:
                self._places = _alone(shown)
                self.fields |= self._places.keys()
            if self._places:
                if (one := self._claim(cells, shown)) is not None:
                    self.rows.append(one)
            else:
                texts.append(" ".join(filter(None, shown)))

    def _heads(self, shown: Sequence[str]) -> bool:
        """Tell whether a row, or it and the one below, is a heading, and take its columns."""
        below = header.texts(next(iter(self._lines.peek(1)), []))
        joined = claim_columns.below(shown, below)
        single, double = claim_columns.places(shown), claim_columns.places(joined)
        has_digits = any(character.isdigit() for text in (*shown, *below) for character in text)
        two = not has_digits and sum(map(bool, shown)) > 1 and len(double) > len(single)
        found = double if two and _is_heading(double, _WHO) else single
        alone = self._payments and sum(map(bool, shown)) == 1 and found.keys() <= _PERSON and bool(found)
        if not (alone or _is_heading(found, _WHO)):
            return False
        self._lines.skip(1 if found is double else 0)
        self._places = found
        self.fields |= found.keys()
        return True

    def _claim(self, cells: Sequence[Cell], shown: Sequence[str]) -> ListedClaim | None:
        """Return what a row says; None of a row that is about nobody."""
        digits, codes = read_digits(self._first(cells, "nik"))
        kpj = _AROUND.sub("", text_of(self._first(cells, "kpj")))[:LONGEST]
        kpj = kpj if any(map(str.isdigit, kpj)) else ""
        number = next(filter(None, map(_OURS.fullmatch, shown)), None)
        amount, unread = self._amount(cells)
        kind = self._said(cells, "kind")
        unread += ["kind"] if claim_columns.of_another_programme(kind) else []
        days = {field: self._day(cells, field) for field in _DATES}
        unread += [field for field, (day, written) in days.items() if written and day is None]
        name = hidden(line(self._first(cells, "name"))) or None
        if not (digits or kpj or number) and self._is_nobody(shown, name, amount):
            return None
        status, note = self._said(cells, "status"), self._said(cells, "note")
        receipt = self._said(cells, "receipt") or (None if number else self._said(cells, "number"))
        proof = self._said(cells, "proof")
        return ListedClaim(
            sheet=self._sheet,
            row=self._lines.number,
            nik=digits,
            problem=None if digits else codes[0],
            kpj=kpj or None,
            number=number[0].upper() if number else None,
            name=name,
            kinds=claim_columns.kinds(kind),
            event=days["event"][0],
            filed=days["filed"][0],
            paid=days["paid"][0],
            amount=amount,
            receipt=receipt,
            proof=proof,
            payee=hidden(line(self._first(cells, "payee"))) or None,
            status=status,
            note=note,
            said=self._meaning(
                status,
                note,
                paid=bool(days["paid"][1] and (amount is not None or "amount" in unread)),
                proof=proof,
                filed=days["filed"][1] or receipt,
            ),
            unread=tuple(unread),
        )

    def _is_nobody(self, shown: Sequence[str], name: str | None, amount: int | None) -> bool:
        """Tell whether a row without a readable number is no row of the table: a sum, a signature, a note."""
        filled = [text for text in shown if text]
        if len(filled) < len(("name", "amount")) or header.is_numbering(shown):
            return True
        nik = (
            text_of(shown[self._places["nik"][0]])
            if self._places.get("nik", (len(shown),))[0] < len(shown)
            else ""
        )
        if line_kinds.total_label(shown) or (name is not None and line_kinds.ends(name)):
            return not any(map(str.isdigit, nik))
        return not any(map(str.isdigit, nik)) and (
            name is None or (amount is None and len(filled) < len(_DATES))
        )

    def _meaning(
        self, status: str | None, note: str | None, *, paid: bool, proof: str | None, filed: str | None
    ) -> Said:
        """Return how far a claim has come: by a payment that stands there, in words, else by other marks."""
        if paid:
            return claim_columns.paid_by(status, note)
        for words in (status, note):
            if words is not None and (meant := claim_columns.meaning(words)) is not Said.UNCLEAR:
                return meant
        if self._payments:
            return Said.PAID
        if status is not None:
            return Said.UNCLEAR
        if proof:
            return Said.PAID
        return Said.WAITING if filed else Said.UNCLEAR

    def _first(self, cells: Sequence[Cell], field: str) -> Cell:
        """Return the first cell that says something among the columns of a field."""
        held = (cells[at] for at in self._places.get(field, ()) if at < len(cells))
        return next((cell for cell in held if text_of(cell).strip(_DASHES)), "")

    def _said(self, cells: Sequence[Cell], field: str) -> str | None:
        cell = self._first(cells, field)
        return hidden(text_of(cell))[:LONGEST] if line(cell) else None

    def _amount(self, cells: Sequence[Cell]) -> tuple[int | None, list[str]]:
        """Return the rupiah of a row, or of its parts together; and `amount` where they are not certain."""
        whole = self._first(cells, "amount")
        held = (
            [whole]
            if text_of(whole)
            else [cells[at] for at in self._places.get("part", ()) if at < len(cells)]
        )
        written = [cell for cell in held if text_of(cell).strip(_DASHES) and not amounts.is_dash(cell)]
        read = [None if _ONE_GROUP.fullmatch(text_of(cell)) else amounts.rupiah(cell) for cell in written]
        if None in read:
            return None, ["amount"]
        return (sum(filter(None, read)) if read else None), []

    def _day(self, cells: Sequence[Cell], field: str) -> tuple[datetime.date | None, str]:
        """Return the day in a column, and what is written there."""
        cell = self._first(cells, field)
        parts = dates.parse(cell, since_1904=self._since_1904) if line(cell) else None
        if parts is None:
            return None, text_of(cell)
        year = parts.year if parts.year >= _CENTURY else parts.year + 2000
        return dates.valid(year, parts.month, parts.day), text_of(cell)


def _alone(shown: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the column of a list that is one of claim numbers alone, without any heading that is known."""
    filled = [at for at, said in enumerate(shown) if said]
    return {"number": (filled[0],)} if len(filled) == 1 and _OURS.fullmatch(shown[filled[0]]) else {}


def _is_heading(found: Mapping[str, tuple[int, ...]], who: frozenset[str]) -> bool:
    """Tell whether headings are those of a list of people: one says who, and another what."""
    return bool(who & found.keys()) and len(found) > 1
