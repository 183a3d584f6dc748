"""The city: its kecamatan and kelurahan."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """One kelurahan with its Kemendagri code (`64.74.01.1003`) and the ways people write it."""

    code: str
    name: str
    kecamatan: str
    spellings: tuple[str, ...] = ()

    @property
    def kecamatan_code(self) -> str:
        """The code of the kecamatan it lies in (`64.74.01`)."""
        return self.code.rpartition(".")[0]


class WorkforceSegment(StrEnum):
    """Whom a denominator counts: the vulnerable workers of the target list, or all workers."""

    VULNERABLE = "rentan"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Area:
    """A city or regency: code (`64.74`), name, and every kelurahan."""

    code: str
    name: str
    kelurahan: tuple[Kelurahan, ...]
