"""`report coverage --by kelurahan --map`: the city as a map, by boundaries or as tiles."""

import base64
import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import Office

CITY = ("report", "coverage", "--year", 2025, "--by", "kelurahan", "--map")


@pytest.fixture
def counted(covered: Office) -> Office:
    for area, workers in (("Guntung", 20), ("Kanaan", 5)):
        covered.ok(
            "workforce", "set", "--year", 2025, "--area", area, "--workers", workers, "--source", "BPS"
        )
    return covered


def boundaries(office: Office, path: Path, *, but: str = "") -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"NAMOBJ": name.upper()},
            "geometry": {"type": "Polygon", "coordinates": [[[n, 0], [n + 1, 0], [n + 1, 1], [n, 0]]]},
        }
        for n, (name,) in enumerate(office.rows("SELECT name FROM kelurahan ORDER BY code"))
        if name != but
    ]
    if but:
        features.append({**features[0], "properties": {"NAMOBJ": "Kampung Jauh"}})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_tiles_without_boundaries_in_three_formats(counted: Office, tmp_path: Path) -> None:
    places = [tmp_path / f"peta.{kind}" for kind in ("svg", "html", "png")]
    files = [part for place in places for part in ("-o", place)]
    ran = counted(*CITY, "kotak", *files)
    assert ran.code == 0, ran.err
    drawing = places[0].read_text(encoding="utf-8")
    said = [one.text for one in ET.fromstring(drawing).iter() if one.text]
    assert {"Kota Bontang" in text for text in said if text.startswith("Cakupan")} == {True}
    assert {"10 dari 20 · 50%", "0 dari 5 · 0%", "tanpa penyebut (13 kelurahan)"} <= set(said)
    page = places[1].read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{seal}'" in page
    shown = ET.fromstring(page[page.index("<svg") : page.index("</body>")])
    assert {one.text for one in shown.iter()} >= set(said), "the same, the list below"
    assert places[2].read_bytes().startswith(b"\x89PNG")
    assert counted(*CITY, "tiles", *files).out.count("peta") == 0, "the same bytes again: nothing is written"
    assert counted.one("SELECT count(*) FROM audit WHERE action = 'privacy.file'") == 0


def test_boundaries_are_matched_by_the_names_of_the_register(counted: Office, tmp_path: Path) -> None:
    file = boundaries(counted, tmp_path / "batas.geojson")
    data = counted.ok(*CITY, file, "-o", tmp_path / "peta.svg")
    assert data == counted.ok("report", "coverage", "--year", 2025, "--by", "kelurahan")
    picture = ET.fromstring((tmp_path / "peta.svg").read_text(encoding="utf-8"))
    names = [one[0].text for one in picture.iter("{http://www.w3.org/2000/svg}path")]
    assert names == [name for (name,) in counted.rows("SELECT name FROM kelurahan ORDER BY code")]


def test_a_file_that_does_not_match_names_what_is_missing_and_writes_nothing(
    counted: Office, tmp_path: Path
) -> None:
    file = boundaries(counted, tmp_path / "batas.geojson", but="Guntung")
    ran = counted("--lang", "en", *CITY, file, "-o", tmp_path / "peta.svg")
    assert (ran.error, ran.code) == ("E643", 65)
    assert "unknown areas Kampung Jauh; kelurahan without an area: Guntung" in ran.err
    assert not (tmp_path / "peta.svg").exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ((*CITY, "kotak"), "E644"),
        (("report", "coverage", "--map", "kotak", "-o", "peta.svg"), "E644"),
        (("report", "coverage", "--by", "sex", "--map", "kotak", "-o", "peta.svg"), "E644"),
        ((*CITY, "kotak", "--where", "kelurahan=Guntung", "-o", "peta.svg"), "E644"),
        ((*CITY, "kotak", "-o", "peta.xlsx"), "E503"),
        ((*CITY, "tidak-ada.geojson", "-o", "peta.svg"), "E201"),
        ((*CITY, "besar.geojson", "-o", "peta.svg"), "E642"),
        ((*CITY, "kosong.geojson", "-o", "peta.svg"), "E642"),
        ((*CITY, "kotak", "-o", "tidak-ada/peta.svg"), "E120"),
    ],
)
def test_what_cannot_be_is_refused(
    counted: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[object, ...], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kosong.geojson").touch()
    with (tmp_path / "besar.geojson").open("wb") as large:
        large.truncate(64 * 1024 * 1024 + 1)
    assert counted(*typed).error == code
    assert not [*tmp_path.glob("peta.*")]
