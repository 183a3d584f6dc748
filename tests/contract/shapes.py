"""The shape of JSON: keys and types, with what differs from item to item of a list put together."""

from typing import Any

_NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def shape(value: Any) -> Any:
    """Return an object as its keys with shapes, a list as the shape of all its items, else the type.

    >>> shape({"rows": [{"name": "A", "age": 3}, {"name": None}]})
    {'rows': [{'age': 'integer?', 'name': 'string | null'}]}
    """
    if isinstance(value, dict):
        return {key: shape(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return together([shape(item) for item in value])
    return _NAMES[type(value)]


def together(shapes: list[Any]) -> list[Any]:
    """Return one shape for the items of a list; a key that not all items have is marked `?`."""
    if not shapes:
        return []
    merged = shapes[0]
    for other in shapes[1:]:
        merged = union(merged, other)
    return [merged]


def union(one: Any, other: Any) -> Any:
    """Return the shape that both have: types side by side, keys of only one of them marked `?`."""
    if one == other:
        return one
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _key(one, other, key) for key in sorted(one.keys() | other.keys())}
    if isinstance(one, list) and isinstance(other, list):
        return together([*one, *other])
    if isinstance(one, str) and isinstance(other, str):
        words = {*one.removesuffix("?").split(" | "), *other.removesuffix("?").split(" | ")}
        mark = "?" if one.endswith("?") or other.endswith("?") else ""
        return " | ".join(sorted(words, key=lambda word: (word == "null", word))) + mark
    return _or_null(one, other)


def _key(one: dict[str, Any], other: dict[str, Any], key: str) -> Any:
    if key in one and key in other:
        return union(one[key], other[key])
    only = one.get(key, other.get(key))
    return only if not isinstance(only, str) or only.endswith("?") else f"{only}?"


def _or_null(one: Any, other: Any) -> Any:
    """Return the shape of an object or a list that may be missing."""
    whole, word = (other, one) if isinstance(one, str) else (one, other)
    assert isinstance(word, str), (one, other)
    assert word in {"null", "null?"}, (one, other)
    return {**whole, "?": "or null"} if isinstance(whole, dict) else [*whole, "or null"]
