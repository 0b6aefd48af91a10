"""Rendering a tagged Word template: checked, compiled once, rendered for each plan.

docxtpl's own patching makes one Jinja template of each part; it is compiled in our sandbox and kept by the hash of the
file. The cache holds templates, never a value.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from generator.blanks.word_tags.names import NameUse, names_used
from generator.blanks.word_tags.scan import CORE
from generator.errors import NameUnknown, RefusedForSafety, TemplateNotValid
from generator.ooxml import open_package, parse_xml, text_parts, without_outside_links
from generator.sandbox import bounded, environment, refuse_unless_plain

_KEPT = 16
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to render: its parts, those that hold tags compiled, and the names they read."""

    parts: Mapping[str, bytes]
    templates: Mapping[str, Template]
    names: tuple[NameUse, ...]
    outside_links: int


class _Cache:
    """The last few compiled templates by content hash."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Compiled] = OrderedDict()
        self._lock = Lock()

    def get(self, data: bytes) -> Compiled:
        key = hashlib.sha256(data).hexdigest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        compiled = _compile(data)
        with self._lock:
            self._kept[key] = compiled
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return compiled


@cache
def _cache() -> _Cache:
    return _Cache()


def compiled(data: bytes) -> Compiled:
    """The template in a Word file. Raises the errors of `open_package` and `names_used`."""
    return _cache().get(data)


def render(template: Compiled, context: Mapping[str, object]) -> dict[str, bytes]:
    """The parts of the finished document. `context` is plain data. Raises NameUnknown where it lacks a name."""
    parts = dict(template.parts)
    for name, part in template.templates.items():
        try:
            parts[name] = _with_literal_marks(bounded(part.generate(**context))).encode()
        except UndefinedError as error:
            raise NameUnknown(f"The template names a value that is not there: {_name_in(error)}.") from None
        except (TypeError, ValueError, OverflowError, ZeroDivisionError):
            raise TemplateNotValid(f"A tag in {name} cannot be worked out with this plan; check its filters.") from None
    return parts


def _with_literal_marks(xml: str) -> str:
    """docxtpl's way to print a tag's own marks: {_{ }_} {_% %_}."""
    for written, shown in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        xml = xml.replace(written, shown)
    return xml


def printable(text: str) -> str:
    """The text without characters that XML cannot hold (ECMA-376 builds on XML 1.0, 2.2)."""
    return _NOT_XML.sub("", text)


def _compile(data: bytes) -> Compiled:
    parts, taken = without_outside_links(open_package(data))
    names = names_used(parts)
    env = _word_environment()
    templates: dict[str, Template] = {}
    for name in [*text_parts(parts), *([CORE] if CORE in parts else [])]:
        if b"{" in parts[name]:
            # Written out anew, so that quotes inside tags stand as quotes and not as entities.
            xml = etree.tostring(parse_xml(parts[name], name), encoding="unicode")
            source = DocxTemplate.patch_xml(None, xml)
            try:
                # The tree as Jinja sees it after patching passes the same gate as the single tags did.
                refuse_unless_plain(env.parse(source))
                templates[name] = env.from_string(source)
            except TemplateSyntaxError as error:
                raise TemplateNotValid(f"The tags in {name} do not fit together: {error.message}.") from None
    return Compiled(parts, templates, names, taken)


@cache
def _word_environment() -> ImmutableSandboxedEnvironment:
    env = environment().overlay(finalize=_in_a_run)
    if not isinstance(env, ImmutableSandboxedEnvironment):
        raise RefusedForSafety("Templates cannot be rendered safely on this machine.")
    return env


def _in_a_run(value: object) -> object:
    """A value as it stands inside w:t: None is nothing, line ends are breaks, tabs are tabs, the rest is escaped."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = escape(printable(str(value)).replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\n", _BREAK).replace("\t", _TAB)


def _name_in(error: UndefinedError) -> str:
    found = re.search(r"'([^']*)'(?: is undefined)?$", error.message or "") or re.search(
        r"attribute '([^']*)'", error.message or ""
    )
    return found[1] if found else "a name"
