import pytest

from jamsostek_cli import messages
from jamsostek_cli.domain.finding import Severity
from jamsostek_cli.roster.findings import FINDINGS, OF_CHANGES, FindingKind, remedy_of_sender

REJECTS = (
    "nik_missing nik_length nik_not_numeric nik_precision_lost nik_masked nik_placeholder nik_date_invalid "
    "nik_serial_zero nik_ambiguous nik_is_family_card example_row identity_not_nik name_missing "
    "row_too_wide"
).split()


def of(severity: Severity) -> set[str]:
    return {code for code, kind in FINDINGS.items() if kind.severity is severity}


def test_only_nik_and_name_turn_a_row_away() -> None:
    rejects = {code for code, kind in FINDINGS.items() if kind.severity is Severity.REJECT}
    assert rejects - OF_CHANGES == set(REJECTS)
    assert rejects >= OF_CHANGES
    assert [code for code, kind in FINDINGS.items() if kind.severity is Severity.REVIEW] == [
        "nik_shared_by_two_people",
        "worker_merged",
        "worker_deceased",
        "perhaps_deceased",
    ]


@pytest.mark.parametrize("kind", FINDINGS.values(), ids=lambda kind: kind.code)
def test_every_finding_says_what_why_and_what_to_do(kind: FindingKind) -> None:
    messages.use("id")
    indonesian = (kind.title(), kind.why(), kind.remedy())
    messages.use("en")
    english = (kind.title(), kind.why(), kind.remedy())

    assert FINDINGS[kind.code] is kind
    assert all((*indonesian, *english))
    assert not set(indonesian) & set(english)
    assert all(text.endswith(".") for text in (*indonesian[1:], *english[1:]))


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_asks_a_department_to_decide_in_the_queue_of_the_office(language: str) -> None:
    said = [remedy_of_sender(code, language) for code in FINDINGS]
    assert [one for one in said if "antrean" in one or "queue" in one or "jcli" in one] == []
    open_questions = [code for code, kind in FINDINGS.items() if kind.severity is Severity.REVIEW]
    assert all(remedy_of_sender(code, language) != FINDINGS[code].remedy_id for code in open_questions)
    assert remedy_of_sender("nik_missing") == FINDINGS["nik_missing"].remedy_id
