"""`export parquet`: what leaves for the province is what the register says, and nobody in it can be named."""

import datetime
import hashlib
import hmac
import json
import random
import resource
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli import safe_file
from jamsostek_cli.domain.drop import MANIFEST_FIELDS, OF_LEVEL, TABLES, DropLevel
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.reports.drop import beside, counts, parquet, register
from jamsostek_cli.reports.drop.columns import turned
from jamsostek_cli.store.iuran import rates
from tests.conftest import BY_LIST, Office, Run, once, person
from tests.support import auditor, lives

KEY = bytes(range(32))
AGREEMENT = "PKS 12/2025"
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "kunci"
    path.write_text(f"{KEY.hex()}\n")
    path.chmod(0o600)
    return path


@pytest.fixture
@once
def town(office: Office) -> Office:
    """Ninety people of every kind, as coverage is tried on."""
    lives.store(office.path, lives.register(random.Random(5), 90))
    return office


@pytest.fixture
def persons(key_file: Path) -> tuple[object, ...]:
    """The options under which persons leave."""
    return "--level", "persons", "--agreement", AGREEMENT, "--key-file", key_file


def export(office: Office, folder: Path, *options: object, as_of: str = "2025-09-30") -> Any:
    return office.ok("export", "parquet", "-o", folder, "--as-of", as_of, *options, today="2026-01-05")


def refused(
    office: Office, folder: Path, *options: object, today: str = "2026-01-05"
) -> tuple[int, str | None]:
    """Return how an export was refused that wrote nothing at all."""
    before = office.path.read_bytes()
    ran = office("export", "parquet", "-o", folder, *options, today=today)
    assert (office.path.read_bytes() == before, folder.exists()) == (True, False), ran.err
    return ran.code, ran.error


def read(folder: Path) -> Rows:
    """Read every table of a drop, whoever's."""
    import duckdb

    with duckdb.connect(config={"autoload_known_extensions": "false"}) as engine:
        return {
            path.name: engine.execute(
                f"SELECT {', '.join(TABLES[path.name])} FROM read_parquet('{path}/*/*/part-0.parquet')"
            ).fetchall()
            for path in sorted(folder.iterdir())
            if not path.name.startswith("_")
        }


def manifest(folder: Path) -> Any:
    (only,) = (folder / "_manifest").iterdir()
    return json.loads(only.read_text(encoding="utf-8"))


def pseudonym(nik: str, key: bytes = KEY) -> str:
    return hmac.new(key, nik.encode(), hashlib.sha256).hexdigest()[:32]


def claimed(number: str, city: str = "64.74") -> str:
    """Return what stands for a claim's number: told from NIKs and other cities' claims by its words."""
    return pseudonym(f"claim {city} {number}")


def kept(office: Office) -> dict[int, str]:
    """Return the pseudonym under which each record leaves."""
    niks = dict(office.rows("SELECT id, nik FROM worker"))
    return {
        one: pseudonym(niks[into or one]) for one, into in office.rows("SELECT id, merged_into FROM worker")
    }


def coverage(rows: Rows, month: str, column: int) -> dict[str | None, tuple[int, ...]]:
    """Count a drop of persons as a province does, by a column of `people`."""
    paid = {row[0] for row in rows["paid"] if row[2].startswith("jkk,jkm") and row[3] <= month <= row[4]}
    cells: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in rows["people"]:
        who, _, _, _, status, died, enrolled, _ = row
        if died is None and (status != "moved" or enrolled or who in paid):
            cells[row[column]].update(registered=1, enrolled=enrolled, protected=who in paid)
    return {code: (one["registered"], one["enrolled"], one["protected"]) for code, one in cells.items()}


def test_persons_are_counted_as_coverage_counts_them_by_every_property(
    town: Office, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    for day in ("2025-05-31", "2025-09-30"):
        folder = tmp_path / day
        export(town, folder, *persons, as_of=day)
        rows = read(folder)
        names = {name: code for code, name in town.rows("SELECT code, name FROM kelurahan")}
        for at, by in ((1, "kelurahan"), (2, "sex"), (3, "age"), (7, "payer")):
            told = town.ok("report", "coverage", "--year", 2025, "--as-of", day, "--by", by)["rows"]
            expected = {
                names.get(row[by], row[by]): (row["registered"], row["enrolled"], row["protected"])
                for row in told
            }
            assert coverage(rows, day[:7], at) == {
                code: cell for code, cell in expected.items() if any(cell)
            }, (day, by)
        whole = town.ok("report", "coverage", "--year", 2025, "--as-of", day)["figures"]
        totals: dict[str, int] = dict(rows["totals"])
        assert {name: totals[name] for name in ("registered", "enrolled", "protected")} == {
            name: whole[name] for name in ("registered", "enrolled", "protected")
        }
        assert totals["members_elsewhere"] == whole["listed_elsewhere"]


def test_every_paid_and_every_listed_month_leaves_once_under_the_person_kept(
    town: Office, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    export(town, tmp_path / "drop", *persons)
    rows = read(tmp_path / "drop")
    who = kept(town)
    assert len(set(who.values())) < len(who)  # some were merged

    def months(spans: Iterator[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
        return Counter(
            (*facts, str(month))
            for *facts, first, last in spans
            for month in Span.parse(first, last).months()
            if str(month) <= "2025-09"
        )

    paid = town.rows("SELECT worker_id, payer, programmes, first_month, last_month FROM v_paid_span")
    assert months(row[:5] for row in rows["paid"]) == months((who[one], *rest) for one, *rest in paid)
    listed = town.rows(
        "SELECT worker.id, payer, first_month, last_month FROM elsewhere JOIN worker USING (nik)"
    )
    assert months(iter(rows["elsewhere"])) == months((who[one], *rest) for one, *rest in listed)
    assert {row[0] for row in rows["people"]} <= set(who.values())
    assert [row[0] for row in rows["people"]] == sorted({row[0] for row in rows["people"]})
    assert [row[:2] for row in rows["paid"]] == sorted(row[:2] for row in rows["paid"])
    assert {column for row in rows["people"] for column in row[5:6] if column} <= {
        str(Month(2024, 11).plus(at)) for at in range(11)
    }


def test_amounts_are_those_of_the_bills_with_supplements_and_credits(
    year: Office, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    year.ok("iuran", "bill", "2025-05")
    auditor.pay(year, "2025-05..2025-08", "SP2D-5")  # takes the credits of those who died
    for table in ("correction_span", "supplement_span"):
        assert year.one(f"SELECT count(*) FROM {table}")
    export(year, tmp_path / "drop", *persons, as_of="2025-08-31")
    paid = read(tmp_path / "drop")["paid"]
    with year.database.reading() as connection:
        billed = partial(rates.billed, connection)
        for number in range(1, 9):
            month = Month(2025, number)
            told = beside.totals(connection, month.last_day, DropLevel.PERSONS, billed)["billed"]
            assert sum(row[5] for row in paid if row[3] <= str(month) <= row[4]) == told > 0
    assert len({row[5] for row in paid}) == 1
    year.ok("privacy", "report", "P-000001", "--reason", "x")  # nothing that is handed over
    assert export(year, tmp_path / "drop", *persons, as_of="2025-08-31")["written"] == []


def test_a_span_is_cut_where_its_rate_changes(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    terms = ("--from", "2025-01", "--months", 6, "--payer", "csr", "--decree", "S", "--registered")
    office.ok("enrol", "--worker", "P-000001", *terms)
    office.ok("iuran", "pay", "2025-01..2025-06", "--payer", "csr", "--proof", "A", "--date", "2025-01-10")
    with office.database.trying() as connection:
        connection.execute(
            "UPDATE bill_rate SET amount = amount * 2"
            " WHERE bill_id IN (SELECT id FROM bill WHERE month > '2025-04')"
        )
        _, spans = register.read(connection, datetime.date(2025, 5, 31), partial(rates.billed, connection))
        assert [run[1:] for run in spans.kinds] == [
            ("2025-01", "2025-04", "jkk,jkm", 16_800), ("2025-05", "2025-05", "jkk,jkm", 33_600),
        ]  # fmt: skip
        assert (spans.people.tolist(), spans.runs.tolist()) == ([0, 0], [0, 1])


def test_claims_stand_as_they_stood_on_the_day(
    year: Office, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    paid = ("--date", "2025-09-10", "--proof", "B-9", *BY_LIST)
    year.ok("pay", "K-2025-0002", *paid, actor="sari", today="2025-10-01")
    found = {}
    for day in ("2025-07-31", "2025-08-31", "2025-09-30"):
        export(year, tmp_path / day, *persons, as_of=day)
        claims = read(tmp_path / day)["claims"]
        assert [row[0] for row in claims] == sorted(row[0] for row in claims)
        found[day] = {row[0]: row[1:] for row in claims}
    assert found["2025-07-31"] == {}
    reported, who = datetime.date(2025, 8, 4), pseudonym(str(auditor.PEOPLE[1][0]))
    same = (who, "jkm", "2025-03", reported)
    assert found["2025-08-31"][claimed("K-2025-0002")] == (*same, "verified", reported, None, 27, 10_000_000)
    assert found["2025-09-30"][claimed("K-2025-0002")] == (
        *same, "paid", reported, datetime.date(2025, 9, 10), 37, 10_000_000,
    )  # fmt: skip


def test_the_same_register_gives_the_same_bytes_wherever_and_whenever(
    town: Office, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    first = export(town, tmp_path / "a", *persons)
    assert len(first["written"]) == 8
    assert export(town, tmp_path / "a", *persons)["written"] == []
    export(town, tmp_path / "b", *persons)

    def content(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }

    assert content(tmp_path / "a") == content(tmp_path / "b")
    told = manifest(tmp_path / "a")
    assert told.keys() == set(MANIFEST_FIELDS)
    assert {
        name: hashlib.sha256(said).hexdigest()
        for name, said in content(tmp_path / "a").items()
        if name in told["sha256"]
    } == told["sha256"]
    assert (told["format"], told["city"], told["name"], told["as_of"]) == (
        "jcli-drop/1",
        "64.74",
        "Kota Bontang",
        "2025-09-30",
    )
    assert (told["level"], told["agreement"], told["key"]) == ("persons", AGREEMENT, first["key"])
    rows = read(tmp_path / "a")
    assert told["totals"] == dict(rows["totals"])
    assert {f"rows.{table}": len(those) for table, those in rows.items()}.items() <= told["totals"].items()
    assert rows.keys() == OF_LEVEL[DropLevel.PERSONS].keys()
    lost = tmp_path / "a" / "areas" / "city=64.74" / "as_of=2025-09-30" / "part-0.parquet"
    lost.unlink()
    assert export(town, tmp_path / "a", *persons)["written"] == [lost.relative_to(tmp_path / "a").as_posix()]
    town.ok("db", "setting", "office", "Dinas", "--reason", "x")
    again = ("export", "parquet", "-o", tmp_path / "a", "--as-of", "2025-09-30", *persons)
    assert town(*again, today="2026-01-05").error == "E502"
    assert town.ok(*again, "--force", today="2026-01-05")["written"] == ["_manifest/64.74_2025-09-30.json"]
    (left,) = (
        one for one in town.ok("privacy", "files") if one["seq"] == town.one("SELECT max(seq) FROM audit")
    )
    assert (left["file"], left["recipient"], left["people"]) == (
        "64.74_2025-09-30.json",
        "province",
        len(rows["people"]),
    )
    after = json.loads(town.one("SELECT after FROM audit ORDER BY seq DESC LIMIT 1"))
    assert (after["agreement"], after["shared_key"]) == (AGREEMENT, told["key"])


def test_nothing_in_a_drop_of_persons_names_anybody_and_no_dictionary_of_niks_helps(
    year: Office, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    put = ("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 160)
    year.ok(*put, "--source", "menurut 6474010101017777")
    export(year, tmp_path / "drop", *persons, as_of="2025-08-31")
    rows = read(tmp_path / "drop")
    said = [str(cell) for those in rows.values() for row in those for cell in row]
    said.append((tmp_path / "drop" / "_manifest" / "64.74_2025-08-31.json").read_text("utf-8"))
    whole = "\n".join(said)
    assert "K-2025-" not in whole
    for facts in year.rows("SELECT nik, name, birth_date, number, family_card, address FROM v_worker"):
        assert not [fact for fact in facts if fact and fact in whole]
    assert "6474010101017777" not in whole
    there = {row[0] for row in rows["people"]}
    niks = [nik for (nik,) in year.rows("SELECT nik FROM worker")]
    assert {pseudonym(nik) for nik in niks} == there
    known = [
        b"",
        bytes(32),
        b"jcli-drop/1",
        b"64.74",
        AGREEMENT.encode(),
        str(manifest(tmp_path / "drop")["key"]).encode(),
    ]
    tried = {pseudonym(nik, key) for nik in niks for key in known}
    tried |= {
        hashlib.new(name, salt + nik.encode()).hexdigest()[:32]
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b")
        for nik in niks
        for salt in known
    }
    assert not tried & there


def test_counts_are_those_of_coverage_where_they_are_shown_and_nothing_is_had_by_subtraction(
    town: Office, tmp_path: Path
) -> None:
    export(town, tmp_path / "drop")
    rows = read(tmp_path / "drop")
    names = {name: code for code, name in town.rows("SELECT code, name FROM kelurahan")}
    (city,) = (row[2:] for row in rows["counts"] if row[0] == "city")
    totals: dict[str, int] = dict(rows["totals"])
    assert city == tuple(totals[name] for name in ("registered", "enrolled", "protected"))
    withheld = 0
    for by in ("kelurahan", "sex", "age", "payer"):
        cells = {row[1]: row[2:] for row in rows["counts"] if row[0] == by}
        told = town.ok("report", "coverage", "--year", 2025, "--as-of", "2025-09-30", "--by", by)["rows"]
        for row in told:
            own = cells.pop(names.get(row[by], row[by]))
            assert own in {(None, None, None), (row["registered"], row["enrolled"], row["protected"])}
        assert not any(any(cell) for cell in cells.values())
        shown = [row[2:] for row in rows["counts"] if row[0] == by and row[2] is not None]
        hidden = [row for row in rows["counts"] if row[0] == by and row[2] is None]
        withheld += len(hidden)
        for whole, *parts in zip(city, *shown, strict=True):
            assert not any(0 < part < 5 for part in parts)
            rest = whole - sum(parts)
            assert rest == 0 or (len(hidden) > 1 and rest >= 5)
        assert not any(0 < registered - protected < 5 for registered, _, protected in shown)
    assert withheld


def test_a_city_of_few_says_nothing_of_anybody(
    covered: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    covered.ok("import", roster([person(20), person(21)]))  # two who are not covered
    died = ("--died", "2025-03-10", "--reported", "2025-03-11")
    covered.ok("worker", "death", "P-000003", *died)
    covered.ok("claim", "add", "P-000003", "--kind", "jkm", "--date", died[1], *died[2:])
    put = ("workforce", "set", "--year", 2025, "--source", "OPD", "--area")
    for area, workers, elsewhere in (("64.74", 160, 158), ("Kanaan", 4, 0), ("Guntung", 30, 10)):
        covered.ok(*put, area, "--workers", workers, "--protected-elsewhere", elsewhere)
    made = export(covered, tmp_path / "drop", as_of="2025-08-31")
    rows = read(tmp_path / "drop")
    assert rows.keys() == OF_LEVEL[DropLevel.COUNTS].keys()
    assert {row[2:] for row in rows["counts"]} == {(None, None, None)}
    assert {row[1:] for row in rows["ageing"]} == {(None,) * 6}
    assert {row[1]: row[3:5] for row in rows["workforce"]} == {
        "64.74": (160, None), "64.74.03.1003": (None, None), "64.74.01.1004": (None, None),
    }  # fmt: skip
    assert {name for name, _ in rows["totals"] if not name.startswith("rows.")} == {"level"}
    assert {row["table"]: row["withheld"] for row in made["rows"]}["ageing"] == len(rows["ageing"])
    action, after = covered.rows("SELECT action, after FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert (action, [*json.loads(after)["files"]]) == ("public.file", ["64.74_2025-08-31.json"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--as-of", "2025-09-29"), "E645"),
        (("--as-of", "2026-01-31"), "E646"),
        (("--as-of", "2025-09-30", "--level", "persons"), "E647"),
        (("--as-of", "2025-09-30", "--level", "persons", "--agreement", "X"), "E647"),
        (("--as-of", "2025-09-30", "--agreement", "X"), "E002"),
        (("--as-of", "2025-09-30", "--key-new", "k"), "E002"),
        ((), "E002"),
        (("--as-of", "2020-01-31"), "E653"),
    ],
)
def test_what_cannot_be_handed_over_is_refused_and_nothing_is_written(
    town: Office, tmp_path: Path, options: tuple[object, ...], code: str
) -> None:
    assert refused(town, tmp_path / "drop", *options)[1] == code


def test_a_month_is_offered_that_has_ended(town: Office, tmp_path: Path) -> None:
    for today, day, offered in (
        ("2026-01-05", "2025-09-29", "2025-09-30"),
        ("2026-01-05", "2026-01-03", "2025-12-31"),
        ("2026-01-31", "2026-03-31", "2026-01-31"),
    ):
        ran = town("export", "parquet", "-o", tmp_path / "drop", "--as-of", day, today=today)
        assert ran.code == 2
        assert f"--as-of {offered}" in ran.err


def test_without_duckdb_it_is_said_how_to_install_it(
    town: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert refused(town, tmp_path / "drop", "--as-of", "2025-09-30") == (69, "E651")
    ran = town("export", "parquet", "-o", tmp_path / "drop", "--as-of", "2025-09-30", today="2026-01-05")
    assert "python3 -m pip --python .venv/bin/python install -e '.[province]'" in ran.err


def test_no_file_is_written_but_the_part_that_is_swept_where_a_command_was_killed(tmp_path: Path) -> None:
    part, same = tmp_path / ".part-0.parquet.ab.part", tmp_path / "same"
    part.touch()
    same.hardlink_to(part)
    parquet.write(TABLES["totals"], turned(TABLES["totals"], [("level", 0)]), part)
    assert part.read_bytes()[:4] == b"PAR1"
    assert part.samefile(same)  # no other file took its place
    with pytest.raises(OSError, match="Cannot open") as refusal:  # no fault of the disk
        parquet.write(TABLES["totals"], turned(TABLES["totals"], [("level", 0)]), tmp_path)
    assert safe_file.refusal(refusal.value, part).code == "E106"


def test_what_cannot_be_written_leaves_nothing_behind(
    town: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, hard))
    try:
        assert refused(town, tmp_path / "drop", "--as-of", "2025-09-30") == (75, "E108")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with monkeypatch.context() as poor:
        poor.setattr(parquet, "SETTINGS", {**parquet.SETTINGS, "memory_limit": "300kB"})
        assert refused(town, tmp_path / "drop", "--as-of", "2025-09-30") == (1, "E658")
    (tmp_path / "areas").write_text("x")
    ran = town("export", "parquet", "-o", tmp_path, "--as-of", "2025-09-30", today="2026-01-05")
    assert ran.error == "E106"
    assert not (tmp_path / "_manifest").exists()


def test_cities_and_months_lie_in_one_folder_and_two_levels_of_one_do_not(
    town: Office, jcli: Run, tmp_path: Path, persons: tuple[object, ...]
) -> None:
    drop = tmp_path / "drop"
    export(town, drop, *persons)
    export(town, drop, *persons, as_of="2025-08-31")
    other = Office(tmp_path / "lain.db", jcli)
    other.ok("init", "--area", "64.72", today="2023-10-01")
    lives.store(other.path, [one for one in lives.register(random.Random(6), 40) if one.merged_into is None])
    with sqlite3.connect(other.path) as file:
        file.execute("UPDATE worker SET kelurahan_code = NULL")
    before = {path: path.read_bytes() for path in drop.rglob("*.parquet")}
    export(other, drop)
    assert before.items() <= {path: path.read_bytes() for path in drop.rglob("*.parquet")}.items()
    assert sorted(path.name for path in (drop / "_manifest").iterdir()) == [
        "64.72_2025-09-30.json", "64.74_2025-08-31.json", "64.74_2025-09-30.json",
    ]  # fmt: skip
    ran = town("export", "parquet", "-o", drop, "--as-of", "2025-09-30", "--force", today="2026-01-05")
    assert (ran.code, ran.error) == (1, "E654")
    assert export(other, drop)["written"] == []


def test_a_city_without_a_code_is_told_so(jcli: Run, tmp_path: Path) -> None:
    (tmp_path / "kota.toml").write_text(
        'code = "../x"\nname = "Kota X"\n[[kelurahan]]\ncode = "1"\nname = "A"\nkecamatan = "B"\n'
    )
    office = Office(tmp_path / "x.db", jcli)
    office.ok("init", "--area", tmp_path / "kota.toml")
    assert refused(office, tmp_path / "drop", "--as-of", "2025-09-30") == (1, "E652")


def test_show_tells_all_that_leaves_and_writes_nothing(jcli: Run, tmp_path: Path) -> None:
    office = Office(tmp_path / "none.db", jcli)
    for level in DropLevel:
        told = office.ok("export", "parquet", "--show", "--level", level.value)
        assert {one["table"]: [column["column"] for column in one["columns"]] for one in told["tables"]} == {
            table: [*columns] for table, columns in OF_LEVEL[level].items()
        }
        assert all("SELECT" in query for one in told["tables"] for query in one["sql"])
        persons = level is DropLevel.PERSONS
        assert {one["table"]: len(one["besides"]) for one in told["tables"] if one["besides"]} == (
            {"totals": 2, "paid": 1} if persons else {"totals": 1}
        )
        assert ("bill" in str(told["tables"])) is persons
        assert [one["field"] for one in told["manifest"]] == [*MANIFEST_FIELDS]
        said = office("export", "parquet", "--show", "--level", level.value).out
        assert "  person (text): kode samaran" in said or level is DropLevel.COUNTS
        assert "-- totals" in said
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    said = office("export", "parquet", "--show", "--level", "persons").out
    assert "audit_head" in said
    for more in (
        ("-o", "x"),
        ("--as-of", "2025-09-30"),
        ("--agreement", "X"),
        ("--key-file", "k"),
        ("--force",),
    ):
        assert office("export", "parquet", "--show", *more).error == "E002"
    for more in (("--level", "counts"), ("--force",)):
        assert office("export", "parquet", "--key-new", tmp_path / "k", *more).error == "E002"
    assert not (tmp_path / "k").exists()


def test_who_came_later_is_nowhere_and_a_family_that_was_told_no_waits_no_longer(
    covered: Office, roster: Callable[..., Path], tmp_path: Path, persons: tuple[object, ...]
) -> None:
    for number in (3, 4):
        died = ("--died", "2025-03-10", "--reported", "2025-03-11")
        covered.ok("worker", "death", f"P-00000{number}", *died)
        covered.ok("claim", "add", f"P-00000{number}", "--kind", "jkm", "--date", died[1], *died[2:])
    covered.ok("claim", "reject", "K-2025-0001", "--reason", "x", today="2025-03-15")
    covered.ok("claim", "withdraw", "K-2025-0002", "--reason", "x", today="2025-07-01")
    covered.ok("import", roster([person(20)]), today="2026-01-02")
    number, nik, batch = covered.rows("SELECT number, nik, batch_id FROM v_worker JOIN worker USING (nik)")[
        -1
    ]
    late = ("--date", "2025-03-10", "--reported", "2025-03-12")
    covered.ok("claim", "add", number, "--kind", "jkk-treatment", *late, today="2026-01-02")
    with sqlite3.connect(covered.path) as file:
        file.execute(
            "INSERT INTO elsewhere (nik, name, payer, first_month, last_month, batch_id, sheet, row)"
            " VALUES (?, 'X', 'provinsi', '2025-01', '2025-12', ?, 0, 9)",
            (nik, batch),
        )
    export(covered, tmp_path / "drop", *persons)
    rows = read(tmp_path / "drop")
    assert pseudonym(nik) not in str(rows)
    assert {row[0]: (row[5], row[8]) for row in rows["claims"]} == {
        claimed("K-2025-0001"): ("rejected", 4), claimed("K-2025-0002"): ("withdrawn", 112),
    }  # fmt: skip
    assert ("claims", 2) in rows["totals"]
    with covered.database.reading() as connection:
        found = counts.waiting(connection, datetime.date(2025, 9, 30))
        before = counts.waiting(connection, datetime.date(2025, 4, 30))
    assert (found["rejected"].bands, found["withdrawn"].bands) == ((1, 0, 0, 0), (0, 0, 0, 1))
    assert before["reported"].bands == (0, 0, 1, 0)
    assert sum(one.claims for one in found.values()) == 2
    export(covered, tmp_path / "later", *persons, as_of="2025-12-31")
    assert pseudonym(nik) not in str(read(tmp_path / "later"))


def test_no_denominator_of_few_follows_from_the_others(town: Office) -> None:
    chance = random.Random(8)
    kelurahan = dict(town.rows("SELECT code, kecamatan_code FROM kelurahan"))
    city, kecamatan = "64.74", sorted(set(kelurahan.values()))
    lines = [(one, [code for code, of in kelurahan.items() if of == one]) for one in kecamatan]
    lines += [(city, [*kelurahan]), (city, kecamatan)]
    hidden = shown = 0
    with town.database.trying() as connection:
        for _ in range(60):
            made = {
                code: (many, chance.choice((0, chance.randint(0, many))))
                for code in kelurahan
                for many in [chance.choice((3, 40, chance.randint(1, 60)))]
            }
            for whole, parts in lines:
                sums = zip(*(made[one] for one in parts), strict=True)
                made[whole] = tuple(map(sum, sums))  # type: ignore[assignment]
            connection.execute("DELETE FROM workforce")
            connection.executemany(
                "INSERT INTO workforce (year, area_code, segment, workers, protected_elsewhere, source,"
                " recorded_on, audit_seq) VALUES (2025, ?, 'rentan', ?, ?, 'X', '2025-01-01', 1)",
                [(code, *pair) for code, pair in made.items()],
            )
            told = beside.workforce(connection, DropLevel.COUNTS, city)
            for at, column in enumerate(("workers", "protected_elsewhere")):
                cells = zip(told["area_code"], told[column], strict=True)
                known = {code: value for code, value in cells if value is not None}
                hidden, shown = hidden + len(made) - len(known), shown + len(known)
                for value in follows(known, lines).values():
                    assert not 0 < value < 5, (made, known)
                for code in follows(known, lines) if at else ():
                    assert not 0 < made[code][0] - made[code][1] < 5, (made, known)
    assert hidden > shown / 10 > 10


def follows(known: dict[str, int], lines: list[tuple[str, list[str]]]) -> dict[str, int]:
    """Return what is known, and what follows from it by subtraction, over and over."""
    out, before = dict(known), -1
    while len(out) > before:
        before = len(out)
        for whole, parts in lines:
            lacking = [one for one in (whole, *parts) if one not in out]
            if lacking == [whole]:
                out[whole] = sum(out[one] for one in parts)
            elif len(lacking) == 1:
                out[lacking[0]] = out[whole] - sum(out[one] for one in parts if one in out)
    return out


def test_counts_say_no_rupiah_by_which_few_are_told_from_the_rest(covered: Office, tmp_path: Path) -> None:
    for number in range(1, 8):
        hurt = ("--date", "2025-03-10", "--reported", "2025-03-12")
        covered.ok("claim", "add", f"P-00000{number}", "--kind", "jkk-treatment", *hurt, today="2025-03-12")
    for number in (1, 2):
        covered.ok("claim", "reject", f"K-2025-000{number}", "--reason", "x", today="2025-09-10")
    told = {}
    for day in ("2025-08-31", "2025-09-30"):
        export(covered, tmp_path / day, as_of=day)
        told[day] = {name for name, _ in read(tmp_path / day)["totals"]}
        assert "registered" in told[day]
        assert "billed" not in told[day]  # by the rate it says for how many was paid, the dead among them
    assert {"claims", "claims_amount"} <= told["2025-08-31"]
    assert told["2025-08-31"] - told["2025-09-30"] == {"claims_amount"}  # the two rejected have theirs
