"""Faults of single tags: what cannot be read, names and filters that there are not, values printed raw."""

import re
from collections.abc import Iterator

from generator.blanks.word_tags.doctor.guess import KEYWORDS, Guesser
from generator.blanks.word_tags.doctor.nouns import Edit, PlanWords, Repair, Sheet, Trouble
from generator.blanks.word_tags.names import Fault, NameUse, read_names
from generator.blanks.word_tags.scan import OPENS, Tag
from generator.finding import Severity

_SAFETY = "Print values only: a name, and filters after it."


def faults_of_tags(sheet: Sheet, guesser: Guesser) -> tuple[list[Trouble], list[NameUse]]:
    """Troubles in the order of the document, and every name that could be read."""
    at = {id(tag): index for tag, index in sheet.tags}
    troubles: list[Trouble] = []
    uses: list[NameUse] = []
    explained: set[int] = set()
    for one in read_names((tag for tag, _ in sheet.tags if tag.opens != "{#"), filters=guesser.extra):
        if isinstance(one, Fault):
            troubles.append(_fault(one, at[id(one.tag)], sheet, guesser))
        else:
            uses.append(one)
            if one.tag is not None and id(one.tag) not in explained:
                slip = _slip(one.tag, at[id(one.tag)], guesser)
                if slip is not None:
                    explained.add(id(one.tag))
                    troubles.append(slip)
                else:
                    troubles += _of_name(one, one.tag, at[id(one.tag)], guesser)
    return troubles, uses


def _slip(tag: Tag, index: int, guesser: Guesser) -> Trouble | None:
    """A tag that can be read, but surely not as it was meant."""
    inside, opens, why = tag.inside, tag.opens, ""
    if tag.opens == "{{" and re.fullmatch(r"endif|endfor|else", inside):
        opens, why = "{%", "this prints a value; what does something stands between {% and %}"
    elif tag.opens == "{{" and inside.endswith(","):
        inside, why = inside.rstrip(", "), "a comma stands inside the tag"
    elif re.search(r"\|\s*date\([^'\"()]*/[^'\"()]*\)", inside):
        inside, why = re.sub(r"(\|\s*date\()([^'\"()]*)\)", r'\1"\2")', inside), "the shape of a date stands in quotes"
    if not why:
        return None
    new = written(tag, inside, opens=opens)
    return Trouble(
        "syntax", Severity.ERROR, tag.place, why, f"Write {new}", tag.around, repair=edit_of(tag, index, new)
    )


def written(tag: Tag, inside: str, *, opens: str = "", prefix: str | None = None) -> str:
    """A tag with another inside, its marks and prefix kept."""
    opens = opens or tag.opens
    prefix = tag.prefix if prefix is None else prefix
    dash = "-" if tag.raw[2:3] == "-" else ""
    dash_end = "-" if tag.raw[-3:-2] == "-" and tag.closes else ""
    return f"{opens}{dash}{prefix} {inside} {dash_end}{OPENS[opens]}"


def edit_of(tag: Tag, index: int, new: str, does: str = "") -> Repair:
    """The repair that writes a tag anew."""
    return Repair(
        does or f"wrote {new or 'nothing'} for {tag.raw}", tag.place.part, ((index, Edit(tag.at, len(tag.raw), new)),)
    )


def _fault(fault: Fault, index: int, sheet: Sheet, guesser: Guesser) -> Trouble:
    tag, new = fault.tag, ""
    rule = {"unsafe": "unsafe", "syntax": "syntax"}.get(fault.kind, fault.kind)
    message, mend = fault.message, ""
    if fault.kind == "unclosed-tag" and not tag.raw[2:].strip():
        return _trouble(fault, rule, message, "Remove the mark.", edit_of(tag, index, "", "removed a lone mark"))
    if fault.kind == "unclosed-tag":
        new = _closed(tag, sheet.texts[tag.place.part][index].text, guesser)
        if new:
            return _trouble(fault, rule, message, f"Write {new.strip()}", _closing_repair(tag, index, new))
        mend = f"Close the tag with {OPENS[tag.opens]} in the same paragraph."
    elif fault.kind == "unknown-tag":
        spaced = re.match(r"(tr|tc|p|r)\s+(.*)", tag.inside, re.DOTALL)
        if spaced and not tag.prefix:
            rule, message = "prefix-space", "there is a space before the prefix, so it is none"
            new = written(tag, spaced[2].strip(), prefix=spaced[1])
        else:
            new, mend = _keyword(tag, guesser)
    elif fault.kind == "syntax":
        rule, new, mend = _syntax(fault, guesser)
    elif fault.kind == "unsafe":
        meant = guesser.uncalled(tag.inside) if tag.opens == "{{" else ""
        new, mend = (written(tag, meant), "") if meant else ("", _SAFETY)
    elif fault.kind == "unclosed-block":
        return _unclosed_block(fault, index, sheet)
    elif fault.kind == "stray-end":
        return _stray_end(fault, index, sheet)
    repair = edit_of(tag, index, new) if new else None
    return _trouble(fault, rule, message, mend or (f"Write {new}" if new else ""), repair)


def _trouble(fault: Fault, rule: str, message: str, mend: str, repair: Repair | None) -> Trouble:
    return Trouble(rule, Severity.ERROR, fault.tag.place, message, mend, fault.tag.around, repair=repair)


def _closing_repair(tag: Tag, index: int, new: str) -> Repair:
    """`new` stands for as much of the tag as it repeats; what follows in the paragraph stays."""
    inside = new[2:-2].strip()
    body = tag.raw[2:]
    start = body.find(inside)
    length = 2 + start + len(inside) if start >= 0 else len(tag.raw)
    rest = tag.raw[length:]
    extra = re.match(r"(?:\s*[}%]){1,2}", rest)
    length += len(extra[0]) if extra else 0
    return Repair(f"closed {new}", tag.place.part, ((index, Edit(tag.at, length, new)),))


def _closed(tag: Tag, text: str, guesser: Guesser) -> str:
    """The tag as it was meant where it is closed wrongly or not at all; "" where that cannot be known."""
    if tag.closes:  # {{ x %} or {% x }}
        inside = tag.inside
        if tag.opens == "{{" and inside.partition(" ")[0] in KEYWORDS:
            return written(tag, inside, opens="{%")
        if guesser.parses(inside, tag.opens):
            return written(tag, inside)
        return written(tag, inside, opens="{{") if guesser.parses(inside, "{{") and guesser.is_name(inside) else ""
    body = tag.raw[2:]
    lead = len(body) - len(body.lstrip("-+ "))
    prefix = f"{tag.prefix} " if tag.prefix and body.lstrip("-+").startswith(tag.prefix) else ""
    body = body[lead:].removeprefix(prefix)
    pattern = r"[\w.\[\]]+(?:\s*\|\s*\w+(?:\([^()]*\))?)*" if tag.opens == "{{" else r"[^}%]+"
    found = re.match(pattern, body)
    if not found:
        return ""
    inside = found[0].strip()
    follows = body[found.end() :]
    is_whole = not follows.strip(" }%")
    if tag.opens == "{%" and not is_whole:
        return ""
    if guesser.parses(inside, tag.opens) and (is_whole or guesser.is_name(inside)):
        return written(tag, inside)
    return ""


def _keyword(tag: Tag, guesser: Guesser) -> tuple[str, str]:
    word, _, rest = tag.inside.partition(" ")
    glued = re.match(r"(tr|tc|p|r)(for|if|endfor|endif|else|elif)$", word)
    if glued and not tag.prefix:
        new = written(tag, f"{glued[2]} {rest}".strip(), prefix=glued[1])
        return new, f"Write {new}"
    two = re.match(r"end\s+(if|for)$", tag.inside, re.IGNORECASE)
    if two:
        new = written(tag, f"end{two[1].lower()}")
        return new, f"Write {new}"
    if guesser.is_name(tag.inside) and guesser.parses(tag.inside, "{{"):
        new = written(tag, tag.inside, opens="{{")
        return new, f"To print a value, write {new}"
    near, sure = guesser.near_keyword(word)
    if rest and near.startswith("end"):
        near, sure = guesser.near_keyword(word[::-1]) if word[::-1] in KEYWORDS else (near, sure)
    inside = f"{near} {rest}".strip()
    if word.lower() in KEYWORDS:
        inside, sure = f"{word.lower()} {rest}".strip(), True
    if not guesser.parses(inside, "{%"):
        inside = guesser.rewritten(inside, "{%") or inside
    new = written(tag, inside)
    if sure and guesser.parses(inside, "{%"):
        return new, f"Write {new}"
    return "", f"Did you mean {near}?" if near and near != word else "Use for, if, elif, else, set and their ends."


def _syntax(fault: Fault, guesser: Guesser) -> tuple[str, str, str]:
    tag = fault.tag
    unknown = re.match(r"no (filter|test) named '(.+)'", fault.message)
    if unknown:
        kind, name = unknown.groups()
        near, sure = guesser.near_filter(name) if kind == "filter" else guesser.near_test(name)
        mark = r"\|\s*" if kind == "filter" else r"\bis (?:not )?"
        inside = re.sub(rf"({mark}){re.escape(name)}\b", rf"\1{near}", tag.inside)
        if near == "date" and name != "date":
            inside = re.sub(r"(\|\s*date)\([^()]*%[^()]*\)", r"\1", inside)
        sure = sure and guesser.parses(inside, tag.opens)
        new = written(tag, inside) if sure else ""
        rule = "unknown-filter" if kind == "filter" else "unknown-test"
        return rule, new, f"Did you mean {near}?" if near else ""
    if (
        tag.opens == "{{"
        and re.match(r"(for|if|elif|else|end(for|if)|set)\b", tag.inside)
        and guesser.parses(tag.inside, "{%")
    ):
        new = written(tag, tag.inside, opens="{%")
        return "syntax", new, f"What does something stands between {{% and %}}: {new}"
    inside = guesser.rewritten(tag.inside, tag.opens)
    return (
        "syntax",
        written(tag, inside) if inside else "",
        f"Write {written(tag, inside)}" if inside else "Check names, dots, quotes and brackets.",
    )


def _unclosed_block(fault: Fault, index: int, sheet: Sheet) -> Trouble:
    tag = fault.tag
    kind = tag.inside.partition(" ")[0]
    end = f"{{% end{kind} %}}"
    text = sheet.texts[tag.place.part][index].text
    rest = text[tag.at + len(tag.raw) :]
    repair = None
    if not tag.prefix and rest.strip():
        repair = Repair(f"added {end}", tag.place.part, ((index, Edit(len(text), 0, end)),))
    return _trouble(fault, "unclosed-block", fault.message, f"Add {end} where it ends.", repair)


def _stray_end(fault: Fault, index: int, sheet: Sheet) -> Trouble:
    """An end that fits no block: of the wrong kind where one block is open, or one too many."""
    tag = fault.tag
    word = tag.inside.partition(" ")[0]
    before: list[str] = []
    for one, _ in sheet.tags:
        if one is tag:
            break
        if one.place.part == tag.place.part and one.opens == "{%":
            kind = one.inside.partition(" ")[0]
            if kind in ("for", "if"):
                before.append(kind)
            elif kind in ("endfor", "endif") and before:
                before.pop()
    if before and word in ("endfor", "endif") and f"end{before[-1]}" != word:
        new = written(tag, f"end{before[-1]}")
        return _trouble(
            fault, "stray-end", f"{word} stands where the {before[-1]} ends", f"Write {new}", edit_of(tag, index, new)
        )
    repair = edit_of(tag, index, "", f"removed {tag.raw}") if word in ("endfor", "endif") and not before else None
    return _trouble(fault, "stray-end", fault.message, "Remove it, or add the tag that opens its block.", repair)


def _of_name(use: NameUse, tag: Tag, index: int, guesser: Guesser) -> Iterator[Trouble]:
    words = guesser.words
    if use.path not in words.names:
        yield _unknown_name(use, tag, index, guesser)
        return
    if tag.opens != "{{" or not use.is_printed:
        return
    if tag.prefix in ("r", "p") and use.path not in words.rows:
        new = written(tag, tag.inside, prefix="")
        yield Trouble(
            "rich-prefix", Severity.WARNING, tag.place,
            f"{{{{{tag.prefix} }}}} is for rich text; this value is plain, and loses the look of its place",
            f"Write {new}", tag.around, repair=edit_of(tag, index, new),
        )  # fmt: skip
    if use.path in guesser.sections and use.path not in words.rows and not use.filters:
        whole = guesser.shown_whole(use.path)
        new = _renamed(use, tag, whole) if whole else ""
        yield Trouble(
            "section-printed", Severity.ERROR, tag.place, f'"{use.path}" is a group of values, and is printed as one lump',
            f"Write {new}" if new else "Name the value in it that you mean.", tag.around, repair=edit_of(tag, index, new) if new else None,
        )  # fmt: skip
    if not use.filters:
        yield from _printed_raw(use, tag, index, words)


def _unknown_name(use: NameUse, tag: Tag, index: int, guesser: Guesser) -> Trouble:
    near, sure = guesser.near_name(use.path)
    if "-" in tag.inside and (dashed := tag.inside.replace("-", ".").partition("|")[0].strip()) in guesser.words.names:
        new = written(tag, tag.inside.replace("-", ".", tag.inside.partition("|")[0].count("-")))
        return Trouble(
            "unknown-name",
            Severity.ERROR,
            tag.place,
            "a name holds a dash",
            f"Did you mean {dashed}?",
            tag.around,
            repair=edit_of(tag, index, new),
        )
    new = _renamed(use, tag, near) if sure else ""
    root, _, rest = use.written.partition(".")
    looped = next((f"{name}.{rest}" for name, meaning in use.loops if f"{meaning}.{rest}" in guesser.words.names), "")
    if rest and looped and root not in guesser.roots and root not in dict(use.loops):
        near, new = looped, written(tag, re.sub(rf"(?<![\w.]){re.escape(use.written)}(?![\w.])", looped, tag.inside))
    listed = next((one for one in guesser.names if "[]" in one and one.replace("[]", "") == use.path), "")
    if listed:
        over = listed.partition("[]")[0]
        mend = f"{over} is a list; go over it: {{% for x in {over} %}} … {{% endfor %}}"
        return Trouble("unknown-name", Severity.ERROR, tag.place, f'a plan has no "{use.path}"', mend, tag.around)
    if new and not guesser.parses(new[2:-2].strip("-+ ").removeprefix(f"{tag.prefix} ").strip(), tag.opens):
        new = ""
    return Trouble(
        "unknown-name", Severity.ERROR, tag.place, f'a plan has no "{use.path}"', f"Did you mean {near}?" if near else "",
        tag.around, repair=edit_of(tag, index, new) if new else None,
    )  # fmt: skip


def _renamed(use: NameUse, tag: Tag, near: str) -> str:
    """The tag with the name as it is meant, said the way its loops say it."""
    old, new = use.path.split("."), near.split(".")
    if use.written.count("[") or not use.written:
        return ""
    if "[]" in use.path:
        # The loop's own name stands for the list; only what follows it may change.
        prefix, _, tail = use.path.rpartition("[].")
        if not near.startswith(f"{prefix}[]."):
            return ""
        said = use.written.removesuffix(tail) + near[len(prefix) + 3 :] if tail and use.written.endswith(tail) else ""
    else:
        said = ".".join(new) if "[]" not in near and use.written == ".".join(old) else ""
    if not said:
        return ""
    inside = re.sub(rf"(?<![\w.]){re.escape(use.written)}(?![\w.])", said, tag.inside)
    return written(tag, inside) if inside != tag.inside else ""


def _printed_raw(use: NameUse, tag: Tag, index: int, words: PlanWords) -> Iterator[Trouble]:
    for names, rule, filter_name, why in (
        (words.dates, "date-without-filter", "date", "this date is printed as 2026-11-03"),
        (words.flags, "flag-without-filter", "yesno", "this yes or no is printed as True or False"),
        (words.lists, "list-without-filter", "commas", "this list is printed with brackets and quotes"),
    ):
        if use.path in names and use.written and use.written in tag.inside:
            at = tag.inside.index(use.written) + len(use.written)
            new = written(tag, f"{tag.inside[:at]} | {filter_name}{tag.inside[at:]}")
            yield Trouble(
                rule, Severity.WARNING, tag.place, why, f"Write {new}", tag.around,
                repair=edit_of(tag, index, new) if tag.inside == use.written else None,
            )  # fmt: skip
    if use.path in words.rows:
        yield Trouble(
            "list-without-loop", Severity.ERROR, tag.place, "this is a list of entries, and is printed as one lump",
            f"Go over it: {{% for x in {use.written} %}} … {{% endfor %}}", tag.around,
        )  # fmt: skip
