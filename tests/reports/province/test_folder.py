"""A drop that is not as its city handed it over is refused by name, before any question is answered."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.domain.drop import PERSONS, ColumnType, DropLevel
from tests.conftest import Run
from tests.support import drops

PART = "city=64.10/as_of=2025-12-31/part-0.parquet"
CITIES = drops.invented(many=20)


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities that handed over persons."""
    root = tmp_path_factory.mktemp("drops")
    for city in CITIES[:2]:
        drops.write(root, city)
    return root


@pytest.fixture
def drop(two: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two, tmp_path / "drop"))


def manifest(drop: Path, **otherwise: Any) -> None:
    path = drop / "_manifest" / "64.10_2025-12-31.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | otherwise))


def other_day(drop: Path, day: str) -> None:
    manifest(drop, as_of=day)
    path = drop / "_manifest" / "64.10_2025-12-31.json"
    path.rename(path.with_name(f"64.10_{day}.json"))


def cut(drop: Path) -> None:
    path = drop / "paid" / PART
    path.write_bytes(path.read_bytes()[:-1])


def linked(drop: Path) -> None:
    path = drop / "people" / PART
    path.rename(drop / "elsewhere.parquet")
    path.symlink_to(drop / "elsewhere.parquet")


def linked_city(drop: Path) -> None:
    (drop / "people/city=64.10").rename(drop / "away")
    (drop / "people/city=64.10").symlink_to(drop / "away")


def linked_table(drop: Path) -> None:
    (drop / "people").rename(drop / "away")
    (drop / "people").symlink_to(drop / "away")


def other_columns(drop: Path) -> None:
    names = {"name": ColumnType.TEXT, **PERSONS["claims"]}
    drops.write(drop, CITIES[0], columns={"claims": names}, held={"claims": []}, told={"claims": 0})


def other_types(drop: Path) -> None:
    kinds = {**PERSONS["people"], "enrolled": ColumnType.LONG}
    drops.write(drop, CITIES[0], columns={"people": kinds})


def handed(drop: Path, name: str, content: bytes) -> None:
    """Put a file into a drop as if the city had handed it over."""
    (drop / name).write_bytes(content)
    said = json.loads((drop / "_manifest" / "64.10_2025-12-31.json").read_text())["sha256"]
    manifest(drop, sha256=said | {name: hashlib.sha256(content).hexdigest()})


def told_twice(drop: Path) -> None:
    path = drop / "totals" / PART
    handed(drop, f"totals/{PART.replace('-0', '-1')}", path.read_bytes())


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "cut": ("E666", cut),
    "missing": ("E665", lambda drop: (drop / "paid" / PART).unlink()),
    "beside": ("E665", lambda drop: (drop / "paid" / PART).with_name("part-1.parquet").touch()),
    "linked": ("E665", linked),
    "linked city": ("E665", linked_city),
    "linked table": ("E665", linked_table),
    "file among cities": ("E665", lambda drop: (drop / "people" / "'; DROP TABLE people --").touch()),
    "other city": (
        "E665",
        lambda drop: (drop / "people" / "city=64.99" / "as_of=2025-12-31").mkdir(parents=True),
    ),
    "odd day": ("E665", lambda drop: (drop / "people" / "city=64.10" / "as_of=kemarin").mkdir()),
    "odd manifest": ("E665", lambda drop: (drop / "_manifest" / "catatan.txt").touch()),
    "older": ("E664", lambda drop: manifest(drop, format="jcli-drop/0")),
    "foreign": ("E663", lambda drop: manifest(drop, format="parquet")),
    "no object": ("E663", lambda drop: (drop / "_manifest/64.10_2025-12-31.json").write_text("[1]")),
    "no json": ("E663", lambda drop: (drop / "_manifest/64.10_2025-12-31.json").write_text("{")),
    "deep json": ("E663", lambda drop: (drop / "_manifest/64.10_2025-12-31.json").write_text("[" * 99_999)),
    "not text": ("E663", lambda drop: (drop / "_manifest/64.10_2025-12-31.json").write_bytes(b"\xff")),
    "more keys": ("E663", lambda drop: manifest(drop, more=1)),
    "other name": ("E663", lambda drop: manifest(drop, city="64.11")),
    "no month's end": ("E663", lambda drop: other_day(drop, "2025-07-15")),
    "no day": ("E663", lambda drop: other_day(drop, "2025-13-99")),
    "totals": ("E663", lambda drop: manifest(drop, totals={"protected": "many"})),
    "totals beside": ("E668", lambda drop: manifest(drop, totals={"protected": 1})),
    "key beside": ("E668", lambda drop: manifest(drop, key=7)),
    "level": ("E663", lambda drop: manifest(drop, level="names")),
    "outside": ("E663", lambda drop: manifest(drop, sha256={"../../etc/part.parquet": "0"})),
    "no hash": ("E663", lambda drop: manifest(drop, sha256={})),
    "columns": ("E671", other_columns),
    "types": ("E671", other_types),
    "bytes": ("E672", lambda drop: handed(drop, f"paid/{PART}", b"PAR1 no more")),
    "rows": ("E668", lambda drop: drops.write(drop, CITIES[0], told={"rows.people": 19})),
    "told twice": ("E668", told_twice),
    "level told": ("E668", lambda drop: drops.write(drop, CITIES[0], told={"level": 0})),
    "coverage told": ("E668", lambda drop: drops.write(drop, CITIES[0], told={"protected": 1})),
    "keys": ("E679", lambda drop: drops.write(drop, CITIES[0], key=b"o" * 32)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_foreign_drop_is_named(jcli: Run, drop: Path, damage: str) -> None:
    code, damaged = DAMAGES[damage]
    damaged(drop)
    ran = jcli("province", "coverage", "--over", drop, "-o", drop.parent / "page.html")
    assert (ran.error, ran.code) == (code, 65), ran.err
    assert "64.10" in ran.err or "_manifest" in ran.err or "people" in ran.err or "64.99" in ran.err
    assert not (drop.parent / "page.html").exists()


WORDS: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "keys": (lambda drop: manifest(drop, more=1, totals=[]), ("totals, more",)),
    "bytes": (lambda drop: (drop / "_manifest/64.10_2025-12-31.json").write_bytes(b"\xff"), ("rusak",)),
    "rows": (
        lambda drop: drops.write(drop, CITIES[0], told={"rows.people": None}),
        ("baris orang", "disebut tidak ada"),
    ),
    "level": (lambda drop: drops.write(drop, CITIES[0], told={"level": 0}), ("tingkat",)),
    "parquet": (lambda drop: handed(drop, f"paid/{PART}", b"PAR1 no more"), ("bukan berkas Parquet",)),
    "twice": (told_twice, ("dua angka",)),
}


@pytest.mark.parametrize("damage", WORDS)
def test_what_is_wrong_is_said_in_words(jcli: Run, drop: Path, damage: str) -> None:
    damaged, words = WORDS[damage]
    damaged(drop)
    said = " ".join(jcli("province", "totals", "--over", drop, "--lang", "id").err.split())
    assert all(word in said for word in words), said
    first = said.partition("minta kota")[0]
    for foreign in ("missing", "not ", "rows", "people", "None", "level", "Error", "province totals"):
        assert foreign not in first, said


def test_a_folder_that_may_not_be_read_is_named(
    jcli: Run, drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid():
        (drop / "_manifest").chmod(0)
    else:  # nothing is forbidden to root
        monkeypatch.setattr(Path, "iterdir", forbidden)
    ran = jcli("province", "coverage", "--over", drop, "--lang", "id")
    assert (ran.error, ran.code) == ("E663", 65)
    assert "tidak diizinkan" in ran.err


def forbidden(path: Path) -> list[Path]:
    raise PermissionError(13, "Permission denied", str(path))


def test_what_is_no_drop_is_not_found(jcli: Run, drop: Path, tmp_path: Path) -> None:
    (tmp_path / "empty" / "_manifest").mkdir(parents=True)
    (tmp_path / "empty" / "_manifest" / ".DS_Store").touch()
    for place in (tmp_path, tmp_path / "empty", tmp_path / "nowhere", drop / "people" / "city=64.10"):
        ran = jcli("province", "coverage", "--over", place)
        assert (ran.error, ran.code) == ("E661", 66)
    ran = jcli("province", "coverage", "--over", "x" * 5_000)
    assert (ran.error, ran.code) == ("E663", 65)
    ran = jcli("province", "coverage", "--over", drop, "--as-of", "2025-11-30", "--lang", "en")
    assert (ran.error, ran.code) == ("E662", 66)
    assert "31 December 2025" in ran.err or "2025-12-31" in ran.err


def test_one_city_in_two_folders_is_refused_and_two_cities_are_not(
    jcli: Run, drop: Path, tmp_path: Path
) -> None:
    both = jcli("province", "coverage", "--over", drop, "--over", drop)
    assert (both.error, both.code) == ("E667", 65)
    drops.write(tmp_path / "more", CITIES[2])
    drops.write(tmp_path / "more", CITIES[2], as_of="2025-11-30")
    drops.write(tmp_path / "more", drops.City("64.02"), as_of="2025-11-30")
    ran = jcli("province", "coverage", "--over", drop, "--over", tmp_path / "more", "--json")
    assert [row["city"] for row in ran.data["rows"]] == ["64.10", "64.71", "64.74"]
    assert any("64.02" in note for note in ran.data["notes"])
    missing = jcli("province", "totals", "--over", drop, "--expect", "64.74", "--json")
    assert missing.code == 3
    assert "64.74" in missing.data["notes"][0]


@pytest.mark.parametrize("name", ["it's", "a[1]b", "a*b?", "spa ce", "$(x){a,b}"])
def test_odd_names_of_folders_are_read_as_they_are(jcli: Run, drop: Path, name: str) -> None:
    (drop / ".tersembunyi").touch()
    (drop / "people" / "_SUCCESS").touch()
    odd = drop.rename(drop.with_name(name))
    odd.with_name("a1b").mkdir()
    ran = jcli("province", "coverage", "--over", odd, "--json")
    assert ran.data["figures"]["registered"] == sum(len(city.living()) for city in CITIES[:2])


def test_mixed_levels_are_told_by_their_totals(jcli: Run, drop: Path) -> None:
    drops.write(drop, CITIES[2], level=DropLevel.COUNTS, told={"rows.counts": 1})
    assert jcli("province", "claims", "--over", drop).error == "E668"
