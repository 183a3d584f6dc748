"""What the tests of rosters share."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.roster.reading import Roster
from tests.conftest import ROOT
from tests.support.workbooks import read_file

AREA = ROOT / "jamsostek_cli/store/file/areas/64.74.toml"


@pytest.fixture(scope="session")
def area() -> Area:
    """Kota Bontang."""
    found = tomllib.loads(AREA.read_text("utf-8"))
    places = tuple(
        Kelurahan(one["code"], one["name"], one["kecamatan"], tuple(one.get("spellings", ())))
        for one in found["kelurahan"]
    )
    return Area(found["code"], found["name"], places)


@pytest.fixture(scope="session")
def reading(area: Area) -> Callable[[Path], Roster]:
    """Read a roster as of the day of the tests."""
    return lambda path: read_file(path, area)
