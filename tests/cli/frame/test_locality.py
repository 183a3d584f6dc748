"""The clock and the payers' names follow the area of the database."""

import datetime
from pathlib import Path

import pytest

from jamsostek_cli import messages
from jamsostek_cli.cli.frame import locality, session
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.tables.wording import word
from tests.conftest import Office, Run

UTC = datetime.UTC


def office_of(jcli: Run, folder: Path, area: object) -> Office:
    office = Office(folder / "kantor.db", jcli)
    office.ok("init", "--area", area)
    return office


@pytest.mark.parametrize(
    ("area", "zone", "day"),
    [
        ("34.04", "Asia/Jakarta", "2025-08-04"),
        ("61.71", "Asia/Jakarta", "2025-08-04"),
        ("64.72", "Asia/Makassar", "2025-08-05"),
        ("91.71", "Asia/Jayapura", "2025-08-05"),
    ],
)
def test_today_is_the_day_where_the_office_is(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, area: str, zone: str, day: str
) -> None:
    office = office_of(jcli, tmp_path, area)
    assert locality.settle(office.path) == zone
    moment = datetime.datetime(2025, 8, 4, 16, 30, tzinfo=UTC)

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(datetime, "datetime", Clock)
    assert session.current_moment(zone).date().isoformat() == day
    assert jcli("--db", office.path, "status", "--json").json["as_of"] == day


@pytest.mark.parametrize(
    ("area", "city", "province"),
    [
        ("34.04", "APBD Kabupaten", "APBD Provinsi DI Yogyakarta"),
        ("64.74", "APBD Kota", "APBD Provinsi Kalimantan Timur"),
        ("31.71", "APBD Kota", "APBD Provinsi DKI Jakarta"),
    ],
)
def test_payers_are_called_as_in_their_area(
    jcli: Run, tmp_path: Path, area: str, city: str, province: str
) -> None:
    office = office_of(jcli, tmp_path, area)
    for payer in (Payer.CITY, Payer.PROVINCE):
        terms = ("--payer", payer.value, "--amount", "24000000", "--source", "DPA 2025")
        office.ok("iuran", "budget", "set", 2025, *terms)
    report = tmp_path / "prakiraan.md"
    office.ok("report", "forecast", "--year", 2025, "-o", report)
    written = report.read_text(encoding="utf-8")
    assert city in written
    assert province in written
    codes = {row["payer"] for row in office.ok("iuran", "budget", "list")}
    assert codes == {"apbd-kota", "apbd-provinsi"}


def test_payers_are_called_as_in_their_area_in_english(jcli: Run, tmp_path: Path) -> None:
    office = office_of(jcli, tmp_path, "34.04")
    messages.use("en")
    locality.settle(office.path)
    assert (word(Payer.CITY), word(Payer.PROVINCE)) == ("Regency budget", "Province budget (DI Yogyakarta)")


def test_where_no_area_can_be_read_all_is_as_in_bontang(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "kosong.db"
    for place in (tmp_path, tmp_path / "tidak-ada.db", empty):
        assert locality.settle(place) == "Asia/Makassar"
    empty.write_bytes(b"bukan basis data")
    assert locality.settle(empty) == "Asia/Makassar"
    area = tmp_path / "contoh.toml"
    village = '[[kelurahan]]\ncode = "99.01.01.2001"\nname = "Satu"\nkecamatan = "Dua"\n'
    area.write_text(f'code = "99.01"\nname = "Kabupaten Contoh"\n{village}')
    assert locality.settle(office_of(jcli, tmp_path, area).path) == "Asia/Makassar"
    assert (word(Payer.CITY), word(Payer.PROVINCE)) == ("APBD Kabupaten", "APBD Provinsi")
    broken = tmp_path / "config.toml"
    broken.write_text("salah")
    monkeypatch.setenv("JCLI_CONFIG", str(broken))
    assert locality.settle(None) == "Asia/Makassar"


@pytest.mark.parametrize(
    ("typed", "payer"),
    [
        ("APBD Kabupaten", "apbd-kota"),
        ("kabupaten", "apbd-kota"),
        ("regency budget", "apbd-kota"),
        ("apbd-kota", "apbd-kota"),
        ("APBD Provinsi DI Yogyakarta", "apbd-provinsi"),
        ("apbd provinsi", "apbd-provinsi"),
    ],
)
def test_a_payer_may_be_typed_as_the_screen_says(jcli: Run, tmp_path: Path, typed: str, payer: str) -> None:
    office = office_of(jcli, tmp_path, "34.04")
    office.ok("iuran", "budget", "set", 2025, "--payer", typed, "--amount", 1000000, "--source", "DPA")
    assert [row["payer"] for row in office.ok("iuran", "budget", "list")] == [payer]
