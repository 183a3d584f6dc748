"""What an import changed of known workers is said: by field on the screen, one by one in the batch."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office

HEADINGS = ("NIK", "NAMA", "NO KK", "NO HP", "KELURAHAN", "PEKERJAAN")
CARD, OTHER_CARD = "6474011203120007", "6474011203120008"
PHONE, OTHER_PHONE = "081220320617", "081220320999"
FIRST = ("6474011708857001", "RUDI HARTONO", CARD, PHONE, "Guntung", "NELAYAN")
SECOND = ("6474011205907002", "EKO PUTRA", "", "", "Guntung", "")


@pytest.fixture
def known(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that knows two people, one of them barely."""
    office.ok("import", roster([FIRST, SECOND], headings=HEADINGS))
    return office


@pytest.fixture
def second(known: Office, roster: Callable[..., Path]) -> Path:
    """Return a roster that says otherwise of the first, and more of the second."""
    first = (*FIRST[:1], "RUDI HARTONO SAPUTRA", OTHER_CARD, OTHER_PHONE, "Lok Tuan", "PETANI")
    return roster([first, (*SECOND[:5], "PETANI")], "b.xlsx", HEADINGS)


EXPECTED = [
    ("P-000001", "name", "RUDI HARTONO", "RUDI HARTONO SAPUTRA"),
    ("P-000001", "family_card", "6474••••••••••••", "6474••••••••••••"),
    ("P-000001", "phone", "•••0617", "•••0999"),
    ("P-000001", "kelurahan_code", "Guntung", "Lok Tuan"),
    ("P-000001", "occupation", "NELAYAN", "PETANI"),
    ("P-000002", "occupation", None, "PETANI"),
]


def records(changes: list[dict[str, str]]) -> list[tuple[str | None, ...]]:
    keys = ("worker", "field", "old", "new_value")
    return [tuple(change[key] for key in keys) for change in changes]


def test_the_screen_counts_what_was_replaced_and_what_was_filled_in(known: Office, second: Path) -> None:
    ran = known("--lang", "en", "import", second)
    table = ran.out[ran.out.index("field\treplaced\tfilled") :].splitlines()
    assert "family_card\t1\t0" in table
    assert "occupation\t1\t1" in table
    assert "jcli batch show B-2025-002" in ran.err


@pytest.mark.parametrize("rehearsed", [(), ("--dry-run",)])
def test_json_holds_every_change_with_old_and_new(
    known: Office, second: Path, rehearsed: tuple[str, ...]
) -> None:
    ran = known("import", second, *rehearsed, "--json")
    assert records(ran.data["files"][0]["changes"]) == EXPECTED
    for secret in (CARD, OTHER_CARD, PHONE, OTHER_PHONE):
        assert secret not in ran.out


def test_what_was_only_tried_has_no_batch_to_look_at(known: Office, second: Path) -> None:
    ran = known("import", second, "--dry-run")
    assert "replaced" in ran.out
    assert "batch show" not in ran.err


def test_the_batch_lists_them_until_it_is_undone(known: Office, second: Path) -> None:
    known.ok("import", second)
    assert records(known.ok("batch", "show", "B-2025-002")["changes"]) == EXPECTED
    shown = known("batch", "show", "B-2025-002").out
    assert "P-000001\toccupation\tNELAYAN\tPETANI" in shown
    assert known.ok("batch", "show", "B-2025-001")["changes"] == []
    known.ok("batch", "undo", "B-2025-002")
    assert known.ok("batch", "show", "B-2025-002")["changes"] == []


def test_an_import_that_changes_nobody_says_nothing_of_it(known: Office, roster: Callable[..., Path]) -> None:
    again = roster([FIRST, ("6474011205907003", *SECOND[1:])], "c.xlsx", HEADINGS)
    assert "replaced" not in known("--lang", "en", "import", again).out


def test_no_nik_can_be_put_together_from_what_changed(office: Office, roster: Callable[..., Path]) -> None:
    headings = ("NIK", "NAMA", "TGL LAHIR", "JK", "NO KK", "ALAMAT")
    nik, other = "6474011708857001", "6474011708857002"
    office.ok("import", roster([(nik, "RUDI", "17-08-1985", "L", "", "")], headings=headings))
    said = (nik, "RUDI", "18-08-1985", "L", nik, f"JL. MAWAR, KTP {other}")
    card = (*said[:2], "17-08-1985", *said[3:])
    for name, row in (("b.xlsx", card), ("c.xlsx", said)):
        office("import", roster([row], name, headings))
    shown = office("batch", "show", "B-2025-002").out + office("batch", "show", "B-2025-002", "--json").out
    for digits in (nik, other, nik[-4:]):
        assert digits not in shown
    assert "KTP 6474••••••••7002" in shown
    assert "family_card\t\t6474••••••••••••" in shown
