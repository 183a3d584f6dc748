"""A province's coverage is its cities', cell by cell, counted by hand over the invented people."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.domain.drop import DropLevel
from tests.conftest import Run
from tests.support import drops

CITIES = drops.invented()
OF = {"kelurahan": 0, "sex": 1, "age": 2, "payer": 6}


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("province")
    for city in CITIES:
        drops.write(root, city)
    return root


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities of persons, and one of counts alone that withheld two cells of an age group."""
    root = tmp_path_factory.mktemp("mixed")
    for city in CITIES[:2]:
        drops.write(root, city)
    cells = [
        (*row[:2], None, None, None) if row[1] in {"18-24", "25-34"} else row
        for row in drops.counts(CITIES[2])
    ]
    drops.write(root, CITIES[2], level=DropLevel.COUNTS, held={"counts": cells})
    return root


def counted(dimensions: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    """Count registered, enrolled and protected by hand."""
    found: Counter[tuple[Any, ...]] = Counter()
    for city in CITIES:
        for _, row, paid in city.living():
            values = {name: row[at] for name, at in OF.items()} | {"city": city.code}
            values["kecamatan"] = values["kelurahan"] and values["kelurahan"][:8]
            own = (city.code,) if {*dimensions} & {"kelurahan", "kecamatan"} else ()
            key = (*own, *(values[name] for name in dimensions))
            for measure, more in (("registered", 1), ("enrolled", row[5]), ("protected", paid)):
                found[(*key, measure)] += more
    return found


@pytest.mark.parametrize(
    "by", ["city", "kelurahan", "kecamatan", "sex", "age", "payer", "sex,age", "city,sex", "kecamatan,payer"]
)
def test_every_cell_is_what_a_count_by_hand_gives(jcli: Run, province: Path, by: str) -> None:
    data = jcli("province", "coverage", "--over", province, "--by", by, "--exact", "--json").data
    dimensions = tuple(by.split(","))
    found: Counter[tuple[Any, ...]] = Counter()
    for row in data["rows"]:
        own = (row["city"],) if {*dimensions} & {"kelurahan", "kecamatan"} else ()
        values = [row.get(f"{name}_code", row.get(name)) or None for name in dimensions]
        for measure in ("registered", "enrolled", "protected"):
            found[(*own, *values, measure)] += row[measure]
    assert +found == +counted(dimensions)
    everybody = {who for city in CITIES for who, *_ in city.people.items()}
    assert len(everybody) == 900
    assert any("umum" in note for note in data["notes"])


def test_each_person_once(jcli: Run, province: Path) -> None:
    figures = jcli("province", "coverage", "--over", province, "--json").data["figures"]
    known, dead = Counter[str](), set()
    paying = Counter[str]()
    for city in CITIES:
        counted_there = {nik for nik, *_ in city.living("0000-00")} | {nik for nik, *_ in city.living()}
        paying.update(nik for nik, _, paid in city.living() if paid)
        dead |= {nik for nik, row in city.people.items() if row[4] is not None and row[4] <= "2025-12"}
        known.update(counted_there)
    alive = {nik for nik in known if nik not in dead}
    assert figures["people_once"] == len(alive)
    assert figures["people_in_two"] == sum(known[nik] > 1 for nik in alive)
    assert figures["protected_once"] == sum(paying[nik] > 0 for nik in alive)
    assert figures["paid_by_two"] == sum(paying[nik] > 1 for nik in alive)


def test_shares_stand_over_the_denominators_of_the_cities(jcli: Run, province: Path, tmp_path: Path) -> None:
    data = jcli("province", "coverage", "--over", province, "--json").data
    told = [city.told() for city in CITIES]
    protected = sum(city["protected"] for city in told)
    assert data["figures"]["coverage"] == protected / 1200
    assert data["figures"]["ucj"] == (protected + 150) / 3600
    assert [row["ucj"] for row in data["rows"]] == [(city["protected"] + 50) / 1200 for city in told]
    areas = jcli("province", "coverage", "--over", province, "--by", "kelurahan", "--json").data["rows"]
    assert areas[0]["coverage"] == areas[0]["protected"] / 100
    drops.write(tmp_path / "none", CITIES[0], held={"workforce": [(2025, "64.10", "all", 900, None, "BPS")]})
    alone = jcli("province", "coverage", "--over", tmp_path / "none", "--json", "--lang", "en").data
    assert "coverage" not in alone["figures"]
    assert [row["ucj"] for row in alone["rows"]] == [None]
    assert "people_once" not in alone["figures"]


def test_counts_stand_beside_persons_and_what_a_city_withheld_is_no_zero(
    jcli: Run, mixed: Path, tmp_path: Path
) -> None:
    rows = jcli("province", "coverage", "--over", mixed, "--by", "sex", "--json").data["rows"]
    hand = counted(("sex",))
    assert {row["sex"]: row["protected"] for row in rows} == {sex: hand[sex, "protected"] for sex in "LP"}
    ages = jcli("province", "coverage", "--over", mixed, "--by", "age", "--json").data
    shown = {row["age"]: row["registered"] for row in ages["rows"]}
    assert shown["18-24"] is None
    assert shown["45-54"] == counted(("age",))["45-54", "registered"]
    areas = jcli("province", "coverage", "--over", mixed, "--by", "kecamatan", "--json").data["rows"]
    assert sum(row["registered"] for row in areas) == sum(len(city.living()) for city in CITIES)
    drops.write(tmp_path, CITIES[2], level=DropLevel.COUNTS)
    alone = jcli("province", "coverage", "--over", tmp_path, "--json").data
    assert alone["rows"][0]["protected"] == CITIES[2].told()["protected"]
    two = jcli("province", "coverage", "--over", mixed, "--by", "sex", "--by", "age")
    assert (two.error, two.code) == ("E660", 2)
    assert "Kota 74 (64.74)" in two.err
    assert jcli("province", "coverage", "--over", mixed, "--by", "hobi").error == "E504"
    assert jcli("province", "coverage", "--over", mixed, "--by", "sex,sex").error == "E611"


def test_few_people_are_withheld_and_so_is_what_would_tell_of_them(jcli: Run, tmp_path: Path) -> None:
    city = drops.City("64.10")
    for number in range(60):
        kelurahan = city.kelurahan[min(number // 3, 2) if number < 9 else 2]
        nik = f"6410{number:012d}"
        city.people[nik] = (kelurahan, "LP"[number % 2], "25-34", "active", None, 1, "apbd-kota")
        if number % 3:
            city.paid.append((nik, "apbd-kota", "jkk,jkm", "2025-01", "2025-12", 16_800))
    drops.write(tmp_path, city)
    ask = ("province", "coverage", "--over", tmp_path, "--json", "--by")
    rows = jcli(*ask, "kelurahan").data["rows"]
    assert [row["registered"] for row in rows] == [None, None, None]
    assert [row["registered"] for row in jcli(*ask, "kelurahan", "--exact").data["rows"]] == [3, 3, 54]
    (kecamatan, other) = jcli(*ask, "kecamatan").data["rows"]
    assert (kecamatan["registered"], other["registered"]) == (None, None)
    (*_, whole) = jcli(*ask, "kelurahan,kecamatan").data["rows"]
    assert whole["registered"] is None
    cross = jcli(*ask, "kelurahan,sex").data["rows"]
    assert {row["registered"] for row in cross} == {None}
    few = drops.City("64.71", dict(list(city.people.items())[:3]))
    drops.write(tmp_path / "few", few)
    alone = jcli("province", "coverage", "--over", tmp_path / "few", "--json").data
    assert "registered" not in alone["figures"]
    assert alone["rows"][0]["registered"] is None


def test_few_who_are_known_in_two_cities_are_not_told(jcli: Run, tmp_path: Path) -> None:
    cities = drops.invented(many=30)
    for city in cities[:2]:
        drops.write(tmp_path, city)
    data = jcli("province", "coverage", "--over", tmp_path, "--json").data
    assert "people_in_two" not in data["figures"]
    exact = jcli("province", "coverage", "--over", tmp_path, "--json", "--exact").data
    assert 0 < exact["figures"]["people_in_two"] < 5
