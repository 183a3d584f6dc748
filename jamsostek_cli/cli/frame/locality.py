"""What depends on where the office is: the clock it lives by, and what its payers are called."""

from pathlib import Path
from typing import Final

from jamsostek_cli import messages
from jamsostek_cli.cli.frame.session import place_of
from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.province import province_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.store.file.glance import area_at_a_glance

_USUAL_ZONE: Final = "Asia/Makassar"
"""WITA, the clock of Bontang: a cron job must not date its work by the machine's own zone."""


def settle(typed: Path | None) -> str:
    """Speak as the area of the database does from here on, and return its time zone.

    `typed` is the database that was named, if any. Where none is to be read, all is as in Bontang; what is
    wrong with it is said by the command that needs it.
    """
    try:
        area = area_at_a_glance(place_of(typed)[0])
    except JcliError:
        area = None
    if area is None:
        return _USUAL_ZONE
    messages.use_own(_words(area))
    province = province_of(area.code)
    return province.zone if province else _USUAL_ZONE


def _words(area: Area) -> dict[str, str]:
    """Return what the payers are called: the budget of a kabupaten is no city's, the province has a name."""
    words = {"payer.apbd-kota": text("payer_here.regency")} if area.is_regency else {}
    if province := province_of(area.code):
        words["payer.apbd-provinsi"] = text("payer_here.province", name=province.name)
    return words
