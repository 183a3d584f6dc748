"""A list that may have a million lines: kept packed, and made anew a part at a time by whoever reads it.

What makes lines takes the facts of a whole part: a column of a thousand values costs a fraction of a thousand
calls for one value each.
"""

import marshal
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, Generic, Self, TypeVar, overload

Line_co = TypeVar("Line_co", covariant=True)
Other = TypeVar("Other")
Plain = str | int | float | None
Facts = Any
"""What is known of a line: plain values, or the text of them."""

_PART: Final = 1000
"""So many lines are packed together."""
_QUICKLY: Final = 1
"""How hard to pack: an eighth of the room, in a fifth of a second for a million lines."""


class PackedFacts:
    """Facts of lines, packed as they come."""

    def __init__(self) -> None:
        self.packed: list[tuple[int, bytes]] = []
        self._open: list[Facts] = []

    def add(self, facts: Iterable[Facts]) -> None:
        """Put the facts of some lines behind the others."""
        more = iter(facts)
        while part := list(islice(more, _PART - len(self._open))):
            self._open += part
            if len(self._open) == _PART:
                self.close()

    def close(self) -> Self:
        """Pack what is not yet packed."""
        if self._open:
            self.packed.append((len(self._open), zlib.compress(marshal.dumps(self._open), _QUICKLY)))
            self._open = []
        return self

    def __iter__(self) -> Iterator[Facts]:
        """Give the facts of each line, in the order in which they came."""
        return chain.from_iterable(_unpacked(part) for _, part in self.close().packed)


def _unpacked(part: bytes) -> list[Facts]:
    facts: list[Facts] = marshal.loads(zlib.decompress(part))  # noqa: S302 - packed above, and never out of the process
    return facts


class Packed(Sequence[Line_co], Generic[Line_co]):
    """Lines that are made of packed facts whenever they are read, and forgotten after that."""

    def __init__(
        self, parts: Iterable[PackedFacts], make: Callable[[Sequence[Facts]], Iterable[Line_co]]
    ) -> None:
        """Take the facts of all lines, and what makes lines of those of a part, one of each."""
        self._parts = [packed for each in parts for packed in each.close().packed]
        self._make = make

    @classmethod
    def of(cls, facts: Iterable[Facts], make: Callable[[Sequence[Facts]], Iterable[Line_co]]) -> Self:
        """Pack the facts of all lines, and make lines of them as `make` does."""
        parts = PackedFacts()
        parts.add(facts)
        return cls([parts], make)

    def seen(self, turn: Callable[[Sequence[Line_co]], Iterable[Other]]) -> "Packed[Other]":
        """Return other lines made of a part of these, each of one."""
        other: Packed[Any] = Packed((), lambda facts: turn([*self._make(facts)]))
        other._parts = self._parts
        return other

    def parts(self) -> Iterator[Sequence[Line_co]]:
        """Yield the lines, a thousand or so at a time."""
        return ([*self._make(_unpacked(part))] for _, part in self._parts)

    def __len__(self) -> int:
        return sum(many for many, _ in self._parts)

    def __iter__(self) -> Iterator[Line_co]:
        return chain.from_iterable(self.parts())

    @overload
    def __getitem__(self, at: int) -> Line_co: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line_co]: ...
    def __getitem__(self, at: int | slice) -> Line_co | list[Line_co]:
        """Return one line, or some, which unpacks the parts that hold them."""
        if isinstance(at, slice):
            first, stop, step = at.indices(len(self))
            return list(self._between(first, max(first, stop)))[::step]
        found = list(self._between(at + len(self) * (at < 0), at + len(self) * (at < 0) + 1))
        return found[0]

    def _between(self, first: int, stop: int) -> Iterator[Line_co]:
        before = 0
        for many, part in self._parts:
            if max(before, first) < min(before + many, stop):
                yield from self._make(_unpacked(part)[max(0, first - before) : stop - before])
            before += many


class PackedRecords(Packed[Mapping[str, Plain]]):
    """Lines by the keys of their columns, which all of them have; `rows` are the same without the keys."""

    def __init__(self, keys: Sequence[str], rows: Packed[tuple[Plain, ...]]) -> None:
        named = rows.seen(lambda part: [dict(zip(keys, row, strict=True)) for row in part])
        super().__init__((), named._make)
        self._parts = named._parts  # noqa: SLF001 - one of its own kind
        self.keys = keys
        self.rows = rows
