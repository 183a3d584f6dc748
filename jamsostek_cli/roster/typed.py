"""What somebody says at the counter, read and checked as the cells of a roster are."""

import datetime
from collections.abc import Mapping
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.worker import RosterRow
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.table import HeadedTable

_TABLE: Final = HeadedTable(0, tuple(FIELDS), {field: at for at, field in enumerate(FIELDS)})


def read(said: Mapping[str, str], area: Area, today: datetime.date) -> RosterRow:
    """Return a person as a row of a roster with these cells would say it; what is not said is blank.

    >>> read({"name": "siti"}, Area(code="64.74", name="Bontang", kelurahan=()), datetime.date.max).facts.name
    'SITI'
    """
    cells = [said.get(field, "") for field in FIELDS]
    return Checks(area, today).row(_TABLE, 1, cells, cells, "")
