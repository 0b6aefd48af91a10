"""Rendering a tagged Word template: checked, compiled once, rendered for each plan.

docxtpl's own patching makes one Jinja source of each part; its tree passes the gate of `sandbox` and becomes a program,
kept by the hash of the file. The cache holds templates, never a value.
"""

import hashlib
import html
import marshal
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Lock

from docxtpl import DocxTemplate
from jinja2 import TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from lxml import etree

from generator.blanks.word_tags.names import NameUse, names_used
from generator.blanks.word_tags.program import Program, compile_program
from generator.blanks.word_tags.scan import Tag, tagged_parts, tags
from generator.errors import NameUnknown, RefusedForSafety, TemplateNotValid
from generator.ooxml import open_package, parse_xml, part_in_words
from generator.ooxml_clean import cleaned
from generator.ooxml_zip import Frame, frame
from generator.sandbox import PlainEnvironment, environment, refuse_unless_plain, without_calls
from generator.slots import Slot, SlotKind

_KEPT = 16
_WHOLE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)

Filters = Mapping[str, Callable[..., object]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to render: a program for each part that holds tags, the rest of the file, the names it reads.

    `regrids` are the parts whose tables change their number of columns.
    """

    frame: Frame = field(repr=False)
    programs: Mapping[str, Program] = field(repr=False)
    regrids: frozenset[str]
    names: tuple[NameUse, ...]
    slots: tuple[Slot, ...]
    taken: Mapping[str, int]
    parts: Mapping[str, bytes] = field(repr=False)
    environment: PlainEnvironment = field(repr=False)


class _Cache:
    """The last few compiled templates by content hash."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Compiled] = OrderedDict()
        self._lock = Lock()

    def get(self, data: bytes) -> Compiled:
        key = hashlib.sha256(data).digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        compiled = compile_template(data)
        with self._lock:
            self._kept[key] = compiled
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return compiled


@cache
def _cache() -> _Cache:
    return _Cache()


def compiled(data: bytes, filters: Filters | None = None) -> Compiled:
    """The template in a Word file. Raises the errors of `open_package` and `names_used`.

    `filters` are a program's own, by name; a template compiled with such is not kept.
    """
    return compile_template(data, filters) if filters else _cache().get(data)


_DOES_NOT_SUIT = (
    *(TypeError, ValueError, ArithmeticError, LookupError, AttributeError, AssertionError, RecursionError),
    TemplateRuntimeError,  # a filter given what it cannot use, such as a blank where it wants a list
)


def render(template: Compiled, context: Mapping[str, object]) -> bytes:
    """The finished document. `context` is plain data: texts, numbers, flags, None, lists and dicts of them.

    Raises NameUnknown where it lacks a name, TemplateNotValid where a value does not suit its tag, RefusedForSafety
    where the document grows past any form, or the context holds more than data.
    """
    refuse_unless_data(context)
    made: dict[str, bytes] = {}
    for name, program in template.programs.items():
        try:
            xml = program.render(context)
        except UndefinedError as error:
            raise NameUnknown(f"The template names a value that is not there: {_name_in(error)}.") from None
        except _DOES_NOT_SUIT:
            raise TemplateNotValid(
                f"A tag in {part_in_words(name)} cannot be worked out with this plan; check its filters and its for."
            ) from None
        made[name] = xml if program.is_whole and name not in template.regrids else mended(xml)
    return template.frame.write(made)


def refuse_unless_data(context: Mapping[str, object]) -> None:
    """Raise RefusedForSafety where a context holds anything but plain data: nothing in it could be called."""
    if not is_data(context):
        raise RefusedForSafety("A template is given texts, numbers, dates as text, lists and dicts; nothing else.")


def is_data(context: Mapping[str, object]) -> bool:
    """Whether a context is plain data through and through."""
    try:
        # Writes plain data only, told by exact type, and is far quicker than a walk in Python.
        marshal.dumps(context)  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


def mended(xml: bytes) -> bytes:
    """The part as docxtpl leaves it: what does not fit closed, and the grids of tables brought to their cells."""
    try:
        tree = DocxTemplate.fix_tables(None, xml.decode())
    except (AttributeError, TypeError, ValueError, ZeroDivisionError, etree.XMLSyntaxError):
        tree = etree.fromstring(xml, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if tree is None:
        raise TemplateNotValid("The tags of this template leave no document. Check where its blocks begin and end.")
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def source_of(xml: bytes, part: str) -> str:
    """What Jinja reads of a part: docxtpl's patching, with tags as their author sees them (`&amp;` is `&`)."""
    # Written out anew, so that quotes inside tags stand as quotes and not as entities.
    whole = etree.tostring(parse_xml(xml, part), encoding="unicode")
    patched = DocxTemplate.patch_xml(None, whole)
    return _WHOLE_TAG.sub(lambda found: html.unescape(found[0]), patched)


def compile_template(data: bytes, filters: Filters | None = None) -> Compiled:
    """Check a template and compile its parts."""
    clean = cleaned(open_package(data, refuse_acting=False))
    parts = clean.parts
    extra = frozenset(filters or ())
    names = names_used(parts, filters=extra)
    env = environment()
    if filters:
        overlay = env.overlay()
        if not isinstance(overlay, PlainEnvironment):
            raise RefusedForSafety("Templates cannot be rendered safely on this machine.")
        env, overlay.filters = overlay, {**env.filters, **filters}
    programs = {}
    for name in tagged_parts(parts):
        try:
            # The tree as Jinja sees it after patching passes the same gate as the single tags did.
            tree = without_calls(env.parse(source_of(parts[name], name)))
            refuse_unless_plain(tree, filters=extra)
            programs[name] = compile_program(tree, env)
        except TemplateSyntaxError as error:
            raise TemplateNotValid(f"The tags in {part_in_words(name)} do not fit together: {error.message}.") from None
        except RecursionError:
            raise RefusedForSafety("The tags of this template are nested too deeply.") from None
        except (SyntaxError, MemoryError):
            raise RefusedForSafety("This template is too complicated to be compiled.") from None
    regrids = frozenset(tag.place.part for tag in tags(parts) if _changes_columns(tag))
    return Compiled(
        frame(data, parts, anew=programs.keys()), programs, regrids, names, _slots(names), clean.taken, parts, env
    )


def _changes_columns(tag: Tag) -> bool:
    return tag.prefix == "tc" or tag.inside.partition(" ")[0] in ("colspan", "hm")


def _slots(names: Sequence[NameUse]) -> tuple[Slot, ...]:
    """Names up to their first list, in order of use; a list is a slot of rows."""
    found: dict[str, Slot] = {}
    for use in names:
        name, is_list, _ = use.path.partition("[]")
        if name not in found or is_list:
            kind = SlotKind.ROWS if is_list else SlotKind.TEXT
            found[name] = Slot(name, label=name, kind=kind, where=use.where)
    return tuple(found.values())


def _name_in(error: UndefinedError) -> str:
    found = re.search(r"'([^']*)'(?: is undefined)?$", error.message or "") or re.search(
        r"attribute '([^']*)'", error.message or ""
    )
    return found[1] if found else "a name"
