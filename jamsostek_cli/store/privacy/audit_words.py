"""What an audit row tells of somebody, and what stays of it when they are taken out."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from jamsostek_cli.domain.privacy import TOLD
from jamsostek_cli.store.privacy.needles import Needles
from jamsostek_cli.store.privacy.pseudonyms import GONE

_NUMBER: Final = re.compile(r"\b(?:P-\d{6,}|K-\d{4}-\d{4,})\b")
"""A worker's or a claim's number."""


def rewritten(told: Mapping[str, Any], needles: Needles, numbers: frozenset[str]) -> dict[str, Any]:
    """Return an audit row without some people: `numbers` are theirs and their claims'.

    Of a row about them alone all that was said goes; of one about others, too, what is told under their
    number, and wherever they are named.
    """
    named = set(_NUMBER.findall(told["subject"]))
    about_them_alone = bool(named) and named <= numbers
    new = dict(told)
    for member in ("before", "after"):
        facts = json.loads(told[member])
        kept = _kept(facts, needles, numbers, about_them=about_them_alone)
        if kept != facts:
            new[member] = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    new["subject"] = needles.taken_from(told["subject"])
    reason = GONE if about_them_alone and told["reason"] else told["reason"]
    new["reason"] = needles.taken_from(reason)
    return new


def _kept(facts: object, needles: Needles, numbers: frozenset[str], *, about_them: bool) -> object:
    if isinstance(facts, dict):
        return {
            needles.taken_from(key): _member(key, value, needles, numbers, about_them=about_them)
            for key, value in facts.items()
        }
    if isinstance(facts, list):
        return [_kept(value, needles, numbers, about_them=about_them) for value in facts]
    return needles.taken_from(facts) if isinstance(facts, str) else facts


def _member(
    key: str, value: object, needles: Needles, numbers: frozenset[str], *, about_them: bool
) -> object:
    if _NUMBER.fullmatch(key):
        about_them = key in numbers
    if about_them and key in TOLD and isinstance(value, str) and value:
        return GONE
    return _kept(value, needles, numbers, about_them=about_them)
