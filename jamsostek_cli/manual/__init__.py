"""The manual: a page for each part of the month, in Indonesian and in English."""

from importlib.resources import files
from types import MappingProxyType
from typing import Final

TOPICS: Final = (
    *("start", "roster", "worker", "review", "bpjs", "iuran", "cover", "claim", "report", "province"),
    *("file", "security", "json", "law"),
)
"""The pages, in the order of the month; those of the codes are made from the codes themselves."""
_PAGES: Final = MappingProxyType(
    {
        "init": "start",
        "area": "start",
        "demo": "start",
        "status": "start",
        "help": "start",
        "import": "roster",
        "template": "roster",
        "batch": "roster",
        "worker": "worker",
        "find": "worker",
        "worker death": "claim",
        "worker alive": "claim",
        "worker duplicates": "review",
        "worker merge": "review",
        "review": "review",
        "agency": "roster",
        "enrol": "bpjs",
        "bpjs": "bpjs",
        "iuran": "iuran",
        "cover": "cover",
        "worker return": "cover",
        "claim": "claim",
        "verify": "claim",
        "pay": "claim",
        "report": "report",
        "close": "report",
        "export": "report",
        "province": "province",
        "workforce": "report",
        "provisions": "law",
        "privacy": "security",
        "audit": "file",
        "officer": "file",
        "db": "file",
    }
)
"""Where a command is told of; the longest beginning of its name decides."""


def page(topic: str, language: str) -> str:
    """Return a page as Markdown, in "id" or "en"."""
    return files(__name__).joinpath(f"{topic}.{language}.md").read_text(encoding="utf-8")


def topic_of(command: str) -> str | None:
    """Return the page that tells of a command, or None when there is no such command.

    >>> topic_of("worker show"), topic_of("worker merge"), topic_of("colour")
    ('worker', 'review', None)
    """
    words = command.split()
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((_PAGES[beginning] for beginning in beginnings if beginning in _PAGES), None)
