"""What a reason rests on, as people read it: a payer, an end, a finding, a date, a month, a number."""

from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import LeavingReason, payer_of
from jamsostek_cli.tables.table import Coded, Value


def ground(reason: str, detail: str) -> Value:
    """Return what the reason of a bill or an invoice rests on; `detail` as the operations give it."""
    from jamsostek_cli.roster.findings import FINDINGS

    if reason == LeavingReason.OTHER_PAYER:
        return payer_of(detail)
    if detail in FINDINGS:
        return Coded(detail, FINDINGS[detail].title())
    return EndReason(detail) if detail in set(EndReason) else detail
