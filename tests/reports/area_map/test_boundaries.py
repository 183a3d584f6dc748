"""Boundaries of many makers: each area finds its kelurahan, or is named in an error."""

import json
from typing import Any

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.area_map.boundaries import matched, read

KELURAHAN = {"64.74.01.1001": "Bontang Kuala", "64.74.01.1003": "Lok Tuan"}
SQUARE = [[117.4, 0.1], [117.5, 0.1], [117.5, 0.2], [117.4, 0.1]]


def feature(
    properties: dict[str, Any] | None, ring: object = SQUARE, kind: str = "Polygon"
) -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else [[ring], [ring]]
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def meant(said: str) -> str | None:
    return {"loktuan": "64.74.01.1003", "lok tuan, kec. bontang utara": "64.74.01.1003"}.get(said.casefold())


def of(*features: dict[str, Any]) -> dict[str, Any]:
    return matched(read(collection(*features), "batas.geojson"), KELURAHAN, meant, "batas.geojson")


@pytest.mark.parametrize(
    "properties",
    [
        {"KDEPUM": "64.74.01.1003"},
        {"kode": 6474011003, "nama": "salah tulis"},
        {"NAMOBJ": "LOKTUAN"},
        {"desa": "Lok Tuan", "kecamatan": "Bontang Utara"},
    ],
)
def test_an_area_is_found_by_code_or_name(properties: dict[str, Any]) -> None:
    found = of(feature(properties), feature({"kode": "6474011001"}, kind="MultiPolygon"))
    assert [len(polygons) for polygons in found.values()] == [2, 1]


def test_areas_of_other_cities_are_left_out_and_several_of_one_kelurahan_are_its_own() -> None:
    mine = [feature({"kode": code}) for code in KELURAHAN]
    found = of(*mine, feature({"kode": "64.72.01.1001"}), feature({"kode": "64.74.01.1001"}))
    assert [len(polygons) for polygons in found.values()] == [2, 1]
    lost = {"type": "Feature", "properties": {"kode": "64.74.01.1001"}, "geometry": None}
    assert of(*mine, lost) == of(*mine)


def test_what_does_not_match_is_named_on_either_side() -> None:
    strange = [feature({"nama": f"Desa {n}"}) for n in range(14)]
    with pytest.raises(JcliError) as refused:
        of(feature({"kode": "64.74.01.1001"}), *strange, feature({"kode": "6474019999"}), feature(None))
    assert refused.value.code == "E643"
    named = [f"Desa {n}" for n in range(12)]
    assert refused.value.facts["strangers"] == f"{', '.join(named)} (+4)"
    assert refused.value.facts["without"] == "Lok Tuan"
    with pytest.raises(JcliError) as refused:
        of(feature({"kode": "64.74.01.1001"}))
    assert refused.value.facts["strangers"] == "–"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"features": 3}',
        b'{"features": []}',
        b"[" * 100_000,
        collection(feature({}, ring=SQUARE[:2])),
        collection(feature({}, ring=[[117.4]] * 4)),
        collection(feature({}, ring=[["x", "y"]] * 4)),
        collection(feature({}, ring=[[float("nan"), 1]] * 4)),
        collection(feature({}, kind="Point")),
        collection({"geometry": {"type": "Polygon", "coordinates": []}}),
    ],
    ids=range(13),
)
def test_a_file_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(JcliError) as refused:
        read(content, "batas.geojson")
    assert refused.value.code == "E642"
