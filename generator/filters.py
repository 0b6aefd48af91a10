"""The filters that template authors and field maps may use: plain value in, text out.

Dates come as ISO text. A value that a filter cannot read comes back as it is, so that nothing is lost on paper.
"""

import re
from collections.abc import Callable, Mapping, Sequence
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


def quoted(value: object) -> str:
    """The words in quotation marks; nothing for a blank."""
    text = _text(value).strip().strip('"\u201c\u201d')
    return f"\u201c{text}\u201d" if text else ""


def people(value: object) -> str:
    """People or places as lines, each with its telephone number."""
    rows = value if isinstance(value, list | tuple) else []
    lines = [commas([row.get("name"), row.get("phone")]) for row in rows if isinstance(row, Mapping)]
    return "\n".join(f"\u2022 {line}" for line in lines if line)


def latest(value: object) -> str:
    """The last entry of a progress list: its value and date."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
    last = max(rows, key=lambda row: _text(row.get("date")), default=None)
    return "" if last is None else commas([last.get("value"), as_date(last.get("date"))])


def previous(value: object) -> str:
    """The last but one entry of a progress list: what the time before found; nothing where there is one only."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
    ordered = sorted(rows, key=lambda row: _text(row.get("date")))
    return latest(ordered[-2:-1])


def series(value: object) -> str:
    """A progress list in one line, oldest first: 26 (11/03/2026), 14 (12/03/2026)."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
    ordered = sorted(rows, key=lambda row: _text(row.get("date")))
    return commas([f"{_text(row.get('value'))} ({as_date(row.get('date'))})" for row in ordered])


def bar(value: object, highest: object, cells: int = 20) -> str:
    """A score as a bar of cells beside its number: \u2588\u2588\u2588\u2591\u2591 12 / 20."""
    try:
        score, top = float(_text(value)), float(_text(highest))
    except ValueError:
        return _text(value)
    if top <= 0 or not 0 < cells <= 60:
        return _text(value)
    full = max(0, min(cells, round(cells * score / top)))
    return f"{chr(0x2588) * full}{chr(0x2591) * (cells - full)} {_text(value)} / {_text(highest)}"


_LANGUAGES = {
    "en": {"en": "English", "es": "inglés"},
    "es": {"en": "Spanish", "es": "español"},
    "zh": {"en": "Chinese", "es": "chino"},
    "vi": {"en": "Vietnamese", "es": "vietnamita"},
    "ar": {"en": "Arabic", "es": "árabe"},
    "fr": {"en": "French", "es": "francés"},
    "ht": {"en": "Haitian Creole", "es": "criollo haitiano"},
    "ko": {"en": "Korean", "es": "coreano"},
    "pt": {"en": "Portuguese", "es": "portugués"},
    "ru": {"en": "Russian", "es": "ruso"},
    "tl": {"en": "Tagalog", "es": "tagalo"},
    "ase": {"en": "American Sign Language", "es": "lengua de señas americana"},
}


def language_name(value: object, language: str = "en") -> str:
    """A language's name for its code (BCP 47): es is Spanish; anything else as it is."""
    code = _text(value).strip()
    names = _LANGUAGES.get(code.lower().partition("-")[0])
    return names["es" if language == "es" else "en"] if names else code


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
    Filter(
        "quoted",
        "Words in quotation marks",
        "{{ g.patient_words | quoted }}",
        "\u201cI want to stay sober\u201d",
        quoted,
    ),
    Filter(
        "people",
        "People with their telephones",
        "{{ safety_plan.professionals | people }}",
        "\u2022 Dr. Ito, 518-555-0101",
        people,
    ),
    Filter("latest", "The last progress entry", "{{ o.progress | latest }}", "14, 12/03/2026", latest),
    Filter("previous", "The progress entry before the last", "{{ o.progress | previous }}", "26, 11/03/2026", previous),
    Filter(
        "series",
        "Progress over time in one line",
        "{{ o.progress | series }}",
        "26 (11/03/2026), 14 (12/03/2026)",
        series,
    ),
    Filter("bar", "A score as a bar", "{{ m.score | bar(m.max) }}", "\u2588\u2588\u2588\u2591\u2591 12 / 20", bar),
    Filter(
        "language_name",
        "A language's name for its code",
        "{{ patient.language.preferred | language_name }}",
        "Spanish",
        language_name,
    ),
    Filter("none", "Words for a blank", '{{ history.allergies | none("None known") }}', "None known", none),
    Filter("plural", "The right word for a number", '{{ goals | plural("goal") }}', "goals", plural),
    Filter("money", "An amount in dollars", "{{ contract.fees.copay | money }}", "$20.00", money),
)
