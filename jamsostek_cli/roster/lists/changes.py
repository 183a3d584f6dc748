"""Rows of a list of changes: who died, moved or stopped, and whose facts are others now."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from jamsostek_cli.domain.change import ChangeKind, PersonChange
from jamsostek_cli.domain.claim import Cause
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.worker import RosterRow
from jamsostek_cli.roster.cells import dates
from jamsostek_cli.roster.cells.nik import read_digits
from jamsostek_cli.roster.cells.text import Cell, line, text_of
from jamsostek_cli.roster.lists import columns as listed_columns
from jamsostek_cli.roster.sheets import columns

_OWN: Final = {
    "died": (
        "Tgl Meninggal, Tanggal Meninggal, Tgl Meninggal Dunia, Tanggal Meninggal Dunia, Tgl Wafat, Tanggal "
        "Wafat, Tgl Kematian, Tanggal Kematian, Meninggal, Meninggal Dunia, Meninggal Tanggal, Date of Death"
    ),
    "cause": "Sebab Kematian, Penyebab Kematian, Sebab Meninggal, Penyebab Meninggal, Sebab, Penyebab",
    "moved": "Pindah, Tgl Pindah, Tanggal Pindah, Pindah Tanggal, TMT Pindah",
    "left": (
        "Keluar, Tgl Keluar, Tanggal Keluar, TMT Keluar, Berhenti, Tgl Berhenti, Tanggal Berhenti, TMT "
        "Berhenti"
    ),
    "date": (
        "Tanggal, Tgl, TMT, Sejak, Per Tanggal, Tanggal Perubahan, Tgl Perubahan, Tanggal Kejadian, Tgl "
        "Kejadian, Tanggal Efektif, Tanggal Mutasi, Tgl Mutasi"
    ),
    "said": (
        "Status, Status Peserta, Status Perubahan, Jenis Perubahan, Perubahan, Keterangan, Ket, Keterangan "
        "Perubahan, Alasan, Alasan Keluar, Alasan Berhenti, Alasan Perubahan, Catatan, Mutasi, Jenis Mutasi"
    ),
}
"""What such a list says beside the fields of a roster, and its headings."""
_BY_KEY: Final = {columns.key(one): field for field, ones in _OWN.items() for one in ones.split(", ")}
_NEW: Final = re.compile(
    r"\b(?:baru|(?:yang )?(?:benar|betul)|seharusnya|perbaikan|pembetulan|menjadi)\b", re.IGNORECASE
)
_OLD: Final = re.compile(r"\b(?:lama|semula|sebelumnya)\b", re.IGNORECASE)
_ONE_BY_ONE: Final = ("phone", "address", "rt", "rw", "occupation", "mother_name")
"""Facts that such a list puts right under their usual headings, too; a name or birth date only tells who."""
_DEAD: Final = re.compile(r"\b(?:meninggal|wafat|almarhum(?:ah)?|alm|md|tutup usia|deceased|died)\b")
_MOVED: Final = re.compile(r"\b(?:pindah|moved)\b(?! (?:kerja|pekerjaan|profesi|usaha))")
_WITHIN: Final = re.compile(r"\bpindah (?:alamat|rumah|rt|rw|kel|kelurahan|dalam|kontrakan|kos)\b|\bke rt\b")
_NOT: Final = re.compile(
    r"\b(?:tidak|tdk|belum|batal|bukan|masih)\b (?:jadi )?(?:meninggal|pindah|keluar|berhenti|hidup|bekerja)"
)
_REASONS: Final = (
    (re.compile(r"\b(?:mengundurkan|mundur|tidak bersedia|tdk bersedia|menolak)\b"), EndReason.WITHDRAWN),
    (re.compile(r"\btidak (?:memenuhi syarat|layak|lagi layak)\b|\btms\b"), EndReason.NOT_ELIGIBLE),
    (
        re.compile(r"\b(?:karyawan|pegawai|pns|asn|pppk|ppu|penerima upah|perusahaan|employed)\b"),
        EndReason.EMPLOYED,
    ),
    (
        re.compile(r"\b(?:ditanggung|didaftarkan|dibiayai|terdaftar) (?:di |oleh )?\w+"),
        EndReason.ELSEWHERE,
    ),
    (re.compile(r"\b(?:keluar|berhenti|nonaktif|non aktif|stop|resign)\b"), EndReason.OTHER),
)
"""Why somebody's cover ends, in the words of a department; the first that occurs decides."""
_NOTHING: Final = re.compile(r"^(?:masih )?(?:aktif|tetap|ada|hidup|ok|sesuai|lanjut)?$")
_CAUSES: Final = (
    (re.compile(r"(?:kecelakaan|laka) kerja"), Cause.WORK_ACCIDENT),
    (re.compile(r"akibat kerja"), Cause.OCCUPATIONAL_DISEASE),
    (re.compile(r"kecelakaan|laka|tenggelam|tertabrak|jatuh"), Cause.ACCIDENT),
    (re.compile(r"sakit|penyakit|stroke|jantung|kanker|usia|tua|^$"), Cause.ILLNESS),
)
_DATE_IN_WORDS: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2,4}|\d{1,2}\s+[a-z]{3,9}\.?\s+\d{4}",
    re.IGNORECASE,
)
_CENTURY: Final = 100


class Told(NamedTuple):
    """Who a row speaks of, by what it has of them: `nik` is the one that they bear, or bore."""

    nik: str | None
    kpj: str | None
    new_nik: str | None
    new_name: str | None


class _Cells:
    """The cells of a row by what their headings mean."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self.own: dict[str, list[Cell]] = {field: [] for field in _OWN}
        self.new: dict[str, str] = {}
        self.nik: Cell = ""
        self.kpj = ""
        for heading, held in raw.items():
            cell: Cell = held if isinstance(held, (str, int, float)) else ""
            if text_of(cell).strip():
                self._take(heading, cell)

    def _take(self, heading: str, cell: Cell) -> None:
        if own := own_field(heading):
            self.own[own].append(cell)
            return
        plain = _NEW.sub(" ", _OLD.sub(" ", heading.replace("_", " ")))
        is_new = _NEW.search(heading.replace("_", " ")) is not None
        found = columns.match(plain) or listed_columns.match(plain)
        if found is None:
            return
        if is_new:
            self.new[found.field] = text_of(cell)
        elif found.field == "nik":
            self.nik = cell
        elif found.field == "kpj":
            self.kpj = text_of(cell)


def own_field(heading: str) -> str | None:
    """Return what a heading says beside the fields of a roster: `died`, `cause`, `date` …, None otherwise."""
    return _BY_KEY.get(columns.key(heading))


def cause_of(words: str) -> Cause | None:
    """Return the cause of a death that some words in small letters name, None where they name none."""
    return next((cause for shape, cause in _CAUSES if shape.search(words)), None)


def told(row: RosterRow) -> Told:
    """Return by what a row tells its person."""
    cells = _Cells(row.raw or {})
    digits = read_digits(cells.nik).digits or row.nik
    new_nik = read_digits(cells.new["nik"]).digits if "nik" in cells.new else None
    return Told(digits or new_nik, _digits(cells.kpj) or None, new_nik, cells.new.get("name"))


def read(
    row: RosterRow,
    known: Mapping[str, str | None],
    kelurahan: str | None,
    today: datetime.date,
    only: ChangeKind | None = None,
) -> PersonChange:
    """Return what a row says has become different of the person whose facts are `known`.

    `known` has the facts of a roster by field, and `kpj`; `kelurahan` is the name of the row's kelurahan.
    In a list of `only` deaths or exits every row speaks of one, though it may not say so.
    """
    cells = _Cells(row.raw or {})
    words = " ".join(text_of(cell) for cell in cells.own["said"]).lower()
    words = " ".join(re.sub(r"[^\w\s/.,-]", " ", words).replace(",", " ").split())
    kinds = _kinds(cells, words)
    fresh = {field: value for field, value in cells.new.items() if field != "birth"}
    others = dict(_others(row, cells, known, kelurahan))
    if _NOT.search(words):
        return PersonChange(unclear="change_unclear")
    if only is not None:
        kinds = kinds or [(only, EndReason.OTHER)]
    if len(kinds) > 1 or (kinds and only not in {None, kinds[0][0]}):
        return PersonChange(unclear="change_contradictory")
    if not kinds:
        facts = {**others, **fresh}
        nothing = not facts and not _NOTHING.match(words.strip(" -."))
        kind = ChangeKind.CORRECTION if facts else None
        return PersonChange(kind=kind, facts=facts, unclear="change_unclear" if nothing else None)
    kind, reason = kinds[0]
    called = "phone" in others and only is None
    if kind is ChangeKind.DEATH and (set(fresh) - {"nik", "name"} or called):
        return PersonChange(unclear="change_contradictory")
    if reason is EndReason.MOVED and (_WITHIN.search(words) or {"kelurahan", "rt", "rw"} & set(fresh)):
        return PersonChange(unclear="change_contradictory")
    own = {field: value for field, value in fresh.items() if field in {"nik", "name"}}
    cause = " ".join(text_of(cell) for cell in cells.own["cause"]).lower() or words
    return PersonChange(
        kind=kind, on=_day(cells, words, today), cause=_cause(cause, cells), reason=reason, facts=own
    )


def _kinds(cells: _Cells, words: str) -> list[tuple[ChangeKind, EndReason]]:
    found: list[tuple[ChangeKind, EndReason]] = []
    if cells.own["died"] or _DEAD.search(words):
        found.append((ChangeKind.DEATH, EndReason.OTHER))
    if cells.own["moved"] or _MOVED.search(words):
        found.append((ChangeKind.EXIT, EndReason.MOVED))
    elif why := next((reason for shape, reason in _REASONS if shape.search(words)), None):
        if not found:
            found.append((ChangeKind.EXIT, why))
    elif cells.own["left"]:
        found.append((ChangeKind.EXIT, EndReason.OTHER))
    return found


def _others(
    row: RosterRow, cells: _Cells, known: Mapping[str, str | None], kelurahan: str | None
) -> Iterator[tuple[str, str]]:
    """Yield the facts under usual headings that differ from what is known."""
    for field in _ONE_BY_ONE:
        value = getattr(row.facts, field)
        if value is not None and value != known[field]:
            yield field, value
    if kelurahan is not None and row.facts.kelurahan_code != known["kelurahan_code"]:
        yield "kelurahan", kelurahan
    if cells.kpj and _digits(cells.kpj) != known["kpj"] and cells.nik:
        yield "kpj", cells.kpj


def _cause(words: str, cells: _Cells) -> Cause:
    return cause_of(words) or (Cause.OTHER if cells.own["cause"] else Cause.ILLNESS)


def _day(cells: _Cells, words: str, today: datetime.date) -> datetime.date | None:
    """Return the day of an event: of its own column, of the row's date, or within the words."""
    for field in ("died", "moved", "left", "date"):
        for cell in cells.own[field]:
            if day := day_of(cell, today):
                return day
    written = _DATE_IN_WORDS.search(words)
    return day_of(written[0], today) if written else None


def day_of(cell: Cell, today: datetime.date) -> datetime.date | None:
    """Return the day that a cell names, None where it names none; 25 is 2025, 97 is 1997."""
    parts = dates.parse(cell) if line(cell) else None
    if parts is None:
        return None
    year = parts.year
    if year < _CENTURY:
        year += 2000 if year <= today.year % _CENTURY else 1900
    return dates.valid(year, parts.month, parts.day)


def _digits(cell: str) -> str:
    return re.sub(r"[\s.\-/'`]+", "", cell)
