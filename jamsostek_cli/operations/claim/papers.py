"""The papers of a claim: recorded, given to somebody, replaced, taken back."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import ClaimMove, ClaimState
from jamsostek_cli.domain.papers import Holder
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.claim import documents
from jamsostek_cli.store.claim import claim_documents
from jamsostek_cli.store.claim.claim_documents import ClaimPaper
from jamsostek_cli.store.file import settings
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.settings import Switch
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.tables.wording import paper_name

_SETTLED = frozenset({ClaimState.VERIFIED, ClaimState.PAID})
"""States in which what was verified stays as it was: papers come in, none goes."""
_LARGEST = 100 * 1024**2
"""So many bytes a scan may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A claim after its papers changed.

    `copy` is where the scan was copied to, None where it was not; `same_scan` are the claims of other people
    (number, name of the paper) with which the very same scan stands.
    """

    detail: ClaimDetail
    copy: Path | None = None
    same_scan: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan: the name of its file and its fingerprint."""

    name: str
    sha256: str
    copy: Path | None


def record(
    db: Database,
    act: Act,
    number: str,
    names: Sequence[str],
    *,
    everything: bool = False,
    held_by: Holder | None = None,
    file: Path | None = None,
) -> Recorded:
    """Record papers as in (all that are missing with `everything`), their scan, or who holds them now.

    With `held_by` alone all that are in are held by somebody else. What is recorded already stays as it was
    recorded, but for its first scan. Raises E402, E409 (the claim is decided), E417 (no such paper), E450
    (there is another scan), E452 (nothing is in), and as `_scanned`.
    """
    scanned: AbstractContextManager[_Scan | None] = nullcontext() if file is None else _scanned(db, file)
    with scanned as scan, db.writing() as connection:
        before = claim_detail.of(connection, number)
        chosen = _chosen(connection, before, names, everything=everything)
        there = {paper.name: paper for paper in before.papers}
        fresh = [_recorded(act, before, there.get(name), name, held_by, scan) for name in chosen]
        changed = [paper for paper in fresh if paper != there.get(paper.name)]
        recorded = [paper for paper in changed if _is_recorded(paper, there.get(paper.name))]
        if recorded:
            domain.after(before.claim.number, before.claim.state, ClaimMove.DOCUMENT)
        for paper in changed:
            claim_documents.put(connection, before.claim.id, paper)
        audit.record(
            connection,
            act,
            action="claim.document" if recorded or held_by is None else "claim.held",
            subject=before.claim.number,
            before={"papers": _told(there[paper.name] for paper in changed if paper.name in there)},
            after={"papers": _told(changed)},
        )
        return _after(connection, before, scan)


def _chosen(
    connection: Connection, detail: ClaimDetail, names: Sequence[str], *, everything: bool
) -> list[str]:
    """Return which papers are meant; E417 (none of the claim's), E452 (nothing is in)."""
    claim = detail.claim
    known = documents.known(claim.kind, claim.event_date, law.in_force(connection))
    choices = dict.fromkeys([*known, *detail.have])
    unknown = [name for name in names if name not in choices]
    if unknown:
        raise JcliError("E417", name=unknown[0], names="; ".join(map(paper_name, choices)))
    if not (names or everything or detail.have):
        raise JcliError("E452", claim=claim.number, paper="-")
    meant = [*names, *(detail.missing if everything else ())]
    return [*dict.fromkeys(meant)] if names or everything else list(detail.have)


def _recorded(
    act: Act,
    detail: ClaimDetail,
    there: ClaimPaper | None,
    name: str,
    held_by: Holder | None,
    scan: _Scan | None,
) -> ClaimPaper:
    """Return a paper as it is on record from now on; E450 where it has another scan."""
    if there is None:
        paper = _fresh(act, name, held_by or Holder.OFFICE, scan)
    elif scan is None or there.sha256 == scan.sha256:
        paper = there._replace(held_by=held_by or there.held_by)
    elif there.sha256 is None:
        paper = _fresh(act, name, held_by or there.held_by, scan)
    else:
        raise JcliError("E450", claim=detail.claim.number, paper=paper_name(name), name=name)
    return paper


def _fresh(act: Act, name: str, held_by: Holder, scan: _Scan | None) -> ClaimPaper:
    file, sha256 = (None, None) if scan is None else (scan.name, scan.sha256)
    return ClaimPaper(name, file, sha256, held_by, act.actor, act.today)


def _is_recorded(paper: ClaimPaper, there: ClaimPaper | None) -> bool:
    """Tell whether a paper came in, or its scan: not where only somebody else holds it."""
    return there is None or paper.sha256 != there.sha256


def replace(
    db: Database,
    act: Act,
    number: str,
    name: str,
    *,
    file: Path,
    reason: str,
    held_by: Holder | None = None,
) -> Recorded:
    """Put another paper in the place of one that is in; the old one and its fingerprint stay on record.

    Raises E402, E409, E452 (it is not in), E453 (the claim is verified), E454 (it is the same scan), and as
    `_scanned`.
    """
    with _scanned(db, file) as scan, db.writing() as connection:
        before = claim_detail.of(connection, number)
        [old] = _in(before, [name])
        if old.sha256 == scan.sha256:
            raise JcliError("E454", claim=before.claim.number, paper=paper_name(name))
        new = _fresh(act, name, held_by or Holder.OFFICE, scan)
        _end(connection, act, before, [old], reason, replaced=True)
        claim_documents.put(connection, before.claim.id, new)
        audit.record(
            connection,
            act,
            action="claim.replace",
            subject=before.claim.number,
            reason=reason,
            before={"papers": _told([old])},
            after={"papers": _told([new])},
        )
        return _after(connection, before, scan)


def take_back(db: Database, act: Act, number: str, names: Sequence[str], *, reason: str) -> Recorded:
    """Take papers out of a claim; what they were stays on record, a copy of a scan too.

    Raises E402, E409, E452 (it is not in), E453 (the claim is verified).
    """
    with db.writing() as connection:
        before = claim_detail.of(connection, number)
        papers = _in(before, names)
        _end(connection, act, before, papers, reason, replaced=False)
        audit.record(
            connection,
            act,
            action="claim.take-back",
            subject=before.claim.number,
            reason=reason,
            before={"papers": _told(papers)},
        )
        return _after(connection, before, None)


def _in(detail: ClaimDetail, names: Sequence[str]) -> list[ClaimPaper]:
    """Return papers that are in, by name; E452 for one that is not, E409 and E453 where none may go."""
    if detail.claim.state in _SETTLED:
        raise JcliError("E453", claim=detail.claim.number, state=detail.claim.state)
    domain.after(detail.claim.number, detail.claim.state, ClaimMove.DOCUMENT)
    there = {paper.name: paper for paper in detail.papers}
    for name in names:
        if name not in there:
            raise JcliError("E452", claim=detail.claim.number, paper=paper_name(name))
    return [there[name] for name in dict.fromkeys(names)]


def _end(
    connection: Connection,
    act: Act,
    detail: ClaimDetail,
    papers: Iterable[ClaimPaper],
    reason: str,
    *,
    replaced: bool,
) -> None:
    for paper in papers:
        claim_documents.end(
            connection,
            detail.claim.id,
            paper,
            by=act.actor,
            on=act.today,
            replaced=replaced,
            reason=reason,
        )


def _told(papers: Iterable[ClaimPaper]) -> dict[str, dict[str, object]]:
    """Return papers for the audit trail: fingerprint, holder, who recorded each and when."""
    return {
        paper.name: {
            "sha256": paper.sha256,
            "held_by": paper.held_by,
            "recorded_by": paper.recorded_by,
            "recorded_on": paper.recorded_on,
        }
        for paper in papers
    }


def _after(connection: Connection, before: ClaimDetail, scan: _Scan | None) -> Recorded:
    claim = before.claim
    same = () if scan is None else claim_documents.same_scan(connection, claim.worker_id, scan.sha256)
    return Recorded(
        detail=claim_detail.of(connection, claim.number),
        copy=None if scan is None else scan.copy,
        same_scan=tuple(same),
    )


def folder_of(db: Database) -> Path:
    """Return the folder beside a database in which the copies of its scans are kept."""
    return db.path.with_name(f"{db.path.stem}.papers")


@contextmanager
def _scanned(db: Database, file: Path) -> Iterator[_Scan]:
    """Give a scan with its fingerprint; where the office keeps copies, put one in place after the block.

    A copy is named by its fingerprint, so one file stands there once. Raises E201 (no such file), E455 (too
    large), E106, E108, E337 (the folder).
    """
    content = _content(file)
    digest = hashlib.sha256(content).hexdigest()
    with db.reading() as connection:
        keeps = settings.get(connection, settings.KEEP_COPIES) == Switch.ON
    if not keeps:
        yield _Scan(file.name, digest, None)
        return
    place = folder_of(db) / f"{digest}{file.suffix.lower()}"
    safe_file.make_folder(place.parent)
    with safe_file.beside(place, force=True) as part:
        part.write_bytes(content)
        safe_file.sync(part)
        yield _Scan(file.name, digest, place)


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise JcliError("E201", path=file.name)
        if file.stat().st_size > _LARGEST:
            raise JcliError("E455", path=file.name, limit=_LARGEST // 1024**2)
        return file.read_bytes()
    except OSError:
        raise JcliError("E201", path=file.name) from None
