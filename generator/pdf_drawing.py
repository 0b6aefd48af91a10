"""How much the pages of a PDF draw, in bytes of drawing operators, found before a reader begins to draw.

A few kilobytes can unpack to gigabytes of operators, or name one drawing inside another until the page never ends. Nothing
here reads what an operator says, but for the names of the drawings it repeats. See ISO 32000-2, 7.8.2 (content streams),
8.10 (form XObjects), 7.4 (filters).
"""

import base64
import re
import zlib

import pikepdf

_DRAWN = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do(?![^\s/<>\[\](%])")
_ESCAPED = re.compile(r"#([0-9A-Fa-f]{2})")
_MOST_KIDS = 10_000
_DEEPEST = 64


class Drawing:
    """Measures the pages of one open file; what several pages share is unpacked once."""

    def __init__(self, most: int) -> None:
        """`most`: bytes from where on no more is looked at."""
        self._most = most
        self._sizes: dict[tuple[int, int], int] = {}
        self._open: set[tuple[int, int]] = set()

    def of_page(self, page: pikepdf.Dictionary) -> int:
        """The bytes of operators that a page draws, those of drawings inside it counted as often as they are drawn.

        Never more than one above `most`, which a drawing that draws itself is, too. What cannot be unpacked counts as far
        as it goes.
        """
        contents = page.get("/Contents")
        parts = list(contents)[:_MOST_KIDS] if isinstance(contents, pikepdf.Array) else [contents]
        total = 0
        for part in parts:
            if isinstance(part, pikepdf.Stream):
                total += self._of(part, _resources(page))
                if total > self._most:
                    return self._most + 1
        return total

    def _of(self, stream: pikepdf.Stream, resources: pikepdf.Object | None) -> int:
        key = stream.objgen
        if key in self._sizes:
            return self._sizes[key]
        if key in self._open or len(self._open) > _DEEPEST:
            return self._most + 1
        self._open.add(key)
        content = _unpacked(stream, self._most + 1)
        total = len(content)
        inside = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(inside, pikepdf.Dictionary) or total > self._most:
            inside = pikepdf.Dictionary()
        for name in _DRAWN.findall(content) if len(inside) else ():
            inner = inside.get("/" + _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name.decode("latin-1")))
            if isinstance(inner, pikepdf.Stream) and inner.get("/Subtype") == "/Form":
                total += self._of(inner, inner.get("/Resources") or resources)
            if total > self._most:
                break
        self._open.discard(key)
        self._sizes[key] = min(total, self._most + 1)
        return self._sizes[key]


def _resources(page: pikepdf.Dictionary) -> pikepdf.Object | None:
    """The page's own, else those of the nearest node above it (ISO 32000-2, 7.7.3.4)."""
    node: pikepdf.Object | None = page
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if "/Resources" in node:
            return node["/Resources"]
        node = node.get("/Parent")
    return None


def _unpacked(stream: pikepdf.Stream, most: int) -> bytes:
    """At most `most` bytes of a stream's operators, unpacked as far as its filters are those of text."""
    data = bytes(stream.get_raw_stream_buffer())
    filters = stream.get("/Filter")
    for one in filters if isinstance(filters, pikepdf.Array) else [filters]:
        try:
            match str(one):
                case "/FlateDecode" | "/Fl":
                    data = zlib.decompressobj().decompress(data, most)
                case "/ASCII85Decode" | "/A85":
                    data = base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
                case "/ASCIIHexDecode" | "/AHx":
                    data = bytes.fromhex(data.split(b">")[0].decode("latin-1"))
                case _:
                    break
        except (ValueError, zlib.error):
            break
    return data[:most]
