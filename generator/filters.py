"""The filters that template authors and field maps may use: plain value in, text out.

Dates come as ISO text. A value that a filter cannot read comes back as it is, so that nothing is lost on paper.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, what it does, an example of its use and of what that prints."""

    name: str
    does: str
    example: str
    prints: str
    call: Callable[..., str]


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    return "Yes" if value is True else str(value)


def as_date(value: object, shape: str = "mm/dd/yyyy") -> str:
    """A date in a form's shape, made of yyyy yy mmmm mmm mm m dd d and any marks; a month or year alone stays short.

    Month names are English, as the scripts of forms that ask for them write them (AFDate_FormatEx).
    """
    match = _ISO.fullmatch(_text(value).strip())
    if match is None:
        return _text(value)
    year, month, day = match.groups()
    if day is None:
        return f"{month}/{year}" if month else year
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return _text(value)
    name = _MONTHS["en"][int(month) - 1]
    parts = {"yyyy": year, "yy": year[2:], "mmmm": name, "mmm": name[:3], "mm": month, "m": str(int(month))}
    parts |= {"dd": day, "d": str(int(day))}
    return re.sub(r"yyyy|yy|mmmm|mmm|mm|m|dd|d", lambda found: parts[found[0]], shape.lower())


def as_long_date(value: object, language: str = "en") -> str:
    """A date in words: November 3, 2026, or 3 de noviembre de 2026."""
    match = _ISO.fullmatch(_text(value).strip())
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        return _text(value)
    year, month, day = match.groups()
    if month is None:
        return year
    name = _MONTHS["es" if language == "es" else "en"][int(month) - 1]
    if language == "es":
        return f"{int(day)} de {name} de {year}" if day else f"{name} de {year}"
    return f"{name} {int(day)}, {year}" if day else f"{name} {year}"


def as_phone(value: object) -> str:
    """A telephone number as (518) 555-0140; anything else as it is."""
    match = re.fullmatch(r"(?:\+?1[\s.-]?)?\(?(\d{3})\)?[\s.-]?(\d{3})[\s.-]?(\d{4})", _text(value).strip(), re.ASCII)
    return f"({match[1]}) {match[2]}-{match[3]}" if match else _text(value)


def ssn_masked(value: object) -> str:
    """The last four digits only: XXX-XX-4321."""
    digits = re.sub(r"\D", "", _text(value))
    return f"XXX-XX-{digits[-4:]}" if len(digits) >= 4 else ""


def check(value: object) -> str:
    """A ticked or an empty box."""
    return "\u2612" if value and _text(value).lower() not in ("no", "false") else "\u2610"


def yesno(value: object, language: str = "en") -> str:
    """Yes or No (Sí, No); nothing for what was not asked."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return ("Sí" if language == "es" else "Yes") if value else "No"
    return _text(value)


def bullets(value: object, mark: str = "\u2022") -> str:
    """A list as lines with a mark before each."""
    return "\n".join(f"{mark} {_text(item)}" for item in _items(value))


def commas(value: object, between: str = ", ") -> str:
    """A list in one line."""
    return between.join(_text(item) for item in _items(value))


def none(value: object, words: str = "None reported") -> str:
    """The value, or these words where it is blank."""
    return ("; ".join(_text(item) for item in value) if isinstance(value, list) else _text(value)).strip() or words


def plural(count: object, one: str, many: str = "") -> str:
    """The right word for a number: {{ n }} {{ n | plural("week") }}."""
    text = str(len(count)) if isinstance(count, list) else _text(count)
    return one if text == "1" else many or f"{one}s"


def money(value: object) -> str:
    """An amount in dollars: $20.00."""
    try:
        return f"${float(_text(value)):,.2f}"
    except ValueError:
        return _text(value)


def _items(value: object) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return [item for item in value if _text(item)]
    return [value] if _text(value) else []


FILTERS: tuple[Filter, ...] = (
    Filter("date", "A date in the form's shape", '{{ plan.plan_date | date("m/d/yy") }}', "11/3/26", as_date),
    Filter("date_long", "A date in words", "{{ plan.plan_date | date_long }}", "November 3, 2026", as_long_date),
    Filter("phone", "A telephone number", "{{ patient.phone | phone }}", "(518) 555-0110", as_phone),
    Filter("ssn_masked", "Only the last four digits", "{{ patient.ssn | ssn_masked }}", "XXX-XX-4321", ssn_masked),
    Filter("check", "A ticked or an empty box", "{{ patient.is_minor | check }}", "\u2610", check),
    Filter("yesno", "Yes, No, or nothing", "{{ participation.copy_offered | yesno }}", "Yes", yesno),
    Filter("bullets", "A list as lines", "{{ snap.strengths | bullets }}", "\u2022 Loves his children", bullets),
    Filter("commas", "A list in one line", "{{ snap.strengths | commas }}", "Funny, Kind", commas),
    Filter("none", "Words for a blank", '{{ history.allergies | none("None known") }}', "None known", none),
    Filter("plural", "The right word for a number", '{{ goals | plural("goal") }}', "goals", plural),
    Filter("money", "An amount in dollars", "{{ contract.fees.copay | money }}", "$20.00", money),
)
