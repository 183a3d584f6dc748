"""Drops of invented cities, written as cities write theirs; and the same people counted by hand."""

import hashlib
import hmac
import itertools
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from jamsostek_cli.domain.drop import FORMAT, OF_LEVEL, TABLES, ColumnType, DropLevel
from jamsostek_cli.reports.coverage.dimensions import AGES

AS_OF = "2025-12-31"
KEY = b"k" * 32
SQL = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.LONG: "BIGINT",
    ColumnType.DAY: "DATE",
}
Row = tuple[Any, ...]


def pseudonym(nik: str, key: bytes = KEY) -> str:
    return hmac.digest(key, nik.encode(), "sha256")[:16].hex()


def key_number(key: bytes = KEY) -> int:
    return int.from_bytes(hmac.digest(key, FORMAT.encode(), "sha256")[:8], "big") >> 2


@dataclass(frozen=True)
class City:
    """An invented city: NIK → what it knows of somebody, spans that it paid, claims."""

    code: str
    people: dict[str, Row] = field(default_factory=dict)
    """kelurahan, sex, age, status, month of death, enrolled, payer."""
    paid: list[Row] = field(default_factory=list)
    """NIK, payer, programmes, first, last, rupiah a month."""
    claims: list[Row] = field(default_factory=list)
    """Number, NIK, state, days waited, rupiah."""
    target: int = 400

    @property
    def kelurahan(self) -> list[str]:
        return [f"{self.code}.01.1001", f"{self.code}.01.1002", f"{self.code}.02.1003"]

    def living(self, month: str = AS_OF[:7]) -> list[tuple[str, Row, bool]]:
        """Return everybody who counts, with whether they are protected, by brute force."""
        paying = {
            nik for nik, _, what, a, b, _ in self.paid if a <= month <= b and what.startswith("jkk,jkm")
        }
        return [
            (nik, row, nik in paying)
            for nik, row in self.people.items()
            if (row[4] is None or row[4] > month) and (row[3] != "moved" or row[5] or nik in paying)
        ]

    def told(self, month: str = AS_OF[:7]) -> dict[str, int]:
        living = self.living(month)
        return {
            "registered": len(living),
            "enrolled": sum(row[5] for _, row, _ in living),
            "protected": sum(paid for *_, paid in living),
            "billed": sum(span[5] for span in self.paid if span[3] <= month <= span[4]),
            "claims": len(self.claims),
            "claims_amount": sum(claim[4] or 0 for claim in self.claims),
        }


def invented(
    codes: Sequence[str] = ("64.10", "64.71", "64.74"), many: int = 300, seed: int = 7
) -> list[City]:
    """Return cities that share every tenth person; half of these are paid for by both."""
    chance, cities = random.Random(seed), []
    for at, code in enumerate(codes):
        city = City(code)
        shared = range((at - 1) * many, (at - 1) * many + many, 10) if at else ()
        for number in (*range(at * many, at * many + many), *shared):
            _person(city, f"6474{number:012d}", chance)
        cities.append(city)
    return cities


def _person(city: City, nik: str, chance: random.Random) -> None:
    status = chance.choice(["active"] * 12 + ["moved", "deceased"])
    died = f"2025-{chance.randint(6, 12):02d}" if status == "deceased" else None
    payer = chance.choice(["apbd-kota", "apbd-kota", "apbd-provinsi"])
    first, last = chance.randint(1, 9), chance.randint(10, 15)
    paid = chance.random() < 0.8
    covers = paid and last >= 12
    city.people[nik] = (
        chance.choice([*city.kelurahan * 4, None]),
        chance.choice("LP"),
        chance.choice(AGES[1:5]),
        status,
        died,
        int(covers or chance.random() < 0.1),
        payer if covers else None,
    )
    if paid:
        months = [f"2025-{first:02d}", f"2025-{last:02d}" if last <= 12 else f"2026-{last - 12:02d}"]
        if first < 5:  # the rate changed in May, where the span is cut
            city.paid.append((nik, payer, "jkk,jkm", months[0], "2025-04", 16_800))
            months[0] = "2025-05"
        city.paid.append((nik, payer, "jkk,jkm,jht" if nik.endswith("3") else "jkk,jkm", *months, 11_800))
    if died and paid:
        state = chance.choice(["reported", "verified", "paid"])
        city.claims.append((f"K-{city.code}-{nik[-4:]}", nik, state, chance.randint(1, 120), 42_000_000))


def tables(city: City, level: DropLevel, key: bytes = KEY) -> dict[str, list[Row]]:
    """Return what a city hands over, by table, without its totals."""
    areas = [(code, f"Kel {code[-4:]}", code[:8], f"Kec {code[6:8]}") for code in city.kelurahan]
    workforce = [
        (2024, city.code, "rentan", 1, 0, "lama"),
        (2025, city.code, "rentan", city.target, 0, "daftar contoh"),
        (2025, city.code, "all", city.target * 3, 50, "BPS"),
        (2025, city.kelurahan[0], "rentan", 100, 0, "daftar contoh"),
    ]
    if level is DropLevel.COUNTS:
        return {"areas": areas, "workforce": workforce, "counts": counts(city), "ageing": ageing(city)}
    return {
        "areas": areas,
        "workforce": workforce,
        "people": sorted((pseudonym(nik, key), *row) for nik, row in city.people.items()),
        "paid": sorted((pseudonym(nik, key), *rest) for nik, *rest in city.paid),
        "elsewhere": [],
        "claims": [
            (number, pseudonym(nik, key), "jkm", "2025-06", "2025-07-01", state, None, None, waited, amount)
            for number, nik, state, waited, amount in city.claims
        ],
    }


def counts(city: City) -> list[Row]:
    """Return the cells by one dimension at a time, none withheld: a test does that where it asks for it."""
    of: Mapping[str, Callable[[Row], Any]] = {
        "city": lambda _: city.code,
        "kelurahan": lambda row: row[0],
        "sex": lambda row: row[1],
        "age": lambda row: row[2],
        "payer": lambda row: row[6],
    }
    cells: dict[tuple[str, Any], list[int]] = {}
    for _, row, paid in city.living():
        for dimension, value in of.items():
            cell = cells.setdefault((dimension, value(row)), [0, 0, 0])
            for at, more in enumerate((1, row[5], int(paid))):
                cell[at] += more
    return sorted(((*key, *cell) for key, cell in cells.items()), key=str)


def ageing(city: City) -> list[Row]:
    rows = []
    for state in sorted({claim[2] for claim in city.claims}):
        mine = [claim for claim in city.claims if claim[2] == state]
        ends = (0, 7, 30, 90, 10_000)
        bands = [sum(low < claim[3] <= high for claim in mine) for low, high in itertools.pairwise(ends)]
        rows.append((state, len(mine), sum(claim[4] for claim in mine), *bands))
    return rows


def write(
    root: Path,
    city: City,
    *,
    level: DropLevel = DropLevel.PERSONS,
    as_of: str = AS_OF,
    key: bytes = KEY,
    held: Mapping[str, list[Row]] | None = None,
    told: Mapping[str, int | None] | None = None,
    columns: Mapping[str, Mapping[str, ColumnType]] | None = None,
    **manifest: Any,
) -> None:
    """Write the drop of a city; `held`, `told`, `columns` and `manifest` say what of it is otherwise."""
    rows = {**tables(city, level, key), **(held or {})}
    totals: dict[str, int | None] = {
        **{f"rows.{table}": len(there) for table, there in rows.items()},
        "rows.totals": 0,
        "level": list(DropLevel).index(level),
        **({"key": key_number(key)} if level is DropLevel.PERSONS else {}),
        **city.told(as_of[:7]),
        **(told or {}),
    }
    totals["rows.totals"] = len(totals)
    rows["totals"] = sorted(totals.items())
    hashes = {}
    connection = duckdb.connect()
    for table in OF_LEVEL[level]:
        path = root / table / f"city={city.code}" / f"as_of={as_of}" / "part-0.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        wanted = {name: SQL[kind] for name, kind in (columns or {}).get(table, TABLES[table]).items()}
        frame = pd.DataFrame(rows[table], columns=list(wanted), dtype=object)
        connection.register("frame", frame)
        taken = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in wanted.items())
        connection.execute(f"COPY (SELECT {taken} FROM frame) TO '{path}' (FORMAT parquet)")
        connection.unregister("frame")
        hashes[path.relative_to(root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    said = {
        "format": FORMAT,
        "city": city.code,
        "name": f"Kota {city.code[-2:]}",
        "as_of": as_of,
        "level": level.value,
        "agreement": "PKS 1/2025" if level is DropLevel.PERSONS else None,
        "key": key_number(key) if level is DropLevel.PERSONS else None,
        "audit_head": "0" * 64,
        "totals": totals,
        "sha256": hashes,
    } | manifest
    folder = root / "_manifest"
    folder.mkdir(exist_ok=True)
    (folder / f"{city.code}_{as_of}.json").write_text(json.dumps(said, sort_keys=True, indent=1) + "\n")
