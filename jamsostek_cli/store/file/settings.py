"""Settings of the office that travel with the database."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import text
from jamsostek_cli.tables.wording import word


class Switch(StrEnum):
    """What a setting is that is no number, and a day that may be worked on."""

    ON = "on"
    OFF = "off"


TEXTS: Final = (
    *("office", "address", "phone", "place", "signer", "signer_title", "signer_nip"),
    *("addressee", "report_number"),
)
"""What a letter says of the office and of who signs it: texts, empty until somebody sets them.

`addressee` gets the monthly report, `report_number` is how its number is made.
"""

ELIGIBLE_OCCUPATION: Final = "eligible_occupation"
ELIGIBLE_RESIDENCE: Final = "eligible_residence"
"""What the office asks of whoever is enrolled, besides the law: an occupation without an employer, or one of
a list, and a kelurahan of its own area."""

KEEP_COPIES: Final = "keep_copies"
"""Whether scans of papers are copied into the folder beside the database."""

BACKUP_FOLDER: Final = "backup_folder"
BACKUP_RECIPIENT: Final = "backup_recipient"
"""Where backups are put, and for whose public key of age they are encrypted; empty: beside, for nobody."""

FREE: Final = (*TEXTS, BACKUP_FOLDER, BACKUP_RECIPIENT)
"""Settings that are texts: a word like "no" is itself there, and no switch."""

DEFAULTS: Final = {
    "four_eyes": "on",
    ELIGIBLE_RESIDENCE: "off",
    ELIGIBLE_OCCUPATION: "off",
    "lookalike_score": "65",
    "lookalike_name": "88",
    "head_above": "0",
    KEEP_COPIES: "off",
    **dict.fromkeys(FREE, ""),
}
"""Every setting with the value it has until somebody changes it."""

_RANGES: Final = {
    "lookalike_score": (46, 100),
    "lookalike_name": (75, 100),
    "head_above": (0, 999_999_999_999),
}
"""The whole numbers a setting may be; the switches are on or off. A name alone makes no score of 46.

Claims above `head_above` rupiah are paid once the head has approved them; 0 asks for none.
"""

_NIP: Final = re.compile(r"(?:[0-9]{18})?")
"""An official's number (Perka BKN 22/2007), or nothing."""
_SHAPES: Final = {
    "signer_nip": _NIP,
    BACKUP_FOLDER: re.compile(r".{0,600}"),
    BACKUP_RECIPIENT: re.compile(r"(?:age1[02-9ac-hj-np-z]{58})?"),  # a public key of age
}
_LETTERED: Final = re.compile(r"[A-Za-z]{2}")
_LONGEST: Final = 120
_LONGEST_LIST: Final = 600


def read(name: str, value: str) -> str | None:
    """Return a value as it is stored; None where the setting does not exist or cannot have it."""
    if name == "signer_nip":
        value = value.replace(" ", "").replace(".", "")
    return value if _accepts(name, value) else None


def _accepts(name: str, value: str) -> bool:
    if name in _SHAPES:
        return _SHAPES[name].fullmatch(value) is not None
    if name in TEXTS:
        return len(value) <= _LONGEST and hidden(value) == value
    if name == ELIGIBLE_OCCUPATION and value not in set(Switch):
        named = listed(value)
        lettered = bool(named) and all(map(_LETTERED.search, named))
        return lettered and len(value) <= _LONGEST_LIST and hidden(value) == value
    if name not in _RANGES:
        return name in DEFAULTS and value in set(Switch)
    lowest, highest = _RANGES[name]
    return (
        value.isascii()
        and value.isdigit()
        and len(value) <= len(str(highest))
        and (lowest <= int(value) <= highest)
    )


def allowed(name: str, spoken: Callable[[Switch], str] = word) -> str:
    """Return the values that a setting may have, as a person reads them; with `str` as they are stored."""
    switch = "|".join(map(spoken, Switch))
    ranges = {name: f"{lowest}..{highest}" for name, (lowest, highest) in _RANGES.items()}
    ranges[ELIGIBLE_OCCUPATION] = f"{switch}|{text('meta.TEXT')}"
    ranges |= {**dict.fromkeys(FREE, text("meta.TEXT")), "signer_nip": "18×0-9", BACKUP_RECIPIENT: "age1…"}
    return ranges.get(name, switch)


def meaning(name: str) -> str:
    """Return what a setting is for."""
    return text(f"setting.{name}")


def near(said: str) -> list[str]:
    """Return the settings that may be meant: whose purpose has the word, else those written alike."""
    small = said.strip().casefold()
    return [name for name in DEFAULTS if small in meaning(name).casefold()] or alike(small, DEFAULTS, most=3)


def listed(value: str) -> tuple[str, ...]:
    """Return what a list names.

    >>> listed("nelayan, buruh tani,")
    ('nelayan', 'buruh tani')
    """
    return tuple(filter(None, map(str.strip, value.split(","))))


def reason(db: Connection, name: str) -> str:
    """Return why a setting is as it is: the reason of its last change, empty where nobody changed it."""
    row = db.execute(
        "SELECT reason FROM audit WHERE action = 'office.setting' AND subject = ? ORDER BY seq DESC LIMIT 1",
        (name,),
    ).fetchone()
    return "" if row is None else str(row[0])


def get(db: Connection, name: str) -> str:
    """Return a setting."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return DEFAULTS[name] if row is None else str(row[0])


def every(db: Connection) -> dict[str, str]:
    """Return every setting by name."""
    return {name: get(db, name) for name in DEFAULTS}


def number(db: Connection, name: str) -> int:
    """Return a setting that is a number."""
    return int(get(db, name))


def put(db: Connection, name: str, value: str) -> None:
    """Set a setting."""
    db.table("setting").upsert({"name": name, "value": value}, pk="name")
