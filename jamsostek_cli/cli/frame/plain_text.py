"""Text that can do no harm on a screen, and says nothing about a person by mistake."""

import re
from typing import Final

from jamsostek_cli.domain.nik import masked

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
_NIK: Final = re.compile(r"(?<!\d)\d{4}[ .]?\d{2}[ .]?\d{6}[ .]?\d{4}(?!\d)")


def harmless(value: str) -> str:
    """Return text whose control, zero-width, direction and broken characters are made visible."""
    return value.translate(_HARMFUL)


def without_niks(value: str) -> str:
    """Return text in which every NIK somebody may have typed in the wrong place is masked.

    >>> without_niks("no claim 6474011708850017")
    'no claim 6474••••••••0017'
    """
    return _NIK.sub(lambda found: masked(re.sub(r"\D", "", found[0])), value)
