"""Which verified claims are looked at a second time: the riskiest, and among equals those that a seed draws.

The risks and their order are the office's own; no law sets them.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.second_look import ClaimRisk


def drawn(risks: Mapping[str, Collection[ClaimRisk]], month: Month, seed: int, count: int) -> list[str]:
    """Return so many claims by number, those with the most and then the gravest risks first.

    The same seed draws the same claims of a month on every computer.

    >>> at_risk = {"K-2025-0001": [], "K-2025-0002": [ClaimRisk.SAME_DAY], "K-2025-0003": []}
    >>> drawn(at_risk, Month(2025, 5), 2, 2), drawn(at_risk, Month(2025, 5), 3, 2)
    (['K-2025-0002', 'K-2025-0001'], ['K-2025-0002', 'K-2025-0003'])
    """
    graveness = tuple(ClaimRisk)

    def rank(number: str) -> tuple[int, list[int], str]:
        grave = sorted(map(graveness.index, risks[number]))
        return -len(grave), grave, hashlib.sha256(f"{month} {seed} {number}".encode()).hexdigest()

    return sorted(risks, key=rank)[:count]


def blindly(keys: Iterable[str], year: int, seed: int, count: int) -> list[str]:
    """Return so many of the keys as a seed draws them: by the SHA-256 of year, seed and key, lowest first.

    >>> blindly(["K-1", "K-2", "K-3"], 2025, 7, 2), blindly(["K-3", "K-2", "K-1"], 2025, 7, 2)
    (['K-2', 'K-1'], ['K-2', 'K-1'])
    """
    return sorted(keys, key=lambda key: hashlib.sha256(f"{year} {seed} {key}".encode()).hexdigest())[:count]
