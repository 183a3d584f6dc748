"""What is handed to BPJS about somebody."""

from jamsostek_cli.domain.area import is_desa
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.store.bpjs.submissions import Applicant


def facts_of(one: Applicant, *, line: int, number: str, city: str) -> dict[str, str | None]:
    """Return what a column may hold about somebody, by the layout's `FIELDS`; `line` counts from 1."""
    months = Span.parse(one.first_month, one.last_month)
    known = {field: None if value is None else str(value) for field, value in one._asdict().items()}
    return {
        **known,
        "line": str(line),
        "number": number,
        "worker": number_of(one.worker_id),
        "city": city,
        "months": str(len(months)),
        "full_address": _full_address(one),
    }


def _full_address(one: Applicant) -> str | None:
    """Return street, RT and RW, kelurahan and kecamatan in one line, as far as they are known."""
    numbers = " ".join(f"{name} {number}" for name, number in (("RT", one.rt), ("RW", one.rw)) if number)
    kind = "DESA" if is_desa(one.kelurahan_code or "") else "KEL."
    parts = (
        one.address,
        numbers,
        one.kelurahan and f"{kind} {one.kelurahan.upper()}",
        one.kecamatan and f"KEC. {one.kecamatan.upper()}",
    )
    return ", ".join(part for part in parts if part) or None
