"""No count of one to four people follows from what one report or several show, by subtraction either."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.reports.province import cells as people
from jamsostek_cli.reports.province import claims
from jamsostek_cli.reports.province.withheld import SummedLine, enough, withheld
from tests.conftest import Run
from tests.support import drops

VALUES = (0, 1, 2, 3, 4, 5, 6, 9, 40)
Atom = tuple[str, str, str]
SIZES = (0, 0, 1, 3, 4, 6, 9, 20, 50)
OPEN = {"reported", "submitted", "verified"}
BY = (("city",), ("sex",), ("kelurahan",), ("city", "sex"), ("kelurahan", "sex"), ("sex", "kelurahan"))


def cells(atoms: Mapping[Atom, people.Counts], by: tuple[str, ...]) -> dict[people.Key, people.Counts]:
    found: dict[people.Key, people.Counts] = {}
    for atom, counts in atoms.items():
        if counts[0]:
            key = people_key(atom, by)
            held = found.get(key, (0, 0, 0))
            found[key] = (held[0] + counts[0], held[1] + counts[1], held[2] + counts[2])
    return found


def people_key(atom: Atom, by: tuple[str, ...]) -> people.Key:
    values = dict(zip(("city", "kelurahan", "sex"), atom, strict=True))
    return ("" if "kelurahan" not in by else atom[0], *(values[each] for each in by))


def shown(atoms: Mapping[Atom, people.Counts]) -> Iterator[tuple[set[Atom], people.Counts | None]]:
    """Yield every sum that a report could show, with what it shows; what is in no row is nobody."""
    every = {str(key[1]): counts for key, counts in cells(atoms, ("city",)).items()}
    cities = people.public_cities(every)
    hidden = frozenset(str(city) for city, counts in cities.items() if counts is None)
    away = [people.measures(every[city]) for city in hidden]
    if not any(0 < n < 5 for n in people.measures(people.total(every.values()) or (0, 0, 0))) and (
        not away or enough(away)
    ):
        yield set(atoms), people.total(every.values())
    for by in BY:
        seen = people.public(cells(atoms, by), hidden, by)
        for key in {people_key(atom, by) for atom in atoms}:
            counts = cities[str(key[1])] if by == ("city",) and key[1] in cities else seen.get(key, (0, 0, 0))
            yield {atom for atom in atoms if people_key(atom, by) == key}, counts


def test_no_few_people_follow_from_all_coverage_together() -> None:
    chance = random.Random(5)
    for _ in range(150):
        atoms: dict[Atom, people.Counts] = {}
        for city in "AB"[: chance.randint(1, 2)]:
            for area in "xyz"[: chance.randint(1, 3)]:
                for sex in "LP":
                    registered = chance.choice(SIZES)
                    enrolled = registered - chance.choice([0, 0, 1, registered // 2] if registered else [0])
                    atoms[city, city + area, sex] = registered, enrolled, enrolled
        asked = list(shown(atoms))
        told = [of for of, counts in asked if counts is not None]
        for of, counts in asked:
            whole = people.total(atoms[atom] for atom in of) or (0, 0, 0)
            if counts is None and any(0 < n < 5 for n in people.measures(whole)):
                assert not follows(of, told, list(atoms)), (atoms, of)


def follows(asked: set[Any], told: Sequence[set[Any]], places: Sequence[Any]) -> bool:
    """Tell whether a sum is to be had from others by adding and subtracting."""
    known = np.array([[float(place in of) for place in places] for of in [set(), *told]])
    more = np.vstack([known, [float(place in asked) for place in places]])
    return bool(np.linalg.matrix_rank(more) == np.linalg.matrix_rank(known))


def test_no_few_claims_follow_from_claims_and_totals_together() -> None:
    chance = random.Random(6)
    for _ in range(300):
        found = [
            claims.Waiting(city, state.value, (number, number, 0, 0, 0, number))
            for city in "ABC"[: chance.randint(1, 3)]
            for state in (ClaimState.REPORTED, ClaimState.VERIFIED, ClaimState.PAID, ClaimState.REJECTED)
            if (number := chance.choice(SIZES))
        ]
        size = {(one.city, one.state): one.numbers[0] or 0 for one in found}
        told: list[set[Any]] = []
        public = claims.public_claims(found)
        told += [{(one.city, one.state)} for one in public.by_city if one.numbers[0] is not None]
        for one in public.by_state:
            if one.numbers[0] is not None:
                told.append({key for key in size if key[1] == one.state})
        for city in {one.city for one in found} - public.hidden:
            told.append({key for key in size if key[0] == city})
        states = claims.by_state(found)
        keys = {figure.key for figure in claims.headlines(states, public.by_state)}
        told += [{key for key in size if key[1] in OPEN}] if "claims_open" in keys else []
        told += [{key for key in size if key[1] == "paid"}] if "claims_paid" in keys else []
        for key, number in size.items():
            assert not 0 < number < 5 or not follows({key}, told, list(size)), (size, key)


def city_of(code: str, cells: Mapping[tuple[int, str], people.Counts]) -> drops.City:
    """Make up a city: by kelurahan and sex, how many are in the register, enrolled, protected."""
    city = drops.City(code)
    for (area, sex), (registered, enrolled, protected) in cells.items():
        for number in range(registered):
            nik = f"{code[:2]}{code[3:]}{area}{'LP'.index(sex)}{number:010d}"
            held = int(number < enrolled)
            city.people[nik] = (city.kelurahan[area], sex, "25-34", "active", None, held, None)
            if number < protected:
                city.paid.append((nik, "apbd-kota", "jkk,jkm", "2025-01", "2025-12", 16_800))
    return city


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cities; in one of them three people are in the register and not enrolled."""
    root = tmp_path_factory.mktemp("three")
    for code, cells in (
        ("64.72", {(0, "L"): (60, 60, 60), (1, "P"): (40, 37, 37)}),
        ("64.74", {(0, "L"): (100, 90, 75), (1, "P"): (100, 90, 75)}),
        ("64.75", {(0, "L"): (150, 125, 100), (0, "P"): (150, 125, 100)}),
    ):
        drops.write(root, city_of(code, cells))
    return root


def test_totals_show_no_city_that_coverage_withholds(jcli: Run, three: Path) -> None:
    coverage = jcli("province", "coverage", "--over", three, "--json").data
    withheld = {row["city"] for row in coverage["rows"] if row["registered"] is None}
    assert withheld == {"64.72", "64.74"}
    assert coverage["figures"]["registered"] == 600
    rows = jcli("province", "totals", "--over", three, "--json").data["rows"]
    shown: dict[str, set[str]] = {}
    for row in rows:
        if row["told"] is not None or row["there"] is not None:
            shown.setdefault(row["city"], set()).add(row["measure"])
    of_nobody = {f"rows.{table}" for table in ("areas", "workforce", "totals")}
    assert {city: measures - of_nobody for city, measures in shown.items() if city in withheld} == {
        "64.72": set(),
        "64.74": set(),
    }
    assert {"registered", "enrolled", "protected", "billed", "rows.people"} <= shown["64.75"]


def test_areas_do_not_give_away_what_their_city_hides(jcli: Run, tmp_path: Path) -> None:
    each = {(area, sex): (50, 40, 30) for area in (0, 1) for sex in "LP"}
    drops.write(tmp_path, city_of("64.72", each))
    few = {(0, "L"): (40, 39, 20), (1, "L"): (40, 38, 20), (0, "P"): (60, 40, 30), (1, "P"): (60, 40, 30)}
    drops.write(tmp_path, city_of("64.74", few))
    ask = ("province", "coverage", "--over", tmp_path, "--json", "--by")
    cities = jcli(*ask, "city,sex").data["rows"]
    gone = {(row["city"], row["sex"]) for row in cities if row["registered"] is None}
    assert ("64.72", "L") in gone
    for by in ("kelurahan,sex", "sex,kelurahan"):
        seen: dict[tuple[str, str], list[int | None]] = {}
        for row in jcli(*ask, by).data["rows"]:
            seen.setdefault((row["city"], row["sex"]), []).append(row["registered"])
        assert {key for key, parts in seen.items() if None in parts} >= gone


def test_no_line_gives_a_small_cell_away() -> None:
    chance = random.Random(3)
    for _ in range(2_000):
        wide, high = chance.randint(1, 4), chance.randint(1, 5)
        cells = {
            (x, y): (chance.choice(VALUES), chance.choice(VALUES)) for x in range(wide) for y in range(high)
        }
        lines = [[(x, y) for y in range(high)] for x in range(wide)]
        lines += [[(x, y) for x in range(wide)] for y in range(high)]
        out = withheld(cells, [SummedLine(line) for line in lines])
        for key, counts in cells.items():
            assert key in out or not any(0 < count < 5 for count in counts)
        for line in lines:
            gone = [cells[key] for key in line if key in out]
            sums = [sum(each) for each in zip(*gone, strict=True)]
            whole = all(key in out or not any(cells[key]) for key in line)
            assert whole or not gone or (len(gone) > 1 and all(not s or s >= 5 + len(gone) for s in sums))


def test_a_part_of_a_hidden_sum_is_hidden() -> None:
    cells = {"a": (9,), "b": (40,), "c": (0,), "d": (50,)}
    assert withheld(cells, [SummedLine(["a", "b", "c", "d", "x"], hidden=True)]) == {"a", "b"}
    assert withheld(cells, [SummedLine(["a", "b", "c", "d"])]) == frozenset()
    assert withheld(cells, [SummedLine(["a", "c"], hidden=True)]) == {"a"}
    assert withheld({}, [SummedLine([], hidden=True)]) == frozenset()
