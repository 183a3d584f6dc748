"""Scans given back: the copy that the office keeps of a paper, if it is still the one on record."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.claim import papers
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.store.claim import claim_documents, claims
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.tables.wording import paper_name


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """A scan that left: of which claim and paper, under which name it came in, its fingerprint."""

    number: str
    paper: str
    name: str
    sha256: str
    file: str


def give_back(db: Database, act: Act, number: str, name: str, path: Path, *, force: bool) -> GivenBack:
    """Write the copy of a scan to a file, with an audit row.

    Raises E402, E452 (the paper is not in), E459 (no scan of it, or no copy), E460 (the copy is not the scan
    on record), E502, E106 and E108.
    """
    with safe_file.beside(path, force=force) as part, db.writing() as connection:
        claim = claims.find(connection, number)
        there = {paper.name: paper for paper in claim_documents.of_claim(connection, claim.id)}
        if name not in there:
            raise JcliError("E452", claim=claim.number, paper=paper_name(name))
        sha256 = there[name].sha256
        content = None if sha256 is None else _copy(papers.folder_of(db), sha256)
        if content is None or sha256 is None:
            raise JcliError("E459", claim=claim.number, paper=paper_name(name))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise JcliError("E460", claim=claim.number, paper=paper_name(name))
        part.write_bytes(content)
        safe_file.sync(part)
        given = GivenBack(
            number=claim.number,
            paper=name,
            name=there[name].file or path.name,
            sha256=sha256,
            file=path.name,
        )
        audit.record(
            connection,
            act,
            action="claim.scan",
            subject=claim.number,
            after={
                "paper": name,
                "file": path.name,
                "sha256": sha256,
                **departure.told(connection, act, FileKind.SCAN, {path.name: sha256}, people=1),
            },
        )
    return given


def _copy(folder: Path, sha256: str) -> bytes | None:
    """Return the bytes of a copy, which is called by its fingerprint and ends as the scan did."""
    found = sorted(folder.glob(f"{sha256}*"))
    try:
        return found[0].read_bytes() if found else None
    except OSError:
        return None
