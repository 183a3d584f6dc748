"""`export datasette`: counts for everybody, in which nobody is, and a Datasette that shows them."""

import datetime
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.reports.publication.people import alike, first_month
from tests.conftest import Office, once, person

TERMS = ("--payer", "csr", "--decree", "SK 2", "--registered")


@pytest.fixture
@once
def town(covered: Office, roster: Callable[..., Path]) -> Office:
    """Forty people of four kelurahan, some of whom died, came later, or stand in the register twice."""
    places = ["Guntung"] * 12 + ["Kanaan"] * 13 + ["Satimpo"] * 12 + ["Belimbing"] * 3
    people = [
        (
            *person(n, born=f"19{40 + n}-05-05", sex="LP"[n % 2])[:4],
            place,
            ("OJEK", "PETANI", "DUKUN")[n % 16 // 7],
        )
        for n, place in enumerate(places, 20)
    ]
    covered.ok("import", roster(people, "kota.xlsx"), today="2024-12-02")
    covered.ok(
        "enrol", "--batch", "B-2024-001", "--from", "2025-01", "--months", 9, *TERMS, today="2024-12-03"
    )
    covered.ok(
        "iuran",
        "pay",
        "2025-01..2025-08",
        "--payer",
        "csr",
        "--proof",
        "S-2",
        "--date",
        "2025-01-09",
        today="2025-01-10",
    )
    covered.ok("worker", "death", "P-000003", "--died", "2025-03-10", "--reported", "2025-03-11")
    covered.ok("worker", "death", "P-000005", "--died", "2023-10-09", "--reported", "2025-03-11")
    covered.ok("worker", "merge", "P-000001", "P-000012", "--reason", "orang yang sama")
    covered.ok(
        "claim", "add", "P-000003", "--kind", "jkm", "--date", "2025-03-10", "--reported", "2025-03-11"
    )
    put = ("workforce", "set", "--year", 2025, "--source", "=OPD 6474010101017777", "--area")
    covered.ok(*put, "64.74", "--workers", 160)
    covered.ok(*put, "64.74.01", "--workers", 100)
    covered.ok(*put, "Kanaan", "--workers", 4)
    return covered


def published(office: Office, folder: Path, *options: object) -> dict[str, list[tuple[Any, ...]]]:
    office.ok("export", "datasette", "-o", folder, *options)
    with closing(sqlite3.connect(folder / "publik.db")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master ORDER BY name")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_what_is_counted_is_what_coverage_counts(town: Office) -> None:
    with town.database.reading() as connection:
        first = first_month(connection)
        assert first is not None
        for day in ("2025-01-31", "2025-03-09", "2025-03-31", "2025-08-04"):
            told = town.ok("report", "coverage", "--year", 2025, "--as-of", day, "--by", "kelurahan")
            counted: dict[str, int] = {}
            last = int(day[:4]) * 12 + int(day[5:7]) - 1 - first.index
            for one, many in alike(connection, first, datetime.date.fromisoformat(day)).items():
                counted[one.kelurahan] = counted.get(one.kelurahan, 0) + many * (one.paid >> last & 1)
            names = dict(town.rows("SELECT code, name FROM kelurahan"))
            by_name = {row["kelurahan"]: row["protected"] for row in told["rows"] if row["protected"]}
            assert {names[code]: many for code, many in counted.items() if many} == by_name


def test_the_tables_hold_counts_that_are_not_small_and_nobody(town: Office, tmp_path: Path) -> None:
    tables = published(town, tmp_path / "publik")
    assert tables["terlindungi_bulan"][-1] == ("2025-08", 45, 0, 0)
    last = {row[2]: row[3] for row in tables["terlindungi_kelurahan"] if row[0] == "2025-08"}
    assert (last["Belimbing"], last["Lok Tuan"], last["Satimpo"]) == (None, 0, 10)
    assert list(last.values()).count(None) == 2
    assert tables["klaim"][0][3] is None
    assert tables["iuran"][-1] == ("2025-08", 1)
    assert {row[2]: row[4] for row in tables["penyebut"]} == {
        "seluruh wilayah": 160,
        "Kecamatan Bontang Utara": 100,
        "Kanaan": None,
    }
    everything = (tmp_path / "publik/publik.db").read_bytes() + (
        tmp_path / "publik/metadata.json"
    ).read_bytes()
    for told in town.rows("SELECT nik, name, birth_date, number FROM v_worker"):
        assert not any(said.encode() in everything for said in told)
    assert not re.search(rb"\d{16}|rina|P-\d{6}|DUKUN", everything)


def test_every_table_and_column_is_described_and_every_query_runs(town: Office, tmp_path: Path) -> None:
    published(town, tmp_path / "publik", "--licence", "Lisensi Kota")
    said = json.loads((tmp_path / "publik/metadata.json").read_text(encoding="utf-8"))
    assert said["title"] == "Perlindungan pekerja rentan, Kota Bontang"
    assert said["license"] == "Lisensi Kota"
    assert "4 Agustus 2025" in said["description"]
    of_database = said["databases"]["publik"]
    with closing(sqlite3.connect(tmp_path / "publik/publik.db")) as database:
        found = {
            name: {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
            for (name,) in database.execute("SELECT name FROM sqlite_master")
        }
        asked = {"bulan": "", "kelurahan": "satimpo", "tahun": "2025"}
        answers = {
            name: database.execute(query["sql"], asked).fetchall()
            for name, query in of_database["queries"].items()
        }
    assert {name: set(table["columns"]) for name, table in of_database["tables"].items()} == found
    assert all(answers.values())
    assert answers["cakupan_kota"][-1] == ("2025-08", 45, 160, 28.13, "'=OPD 6474••••••••7777")


def test_the_same_state_gives_the_same_bytes_and_is_noted_once(town: Office, tmp_path: Path) -> None:
    for folder in ("a", "b", "a"):
        published(town, tmp_path / folder)
    for name in ("publik.db", "metadata.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    rows = town.rows("SELECT subject, after FROM audit WHERE action = 'public.file'")
    assert [subject for subject, _ in rows] == ["2025-08-04"] * 2
    assert set(json.loads(rows[0][1])["files"]) == {"publik.db", "metadata.json"}
    assert "publik" not in town("privacy", "files").out
    assert "publik.db" in town("audit", "log", "--action", "berkas untuk umum ditulis").out
    again = town("export", "datasette", "-o", tmp_path / "a", "--as-of", "2025-06-30")
    assert again.error == "E502"
    assert town("export", "datasette", "-o", tmp_path / "a", "--as-of", "2025-06-30", "--force").code == 0


def test_before_any_month_is_paid_there_is_nothing_to_publish(office: Office, tmp_path: Path) -> None:
    ran = office("export", "datasette", "-o", tmp_path / "publik")
    assert (ran.error, ran.code) == ("E640", 1)
    assert not (tmp_path / "publik").exists()


def test_before_the_first_paid_month_there_is_nothing_either(town: Office, tmp_path: Path) -> None:
    ran = town("export", "datasette", "-o", tmp_path / "publik", "--as-of", "2023-09-30")
    assert ran.error == "E640"


def test_that_it_cannot_be_noted_is_said(
    town: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "0")
    with closing(sqlite3.connect(town.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = town("--lang", "en", "export", "datasette", "-o", tmp_path / "publik")
    assert ran.code == 0, ran.err
    assert "Not noted in the audit trail" in ran.out
    assert (tmp_path / "publik/publik.db").exists()


DATASETTE = shutil.which("datasette")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture
def page(town: Office, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Start a real Datasette over what is published, and read its pages."""
    published(town, tmp_path / "publik")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(DATASETTE), str(tmp_path / "publik"), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:

        def read(path: str) -> str:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                text: str = answer.read().decode()
                return text

        read.__dict__["address"] = f"http://127.0.0.1:{port}"
        try:
            for _ in range(100):
                try:
                    read("/")
                    break
                except OSError:
                    time.sleep(0.2)
            yield read
        finally:
            server.terminate()


@pytest.mark.long
@pytest.mark.skipif(DATASETTE is None, reason="no datasette on this machine: pip install datasette")
def test_a_real_datasette_shows_the_pages(page: Callable[[str], str]) -> None:
    assert "Perlindungan pekerja rentan, Kota Bontang" in page("/")
    database = page("/publik")
    assert "Cakupan seluruh wilayah, bulan demi bulan" in database
    table = page("/publik/terlindungi_kelurahan?kelurahan=Satimpo")
    assert "Pekerja terlindungi menurut kelurahan dan desa" in table
    assert "dibulatkan ke kelipatan lima" in table
    found = json.loads(page("/publik/cakupan_kelurahan.json?_shape=array&bulan=2025-08"))
    assert next(row for row in found if row["kelurahan"] == "Satimpo")["terlindungi"] == 10


@pytest.mark.long
@pytest.mark.skipif(DATASETTE is None, reason="no datasette on this machine: pip install datasette")
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_a_real_browser_shows_them(page: Callable[[str], str]) -> None:
    address = f"{page.__dict__['address']}/publik/cakupan_kota"
    with tempfile.TemporaryDirectory(dir="/tmp") as home:  # a browser's sockets have short names
        ran = subprocess.run(
            [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", address],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "HOME": home, "TMPDIR": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home},
            timeout=60,
        )
    assert "Persen pekerja rentan yang terlindungi" in ran.stdout
    assert ">28.13<" in ran.stdout
