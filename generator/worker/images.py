"""What a worker does with a picture: opened by its true kind, measured before it is unpacked, written anew without its notes."""

import io
import re
import warnings
from dataclasses import dataclass

from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

from generator.errors import BlankNotReadable, FileTooLarge, RefusedForSafety

# Pillow also opens PostScript, and hands it to a program; only these two are pictures here.
_FORMATS = ("PNG", "JPEG")
_MOST_PIXELS = 40_000_000
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpe?g);base64,)", re.IGNORECASE)
_OUTSIDE_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression\(|-moz-binding", re.IGNORECASE)
_MOST_NODES, _MOST_USES = 20_000, 500
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_ACTIVE = frozenset(
    (
        "script",
        "foreignObject",
        "iframe",
        "audio",
        "video",
        "animate",
        "animateMotion",
        "animateTransform",
        "set",
        "handler",
    )
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be put into a document. Width and height in pixels."""

    data: bytes
    kind: str
    width: int
    height: int


def read_picture(data: bytes) -> Picture:
    """A PNG or JPEG, written anew: no comments, no place, no camera, nothing after its end; turned as it is to be seen.

    Raises BlankNotReadable (neither, or damaged), FileTooLarge (over 40 million pixels).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise FileTooLarge("This picture has more than 40 million pixels. Make it smaller and use that.")
                kind = str(image.format)
                image.load()
                seen = ImageOps.exif_transpose(image) or image
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BlankNotReadable("This is not a PNG or JPEG picture, or it is far too large.") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError):
        raise BlankNotReadable("This picture is damaged. Save it again as PNG and use that.") from None
    keeps = ("L", "RGB") if kind == "JPEG" else ("1", "L", "LA", "P", "RGB", "RGBA")
    if seen.mode not in keeps:
        seen = seen.convert("RGB")
    plain = seen.copy()
    plain.info = {key: seen.info[key] for key in ("dpi", "transparency") if key in seen.info}
    out = io.BytesIO()
    plain.save(out, kind, **({"quality": 92} if kind == "JPEG" else {"optimize": False}))
    return Picture(out.getvalue(), kind, plain.width, plain.height)


def clean_picture(data: bytes) -> bytes:
    """The bytes of `read_picture`."""
    return read_picture(data).data


def clean_svg(data: bytes, width: int) -> bytes:
    """An SVG without scripts, animation, foreign content and anything outside the file, sized to `width` pixels.

    Raises BlankNotReadable, FileTooLarge (over 20,000 parts), RefusedForSafety (entities).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BlankNotReadable("This is not an SVG drawing, or it is damaged. Save it as PNG and use that.") from None
    if root.tag != f"{_SVG}svg":
        raise BlankNotReadable("This is not an SVG drawing. Save it as PNG and use that.")
    if b"<!ENTITY" in etree.tostring(root.getroottree()):
        raise RefusedForSafety("This SVG drawing defines entities, which drawings do not need. Save it as PNG instead.")
    nodes = list(root.iter())
    if len(nodes) > _MOST_NODES or sum(_local(node) == "use" for node in nodes) > _MOST_USES:
        raise FileTooLarge("This SVG drawing has too many parts. Save it as PNG and use that.")
    for node in nodes:
        _make_inert(node)
    wide, high = _sides(root)
    height = max(1, min(round(width * high / wide), width * 4))
    root.set("viewBox", root.get("viewBox", f"0 0 {wide:g} {high:g}"))
    root.set("width", f"{width}px")
    root.set("height", f"{height}px")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _make_inert(node: etree._Element) -> None:
    parent = node.getparent()
    if _local(node) in _ACTIVE and parent is not None:
        parent.remove(node)
        return
    for name, value in [(str(name), str(value)) for name, value in node.attrib.items()]:
        is_outside = name in _HREF and not _INSIDE.match(value)
        if is_outside or name.lower().startswith("on") or _OUTSIDE_STYLE.search(value):
            del node.attrib[name]
    if _local(node) == "style" and _OUTSIDE_STYLE.search(node.text or ""):
        node.text = ""


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else "script"


def _sides(root: etree._Element) -> tuple[float, float]:
    """Width and height of a drawing in its own units: of its view box, or as it says; square where it says neither."""
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4:
        box = [0.0, 0.0, *(float((_NUMBER.match(root.get(name, "")) or ["1"])[0]) for name in ("width", "height"))]
    return (box[2], box[3]) if box[2] > 0 and box[3] > 0 else (1.0, 1.0)
