"""Values as they stand in a Word document, and the small arithmetic of templates. Plain data in, text out."""

import operator
import re
from collections.abc import Callable, Sequence
from html import escape

from jinja2.runtime import Undefined
from markupsafe import Markup

from generator.errors import RefusedForSafety

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(code for code in range(32) if code not in (1, 9, 10, 13))
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_RUN_TEXT = '<w:t xml:space="preserve">'
_LARGEST = 10**15
_NUMBERS = (int, float, bool)


def printable(text: str) -> str:
    """The text without characters that XML cannot hold (ECMA-376 builds on XML 1.0, 2.2)."""
    return _NOT_XML.sub("", text)


def plain(value: object) -> str:
    """A value as text: nothing for None. Raises jinja2.UndefinedError for a name that is not there."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value.unescape()
    return str(value)


def with_breaks(escaped: str) -> str:
    """Escaped text inside w:t, its line ends and tabs as Word's own."""
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", _BREAK).replace("\t", _TAB)


def escaped_for_runs(texts: Sequence[str]) -> list[bytes]:
    """Each text as it stands inside w:t, in UTF-8; all of them are gone over together, which is what makes it quick."""
    try:
        data = "\1".join(texts).encode()
    except UnicodeEncodeError:
        data = b"\0"
    if (
        len(data.translate(None, _CONTROLS)) != len(data)
        or data.count(b"\1") != len(texts) - 1
        or b"\xef\xbf\xbe" in data
        or b"\xef\xbf\xbf" in data
    ):
        data = "\1".join(map(printable, texts)).encode()
    data = data.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\n" in data:
        data = data.replace(b"\n", _BREAK.encode())
    if b"\t" in data:
        data = data.replace(b"\t", _TAB.encode())
    return data.split(b"\1")


def _attribute(value: object) -> str:
    return escape(printable(plain(value)).replace("\n", " ").replace("\t", " ").replace("\r", " "))


def _other(value: object) -> str:
    return escape(printable(plain(value)), quote=False)


def _in_run(value: object) -> str:
    text = _other(value)
    return f"{_RUN_TEXT}{with_breaks(text)}</w:t>" if text else ""


def _inline(value: object) -> str:
    text = _in_run(value)
    return f"<w:r>{text}</w:r>" if text else ""


def _block(value: object) -> str:
    return f"<w:p>{_inline(value)}</w:p>"


def _joined(*values: object) -> str:
    return "".join([str(plain(value)) for value in values])


def _numbers(a: object, b: object) -> tuple[int | float, int | float]:
    """Both values, where both are numbers. A name that is not there says so before anything else does."""
    for value in (a, b):
        if isinstance(value, Undefined):
            str(value)
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        return a, b  # type: ignore[return-value]
    raise TypeError("this is no number")


def _bounded(value: int | float) -> int | float:
    if abs(value) > _LARGEST:
        raise RefusedForSafety("A tag of this template works out a number that is far too large.")
    return value


def _add(a: object, b: object) -> object:
    if isinstance(a, str) and isinstance(b, str):
        return str(a) + str(b)
    if type(a) is list and type(b) is list:
        return a + b
    return _worked_out(operator.add)(a, b)


def _worked_out(work: Callable[[int | float, int | float], int | float]) -> Callable[..., object]:
    return lambda a, b: _bounded(work(*_numbers(a, b)))


RUNTIME: dict[str, Callable[..., object]] = {
    "plain": plain,
    "attribute": _attribute,
    "other": _other,
    "block": _block,
    "inline": _inline,
    "in_run": _in_run,
    "joined": _joined,
    "add": _add,
    "sub": _worked_out(operator.sub),
    "mul": _worked_out(operator.mul),
    "div": _worked_out(operator.truediv),
    "floordiv": _worked_out(operator.floordiv),
    "mod": _worked_out(operator.mod),
}
"""What a compiled template may call, by the name in its source."""
