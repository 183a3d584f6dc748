"""Families to visit: the list that goes out, and what officers wrote into it when it comes back."""

import datetime
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli import messages, safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.letters import VisitRow
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.family import heard
from jamsostek_cli.operations.claim.family.heard import ContactTaken, VisitState, contact_of
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.office import letterhead as letterheads
from jamsostek_cli.operations.office.parts import AreaParts
from jamsostek_cli.reports.letters.facts import paper_words
from jamsostek_cli.store.claim import claim_family, claims, visits
from jamsostek_cli.store.claim.claim_family import Visit
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.claim.visits import WaitingFamily
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

if TYPE_CHECKING:
    from jamsostek_cli.roster.handed_out.visit_list import VisitLine

FORMATS: Final = ("pdf", "docx", "xlsx")
_LIST: Final = "visit_list"
_NOWHERE: Final = "Tanpa kelurahan"
_PAPERS_NAMED: Final = 6
"""So many missing papers are named on the list, of more how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTaken:
    """A row that is a visit."""

    sheet: str
    row: int
    claim: Claim
    visited: Visit
    state: VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRefused:
    """A row that cannot be taken, and why."""

    sheet: str
    row: int
    claim: str
    error: JcliError


@dataclass(slots=True, kw_only=True)
class VisitsTaken:
    """What a list that came back came to; where rows were `refused`, or on a dry run, nothing is `stored`."""

    file: str
    stored: bool = False
    taken: list[VisitTaken] = field(default_factory=list)
    contacts: list[ContactTaken] = field(default_factory=list)
    refused: list[VisitRefused] = field(default_factory=list)

    @property
    def news(self) -> list[VisitTaken]:
        """The visits that are not recorded yet."""
        return [one for one in self.taken if one.state is VisitState.NEW]

    @property
    def changed(self) -> list[ContactTaken]:
        """The contacts that are not on record so."""
        return [one for one in self.contacts if one.state is VisitState.NEW]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFamily:
    """A family to be visited, with the papers that its claim still lacks."""

    family: WaitingFamily
    missing: tuple[str, ...]


def listed(db: Database, kelurahan: str | None) -> list[ListedFamily]:
    """Return the families with an open claim (of a kelurahan), by kelurahan and RT.

    Raises E116, E501, E510, E511 for a kelurahan that is none.
    """
    with db.reading() as connection:
        return _listed(connection, kelurahan)


def _listed(connection: Connection, kelurahan: str | None) -> list[ListedFamily]:
    code = None
    if kelurahan is not None:
        parts = AreaParts(areas.load(connection))
        code = parts.of(kelurahan=kelurahan, kecamatan="", place="", within="")
    return [
        ListedFamily(family=one, missing=claim_detail.of(connection, one.number).missing)
        for one in visits.waiting(connection, code)
    ]


def write(db: Database, act: Act, paths: Sequence[Path], kelurahan: str | None, *, force: bool) -> int:
    """Write the list to files, with one audit row for all of them; return how many families are on it.

    It is always Indonesian. Raises E503 (none of `FORMATS`), E554 (nobody waits), E502, E106, E108, and what
    `listed` raises.
    """
    for path in paths:
        if path.suffix.lower().lstrip(".") not in FORMATS:
            raise JcliError("E503", path=path.name, formats=", ".join(FORMATS))
    with ExitStack() as files, messages.speaking("id"):
        parts = {path: files.enter_context(safe_file.beside(path, force=force)) for path in paths}
        with db.writing() as connection:
            families = _listed(connection, kelurahan)
            if not families:
                raise JcliError("E554")
            rows = [_row(one) for one in families]
            for path, part in parts.items():
                _fill(connection, act.today, path.suffix.lower(), part, rows)
            hashes = {path.name: safe_file.sealed(part) for path, part in parts.items()}
            audit.record(
                connection,
                act,
                action=f"claim.{_LIST}",
                subject=kelurahan or areas.load(connection).name,
                after={
                    "claims": [one.family.number for one in families],
                    "files": hashes,
                    **departure.told(connection, act, FileKind.VISITS, hashes, people=len(families)),
                },
            )
    return len(families)


def _fill(
    connection: Connection, today: datetime.date, ending: str, part: Path, rows: Sequence[VisitRow]
) -> None:
    head = letterheads.of(connection)
    if ending == ".xlsx":
        from jamsostek_cli.roster.handed_out import visit_list as workbook

        workbook.write(part, rows, origin=audit.origin(connection), made_on=today, city=head.city)
    else:
        from jamsostek_cli.reports.letters import registry, visit_list

        registry.WRITERS[ending](visit_list.compose(head, today, rows), part)


def _row(listed_family: ListedFamily) -> VisitRow:
    one, missing = listed_family.family, listed_family.missing
    named = ", ".join(map(paper_words, missing[:_PAPERS_NAMED]))
    more = len(missing) - _PAPERS_NAMED
    return VisitRow(
        kelurahan=one.kelurahan or _NOWHERE,
        rt="/".join(filter(None, (one.rt, one.rw))),
        claim=one.number,
        name=one.name,
        family=one.contact or "",
        phone=one.phone or "",
        address=one.address or "",
        missing=f"{named}, dan {more} lagi" if more > 0 else named,
        last="" if one.last is None else _said(one.last),
    )


def _said(last: Visit) -> str:
    following = "" if last.next_on is None else f"; lagi {figures.day(last.next_on.isoformat())}"
    return f"{figures.day(last.visited_on.isoformat())}: {last.said}{following}"


def take(db: Database, act: Act, path: Path, *, dry_run: bool) -> VisitsTaken:
    """Record visits and contacts of a list that came back, all or, where a row cannot be taken, nothing.

    What is recorded already is left alone, so that the same file changes nothing a second time. Raises E201
    to E210 and E552 (no such list), E553 (the list of another database), E555 (nobody has written into it).
    """
    from jamsostek_cli.roster.handed_out import visit_list as workbook

    back = workbook.read(path)
    done = VisitsTaken(file=back.file)
    with db.changing(dry_run=dry_run) as connection:
        if back.origin not in {None, audit.origin(connection)}:
            raise JcliError("E553", path=back.file)
        seen: set[tuple[int, Visit]] = set()
        for line in back.lines:
            _take(connection, act, line, done, seen)
        if not (done.taken or done.contacts or done.refused):
            raise JcliError("E555", path=back.file)
        if (done.news or done.changed) and not done.refused and not dry_run:
            _store(connection, act, back.sha256, done)
            done.stored = True
    return done


def _take(
    connection: Connection,
    act: Act,
    line: "VisitLine",
    done: VisitsTaken,
    seen: set[tuple[int, Visit]],
) -> None:
    try:
        claim = claims.find(connection, line.claim or "-")
        _refuse_other_name(claim, line)
        contact = contact_of(connection, claim, line)
        done.contacts += [] if contact is None else [contact]
        if not line.is_visit:
            return
        visited = _visited(claim, line, act)
    except JcliError as error:
        refused = VisitRefused(sheet=line.sheet, row=line.row, claim=line.claim, error=error)
        done.refused.append(refused)
        return
    there = {one._replace(recorded_by=act.actor) for one in claim_family.visits(connection, claim.id)}
    known = (claim.id, visited) in seen or visited in there
    seen.add((claim.id, visited))
    state = VisitState.KNOWN if known else VisitState.NEW
    done.taken.append(VisitTaken(sheet=line.sheet, row=line.row, claim=claim, visited=visited, state=state))


def _visited(claim: Claim, line: "VisitLine", act: Act) -> Visit:
    """Return the visit that a row tells; E557 to E559 where it tells none that can have been."""
    if line.unreadable is not None:
        raise JcliError("E557", found=hidden(line.unreadable))
    if line.visited_on is None or not line.said:
        raise JcliError("E558", claim=claim.number)
    if not claim.event_date <= line.visited_on <= act.today:
        raise JcliError("E559", date=line.visited_on, event=claim.event_date, today=act.today)
    if line.next_on is not None and line.next_on <= line.visited_on:
        raise JcliError(
            "E476",
            claim=claim.number,
            date=line.next_on,
            visited=line.visited_on,
            today=act.today,
            remedy="E476.next",
        )
    return Visit(line.visited_on, line.person, line.said, line.next_on, act.actor).masked()


def _refuse_other_name(claim: Claim, line: "VisitLine") -> None:
    if _letters(line.name) != _letters(claim.name):
        raise JcliError("E556", claim=claim.number)


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _store(connection: Connection, act: Act, sha256: str, done: VisitsTaken) -> None:
    for one in done.news:
        claim_family.add_visit(connection, one.claim.id, one.visited, on=act.today)
    for contact in done.changed:
        heard.keep(connection, contact)
    claims_named = [*(one.claim for one in done.news), *(one.claim for one in done.changed)]
    audit.record(
        connection,
        act,
        action="claim.visits",
        subject=" ".join(dict.fromkeys(claim.number for claim in claims_named)),
        after={
            "file": done.file,
            "sha256": sha256,
            "visits": [_kept(one) for one in done.news],
            "contacts": [heard.told(one) for one in done.changed],
        },
    )


def _kept(one: VisitTaken) -> Mapping[str, object]:
    return {
        "claim": one.claim.number,
        "visited_on": one.visited.visited_on,
        "person": one.visited.person,
        "said": one.visited.said,
        "next_on": one.visited.next_on,
    }
