"""Frames between a worker and its parent. What a worker sends can only become our own plain nouns.

A worker has read a hostile file and may lie, so its pickles are read with a list of what they may name: dataclasses,
enumerations and errors of this package, and dates. Calling a function by pickle is not possible.
"""

import importlib
import io
import pickle
import struct
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from typing import IO

from generator.errors import GeneratorError

LARGEST = 400_000_000


class WireBroken(Exception):
    """The other side is gone, or sent what may not be sent."""


class _Nouns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("datetime", "date"):
            return date
        if module.startswith("generator."):
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | GeneratorError)):
                return found
        raise WireBroken(f"a worker may not send {module}.{name}")


def send(stream: IO[bytes], value: object) -> None:
    """Write one frame: eight bytes of length, then the value."""
    data = pickle.dumps(value, protocol=5)
    try:
        stream.write(struct.pack(">Q", len(data)))
        stream.write(data)
        stream.flush()
    except (BrokenPipeError, ValueError, OSError):
        raise WireBroken("the other side is gone") from None


def receive(stream: IO[bytes], *, trusted: bool) -> object:
    """Read one frame; only a worker, which is told what to do, reads a trusted one."""
    (length,) = struct.unpack(">Q", _exactly(stream, 8))
    if length > LARGEST:
        raise WireBroken("a frame is too large")
    data = _exactly(stream, length)
    try:
        return pickle.loads(data) if trusted else _Nouns(io.BytesIO(data)).load()  # noqa: S301
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, ImportError, KeyError, IndexError):
        raise WireBroken("a frame cannot be read") from None


def _exactly(stream: IO[bytes], count: int) -> bytes:
    out = bytearray()
    while len(out) < count:
        piece = stream.read(min(count - len(out), 1 << 20))
        if not piece:
            raise WireBroken("the other side is gone")
        out += piece
    return bytes(out)
