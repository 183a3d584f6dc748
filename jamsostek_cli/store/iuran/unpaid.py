"""Which months are owed and not paid, of the whole register in one look: light enough for `jcli status`."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span

_OWING: Final = """(
    SELECT id, worker_id, basis, sector, programmes, status, start_month, end_month, end_reason,
      CASE status
        WHEN 'active' THEN end_month
        WHEN 'ended' THEN min(end_month, coalesce(
          (SELECT substr(died_on, 1, 7) FROM worker WHERE worker.id = enrolment.worker_id), end_month))
        ELSE ''
      END AS owed_until
    FROM enrolment {index} WHERE payer = :payer {whose}
  ) AS owing"""
OWING: Final = _OWING.format(index="NOT INDEXED", whose="")
"""A payer's enrolments with the last month owed: none after a death, none before BPJS has the person.

Who died before an enrolment began has a last month owed that lies before its first.
"""


def owing_of(people: str) -> str:
    """Return `OWING` of the few whose `worker_id` stands in a table of the statement."""
    return _OWING.format(
        index="INDEXED BY enrolment_by_worker", whose=f"AND worker_id IN (SELECT worker_id FROM {people})"
    )


def unpaid(owed: Span, paid_spans: Sequence[Span]) -> tuple[Month, ...]:
    """Return the months of a span that none of the paid spans holds."""
    return tuple(month for gap in owed.without(paid_spans) for month in gap.months())


def open_months(connection: Connection, last: Month) -> dict[Payer, Counter[Month]]:
    """Return by payer the months up to one that somebody still owes, with how many do; in one look at each.

    Asked of every payer at once for the whole register: enrolments that a single span pays are passed over.
    """
    payers = [payer for (payer,) in connection.execute("SELECT DISTINCT payer FROM enrolment ORDER BY payer")]
    return {Payer(payer): open_for for payer in payers if (open_for := _open_months(connection, payer, last))}


def _open_months(connection: Connection, payer: str, last: Month) -> Counter[Month]:
    rows = connection.execute(
        f"""
        SELECT start_month, until, paid, count(*) FROM (
          SELECT start_month, min(owed_until, :last) AS until,
            (SELECT group_concat(first_month || '/' || last_month, ' ') FROM paid_span
             WHERE paid_span.enrolment_id = owing.id) AS paid
          FROM {OWING}
          WHERE start_month <= :last AND owed_until >= start_month AND NOT EXISTS (
            SELECT 1 FROM paid_span WHERE paid_span.enrolment_id = owing.id
              AND first_month <= start_month AND last_month >= min(owed_until, :last)
          )
        ) GROUP BY 1, 2, 3
        """,
        {"payer": payer, "last": str(last)},
    )
    months: Counter[Month] = Counter()
    for start, until, paid_months, heads in rows:
        spans = [Span.parse(*span.split("/")) for span in (paid_months or "").split()]
        for month in unpaid(Span.parse(start, until), spans):
            months[month] += heads
    return months
