"""How an enrolment stands in a table: the columns from which each command takes its own."""

from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.tables.table import Column
from jamsostek_cli.tables.wording import programmes

if TYPE_CHECKING:
    from jamsostek_cli.domain.enrolment import Enrolment


def _end_reason(enrolment: "Enrolment") -> EndReason | None:
    return None if enrolment.end_reason is None else EndReason(enrolment.end_reason)


def _paid_months(enrolment: "Enrolment") -> str:
    return " ".join(f"{span.first}..{span.last}" for span in enrolment.paid)


TERMS: Final = (
    Column("payer", of=lambda enrolment: payer_of(enrolment.payer)),
    Column("programmes", of=lambda enrolment: programmes(enrolment.programmes)),
    Column("start"),
    Column("end"),
    Column("status"),
)
"""Who pays for what, from when until when, and how far it has come."""

END_REASON: Final = Column("end_reason", of=_end_reason)
PAID_MONTHS: Final = Column("paid_months", of=_paid_months)
DECREE: Final = Column("decree")
KPJ: Final = Column("kpj")
