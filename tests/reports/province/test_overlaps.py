"""What two cities pay for one person, against a count of months by hand; and what goes back to a city."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.domain.drop import DropLevel
from jamsostek_cli.domain.month import Span
from tests.conftest import Run
from tests.support import drops
from tests.support.drops import City, pseudonym

CITIES = drops.invented()
Month = tuple[str, str, str, str, str, int]


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("province")
    for city in CITIES:
        drops.write(root, city)
    return root


def paid_twice(cities: list[City], first: str, last: str) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Yield every month that two cities paid for a NIK: NIK, cities, payers, the lower amount."""
    months: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
    for city in cities:
        for nik, payer, _, a, b, monthly in city.paid:
            for month in Span.parse(a, b).months():
                if first <= str(month) <= last:
                    months[nik, str(month)].append((city.code, payer, monthly))
    for (nik, _), paid in months.items():
        for (one, payer, amount), (other, other_payer, less) in itertools.combinations(sorted(paid), 2):
            if one != other:
                yield nik, one, other, payer, other_payer, min(amount, less)


@pytest.mark.parametrize(("first", "last"), [("2025-01", "2025-12"), ("2025-03", "2025-06")])
def test_months_people_and_rupiah_equal_a_count_by_hand(
    jcli: Run, province: Path, first: str, last: str
) -> None:
    hand: dict[tuple[str, ...], list[Any]] = defaultdict(lambda: [set(), 0, 0])
    for nik, one, other, payer, other_payer, amount in paid_twice(CITIES, first, last):
        for key in ((one, other, payer, other_payer), (one, other), ()):
            hand[key][0].add(nik)
            hand[key][1] += 1
            hand[key][2] += amount
    asked = ("--first", first, "--last", last, "--exact", "--json")
    data = jcli("province", "overlaps", "--over", province, *asked).data
    numbers = {
        (row["city"], row["other_city"], row["payer"], row["other_payer"]): row
        for row in data["tables"]["province_overlaps"]
    }
    numbers |= {(row["city"], row["other_city"]): row for row in data["tables"]["province_pairs"]}
    assert {key: [row["people"], row["months"], row["amount"]] for key, row in numbers.items()} == {
        key: [len(who), *rest] for key, (who, *rest) in hand.items() if key
    }
    who, months, amount = hand[()]
    told = data["figures"]
    assert [told["shared_people"], told["shared_months"], told["shared_amount"]] == [len(who), months, amount]


def test_a_pair_of_few_people_is_withheld(jcli: Run, tmp_path: Path) -> None:
    cities = drops.invented(many=40)
    for city in cities:
        drops.write(tmp_path, city)
    found = list(paid_twice(cities, "2025-01", "2025-12"))
    assert 0 < len({nik for nik, *_ in found}) < 5
    data = jcli("province", "overlaps", "--over", tmp_path, "--year", 2025, "--json").data
    assert {row["people"] for table in data["tables"].values() for row in table} == {None}
    assert "shared_people" not in data["figures"]


def test_a_city_gets_its_own_lines_back_and_no_others(jcli: Run, province: Path, tmp_path: Path) -> None:
    back = tmp_path / "kembali-64.74.csv"
    ask = ("province", "overlaps", "--over", province, "--year", 2025, "--for", "64.74", "-o", back)
    ran = jcli(*ask, "--json")
    heading, *lines = (line.split(",") for line in back.read_text().splitlines())
    assert heading == "city other_city person payer other_payer first_month last_month monthly".split()
    assert back.stat().st_mode & 0o777 == 0o600
    assert lines == sorted(lines, key=lambda line: (line[2], line[5], line[1], line[3], line[4]))
    months = {
        (person, other, str(month))
        for _, other, person, _, _, a, b, _ in lines
        for month in Span.parse(a, b).months()
    }
    hand = {
        (pseudonym(nik), one)
        for nik, one, other, *_ in paid_twice(CITIES, "2025-01", "2025-12")
        if other == "64.74"
    }
    assert {(person, other) for person, other, _ in months} == hand
    assert len(months) == sum(
        other == "64.74" for _, _, other, *_ in paid_twice(CITIES, "2025-01", "2025-12")
    )
    assert (ran.data["rows"], {line[0] for line in lines}) == (len(lines), {"64.74"})
    before = back.read_bytes()
    assert jcli(*ask, "--expect", "64.74").code == 0
    missing = jcli(*ask, "--expect", "64.02", "--lang", "en")
    assert (missing.code, "64.02" in missing.out) == (3, True)
    for option in ("--exact", "--machine"):
        assert (jcli(*ask, option).error, jcli(*ask, option).code) == ("E002", 2)
    spark = ("--engine", "spark", "--master", "sc://localhost:1", "--memory", "2g")
    assert (jcli(*ask, *spark).error, jcli(*ask, *spark).code) == ("E002", 2)
    assert back.read_bytes() == before


def test_what_cannot_be_asked(jcli: Run, province: Path, tmp_path: Path) -> None:
    ask = ("province", "overlaps", "--over", province)
    assert jcli(*ask, "--for", "64.99", "-o", tmp_path / "x.csv").error == "E681"
    for wrong in (
        ("--for", "64.74"),
        ("--for", "64.74", "-o", tmp_path / "x.xlsx"),
        ("--for", "Bontang", "-o", tmp_path / "x.csv"),
        ("--year", 2025, "--first", "2025-01"),
        ("--first", "2025-01"),
        ("--first", "2025-02", "--last", "2025-01"),
    ):
        assert jcli(*ask, *wrong).code == 2, wrong
    assert not list(tmp_path.glob("x.*"))
    drops.write(tmp_path / "counts", CITIES[0])
    drops.write(tmp_path / "counts", CITIES[1], level=DropLevel.COUNTS)
    few = jcli("province", "overlaps", "--over", tmp_path / "counts")
    assert (few.error, few.code) == ("E680", 2)
    assert "Kota 71 (64.71)" in few.err
    drops.write(tmp_path / "counts", CITIES[2])
    beside = jcli(
        "province", "overlaps", "--over", tmp_path / "counts", "--first", "2025-05", "--last", "2025-05"
    )
    assert beside.code == 0
    assert "64.71" in beside.err
