"""What people read: the office's word for every code, dates and figures as they are spoken."""

import datetime
from enum import StrEnum

import pytest

from jamsostek_cli import messages
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.quality.report import Sender
from jamsostek_cli.reports.reconcile import Absence
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Value
from jamsostek_cli.tables.wording import figure_title, kind_of, note_text, shown, title, word

CELLS: tuple[tuple[Value, Kind, str, str], ...] = (
    (None, Kind.COUNT, "", ""),
    (None, Kind.DATE, "", ""),
    (34_782, Kind.COUNT, "34.782", "34,782"),
    (0, Kind.COUNT, "0", "0"),
    (-42_000_000, Kind.RUPIAH, "-Rp42.000.000", "-Rp42,000,000"),
    (0.5, Kind.SHARE, "50,00%", "50.00%"),
    (datetime.date(2025, 12, 3), Kind.DATE, "3 Desember 2025", "3 December 2025"),
    ("2025-12-03", Kind.DATE, "3 Desember 2025", "3 December 2025"),
    (Month(2025, 7), Kind.TEXT, "Juli 2025", "July 2025"),
    ("2025-07", Kind.TEXT, "Juli 2025", "July 2025"),
    ("2025-13", Kind.TEXT, "2025-13", "2025-13"),
    ("2025-01-06T00:30:00+00:00", Kind.MOMENT, "6 Januari 2025 08.30", "6 January 2025 08:30"),
    ("2025-01-06T08:30:00+08:00", Kind.MOMENT, "6 Januari 2025 08.30", "6 January 2025 08:30"),
    (1, Kind.FLAG, "ya", "yes"),
    (0, Kind.FLAG, "tidak", "no"),
    (True, Kind.TEXT, "ya", "yes"),
    (False, Kind.TEXT, "tidak", "no"),
    ("BASRI AAA", Kind.TEXT, "BASRI AAA", "BASRI AAA"),
    (Payer.CITY, Kind.TEXT, "APBD Kota", "City budget"),
    (EndReason.EMPLOYED, Kind.TEXT, "sudah punya pemberi kerja (PU)", "has an employer now (PU)"),
    (Sender.NO_AGENCY, Kind.TEXT, "(tanpa OPD)", "(no agency)"),
    (Absence.NOT_ENROLLED, Kind.TEXT, "tidak terdaftar", "not enrolled"),
    (Coded("nik_length", "NIK salah"), Kind.TEXT, "NIK salah", "NIK salah"),
)


@pytest.mark.parametrize(("value", "kind", "indonesian", "english"), CELLS)
def test_a_cell_is_shown_as_people_read_it(value: Value, kind: Kind, indonesian: str, english: str) -> None:
    assert shown(value, kind) == indonesian
    messages.use("en")
    assert shown(value, kind) == english


def test_equal_codes_of_different_kinds_have_their_own_words() -> None:
    assert ClaimState.PAID.value == BillState.PAID.value
    assert (word(ClaimState.PAID), word(BillState.PAID)) == ("dibayar", "lunas")


def test_a_missing_word_is_an_error_and_never_a_code_on_the_screen() -> None:
    class UnheardOf(StrEnum):
        THING = "thing"

    assert kind_of(UnheardOf) == "unheard_of"
    for ask in (word, lambda thing: shown(thing, Kind.TEXT)):
        with pytest.raises(KeyError, match=r"unheard_of\.thing"):
            ask(UnheardOf.THING)


def test_headings_figures_and_notes_are_looked_up() -> None:
    assert title(Column("heads", Kind.COUNT)) == "Orang"
    assert figure_title(Figure("protected", 3)) == "Terlindungi (iuran bulan ini lunas)"
    day = {"first": datetime.date(2025, 1, 1), "last": datetime.date(2025, 8, 4)}
    assert "1 Januari 2025" in note_text(Note(key="claims", facts=day))
    facts = {"file": "a.xlsx", "payer": Payer.CITY, "month": Month(2025, 8)}
    assert "APBD Kota" in note_text(Note(key="reconcile", facts=facts))
    with pytest.raises(KeyError):
        title(Column("no_such_heading"))
