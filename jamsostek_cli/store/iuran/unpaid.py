"""Which months are owed and not paid, of the whole register in one look: light enough for `jcli status`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
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


_ENDED: Final = _OWING.format(index="INDEXED BY enrolment_by_payer", whose="AND status = 'ended'")
"""Those of them that were cut short, by the index of payers and states."""


def owing_of(people: str) -> str:
    """Return `OWING` of the few whose `worker_id` stands in a table of the statement."""
    return _OWING.format(
        index="INDEXED BY enrolment_by_worker", whose=f"AND worker_id IN (SELECT worker_id FROM {people})"
    )


def unpaid(owed: Span, paid_spans: Sequence[Span]) -> tuple[Month, ...]:
    """Return the months of a span that none of the paid spans holds."""
    return tuple(month for gap in owed.without(paid_spans) for month in gap.months())


def open_months(connection: Connection, last: Month) -> dict[Payer, Counter[Month]]:
    """Return by payer the months up to one that somebody still owes, with how many do.

    Of the active enrolments it is told by the counts that are kept: as many as run in a month, less those
    who have it paid, for nobody of them has a month paid that is not owed. Those that were cut short are few,
    and looked at one by one. `recounted` comes to the same without the counts.
    """
    found: dict[Payer, Counter[Month]] = {}
    for payer in _payers(connection):
        months = Counter(dict(_open_while_active(connection, payer, last)))
        months.update(_open_for(connection, payer, last, _ENDED))
        if months:
            found[Payer(payer)] = months
    return found


def recounted(connection: Connection, last: Month) -> dict[Payer, Counter[Month]]:
    """Return the same as `open_months` by one look at every enrolment and its paid months."""
    payers = [one for (one,) in connection.execute("SELECT DISTINCT payer FROM enrolment ORDER BY payer")]
    return {Payer(one): months for one in payers if (months := _open_for(connection, one, last, OWING))}


def are_misplaced(connection: Connection) -> bool:
    """Return whether a month is paid that its enrolment was not meant for, or twice: counts rest on none."""
    (found,) = connection.execute(
        """
        SELECT EXISTS (
          SELECT 1 FROM enrolment JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE first_month < start_month OR last_month > planned_end_month
        ) OR EXISTS (
          SELECT 1 FROM (
            SELECT first_month, lag(last_month) OVER (
              PARTITION BY enrolment_id ORDER BY first_month
            ) AS paid_before FROM paid_span
          ) WHERE first_month <= paid_before
        )
        """
    ).fetchone()
    return bool(found)


def _payers(connection: Connection) -> list[str]:
    rows = connection.execute("SELECT DISTINCT payer FROM enrolment_count WHERE heads > 0 ORDER BY payer")
    return [payer for (payer,) in rows]


_CHANGES: Final = """
    SELECT month, sum(change) FROM (
      SELECT start_month AS month, heads AS change FROM enrolment_count
      WHERE payer = :payer AND status = 'active' AND start_month <= :last
      UNION ALL
      SELECT strftime('%Y-%m', end_month || '-01', '+1 month'), -heads FROM enrolment_count
      WHERE payer = :payer AND status = 'active' AND end_month < :last
      UNION ALL
      SELECT first_month, -heads FROM paid_count
      WHERE payer = :payer AND status = 'active' AND first_month <= :last
      UNION ALL
      SELECT strftime('%Y-%m', last_month || '-01', '+1 month'), heads FROM paid_count
      WHERE payer = :payer AND status = 'active' AND last_month < :last
    ) GROUP BY month ORDER BY month
"""


def _open_while_active(connection: Connection, payer: str, last: Month) -> Iterator[tuple[Month, int]]:
    """Yield the months that active enrolments of a payer still owe, with how many do."""
    changes = [
        (Month.parse(month), change)
        for month, change in connection.execute(_CHANGES, {"payer": payer, "last": str(last)})
    ]
    heads = 0
    for (month, change), (following, _) in pairwise([*changes, (last.plus(1), 0)]):
        heads += change
        if heads > 0:
            yield from ((each, heads) for each in Span(month, following.plus(-1)).months())


def _open_for(connection: Connection, payer: str, last: Month, owing: str) -> Counter[Month]:
    """Return the months that some enrolments still owe; those that a single span pays are passed over."""
    rows = connection.execute(
        f"""
        SELECT start_month, until, paid, count(*) FROM (
          SELECT start_month, min(owed_until, :last) AS until,
            (SELECT group_concat(first_month || '/' || last_month, ' ') FROM paid_span
             WHERE paid_span.enrolment_id = owing.id) AS paid
          FROM {owing}
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
