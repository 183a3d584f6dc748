"""What the family signs before the lurah: the statement of the heirs, and the power of attorney."""

from collections.abc import Sequence
from typing import Final

from jamsostek_cli.reports.letters.facts import LetterFacts, LetterHeir, born, day
from jamsostek_cli.reports.letters.paper import (
    DOTS,
    Block,
    FactLines,
    Paper,
    RuledTable,
    Signatures,
    Signer,
    Title,
    Words,
)

_BLANK: Final = LetterHeir(name=DOTS, relation="", nik=None, birth_date=None, guardian=None)
_ROWS: Final = 4
"""So many lines are left to be filled by hand where nobody is recorded."""


def heirs_grid(heirs: Sequence[LetterHeir]) -> RuledTable:
    """Return heirs as a table."""
    rows = [
        (
            str(at),
            one.name + (f" (wali: {one.guardian})" if one.guardian else ""),
            one.nik or "",
            "" if one.birth_date is None else day(one.birth_date),
            one.relation,
        )
        for at, one in enumerate(heirs, 1)
    ]
    return RuledTable(("No.", "Nama", "NIK", "Tanggal lahir", "Hubungan"), tuple(rows), (6, 26, 29, 21, 18))


def heirs(facts: LetterFacts) -> Paper:
    """Return the statement of the heirs, as far as they are recorded."""
    signing = list(facts.heirs) or [_BLANK] * _ROWS
    blocks: list[Block] = [
        Title("SURAT PERNYATAAN AHLI WARIS"),
        Words("Kami yang bertanda tangan di bawah ini menyatakan dengan sebenarnya bahwa:"),
        _person(facts),
        Words("meninggalkan ahli waris sebagai berikut:"),
        heirs_grid(signing),
        Words(
            "Tidak ada ahli waris lain selain yang tersebut di atas. Surat ini kami buat untuk mengurus"
            f" {facts.kind_words} dari BPJS Ketenagakerjaan. Bila di kemudian hari ternyata tidak benar, kami"
            " bersedia dituntut menurut hukum."
        ),
        *_signed(facts, "Ahli waris,", signing),
        Signatures((Signer(("Saksi 1,",)), Signer(("Saksi 2,",)))),
        Words("Mengetahui:"),
        Signatures((Signer((f"Lurah {facts.kelurahan or DOTS}",)), Signer(("Camat",)))),
    ]
    return _form("Surat pernyataan ahli waris", facts, blocks)


def attorney(facts: LetterFacts) -> Paper:
    """Return the power of attorney of the other heirs for the one who is paid, as far as recorded."""
    same = (facts.payee or "").casefold()
    payee = next((one for one in facts.heirs if one.name.casefold() == same), None)
    giving = [one for one in facts.heirs if one is not payee and (one.guardian or "").casefold() != same]
    giving = giving or [_BLANK] * _ROWS
    blocks: list[Block] = [
        Title("SURAT KUASA"),
        Words("Kami yang bertanda tangan di bawah ini, para ahli waris dari:"),
        _person(facts),
        heirs_grid(giving),
        Words("memberi kuasa kepada:"),
        FactLines(
            (
                ("Nama", facts.payee or DOTS),
                ("NIK", (payee and payee.nik) or DOTS),
                ("Hubungan", (payee and payee.relation) or DOTS),
            )
        ),
        Words(
            f"untuk mengurus dan menerima {facts.kind_words} (klaim {facts.number}) dari BPJS Ketenagakerjaan"
            " atas nama kami, dan menandatangani segala yang perlu untuk itu."
        ),
        *_signed(facts, "Pemberi kuasa,", giving),
        Signatures((Signer(("Penerima kuasa,",), facts.payee or DOTS), Signer(("Mengetahui, Lurah",)))),
    ]
    return _form("Surat kuasa", facts, blocks)


def _form(title: str, facts: LetterFacts, blocks: list[Block]) -> Paper:
    return Paper(
        title=title, day=facts.today, letterhead=facts.letterhead, blocks=tuple(blocks), headed=False
    )


def _person(facts: LetterFacts) -> FactLines:
    died = [("Meninggal", day(facts.died_on))] if facts.died_on else []
    return FactLines(
        (
            ("Nama", facts.name),
            ("NIK", facts.nik),
            ("Lahir", born(facts.birth_place, facts.birth_date)),
            *died,
            ("Alamat terakhir", facts.lives or DOTS),
        )
    )


def _signed(facts: LetterFacts, role: str, signing: Sequence[LetterHeir]) -> list[Block]:
    """Return room for everybody's signature, two side by side, the first beside the stamp duty."""
    signers = [
        Signer((role,), _signing(one), stamp=facts.stamp_words if at == 0 else "")
        for at, one in enumerate(signing)
    ]
    placed = Words(f"{facts.letterhead.place}, {DOTS}")
    return [placed, *(Signatures(tuple(signers[at : at + 2])) for at in range(0, len(signers), 2))]


def _signing(heir: LetterHeir) -> str:
    """Return who signs for an heir: the guardian of a child, whose name is left open while there is none."""
    if heir.guardian or heir.minor:
        return f"{heir.guardian or DOTS} (wali {heir.name})"
    return heir.name
