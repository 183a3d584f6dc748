"""Which district codes exist, and which existed once."""

from functools import cache
from importlib.resources import files
from typing import Final

CURRENT: Final = "current"
LEGACY: Final = "legacy"
UNKNOWN: Final = "unknown"


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    """Return the current district codes and the withdrawn regency codes."""
    districts: set[str] = set()
    withdrawn: set[str] = set()
    for line in files(__package__).joinpath("regions.txt").read_text("ascii").splitlines():
        regency, *runs = line.split()
        if regency == "-":
            withdrawn.update(runs)
        elif regency != "#":
            for run in runs:
                first, _, last = run.partition("-")
                districts.update(f"{regency}{n:02d}" for n in range(int(first), int(last or first) + 1))
    return frozenset(districts), frozenset(withdrawn)


def standing(district: str) -> str:
    """Return whether six digits are a district of today, of the past, or of nowhere.

    A label, never a verdict: codes change, and the NIK that carries an old one stays valid.

    >>> standing("647401"), standing("647301"), standing("647499")
    ('current', 'legacy', 'unknown')
    """
    districts, withdrawn = _tables()
    if district in districts:
        return CURRENT
    return LEGACY if district[:4] in withdrawn else UNKNOWN
