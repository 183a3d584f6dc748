"""Any cell of coverage is what somebody would count by hand, and has as many names behind it."""

import datetime
import random
from collections import Counter
from itertools import combinations
from types import ModuleType
from typing import Any

import pytest

from jamsostek_cli.domain.coverage import FLOWS, MOVEMENT, CoverageLine
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.coverage import count, second
from tests.conftest import Office
from tests.support.lives import Brute, register, store

OPENING = datetime.date(2024, 12, 31)
DIMENSIONS = ("kelurahan", "agency", "occupation", "sex", "age", "payer", "month")
PAIRS = tuple(combinations(DIMENSIONS, 2))


def code(row: dict[str, Any], dimension: str) -> str | None:
    found: str | None = row.get(f"{dimension}_code", row[dimension])
    return found


def by_hand(
    brute: Brute, days: list[tuple[datetime.date, datetime.date]], line: str, *by: str
) -> Counter[Any]:
    """Count a line in the cells of some dimensions, over one or several stretches of days."""
    cells: Counter[Any] = Counter()
    for opening, closing in days:
        for _, values, lines in brute.found(opening, closing, of_payers="payer" in by):
            cells[tuple(values[dimension] for dimension in by)] += line in lines
    return +cells


def stretches(closing: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    months = [Month.of(OPENING).plus(at) for at in range(1, 13)]
    return [
        (month.plus(-1).last_day, min(month.last_day, closing))
        for month in months
        if month.first_day <= closing
    ]


@pytest.mark.parametrize(("seed", "as_of"), [(0, "2025-12-31"), (1, "2025-08-04"), (3, "2024-12-31")])
def test_cells_margins_and_names_are_what_is_counted_by_hand(office: Office, seed: int, as_of: str) -> None:
    chance = random.Random(seed)
    people = register(chance, 70)
    store(office.path, people)
    brute, closing = Brute(people), datetime.date.fromisoformat(as_of)

    def ask(*options: object) -> Any:
        given = ("report", "coverage", "--year", 2025, "--as-of", as_of)
        return office.ok(*given, *options, today="2026-01-05")

    figures = ask()["figures"]
    assert {line: figures[line] for line in CoverageLine} == {
        line: by_hand(brute, [(OPENING, closing)], line)[()] for line in CoverageLine
    }
    for by in chance.sample(PAIRS, 5):
        line = chance.choice([CoverageLine.PROTECTED, *MOVEMENT])
        days = stretches(closing) if "month" in by else [(OPENING, closing)]
        data = ask("--by", by[0], "--by", by[1], "--line", line)
        cells = {(code(row, by[0]), code(row, by[1])): row[line] for row in data["tables"]["cells"]}
        assert cells == dict(by_hand(brute, days, line, *by)), (by, line)
        assert_margins(data, by, line, cells)
        for key, many in chance.sample(sorted(cells.items(), key=str), min(2, len(cells))):
            where = ",".join(f"{dimension}={value or '-'}" for dimension, value in zip(by, key, strict=True))
            named = ask("--where", where, "--line", line, "--names")
            assert len(named["names"]) == named["figures"][line] == many, (where, line)
            assert len({(one["worker"], one["payer"]) for one in named["names"]}) == many
    rows = ask("--by", "month")["rows"]
    for row, stretch in zip(rows, stretches(closing), strict=True):
        for counted in ("registered", "enrolled", "protected", "joined", "died", "lapsed"):
            assert row[counted] == by_hand(brute, [stretch], counted)[()], (row["month"], counted)


def test_who_is_read_in_parts_is_counted_as_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    store(office.path, register(random.Random(5), 60))
    asked = ("report", "coverage", "--year", 2025, "--by", "kelurahan", "--by", "payer")
    at_once = office.ok(*asked)
    assert at_once["figures"]["joined"]
    monkeypatch.setattr(count, "_PART", 2)
    monkeypatch.setattr(second, "_PART", 3)
    assert office.ok(*asked) == at_once


@pytest.mark.parametrize(
    ("module", "part", "read"),
    [(count, "PART", "worker"), (second, "_UPTO", "paid_span")],
)
def test_what_one_count_does_not_see_the_other_does(
    office: Office, monkeypatch: pytest.MonkeyPatch, module: ModuleType, part: str, read: str
) -> None:
    store(office.path, register(random.Random(5), 60))
    key = "id" if read == "worker" else "enrolment_id"
    monkeypatch.setattr(module, part, f"SELECT max({key}) FROM {read} WHERE {key} BETWEEN :after + 1 AND 40")
    assert office("report", "coverage", "--year", 2025).error == "E507"


def assert_margins(data: Any, by: tuple[str, str], line: CoverageLine, cells: dict[Any, int]) -> None:
    """The margins are the sums of the cells; people who are there are not added up over months."""
    for at, dimension in enumerate(by):
        sums: Counter[str | None] = Counter()
        if "month" not in by or line in FLOWS or dimension == "month":
            for key, many in cells.items():
                sums[key[at]] += many
        rows = [row for row in data["tables"]["margins"] if row["dimension"] == dimension]
        assert {row["code"]: row[line] for row in rows if row[line]} == dict(sums), (by, line)
