"""The papers of a claim as people call them, and as the checklist shows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.options import meant
from jamsostek_cli.domain.claim import OPEN_STATES, DocumentState
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.papers import PaperName
from jamsostek_cli.messages import text
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import paper_name

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.detail import ClaimDetail
    from jamsostek_cli.rules.claim.documents import AskedPaper
    from jamsostek_cli.store.claim.claim_documents import ClaimPaper, PastPaper


def paper(said: str) -> str:
    """Return the name on the checklist that is meant, however it is written; BadParameter for several.

    >>> paper("Surat Ahli Waris"), paper("akta-kematian"), paper("Form 3 KK1"), paper("surat dari RT")
    ('surat-ahli-waris', 'akta-kematian', 'formulir-kk1', 'surat-dari-rt')
    """
    known = meant(said, lambda spoken: typed.member(spoken, PaperName))
    return typed.plain(said).replace(" ", "-") if known is None else known.value


def shown_paper(name: str) -> Coded:
    """Return a paper in a cell: in words for people, by its name on the checklist for programs."""
    return Coded(name, paper_name(name))


def any_of(asked: "AskedPaper") -> str:
    """Return a line of the checklist in words: the paper, or what does in its place.

    >>> from jamsostek_cli.rules.claim.documents import AskedPaper
    >>> any_of(AskedPaper("akta-kematian", ("surat-kematian",), None))
    'akta kematian atau surat kematian (rumah sakit, kelurahan)'
    """
    return text("say.or").join(map(paper_name, asked.any_of))


def facts(detail: "ClaimDetail") -> dict[str, object]:
    """Return the papers of a claim for JSON.

    `asked` says of each that is missing what does in its place and which fact asks for it, `depends` what
    would be asked for if a fact were so of which nothing is known.
    """
    return {
        "have": list(detail.have),
        "missing": list(detail.missing),
        "asked": [_line(asked) for asked in _missing(detail)],
        "depends": [_line(asked) for asked in detail.checklist.open_questions(detail.have)],
        "papers": [_known(paper) for paper in detail.papers],
        "past": [_known(paper) for paper in detail.past],
    }


def _line(asked: "AskedPaper") -> dict[str, object]:
    return {"any_of": list(asked.any_of), "why": asked.why}


def _known(paper: "ClaimPaper | PastPaper") -> Mapping[str, object]:
    known = paper._asdict()
    for field in {"file", "reason"} & known.keys():
        known[field] = None if known[field] is None else hidden(known[field])
    return known


def _missing(detail: "ClaimDetail") -> "tuple[AskedPaper, ...]":
    return detail.checklist.missing(detail.have)


def tables(detail: "ClaimDetail") -> list[Table]:
    """Return the papers of a claim: the checklist, why what is not in is asked for, what was there before."""
    return [table for table in (_checklist(detail), _reasons(detail), _past(detail)) if table.rows]


def _checklist(detail: "ClaimDetail") -> Table:
    rows = [
        *(
            (shown_paper(paper.name), DocumentState.IN, paper.held_by, paper.recorded_on)
            for paper in detail.papers
        ),
        *((_cell(asked), DocumentState.MISSING, None, None) for asked in _missing(detail)),
    ]
    columns = (
        Column("document", of=lambda row: row[0]),
        Column("state", of=lambda row: row[1]),
        Column("held_by", of=lambda row: row[2]),
        Column("recorded_on", Kind.DATE, of=lambda row: row[3]),
    )
    return Table.of("claim_documents", rows, columns)


def _reasons(detail: "ClaimDetail") -> Table:
    """Return which facts ask for papers, those that nobody knows as long as the claim can be added to."""
    waits = detail.claim.verified_by is None and detail.claim.state in OPEN_STATES
    rows = [
        *((asked, DocumentState.MISSING) for asked in _missing(detail) if asked.why is not None),
        *((asked, DocumentState.DEPENDS) for asked in detail.checklist.open_questions(detail.have) if waits),
    ]
    columns = (
        Column("document", of=lambda row: _cell(row[0])),
        Column("state", of=lambda row: row[1]),
        Column("because", of=lambda row: row[0].why),
    )
    return Table.of("claim_documents_because", rows, columns)


def _cell(asked: "AskedPaper") -> Coded:
    return Coded(asked.name, any_of(asked))


def _past(detail: "ClaimDetail") -> Table:
    """Return the papers that were replaced or taken back, with the first signs of their fingerprints."""
    columns = (
        Column("document", of=lambda paper: shown_paper(paper.name)),
        Column("ended", of=lambda paper: Coded(*_ended(paper))),
        Column("ended_on", Kind.DATE),
        Column("ended_by"),
        Column("fingerprint", of=lambda paper: None if paper.sha256 is None else paper.sha256[:12]),
        Column("reason", of=lambda paper: hidden(paper.reason)),
    )
    return Table.of("claim_documents_past", detail.past, columns)


def _ended(paper: "PastPaper") -> tuple[str, str]:
    code = "replace" if paper.replaced else "take-back"
    return code, text(f"history.{code}")


def missing_words(detail: "ClaimDetail") -> str:
    """Return what is missing in words."""
    return ", ".join(map(any_of, _missing(detail)))
