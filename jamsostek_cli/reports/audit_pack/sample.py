"""A random sample that anybody can draw again: claims with their papers, people with where they come from."""

import json
from collections.abc import Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.papers import Holder
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import paper_name


def papers(db: Connection, numbers: Sequence[str]) -> Table:
    """Return the papers of the claims that were drawn, with their fingerprints; a claim without any, too."""
    rows = db.execute(
        """
        SELECT json_each.value, name, sha256, held_by, recorded_by, recorded_on
        FROM json_each(?) JOIN claim ON claim.number = json_each.value
        LEFT JOIN claim_document ON claim_id = claim.id ORDER BY json_each.key, name
        """,
        (json.dumps(numbers),),
    )
    return Table.of(
        "pack_sample_claims",
        rows,
        (
            Column("number", of=lambda row: row[0]),
            Column("document", of=lambda row: row[1] and paper_name(row[1])),
            Column("fingerprint", of=lambda row: row[2]),
            Column("held_by", of=lambda row: row[3] and Holder(row[3])),
            Column("recorded_by", of=lambda row: row[4]),
            Column("recorded_on", Kind.DATE, of=lambda row: row[5]),
        ),
    )


def people(db: Connection, numbers: Sequence[str]) -> Table:
    """Return the people who were drawn, with the row of the file from which each came."""
    rows = db.execute(
        """
        SELECT worker.id, nik, worker.name, batch.number, file, sha256, batch_sheet.name, row
        FROM json_each(?) JOIN worker ON worker.id = CAST(substr(json_each.value, 3) AS INTEGER)
        JOIN batch ON batch.id = worker.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = batch.id AND position = sheet
        ORDER BY json_each.key
        """,
        (json.dumps(numbers),),
    )
    return Table.of(
        "pack_sample_people",
        rows,
        (
            Column("worker", of=lambda row: number_of(row[0])),
            Column("nik", of=lambda row: masked(row[1])),
            Column("name", of=lambda row: row[2]),
            Column("batch", of=lambda row: row[3]),
            Column("file", of=lambda row: row[4]),
            Column("fingerprint", of=lambda row: row[5]),
            Column("sheet", of=lambda row: row[6]),
            Column("row", Kind.COUNT, of=lambda row: row[7]),
        ),
    )
