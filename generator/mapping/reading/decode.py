"""Printed text back to a value: the inverse of each filter, and what a value of a field may look like.

Nothing is guessed: a text that could stand for several values, or for none, is NotRead.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from generator.filters import as_date, as_long_date, language_name, quoted
from generator.mapping.kinds import fields_by_name
from generator.mapping.words import choice_title
from generator.plan.catalog import FieldWords

Value = str | int | float | bool
Applied = tuple[str, tuple[object, ...]]
"""A filter as it was used: its name and its arguments."""

_MONTHS = {code: {as_long_date(f"2000-{n:02}", code).split()[0]: n for n in range(1, 13)} for code in ("en", "es")}
_SHORT_MONTHS = {as_date(f"2000-{n:02}-01", "mmm"): n for n in range(1, 13)}
_PARTS = {"yyyy": r"(?P<y>\d{4})", "mmmm": r"(?P<name>[A-Za-z]+)", "mmm": r"(?P<name>[A-Za-z]{3})"}
_PARTS |= {"mm": r"(?P<m>\d{2})", "m": r"(?P<m>\d{1,2})", "dd": r"(?P<d>\d{2})", "d": r"(?P<d>\d{1,2})"}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_LOSSY = frozenset(("ssn_masked", "plural", "truncate", "replace", "round", "abs", "int", "float", "bar"))
_SAME = frozenset(("trim", "string", "e", "escape", "phone", "default", "d", "none"))
_CASE: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "capitalize": str.capitalize,
}

# What a value of a text field looks like, where that can be told; a text of another look is not taken for one.
_PHONE = r"[+(]?\d[\d\s().+-]+\d(?:\s*(?:x|ext\.?)\s*\d+)?"
_LOOKS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.ASCII if name != "city" else 0)
    for name, pattern in {
        "phone": _PHONE,
        "fax": _PHONE,
        "state": r"[A-Z]{2}",
        "zip": r"\d{5}(?:-\d{4})?",
        "email": r"\S+@\S+",
        "npi": r"\d{10}",
        "icd10cm": r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?",
        "edition": r"\d{1,2}(?:\.\d)?|\w+ ed(?:ition|\.)?",
        "suffix": r"(?:Jr|Sr|II|III|IV|V|MD|PhD)\.?",
        "city": r"[^\d,;]+",
    }.items()
}
_ONE_PIECE = re.compile(r"[^,;]+")
# Values that hold no comma: persons' names beside what they are, and single words of a scale.
_IN_ONE_PIECE = frozenset(
    f"{owner}.{key}"
    for key in ("name", "relationship", "role")
    for owner in ("staff", "signatures[]", "emergency_contact", "guardian", "subscriber", "suicide", "violence")
) | frozenset(
    f"{risk}.{key}" for risk in ("suicide", "violence", "withdrawal", "overdose") for key in ("level", "instrument")
)
_NUMBERED = re.compile(r"\d+(?:\.\d+)*", re.ASCII)


class NotRead(ValueError):
    """The text stands for no value here, or for more than one."""


def decode(text: str, name: str, filters: tuple[Applied, ...], language: str, *, by_look: bool = True) -> Value:
    """The value of the field `name` (lists as `[]`) that prints as `text` after `filters`. Raises NotRead.

    Without `by_look` a text may have any look: it is known from elsewhere what it is.
    """
    key = name.rpartition(".")[2]
    field = fields_by_name().get(name.removesuffix("_title") if key.endswith("_title") else name)
    for applied, arguments in reversed(filters):
        if applied in _CASE:
            return _without_case(text, field, name, _CASE[applied], language)
        if applied in _LOSSY:
            raise NotRead
        if applied == "date":
            return _day(text, str(arguments[0]) if arguments else "mm/dd/yyyy", field)
        if applied == "date_long":
            return _long_day(text, str(arguments[0]) if arguments else "en", field)
        if applied == "yesno":
            return _yes_or_no(text, str(arguments[0]) if arguments else "en")
        if applied == "money":
            return _money(text)
        if applied == "quoted":
            text = _unquoted(text)
        elif applied == "language_name":
            text = _language_code(text, str(arguments[0]) if arguments else "en")
        elif applied == "check":
            if text.strip() not in ("\u2612", "\u2611", "X", "x"):
                raise NotRead
            return True
        elif applied not in _SAME:
            raise NotRead
    return _plain(text, field, name, language, by_look)


def _plain(text: str, field: FieldWords | None, name: str, language: str, by_look: bool) -> Value:
    key = name.rpartition(".")[2]
    if not text.strip():
        raise NotRead
    if key.endswith("_title"):
        return _choice(text, field, language)
    if key == "number" and field is None:
        if not _NUMBERED.fullmatch(text):
            raise NotRead
        return text
    kind = field.kind if field is not None else "text"
    if kind == "number":
        return _number(text)
    if kind == "flag":
        return _yes_or_no(text, language)
    if kind == "choice" and field is not None and text not in field.choices:
        raise NotRead
    if kind == "date" and not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        raise NotRead
    look = _look(name, key, kind) if by_look else None
    if look is not None and not look.fullmatch(text):
        raise NotRead
    return text


def _look(name: str, key: str, kind: str) -> re.Pattern[str] | None:
    if kind != "text":
        return None
    known = _LOOKS.get(key) or _LOOKS.get(key.rpartition("_")[2] if "_" in key else "")
    if known is not None:
        return known
    owner = name.rpartition(".")[0].rpartition(".")[2]
    owner = "staff" if owner.endswith("_staff") or owner == "staff[]" else owner
    return _ONE_PIECE if f"{owner}.{key}" in _IN_ONE_PIECE else None


@cache
def has_a_look(name: str) -> bool:
    """Whether a value of this name can be told from any other text: a date, a number, a choice, a telephone number."""
    key = name.rpartition(".")[2]
    field = fields_by_name().get(name.removesuffix("_title") if key.endswith("_title") else name)
    kind = field.kind if field is not None else "text"
    look = _look(name, key, kind)
    return kind in ("date", "number", "choice", "flag") or (look is not None and look is not _ONE_PIECE)


def _number(text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise NotRead
    return float(text) if "." in text else int(text)


def _choice(text: str, field: FieldWords | None, language: str) -> str:
    if field is None or field.kind != "choice":
        raise NotRead
    found = [word for word in field.choices if choice_title(word, language) == text]
    if len(found) != 1:
        raise NotRead
    return found[0]


def _without_case(
    text: str, field: FieldWords | None, name: str, changed: Callable[[str], str], language: str
) -> Value:
    """A choice is known again in any case; of a free text the case is lost."""
    if field is None or field.kind != "choice":
        if text == text.swapcase() and field is not None:  # digits and signs alone have no case
            return _plain(text, field, name, language, False)
        raise NotRead
    words = {word: choice_title(word, language) if name.endswith("_title") else word for word in field.choices}
    found = [word for word, shown in words.items() if changed(shown) == text]
    if len(found) != 1:
        raise NotRead
    return found[0]


def _day(text: str, shape: str, field: FieldWords | None) -> str:
    found = _shape(shape.lower()).fullmatch(text)
    if found is not None and "y" in found.groupdict():
        parts = found.groupdict()
        month = _SHORT_MONTHS.get((parts.get("name") or "")[:3]) if "name" in parts else int(parts["m"])
        return _iso(int(parts["y"]), month, int(parts["d"]))
    short = re.fullmatch(r"(?:(\d{2})/)?(\d{4})", text, re.ASCII)
    if short is not None:
        return f"{short[2]}-{short[1]}" if short[1] else short[2]
    if field is not None and field.kind == "text" and text.strip():
        return text  # a date in a text's place may be words: "end of treatment"
    raise NotRead


def _long_day(text: str, language: str, field: FieldWords | None) -> str:
    months = _MONTHS["es" if language == "es" else "en"]
    if language == "es":
        found = re.fullmatch(r"(?:(?P<d>\d{1,2}) de )?(?P<m>\w+) de (?P<y>\d{4})", text)
    else:
        found = re.fullmatch(r"(?P<m>[A-Za-z]+)(?: (?P<d>\d{1,2}),)? (?P<y>\d{4})", text)
    if found is not None and found["m"] in months:
        month, year = months[found["m"]], int(found["y"])
        return _iso(year, month, int(found["d"])) if found["d"] else f"{year:04}-{month:02}"
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return text
    if field is not None and field.kind == "text" and text.strip():
        return text
    raise NotRead


def _iso(year: int, month: int | None, day: int) -> str:
    try:
        return date(year, month or 0, day).isoformat()
    except ValueError:
        raise NotRead from None


@cache
def _shape(shape: str) -> re.Pattern[str]:
    """The look of a date. A year of two digits is no year here: which century it is would be a guess."""
    out = [
        _PARTS.get(part, r"\d\d" if part == "yy" else re.escape(part))
        for part in re.findall(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|.", shape)
    ]
    try:
        pattern = re.compile("".join(out), re.ASCII)
    except re.error:  # a part that stands twice
        return re.compile(r"(?!)")
    is_whole = {"y", "d"} <= pattern.groupindex.keys() and {"m", "name"} & pattern.groupindex.keys()
    return pattern if is_whole else re.compile(r"(?!)")


def _yes_or_no(text: str, language: str) -> bool:
    if text in ("Yes", "Sí" if language == "es" else "Yes"):
        return True
    if text == "No":
        return False
    raise NotRead


def _money(text: str) -> int | float:
    found = re.fullmatch(r"\$(-?[\d,]+)\.(\d\d)", text, re.ASCII)
    if found is None:
        raise NotRead
    whole = found[1].replace(",", "")
    return float(f"{whole}.{found[2]}") if found[2] != "00" else int(whole)


def _unquoted(text: str) -> str:
    inner = text[1:-1]
    if len(text) < 3 or quoted(inner) != text:
        raise NotRead
    return inner


@cache
def _codes(language: str) -> dict[str, str]:
    codes = ("en", "es", "zh", "vi", "ar", "fr", "ht", "ko", "pt", "ru", "tl", "ase")
    return {language_name(code, language): code for code in codes}


def _language_code(text: str, language: str) -> str:
    return _codes("es" if language == "es" else "en").get(text, text)
