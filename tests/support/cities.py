"""Small offices of several cities, lived through the real program, which hand over to their province."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.conftest import Office, Person, Run, person

AREAS = ("64.74", "64.72", "64.71", "64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11")
AS_OF = "2025-12-31"
_TODAY = "2026-01-05"
_PAID = (("apbd-kota", 12), ("csr", 9))
"""Who pays the people of each roster, up to which month of the year."""


def lived(
    jcli: Run,
    roster: Callable[..., Path],
    folder: Path,
    areas: Sequence[str],
    *,
    people: int,
    shared: int,
    rosters: int = 2,
) -> list[Office]:
    """Return an office for each area: a year of people of whom every city shares some with the next one.

    A roster has one payer; of the second one the last months are not paid.
    """
    return [
        _office(jcli, roster, folder / f"{area}.db", area, at, people=people, shared=shared, rosters=rosters)
        for at, area in enumerate(areas)
    ]


def _office(
    jcli: Run,
    roster: Callable[..., Path],
    path: Path,
    area: str,
    at: int,
    *,
    people: int,
    shared: int,
    rosters: int,
) -> Office:
    office = Office(path, jcli, _TODAY)
    office.ok("init", "--area", area, today="2025-01-02")
    places = [name for (name,) in office.rows("SELECT name FROM kelurahan ORDER BY code LIMIT 3")]
    numbers = range(at * (people - shared), at * (people - shared) + people)
    for half in range(rosters):
        payer, last = _PAID[half]
        rows = [_row(number, places[number % len(places)]) for number in numbers[half::rosters]]
        office.ok("import", roster(rows, f"{area}-{half}.xlsx"), today="2025-01-03")
        terms = ("--from", "2025-01", "--months", 12, "--payer", payer, "--decree", "SK 1", "--registered")
        office.ok("enrol", "--batch", f"B-2025-00{half + 1}", *terms, today="2025-01-03")
        proof = ("--payer", payer, "--proof", f"SP2D-{half}", "--date", "2025-01-10")
        office.ok("iuran", "pay", f"2025-01..2025-{last:02d}", *proof, today="2025-01-11")
    died = ("--died", "2025-03-10", "--reported", "2025-03-11")
    office.ok("worker", "death", "P-000001", *died, today="2025-03-12")
    office.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-03-10", today="2025-03-12")
    office.ok("worker", "death", "P-000002", "--died", "2026-01-02", "--reported", "2026-01-03")
    office.ok("worker", "merge", "P-000003", "P-000005", "--reason", "orang yang sama", today="2025-06-02")
    put = ("workforce", "set", "--year", 2025, "--area", area, "--source", "Dinas", "--workers")
    office.ok(*put, 90 + at, today="2025-01-04")
    office.ok(*put, 300 + at, "--protected-elsewhere", 40, "--segment", "all", today="2025-01-04")
    return office


def _row(number: int, place: str) -> Person:
    born = datetime.date(1960, 1, 1) + datetime.timedelta(days=311 * number % 14_000)
    nik, name, day, sex, _, work = person(number, born=born.isoformat(), sex="LP"[number % 3 == 0])
    return nik, name, day, sex, place, work


def hand_over(office: Office, drop: Path, key: Path | None) -> None:
    """Let a city hand over the year's end: persons with a key, else counts alone."""
    persons = () if key is None else ("--level", "persons", "--agreement", "PKS 1/2025", "--key-file", key)
    office.ok("export", "parquet", "-o", drop, "--as-of", AS_OF, *persons)
