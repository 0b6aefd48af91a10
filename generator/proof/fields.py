"""The fields of a finished PDF as pypdf reads them: stored values, widgets, and the streams that show them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

_HIDDEN = 1 << 1 | 1 << 5
_DEEPEST = 64

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class WidgetSeen:
    """One place where a field shows: its page from 0, its rectangle in points, the state it is in, and what draws it.

    `shown` is the appearance of that state, `off` that of a button's Off, each None where there is none.
    """

    page: int
    rect: Rect
    state: str
    is_hidden: bool
    shown: StreamObject | None = field(default=None, compare=False, repr=False)
    off: StreamObject | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FieldSeen:
    """The stored value of a field, and its widgets in order."""

    value: str
    widgets: tuple[WidgetSeen, ...]


def fields_seen(reader: pypdf.PdfReader) -> dict[str, FieldSeen]:
    """Every field that has a widget on a page, by its full name: its value, and its widgets in order."""
    out: dict[str, FieldSeen] = {}
    switched_off = _layers_off(reader)
    for number, page in enumerate(reader.pages):
        for annotation in _items(page.get("/Annots")):
            if annotation.get("/Subtype") != "/Widget":
                continue
            name = _name(annotation)
            known = out.get(name)
            value = known.value if known else _value(annotation)
            widget = _widget(annotation, number, switched_off)
            out[name] = FieldSeen(value, (*(known.widgets if known else ()), widget))
    return out


def pages_added(reader: pypdf.PdfReader) -> tuple[int, ...]:
    """The pages, from 0, that are marked as sheets of ours (ISO 32000-2, 14.5, page-piece dictionaries)."""
    pieces = ((number, _dictionary(page.get("/PieceInfo"))) for number, page in enumerate(reader.pages))
    return tuple(number for number, piece in pieces if "/planscribe" in piece)


def _widget(annotation: DictionaryObject, page: int, switched_off: frozenset[int]) -> WidgetSeen:
    state = str(annotation.get("/AS", ""))[1:]
    layer = annotation.raw_get("/OC") if "/OC" in annotation else None
    is_hidden = bool(_flags(annotation) & _HIDDEN) or getattr(layer, "idnum", 0) in switched_off
    shown, off = _appearances(annotation, state)
    return WidgetSeen(page, _rect(annotation), state, is_hidden, shown, off)


def _appearances(annotation: DictionaryObject, state: str) -> tuple[StreamObject | None, StreamObject | None]:
    """The normal appearance in a state, and that of Off (ISO 32000-2, 12.5.5)."""
    normal = _object(_dictionary(annotation.get("/AP")).get("/N"))
    if isinstance(normal, StreamObject):
        return normal, None
    shown, off = (_object(_dictionary(normal).get(f"/{name}")) for name in (state, "Off"))
    return shown if isinstance(shown, StreamObject) else None, off if isinstance(off, StreamObject) else None


def _layers_off(reader: pypdf.PdfReader) -> frozenset[int]:
    """The object numbers of the layers that are switched off when the document is opened (ISO 32000-2, 8.11.4)."""
    layers = _dictionary(_dictionary(reader.trailer.get("/Root")).get("/OCProperties"))
    listed = _object(_dictionary(layers.get("/D")).get("/OFF"))
    numbers = (getattr(one, "idnum", 0) for one in listed) if isinstance(listed, ArrayObject) else ()
    return frozenset(number for number in numbers if number)


def _object(obj: object) -> object:
    """What a reference refers to; anything else as it is."""
    return obj.get_object() if isinstance(obj, PdfObject) else obj


def _dictionary(obj: object) -> DictionaryObject:
    found = _object(obj)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _items(obj: object) -> list[DictionaryObject]:
    array = _object(obj)
    found = [_object(item) for item in array] if isinstance(array, ArrayObject) else []
    return [item for item in found if isinstance(item, DictionaryObject)]


def _parents(field: DictionaryObject) -> Iterator[DictionaryObject]:
    here: object = field
    for _ in range(_DEEPEST):
        if not isinstance(here, DictionaryObject):
            return
        yield here
        here = _object(here.get("/Parent"))


def _name(field: DictionaryObject) -> str:
    return ".".join(reversed([str(one["/T"]) for one in _parents(field) if "/T" in one]))


def _value(field: DictionaryObject) -> str:
    for one in _parents(field):
        if "/V" in one:
            value = one["/V"]
            text = str(value)
            return text[1:] if text.startswith("/") and isinstance(value, NameObject) else text
    return ""


def _flags(annotation: DictionaryObject) -> int:
    return int(annotation.get("/F", 0))


def _rect(field: DictionaryObject) -> Rect:
    try:
        x0, y0, x1, y1 = (float(v) for v in field["/Rect"])  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError):
        return (0.0, 0.0, 0.0, 0.0)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
