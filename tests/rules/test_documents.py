import datetime

import pytest

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.rules.documents import checklist, optional
from jamsostek_cli.rules.regulation import packaged

_LAW = packaged()
_DAY = datetime.date(2025, 1, 1)


def test_the_file_of_a_death_claim() -> None:
    assert checklist(ClaimKind.JKM, 42_000_000, _DAY, _LAW) == (
        "formulir-4",
        "kartu-peserta",
        "ktp-almarhum",
        "ktp-ahli-waris",
        "kartu-keluarga",
        "akta-kematian",
        "surat-ahli-waris",
        "rekening",
    )
    assert optional(ClaimKind.JKM, _DAY, _LAW) == ("buku-nikah", "surat-kuasa")


@pytest.mark.parametrize(("amount", "needed"), [(50_000_000, False), (50_000_001, True), (70_000_000, True)])
def test_a_tax_number_above_the_threshold(amount: int, needed: bool) -> None:
    assert ("npwp" in checklist(ClaimKind.JKK_DEATH, amount, _DAY, _LAW)) is needed


@pytest.mark.parametrize("kind", ClaimKind)
def test_no_document_is_both_needed_and_optional(kind: ClaimKind) -> None:
    names = (*checklist(kind, 0, _DAY, _LAW), *optional(kind, _DAY, _LAW))
    assert len(set(names)) == len(names)
    assert bool(names) is (kind is not ClaimKind.SANTUNAN)
