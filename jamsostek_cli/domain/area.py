"""A city or regency: its kecamatan and kelurahan."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_VILLAGE: Final = "2"
"""With it begins the last part of a desa's code; a kelurahan's begins with 1, a desa adat's with 3."""


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """One kelurahan or desa with its Kemendagri code (`64.74.01.1003`) and the ways people write it."""

    code: str
    name: str
    kecamatan: str
    spellings: tuple[str, ...] = ()

    @property
    def kecamatan_code(self) -> str:
        """The code of the kecamatan it lies in (`64.74.01`)."""
        return self.code.rpartition(".")[0]


def is_desa(code: str) -> bool:
    """Tell by its code whether a kelurahan governs itself (desa, desa adat) and is no part of an office.

    >>> is_desa("34.04.07.2001"), is_desa("64.74.01.1003")
    (True, False)
    """
    return code.rpartition(".")[2] >= _VILLAGE


class WorkforceSegment(StrEnum):
    """Whom a denominator counts: the vulnerable workers of the target list, or all workers."""

    VULNERABLE = "rentan"
    ALL = "all"


CITY: Final = "Kota"
REGENCY: Final = "Kabupaten"
"""With which of the two the name of an area begins: what it is in law."""
_ADMINISTRATIVE: Final = "Administrasi"
"""What stands behind the kind in the names of Jakarta's areas, which have no council of their own."""


@dataclass(frozen=True, slots=True)
class Area:
    """A city or regency: code (`64.74`), name, and every kelurahan and desa."""

    code: str
    name: str
    kelurahan: tuple[Kelurahan, ...]

    @property
    def is_regency(self) -> bool:
        """Whether it is a kabupaten, and no kota."""
        return self.name.split(maxsplit=1)[:1] == [REGENCY]

    @property
    def bare_name(self) -> str:
        """Its name without what it is.

        >>> [Area("", name, ()).bare_name for name in ("Kota Administrasi Jakarta Pusat", "Kotabaru")]
        ['Jakarta Pusat', 'Kotabaru']
        """
        kind, _, rest = self.name.partition(" ")
        return rest.removeprefix(f"{_ADMINISTRATIVE} ") if kind in {CITY, REGENCY} else self.name

    def written(self) -> tuple[str, ...]:
        """Return how to write each kelurahan so that no other can be meant, in the order of the codes.

        A name that stands once is enough; else the kecamatan is said, too, and where one kecamatan has two,
        whether it is a kelurahan or a desa.
        """
        names = Counter(one.name.casefold() for one in self.kelurahan)
        within = Counter((one.name.casefold(), one.kecamatan_code) for one in self.kelurahan)
        written = []
        for one in self.kelurahan:
            said = one.name
            if within[said.casefold(), one.kecamatan_code] > 1:
                said = f"{'Desa' if is_desa(one.code) else 'Kelurahan'} {said}"
            if names[one.name.casefold()] > 1:
                said = f"{said}, Kec. {one.kecamatan}"
            written.append(said)
        return tuple(written)
