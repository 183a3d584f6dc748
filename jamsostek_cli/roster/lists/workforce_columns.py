"""The columns of a table of areas and numbers of workers: which name the area, which hold the number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.roster.cells import amounts
from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets import columns, header

FIELDS: Final = {
    "kelurahan": (
        "Kelurahan, Desa, Kelurahan Desa, Desa Kelurahan, Kel Desa, Desa Kel, Kel, Nama Kelurahan, Nama "
        "Desa, Nama Kelurahan Desa, Nama Desa Kelurahan, Kelurahan Kampung, Kampung, Kalurahan, Gampong, "
        "Nagari, Village"
    ),
    "kecamatan": "Kecamatan, Kec, Nama Kecamatan, Distrik, Nama Distrik, Kapanewon, Kemantren, District",
    "place": (
        "Wilayah, Nama Wilayah, Daerah, Nama Daerah, Lokasi, Area, Kecamatan Kelurahan, Kelurahan Kecamatan, "
        "Kecamatan Desa, Kecamatan dan Kelurahan, Kecamatan Desa Kelurahan, Kecamatan Kelurahan Desa, "
        "Kec Kel, Kabupaten Kota, Kota Kecamatan, Kota Kecamatan Kelurahan, Wilayah Administrasi, Region"
    ),
    "code": "Kode, Kode Wilayah, Kode Daerah, Kode Kelurahan, Kode Desa, Kode Kecamatan, Code",
    "year": "Tahun, Thn, Tahun Data, Periode, Year",
    "segment": (
        "Segmen, Segmen Pekerja, Sektor, Kelompok, Kelompok Pekerja, Kategori, Kategori Pekerja, Golongan, "
        "Jenis Pekerja, Status Pekerja, Segment"
    ),
}
_BY_KEY: Final = {columns.key(one): field for field, ones in FIELDS.items() for one in ones.split(", ")}
AREA: Final = ("kelurahan", "kecamatan", "place", "code")
_MAN: Final = re.compile(r"\b(?:laki|pria|male|l)\b")
_WOMAN: Final = re.compile(r"\b(?:perempuan|wanita|female|p)\b")
_ELSEWHERE: Final = re.compile(
    r"\b(?:terlindungi|dilindungi|ditanggung|peserta|protected)\b.*\b(?:lain|elsewhere)"
)
_NO_COUNT: Final = re.compile(
    r"\b(?:persen|persentase|rasio|laju|rata|nomor|kode|luas|kepadatan|kk|keluarga|rumah|ruta|keterangan|ket"
    r"|terlindungi|dilindungi|peserta|terdaftar|belum|selisih|capaian|realisasi|cakupan|iuran|umur|usia)\b"
    r"|\bpenduduk\b(?!.*\bbekerja\b)|%"
)
_COUNT: Final = re.compile(
    r"\b(?:pekerja|tenaga kerja|angkatan kerja|bekerja|jumlah|total|banyaknya|orang|jiwa|rentan|sasaran"
    r"|target|workers?|number|20\d\d)\b"
)
_SUM: Final = re.compile(r"\b(?:jumlah|total)\b")
_VULNERABLE: Final = re.compile(r"\b(?:rentan|sasaran|target|vulnerable)\b")
_ALL: Final = re.compile(r"\b(?:bekerja|angkatan kerja|semua|seluruh|all)\b")
YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
"""A year in which an office may work, wherever it stands."""
DEEPEST: Final = 2
"""So many rows below the headings may part them further (Laki-laki, Perempuan, Jumlah)."""


class Counted(NamedTuple):
    """Columns whose numbers are added up to one count, and what their headings say."""

    segment: WorkforceSegment | None
    year: int | None
    places: tuple[int, ...]
    heading: str


class Heading(NamedTuple):
    """The columns of a table, and how many rows its headings take below the first."""

    fields: Mapping[str, int]
    counted: tuple[Counted, ...]
    elsewhere: int | None
    depth: int


def heading(shown: Sequence[str], below: Sequence[Sequence[Cell]]) -> Heading | None:
    """Return the headings that stand in a row, or in it and the rows below; None where there are none."""
    fields: dict[str, int] = {}
    for at, text in enumerate(shown):
        if field := _BY_KEY.get(columns.key(text)):
            fields.setdefault(field, at)
    areas = [fields[field] for field in AREA if field in fields]
    if not areas:
        return None
    if len(areas) > 1:
        fields.pop("code", None)
    parted = list(_parted(shown, below, areas))
    full = parted[-1] if parted else dict(enumerate(shown))
    others = [(at, text) for at, text in full.items() if text and at not in {*fields.values(), *areas}]
    elsewhere = next((at for at, text in others if _ELSEWHERE.search(_words(text))), None)
    counted = _counted([one for one in others if one[0] != elsewhere])
    return Heading(fields, counted, elsewhere, len(parted)) if counted else None


def _words(text: str) -> str:
    return " ".join(columns.words(text))


def _parted(
    shown: Sequence[str], below: Sequence[Sequence[Cell]], areas: Sequence[int]
) -> Iterator[dict[int, str]]:
    """Yield, for each row below that parts the headings, what every column is called with it."""
    full = dict(enumerate(shown))
    for cells in below:
        sub = header.texts(cells)
        named = any(sub[at] for at in areas if at < len(sub))
        if named or header.is_numbering(sub) or any(map(_is_figure, sub)):
            return
        group = ""
        for at, text in enumerate(sub):
            group = full.get(at) or group
            if text:
                full[at] = f"{group} {text}".strip()
        yield full


def _is_figure(text: str) -> bool:
    return not YEAR.fullmatch(text) and amounts.rupiah(text) is not None


def _counted(headings: Sequence[tuple[int, str]]) -> tuple[Counted, ...]:
    """Return the columns that count workers; men and women are added up where no column has both."""
    found: list[Counted] = []
    men: list[Counted] = []
    women: dict[tuple[WorkforceSegment | None, int | None], Counted] = {}
    for at, text in headings:
        words = _words(text)
        one = Counted(_segment(words), next(map(int, YEAR.findall(words)), None), (at,), text)
        of_men, of_women = _MAN.search(words), _WOMAN.search(words)
        if "%" in text or _NO_COUNT.search(words):
            continue
        if of_men and not of_women:
            men.append(one)
        elif of_women and not of_men:
            women[one.segment, one.year] = one
        elif of_men or _COUNT.search(words):
            found.append(one)
    both = ((man, women.get((man.segment, man.year))) for man in men)
    added = [man._replace(places=(*man.places, *woman.places)) for man, woman in both if woman]
    return tuple(found or added)


def _segment(words: str) -> WorkforceSegment | None:
    if _VULNERABLE.search(words):
        return WorkforceSegment.VULNERABLE
    return WorkforceSegment.ALL if _ALL.search(words) else None


def chosen(
    counted: Sequence[Counted], segment: WorkforceSegment | None
) -> tuple[tuple[Counted, ...], tuple[str, ...]]:
    """Return the column of each segment and year, and the headings of which nobody knows which is meant.

    A heading that says its segment or year goes before one that does not, a sum before a part.
    """
    named = [one for one in counted if one.segment and segment in {None, one.segment}]
    wanted = named or [one for one in counted if one.segment is None]
    wanted = [one for one in wanted if one.year] or wanted
    best: dict[tuple[WorkforceSegment | None, int | None], list[Counted]] = {}
    for one in wanted:
        best.setdefault((one.segment, one.year), []).append(one)
    unclear: list[str] = []
    for rivals in best.values():
        rivals[:] = [one for one in rivals if _SUM.search(_words(one.heading))] or rivals
        unclear += [one.heading for one in rivals] if len(rivals) > 1 else []
    return tuple(rivals[0] for rivals in best.values()), tuple(unclear)
