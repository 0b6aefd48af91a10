"""Pictures, rich text and whole documents as values: rendered by docxtpl itself, in our sandbox, after our checks.

These need more than text: a picture brings a part and a relationship with it, a sub-document its styles and lists.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from jinja2 import UndefinedError
from markupsafe import Markup

from generator.blanks.word_tags.render import Compiled, mended
from generator.blanks.word_tags.values import plain, printable
from generator.errors import BlankNotReadable, NameUnknown, TemplateNotValid
from generator.ooxml import open_package
from generator.ooxml_clean import cleaned
from generator.ooxml_zip import frame
from generator.sandbox import PlainEnvironment


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a line of text; PNG or JPEG. Width and height in millimetres; its own where neither is given."""

    data: bytes
    width_mm: float | None = None
    height_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one look: `style` a character style, `color` as `ff0000`, `size_pt` in points, `link` a web address."""

    text: str
    style: str = ""
    color: str = ""
    highlight: str = ""
    size_pt: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool | str = False
    strike: bool = False
    subscript: bool = False
    superscript: bool = False
    font: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Rich:
    """Words of several looks, for {{r name }}."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RichParagraphs:
    """Paragraphs of rich words, each with its style ("" is the template's), for {{p name }}."""

    paragraphs: tuple[tuple[Rich, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Text in the look of its place whose `\\a` begins a new paragraph, `\\n` a new line, `\\f` a new page."""

    text: str


@dataclass(frozen=True, slots=True)
class SubDocument:
    """A whole Word file set in, for {{p name }}."""

    data: bytes


RichValue: TypeAlias = Picture | Rich | RichParagraphs | Lines | SubDocument
_RICH = (Picture, Rich, RichParagraphs, Lines, SubDocument)


def holds_rich(value: object) -> bool:
    """Whether anything in a context is more than plain data."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if type(one) is dict:
            waiting += one.values()
        elif type(one) is list:
            waiting += one
        elif isinstance(one, _RICH):
            return True
    return False


def render_rich(template: Compiled, context: Mapping[str, object]) -> bytes:
    """The finished document by docxtpl's own path. Raises the errors of `render`, BlankNotReadable for a bad picture."""
    file = template.frame.write({name: template.parts[name] for name in template.programs})
    document = DocxTemplate(io.BytesIO(file))
    env = template.environment.overlay(finalize=_finalized)
    if not isinstance(env, PlainEnvironment):
        raise TemplateNotValid("This template cannot be rendered with rich values.")
    try:
        document.render_init()
        document.render(_for_docxtpl(dict(context), document), jinja_env=env, autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except UndefinedError:
        raise NameUnknown(
            "The template names a value that is not there. Check it with: planscribe template check"
        ) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise BlankNotReadable(
            "A picture or document that was to be set in cannot be read, or stands where none can."
        ) from None
    return _others_rendered(template, out.getvalue(), context)


def _others_rendered(template: Compiled, data: bytes, context: Mapping[str, object]) -> bytes:
    """docxtpl leaves endnotes, comments and most properties alone; these are plain text, and ours to render."""
    parts = open_package(data, refuse_acting=False)
    rest = [name for name in template.programs if name in parts and b"{" in parts[name] and not _is_docxtpls(name)]
    if not rest:
        return data
    made = {}
    for name in rest:
        program = template.programs[name]
        xml = program.render(context)
        made[name] = xml if program.is_whole else mended(xml)
    return frame(data, parts, anew=made.keys()).write(made)


def _is_docxtpls(part: str) -> bool:
    return part.startswith(("word/document", "word/header", "word/footer", "word/footnotes"))


def _finalized(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return plain(value) if value is None else value


def _for_docxtpl(value: object, document: DocxTemplate) -> object:
    """The same context with docxtpl's own objects in it."""
    match value:
        case dict():
            return {key: _for_docxtpl(one, document) for key, one in value.items()}
        case list():
            return [_for_docxtpl(one, document) for one in value]
        case Picture():
            width = Mm(value.width_mm) if value.width_mm else None
            height = Mm(value.height_mm) if value.height_mm else None
            return InlineImage(document, io.BytesIO(value.data), width=width, height=height)
        case Rich():
            return _rich_text(value.pieces, document)
        case RichParagraphs():
            out = RichTextParagraph()
            for rich, style in value.paragraphs:
                out.add(_rich_text(rich.pieces, document), parastyle=style or None)
            return out
        case Lines():
            return Listing(printable_lines(value.text))
        case SubDocument():
            inner = cleaned(open_package(value.data, "The document that was to be set in", refuse_acting=False))
            whole = frame(value.data, inner.parts, anew=()).write({})
            return document.new_subdoc(io.BytesIO(whole))
    return value


def printable_lines(text: str) -> str:
    """The text with the two controls that docxtpl reads as a new paragraph and a new page."""
    return "".join("\a" if c == "\a" else "\f" if c == "\f" else printable(c) for c in text)


def _rich_text(pieces: Sequence[Piece], document: DocxTemplate) -> RichText:
    out = RichText()
    for piece in pieces:
        out.add(
            printable_lines(piece.text),
            style=piece.style or None,
            color=piece.color or None,
            highlight=piece.highlight or None,
            size=round(piece.size_pt * 2) if piece.size_pt else None,
            bold=piece.bold,
            italic=piece.italic,
            underline=piece.underline,
            strike=piece.strike,
            subscript=piece.subscript,
            superscript=piece.superscript,
            font=piece.font or None,
            url_id=document.build_url_id(piece.link) if piece.link else None,
        )
    return out
