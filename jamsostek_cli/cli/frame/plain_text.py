"""Text that can do no harm on a screen."""

from pathlib import Path
from typing import Final

from jamsostek_cli.operating_system import quoted

_HARMFUL: Final = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xD800, 0xE000),
    ),
    "�",
)


def harmless(value: str) -> str:
    """Return text whose control, zero-width, direction and broken characters are made visible."""
    return value.translate(_HARMFUL)


def pasted(path: Path | str) -> str:
    """Return a path or a name as it can be pasted into a terminal: quoted where a blank or a sign needs it.

    A path that would be taken for an option is named with its folder.

    >>> pasted(Path("baru.xlsx")), pasted(Path("roster (2).xlsx")), pasted(Path("-a.xlsx"))
    ('baru.xlsx', "'roster (2).xlsx'", './-a.xlsx')
    """
    named = f"./{path}" if isinstance(path, Path) and str(path).startswith("-") else str(path)
    return quoted(named)
