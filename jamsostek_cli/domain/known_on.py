"""A day whose knowledge counts: what the office knew by then, and nothing that it learned later."""

import datetime
from typing import NamedTuple


class KnownOn(NamedTuple):
    """The end of a day by the office's clock: `until` is its last moment."""

    day: datetime.date
    until: datetime.datetime
