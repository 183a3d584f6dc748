"""A city's civil registry held against its register: every dead member is found, and no namesake."""

import csv
import datetime
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.support.workbooks import xlsx

FIRST = "BASRI DARWIS FAISAL HAMZAH IRWAN KASIM LUKMAN PETRUS SLAMET YUSUF MARYAM ROSDIANA SURYANI".split()
LAST = "TOLA LATIF MANSYUR PAKAYA RANTE SIMBOLON TANDI WAHID YAMBESE ZAINUDDIN BUNGIN DATU IBRAHIM".split()
KELURAHAN = ("Guntung", "Lok Tuan", "Api-Api", "Tanjung Laut", "Berbas Pantai")
MEMBERS, DEAD, STRANGERS = 600, 107, 293
Person = tuple[str, str, str, str]


def people(chance: random.Random, count: int, serial: int) -> list[Person]:
    """Return NIK, name, birth date and kelurahan of people who do not exist."""
    found = []
    for number in range(count):
        born = datetime.date(1965, 1, 1) + datetime.timedelta(days=chance.randrange(12_000))
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        found.append(
            (f"647401{born:%d%m%y}{serial + number:04d}", name, born.isoformat(), chance.choice(KELURAHAN))
        )
    return found


def slipped(chance: random.Random, member: Person, kind: int) -> tuple[str | None, str, str, str]:
    """Return a member as a registry may have them: right, a digit wrong or missing, a letter, no NIK."""
    nik, name, born, kelurahan = member
    at = chance.randrange(12, 16)
    wrong = f"{nik[:at]}{(int(nik[at]) + 4) % 10}{nik[at + 1 :]}"
    variants = (
        (nik, f"ALM. {name}"), (nik, name), (wrong, name), (f"{nik[:9]}{nik[10:]}", name), (None, name),
        (wrong, name.replace("A", "", 1)),
    )  # fmt: skip
    told = variants[kind % len(variants)]
    return told[0], told[1], born, kelurahan


@pytest.mark.long
def test_107_of_400_deaths_are_members_and_each_family_is_owed(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    chance = random.Random(14)
    members = people(chance, MEMBERS, 1000)
    rows = [(nik, name, born, "L", kelurahan, "NELAYAN") for nik, name, born, kelurahan in members]
    office.ok("import", roster(rows), today="2024-01-02")
    terms = ("--from", "2024-01", "--months", 24, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--batch", "B-2024-001", *terms, today="2024-01-03")
    office.ok("iuran", "pay", "2024-01..2025-12", "--proof", "S1", "--date", "2024-01-10", today="2024-01-11")
    dead = chance.sample(range(MEMBERS), DEAD)
    listed: list[tuple[str | None, str, str, str]] = [
        slipped(chance, members[one], kind) for kind, one in enumerate(dead)
    ]
    listed += people(chance, STRANGERS, 5000)  # with the names of members: there are few names
    order = list(range(len(listed)))
    chance.shuffle(order)
    heading = ("NO", "NIK", "NAMA", "TANGGAL LAHIR", "KELURAHAN", "TANGGAL MENINGGAL")
    file = xlsx(
        tmp_path / "dukcapil.xlsx",
        {"2025": [heading, *((at, *listed[one], "2025-05-10") for at, one in enumerate(order, 1))]},
    )
    truth = {order.index(at) + 2: f"P-{one + 1:06d}" for at, one in enumerate(dead)}
    place = tmp_path / "tinjau.csv"
    first = office.ok("worker", "death", "--match", file, "-o", place)
    assert first["rows"] == DEAD + STRANGERS
    certain = {match["row"]: match["worker"] for match in first["matches"] if match["state"] == "recorded"}
    assert len(certain) == 36
    assert certain.items() <= truth.items(), "nobody else is recorded as dead"
    best: dict[int, str] = {}
    for match in first["matches"]:
        best.setdefault(match["row"], match["worker"])
    assert {row: best.get(row) for row in truth} == truth, "every dead member is found, the likeliest first"
    assert len(best) - len(truth) <= STRANGERS // 50, "few namesakes are asked about"
    with place.open(encoding="utf-8-sig", newline="") as stream:
        answers = list(csv.DictReader(stream, delimiter=";"))
    for line in answers:
        row, worker = int(line["Butir"].split("/")[2]), line["Butir"].rpartition("/")[2]
        line["Keputusan"] = "sama" if truth.get(row) == worker else "beda"
    with place.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(answers[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(answers)
    done = office("worker", "death", "--match", file, "--decide", place, "--json")
    assert done.code == 0, done.err
    assert (done.data["families"], done.data["least"]) == (DEAD, DEAD * 42_000_000)
    families = office.ok("claim", "owed")["families"]
    assert {family["worker"] for family in families} == set(truth.values())
    assert {family["least"] for family in families} == {42_000_000}
    work = [item for item in office.ok("status")["work"] if item["code"] == "claim-missing"]
    assert [(item["count"], item["amount"]) for item in work] == [(DEAD, DEAD * 42_000_000)]
    again = office("worker", "death", "--match", file, "--decide", place, "--json")
    assert (again.code, again.data["states"]["recorded"]) == (0, 0)
    assert office.one("SELECT count(*) FROM audit WHERE action = 'worker.death_match'") == 2
