"""From suggestions to a field map: the table that a fill uses, and the text that a person edits."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from generator.mapping.suggestion import Suggestion

Accept = Literal["none", "confident", "all"]
Entry = str | Mapping[str, object]


def accepted(suggestions: Sequence[Suggestion], accept: Accept) -> dict[str, object]:
    """The field map of what is accepted: nothing, what is sure, or every best suggestion. The rest is left, and says why."""
    fields: dict[str, Entry] = {}
    for one in suggestions:
        if one.slot in fields:
            continue
        if one.path and (accept == "all" or (accept == "confident" and one.is_sure)):
            fields[one.slot] = one.entry
        else:
            fields[one.slot] = {"empty": "not sure enough to fill without a person" if one.path else one.why}
    return {"fields": fields} if accept != "none" else {}


def map_text(suggestions: Sequence[Suggestion], *, form: str, sha256: str, pages: Sequence[int | None] = ()) -> str:
    """A field map as TOML to edit: what is sure stands as it is, what is not stands behind a `#` until a person takes it off."""
    lines = [
        f"# Which plan value goes to which place of {form}.",
        "# Lines without # are used. A line that starts with #? is a guess: take the #? away if it is right,",
        "# or write another name (the next best stand behind it). Every name there is: docs/template-authors.md.",
        "",
        f"sha256 = {_quoted(sha256)}",
        "",
        "[fields]",
    ]
    shown_page: int | None = None
    for one, page in zip(suggestions, pages or [None] * len(suggestions), strict=True):
        if page is not None and page != shown_page:
            lines += ["", f"# ---- page {page + 1}"]
            shown_page = page
        label = " ".join(one.label.split())[:90]
        others = ", ".join(c.path for c in one.candidates if c.path != one.path)
        hint = f"   # or: {others}" if others and not one.is_sure else ""
        lines.append(f"# {label or one.slot}  ({one.confidence:.0%}: {one.why})")
        line = f"{_quoted(one.slot)} = {_value(one.entry)}"
        lines.append(line if one.is_sure or not one.path else f"#? {line}{hint}")
    return "\n".join(lines) + "\n"


def toml_text(data: Mapping[str, object]) -> str:
    """A small TOML file: texts, numbers and lists first, then one table after the other."""
    plain = [f"{_key(key)} = {_value(value)}" for key, value in data.items() if not isinstance(value, Mapping)]
    tables = [
        "\n".join(["", f"[{_key(key)}]", *(f"{_quoted(str(name))} = {_value(entry)}" for name, entry in value.items())])
        for key, value in data.items()
        if isinstance(value, Mapping)
    ]
    return "\n".join([*plain, *tables]) + "\n"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return _quoted(str(value))


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _quoted(key)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, except for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
