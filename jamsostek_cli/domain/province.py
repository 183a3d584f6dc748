"""The provinces: what they are called, and by which clock they live."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its Kemendagri code (`64`), name and short form, and its zone in the time zone database."""

    code: str
    name: str
    short: str
    zone: str


_WIB: Final = """
    11 NAD Aceh
    12 Sumut Sumatera Utara
    13 Sumbar Sumatera Barat
    14 Riau Riau
    15 Jambi Jambi
    16 Sumsel Sumatera Selatan
    17 Bengkulu Bengkulu
    18 Lampung Lampung
    19 Babel Kepulauan Bangka Belitung
    21 Kepri Kepulauan Riau
    31 DKI DKI Jakarta
    32 Jabar Jawa Barat
    33 Jateng Jawa Tengah
    34 DIY DI Yogyakarta
    35 Jatim Jawa Timur
    36 Banten Banten
    61 Kalbar Kalimantan Barat
    62 Kalteng Kalimantan Tengah
"""
_WITA: Final = """
    51 Bali Bali
    52 NTB Nusa Tenggara Barat
    53 NTT Nusa Tenggara Timur
    63 Kalsel Kalimantan Selatan
    64 Kaltim Kalimantan Timur
    65 Kaltara Kalimantan Utara
    71 Sulut Sulawesi Utara
    72 Sulteng Sulawesi Tengah
    73 Sulsel Sulawesi Selatan
    74 Sultra Sulawesi Tenggara
    75 Gorontalo Gorontalo
    76 Sulbar Sulawesi Barat
"""
_WIT: Final = """
    81 Maluku Maluku
    82 Malut Maluku Utara
    91 Papua Papua
    92 Pabar Papua Barat
    93 Pasel Papua Selatan
    94 Pateng Papua Tengah
    95 Papeg Papua Pegunungan
    96 PBD Papua Barat Daya
"""

PROVINCES: Final = MappingProxyType(
    {
        code: Province(code, name, short, zone)
        for zone, lines in (("Asia/Jakarta", _WIB), ("Asia/Makassar", _WITA), ("Asia/Jayapura", _WIT))
        for code, short, name in (line.split(maxsplit=2) for line in lines.strip().splitlines())
    }
)
"""The 38 provinces by code (UU 29/2022 made the last one), their zones by Keppres 41/1987."""


def province_of(area: str) -> Province | None:
    """Return the province in which an area lies, by the area's code; None where the code is of nowhere.

    >>> province_of("34.04").name, province_of("99.01")
    ('DI Yogyakarta', None)
    """
    return PROVINCES.get(area[:2])
