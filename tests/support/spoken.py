"""What the code asks the catalogues for, read from its syntax trees and not by regular expressions."""

import ast
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import jamsostek_cli
from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimOutcome, ClaimState
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.family import Relation
from jamsostek_cli.domain.iuran import Payer, Sector
from jamsostek_cli.domain.officer import Role
from jamsostek_cli.domain.papers import Holder
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.domain.second_look import LookFound
from jamsostek_cli.domain.submission import SubmissionState
from jamsostek_cli.store.register.batches import Purpose
from jamsostek_cli.tables.typed import plain
from jamsostek_cli.tables.wording import word

PACKAGE = Path(jamsostek_cli.__file__).parent
FAMILIES = {"Column": "col", "Note": "note", "Figure": "fig", "Table": "table"}
"""The kinds of messages that belong to a key of a table, a figure or a note."""
ASKING = {"text", "known", "group", "scene"}
OPTIONS_OF_WORDS: dict[str, type[StrEnum]] = {
    "--as": Purpose,
    "--cause": Cause,
    "--confirm": ClaimOutcome,
    "--for": RejectionReason,
    "--held": Holder,
    "--found": LookFound,
    "--kind": ClaimKind,
    "--outcome": SubmissionState,
    "--payer": Payer,
    "--reason": EndReason,
    "--relation": Relation,
    "--role": Role,
    "--sector": Sector,
    "--segment": WorkforceSegment,
    "--state": ClaimState,
}
"""Options that take a word of an enumeration, by whose words each is read."""


def codes_to_type(said: str) -> list[str]:
    """Return the options in a text that stand with a code where the language in use has a word."""
    typed = re.findall(r"(--[a-z]+) ([a-z][\w-]*)", said)
    return [f"{option} {code}" for option, code in typed if _is_a_code(code, OPTIONS_OF_WORDS.get(option))]


def _is_a_code(said: str, kind: type[StrEnum] | None) -> bool:
    return kind is not None and said in set(kind) and said != plain(word(kind(said)))


@cache
def trees() -> tuple[ast.Module, ...]:
    """Return the code of the package but its catalogues."""
    files = sorted(path for path in PACKAGE.rglob("*.py") if path.stem not in {"indonesian", "english"})
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in files)


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = str(getattr(node.func, "id", None) or getattr(node.func, "attr", ""))
                whose = getattr(getattr(node.func, "value", None), "id", "")
                yield ("Table" if (whose, name) == ("Table", "of") else name), node


def _strings(node: ast.expr) -> Iterator[str]:
    """Yield the texts an expression may be, as far as they stand there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def _first(call: ast.Call, keyword: str) -> ast.expr | None:
    named = [word.value for word in call.keywords if word.arg == keyword]
    return next(iter([*named, *call.args]), None)


@cache
def asked_by_name() -> frozenset[str]:
    """Return every key that the code names whole, alone or as the key of a column, table, figure or note."""
    keys: set[str] = set()
    for name, call in _calls():
        if name in ASKING and call.args:
            keys.update(_strings(call.args[0]))
        elif name in FAMILIES and (key := _first(call, "key")) is not None:
            family = [word.value for word in call.keywords if word.arg == "family"] + call.args[3:]
            kinds = list(_strings(family[0])) if family else [FAMILIES[name]]
            keys.update(f"{kind}.{text}" for kind in kinds for text in _strings(key))
    return frozenset(keys)


@cache
def templates() -> tuple[re.Pattern[str], ...]:
    """Return the shapes of keys that the code puts together, such as `next.` and a step."""
    shapes = set()
    for name, call in _calls():
        asked = call.args[0] if name in ASKING and call.args else None
        if name in FAMILIES:
            asked = _first(call, "key")
        family = re.escape(f"{FAMILIES[name]}.") if name in FAMILIES else ""
        for node in ast.walk(asked) if asked is not None else ():
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([\w.-]+)"
                    for part in node.values
                ]
                shapes.add(family + "".join(parts))
    # what begins with a part that is put in fits everything: such keys are counted elsewhere
    shapes = {shape for shape in shapes if not shape.startswith("(")}
    return tuple(re.compile(shape) for shape in sorted(shapes))


@cache
def constants() -> frozenset[str]:
    """Return every text that stands in the code, sentences of documentation aside."""
    return frozenset(
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def _import_everything() -> None:
    for module in walk_packages(jamsostek_cli.__path__, "jamsostek_cli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@cache
def enumerations() -> tuple[type[StrEnum], ...]:
    """Return every enumeration of the package whose members are words."""
    _import_everything()

    def below(kind: type[StrEnum]) -> Iterator[type[StrEnum]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    own = {kind for kind in below(StrEnum) if kind.__module__.startswith("jamsostek_cli.")}
    return tuple(sorted(own, key=lambda kind: kind.__name__))


def acts() -> set[str]:
    """Return what the audit trail calls the acts it records."""
    _import_everything()
    named = (word.value for _, call in _calls() for word in call.keywords if word.arg == "action")
    return {act for expression in named for act in (*_strings(expression), *_constant(expression))}


def _constant(node: ast.expr) -> Iterator[str]:
    """Yield the text that a name of another module stands for."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        for name, module in list(sys.modules.items()):
            if name.startswith("jamsostek_cli.") and name.endswith(f".{node.value.id}"):
                stands_for = getattr(module, node.attr, None)
                if isinstance(stands_for, str):
                    yield stands_for
