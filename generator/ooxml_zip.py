"""Write a Word file again with some of its parts replaced; every other member is copied as it lies in the zip.

Nothing is compressed twice: a logo costs a copy, not a deflate. The same parts give the same bytes.
See APPNOTE.TXT 6.3.10, 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end record).
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8_NAME = 0x800
_DATE = 0x0021  # 1 January 1980: the earliest a zip can say, and the same for every run
_FIRST = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Frame:
    """The members that stay, ready to be written, and the names of those that are given anew each time."""

    kept: bytes
    directory: bytes
    count: int

    def write(self, parts: Mapping[str, bytes], *, level: int = 1) -> bytes:
        """The whole zip: the kept members, then `parts`, deflated at `level` (1 is quick, 9 is small)."""
        out, directory = [self.kept], [self.directory]
        at = len(self.kept)
        for name, data in parts.items():
            local, central = _member(name, _deflated(data, level), zlib.crc32(data), len(data), 8, at)
            out.append(local)
            directory.append(central)
            at += len(local)
        entries = b"".join(directory)
        count = self.count + len(parts)
        return b"".join((*out, entries, _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), at, 0)))


def frame(data: bytes, parts: Mapping[str, bytes], *, anew: Collection[str]) -> Frame:
    """A frame of `parts` without those named in `anew`. Members that are still as in the zip `data` are copied raw."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = {entry.filename: entry for entry in package.infolist()}
    kept, directory, at = [], [], 0
    names = [name for name in parts if name not in anew]
    for name in sorted(names, key=lambda name: name != _FIRST):
        content = parts[name]
        crc = zlib.crc32(content)
        raw, method = _raw(data, entries.get(name), crc, len(content)) or (_deflated(content, 6), 8)
        local, central = _member(name, raw, crc, len(content), method, at)
        kept.append(local)
        directory.append(central)
        at += len(local)
    return Frame(b"".join(kept), b"".join(directory), len(names))


def _raw(data: bytes, entry: zipfile.ZipInfo | None, crc: int, size: int) -> tuple[bytes, int] | None:
    """The member's bytes as they lie in the zip; None where it was changed, or packed in a way of its own."""
    if entry is None or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None
    if (entry.CRC, entry.file_size) != (crc, size):
        return None
    name_length, extra_length = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + _LOCAL.size + name_length + extra_length
    return data[start : start + entry.compress_size], entry.compress_type


def _deflated(data: bytes, level: int) -> bytes:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def _member(name: str, raw: bytes, crc: int, size: int, method: int, at: int) -> tuple[bytes, bytes]:
    encoded = name.encode()
    flags = 0 if encoded.isascii() else _UTF8_NAME
    common = (20, flags, method, 0, _DATE, crc, len(raw), size, len(encoded), 0)
    local = _LOCAL.pack(b"PK\3\4", *common) + encoded + raw
    central = _CENTRAL.pack(b"PK\1\2", 20, *common, 0, 0, 0, 0, at) + encoded
    return local, central
