"""Opening and writing PDF files that are in memory only, at the speed of files on disk.

A reader asks for a few bytes at a time, thousands of times over: Python's own in-memory file answers each through the
interpreter. Linux has memory with a file's face (memfd_create(2)), which is mapped once; nothing of it is ever on a disk.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf


def open_in_memory(data: bytes) -> pikepdf.Pdf:
    """The file as pikepdf opens it, with all that `pikepdf.open` raises."""
    with _memory() as file:
        if not isinstance(file, io.FileIO) or not data:
            return pikepdf.open(io.BytesIO(data))
        file.write(data)
        file.seek(0)
        return pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap)  # what is mapped outlives the file


def saved_in_memory(pdf: pikepdf.Pdf, **how: object) -> bytes:
    """The bytes of a file; `how` are the keywords of `pikepdf.Pdf.save`."""
    with _memory() as file:
        pdf.save(file, **how)  # type: ignore[arg-type]
        file.seek(0)
        return file.read()


@contextmanager
def _memory() -> Iterator[io.FileIO | io.BytesIO]:
    """An empty file in memory, with a number where the system has such files."""
    try:
        number = os.memfd_create("form", os.MFD_CLOEXEC)
    except (AttributeError, OSError):
        yield io.BytesIO()
        return
    with io.FileIO(number, "w+b") as file:
        yield file
