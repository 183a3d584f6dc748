"""People whom an invoice names and our bill does not: what the register knows of them."""

import json
from collections.abc import Collection

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.rules.invoice import Known


def of(connection: Connection, niks: Collection[str], payer: str, month: Month) -> list[Known]:
    """Return those of the NIKs that the register knows, with what a payer's bill of the month rests on."""
    rows = connection.execute(
        """
        SELECT worker.id, worker.nik, worker.status, birth_date, died_on, merged_into,
          coalesce(
            (SELECT payer FROM enrolment WHERE worker_id = worker.id AND payer <> :payer
               AND enrolment.status IN ('active', 'ended') AND start_month <= :month AND end_month >= :month),
            (SELECT payer FROM elsewhere WHERE elsewhere.nik = worker.nik
               AND first_month <= :month AND last_month >= :month)
          ),
          EXISTS (SELECT 1 FROM enrolment WHERE worker_id = worker.id AND payer = :payer
            AND enrolment.status IN ('active', 'ended') AND start_month <= :month AND end_month >= :month),
          last_ended.end_month, last_ended.end_reason,
          (SELECT max(end_month) FROM enrolment
             WHERE worker_id = worker.id AND enrolment.status = 'active' AND end_month < :month)
        FROM json_each(:niks) JOIN worker ON worker.nik = json_each.value
        LEFT JOIN enrolment AS last_ended ON last_ended.id = (
          SELECT id FROM enrolment WHERE worker_id = worker.id AND status = 'ended' AND end_month < :month
          ORDER BY end_month DESC LIMIT 1
        )
        """,
        {"niks": json.dumps(list(niks)), "payer": payer, "month": str(month)},
    )
    return [
        Known(
            worker_id=row[0],
            nik=row[1],
            status=row[2],
            birth_date=row[3],
            died_on=row[4],
            merged_into=None if row[5] is None else number_of(row[5]),
            other=row[6],
            owed=bool(row[7]),
            ended=row[8],
            ended_because=row[9],
            expired=row[10],
        )
        for row in rows
    ]
