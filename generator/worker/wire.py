"""Frames between a worker and its parent: plain values and our own nouns, by name and field. Nothing is ever run.

A worker has read a hostile file and may lie. So a frame is JSON (and raw bytes beside it), never a pickle: what may come
out is None, bool, int, float, str, bytes, list, tuple, dict, set, dates, decimals, and the dataclasses, enumerations and
errors of this package, built through their constructors from values of the types that they declare.
"""

import importlib
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import IO, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from generator.errors import GeneratorError

LARGEST = 200_000_000
"""Bytes that one frame may have, all in all."""

_LONGEST_MESSAGE = 2_000
_PLAIN = frozenset((NoneType, bool, int, str, float))
_Json: TypeAlias = Any  # what the json module gives and takes


@dataclass(frozen=True, slots=True)
class Plain:
    """Data that is JSON already (texts, numbers, flags, None, lists, and mappings by text), carried without a second look.

    It comes out as the data itself, and is far quicker to carry than a noun for each value.
    """

    data: object


class WireBroken(Exception):
    """The other side is gone, or sent what may not be sent."""


def send(stream: IO[bytes], value: object) -> None:
    """Write one frame: length and number of blobs, the JSON, then each blob with its length.

    Raises TypeError for a value that has no form on the wire: a fault of ours, not of a file.
    """
    blobs: list[bytes] = []
    text = json.dumps(_pack(value, blobs), separators=(",", ":")).encode()
    try:
        stream.write(struct.pack(f">QI{len(blobs)}Q", len(text), len(blobs), *map(len, blobs)))
        stream.write(text)
        for blob in blobs:
            stream.write(blob)
        stream.flush()
    except (BrokenPipeError, ValueError, OSError):
        raise WireBroken("the other side is gone") from None


def receive(stream: IO[bytes], *, checked: bool = True) -> object:
    """Read one frame. Raises WireBroken for anything that `send` would not have written.

    A worker that reads what its parent asks need not check that each noun's fields are of the types it declares.
    """
    length, count = struct.unpack(">QI", _exactly(stream, 12))
    if length > LARGEST or count > 10_000:
        raise WireBroken("a frame is too large")
    sizes = struct.unpack(f">{count}Q", _exactly(stream, 8 * count))
    if length + sum(sizes) > LARGEST:
        raise WireBroken("a frame is too large")
    text = _exactly(stream, length)
    blobs = [_exactly(stream, size) for size in sizes]
    try:
        return _unpack(json.loads(text), blobs, checked)
    except WireBroken:
        raise
    except Exception:  # noqa: BLE001 (whatever a lie makes of the reading, it is one lie)
        raise WireBroken("a frame cannot be read") from None


def _pack(value: object, blobs: list[bytes]) -> _Json:
    """The value as JSON: plain ones as they are, all others as a list that begins with what it is."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is Plain:
        return ["plain", value.data]  # type: ignore[attr-defined]
    if isinstance(value, bytes | bytearray | memoryview):
        blobs.append(bytes(value))
        return ["bytes", len(blobs) - 1]
    if kind in (tuple, list, set, frozenset):
        members: Sequence[object] = tuple(value)  # type: ignore[arg-type]
        return [kind.__name__, *[one if type(one) in _PLAIN else _pack(one, blobs) for one in members]]
    if isinstance(value, Enum):
        return ["enum", _name_of(kind), _pack(value.value, blobs)]
    if isinstance(value, str):  # markup and the like are text on this side of the wall
        return str.__str__(value)
    if isinstance(value, Mapping):
        return ["dict", *[[_pack(key, blobs), _pack(one, blobs)] for key, one in value.items()]]
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    if isinstance(value, GeneratorError):
        return ["error", _name_of(kind), str(value)]
    if is_dataclass(kind):
        members = [getattr(value, name) for name in _field_names(kind)]
        return ["noun", _name_of(kind), *[one if type(one) in _PLAIN else _pack(one, blobs) for one in members]]
    raise TypeError(f"{kind.__module__}.{kind.__qualname__} has no form on the wire")


def _unpack(packed: _Json, blobs: Sequence[bytes], checked: bool) -> Any:
    if type(packed) is not list:
        if type(packed) in _PLAIN:
            return packed
        raise WireBroken("a value of no kind")
    tag = packed[0]
    if tag == "noun":
        return _noun(
            packed[1], [one if type(one) in _PLAIN else _unpack(one, blobs, checked) for one in packed[2:]], checked
        )
    if tag in _SEQUENCES:
        return _SEQUENCES[tag]([one if type(one) in _PLAIN else _unpack(one, blobs, checked) for one in packed[1:]])
    if tag == "dict":
        return {_unpack(key, blobs, checked): _unpack(one, blobs, checked) for key, one in packed[1:]}
    (only,) = packed[2:] if tag in ("enum", "error") else packed[1:]
    match tag:
        case "plain":
            return only
        case "bytes" if type(only) is int and only >= 0:
            return blobs[only]
        case "enum":
            return _class(packed[1], Enum)(_unpack(only, blobs, checked))
        case "error" if type(only) is str:
            return _class(packed[1], GeneratorError)(only[:_LONGEST_MESSAGE])
        case "date":
            return date.fromisoformat(only)
        case "datetime":
            return datetime.fromisoformat(only)
        case "decimal":
            return Decimal(only)
    raise WireBroken("a value of no kind")


_SEQUENCES: Mapping[str, Callable[[list[Any]], object]] = {
    "tuple": tuple, "list": list, "set": set, "frozenset": frozenset,
}  # fmt: skip


def _noun(name: str, values: list[Any], checked: bool) -> object:
    made = _class(name, object)
    names = _field_names(made)
    if len(values) != len(names):
        raise WireBroken(f"{made.__name__} with another number of fields")
    if checked:
        for place, check in enumerate(_checks(made)):
            if not check(values[place]):
                raise WireBroken(f"{made.__name__}.{names[place]} is not of the type it declares")
    return made(**dict(zip(names, values, strict=True)))


@cache
def _field_names(noun: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(noun) if one.init)


def _name_of(kind: type) -> str:
    if not kind.__module__.startswith("generator.") or "." in kind.__qualname__:
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} has no form on the wire")
    return f"{kind.__module__}:{kind.__name__}"


# A lying worker can send endless names, so what is not found is not remembered.
_known: dict[str, type] = {}


def _class(name: object, base: type) -> Any:
    """The class of ours with that name: a dataclass, an enumeration or an error. No other thing can be named."""
    if not isinstance(name, str):
        raise WireBroken("a name that is none")
    found = _known.get(name)
    if found is None:
        module, _, own = name.partition(":")
        if not (module.startswith("generator.") and own.isidentifier()):
            raise WireBroken("a worker may not name this")
        try:
            candidate = getattr(importlib.import_module(module), own, None)
        except ImportError:
            raise WireBroken("a worker may not name this") from None
        if not isinstance(candidate, type) or candidate.__module__ != module:
            raise WireBroken("a worker may not name this")
        if not (is_dataclass(candidate) or issubclass(candidate, Enum | GeneratorError)):
            raise WireBroken("a worker may not name this")
        found = _known[name] = candidate
    if not issubclass(found, base) or (base is object and not is_dataclass(found)):
        raise WireBroken("a worker may not name this")
    return found


_Check: TypeAlias = Callable[[Any], bool]


@cache
def _checks(noun: type) -> tuple[_Check, ...]:
    hints = get_type_hints(noun)
    return tuple(check_of(hints[name]) for name in _field_names(noun))


@cache
def check_of(hint: Any) -> _Check:
    """A function that says whether a value is of the type a noun declares; deep in tuples, lists and mappings."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in (Any, object):
        return lambda value: True
    if hint in (None, NoneType):
        return lambda value: value is None
    if hint is float:
        return lambda value: type(value) in (int, float)
    if origin in (Union, UnionType):
        checks = tuple(check_of(arg) for arg in args)
        return lambda value: any(check(value) for check in checks)
    if origin is Literal:
        return lambda value: value in args
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        each = check_of(args[0])
        return lambda value: type(value) is tuple and all(map(each, value))
    if origin is tuple:
        ones = tuple(check_of(arg) for arg in args)
        return lambda value: (
            type(value) is tuple
            and len(value) == len(ones)
            and all(check(one) for check, one in zip(ones, value, strict=True))
        )
    if isinstance(origin, type) and issubclass(origin, Mapping):
        keys, values = (check_of(arg) for arg in args)
        return lambda value: isinstance(value, dict) and all(keys(k) and values(v) for k, v in value.items())
    if isinstance(origin, type) and args:
        each = check_of(args[0])
        wanted: Any = (tuple, list) if origin.__name__ in ("Sequence", "Iterable", "Collection") else origin
        return lambda value: isinstance(value, wanted) and all(each(one) for one in value)
    if hint is int:
        return lambda value: type(value) is int
    if isinstance(hint, type):
        return lambda value: isinstance(value, hint)
    # A forward reference inside a recursive alias (Value → Row → "Value"): plain data, or it would not be here.
    return lambda value: isinstance(value, str | bool | int | float | list | tuple | dict | NoneType)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    pieces: list[bytes] = []
    missing = count
    while missing:
        piece = stream.read(min(missing, 1 << 24))
        if not piece:
            raise WireBroken("the other side is gone")
        pieces.append(piece)
        missing -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
