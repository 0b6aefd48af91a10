"""What an author probably meant: the nearest name, filter or keyword, and rewritings of a tag that make it work."""

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from generator.blanks.word_tags.doctor.nouns import PlanWords
from generator.errors import RefusedForSafety
from generator.sandbox import environment, parse

KEYWORDS = ("for", "endfor", "if", "endif", "else", "elif", "set", "cellbg", "colspan", "hm", "vm")
_MEANT = {
    "elseif": "elif", "elsif": "elif", "otherwise": "else", "foreach": "for", "end": "", "endforeach": "endfor",
    "next": "endfor", "fi": "endif", "done": "endfor", "when": "if", "unless": "if not", "let": "set",
}  # fmt: skip
_FILTERS_MEANT = {
    "date_format": "date", "format_date": "date", "strftime": "date", "dateformat": "date", "datetime": "date", "uppercase": "upper",
    "lowercase": "lower", "bullet": "bullets", "list_bullets": "bullets", "comma": "commas", "checkbox": "check", "checked": "check",
    "currency": "money", "dollars": "money", "telephone": "phone", "tel": "phone", "ssn": "ssn_masked", "mask": "ssn_masked",
    "masked": "ssn_masked", "last4": "ssn_masked", "last_four": "ssn_masked", "mask_ssn": "ssn_masked", "phone_number": "phone", "yes_no": "yesno", "longdate": "date_long", "pluralize": "plural", "capitalise": "capitalize", "default_if_none": "default",
}  # fmt: skip
_ROOTS_MEANT = (
    dict.fromkeys(("client", "consumer", "member", "person", "individual", "resident", "participant"), "patient")
    | dict.fromkeys(("clinic", "organization", "organisation", "company", "practice", "facility", "provider"), "agency")
    | {
        "client_name": "patient.name.full",
        "patient_name": "patient.name.full",
        "problem": "problems",
        "diagnosis": "diagnoses",
    }
)
_ROOT = re.compile(r"^\w+")
_DOTTED = r"[A-Za-z_]\w*(?:\.\w+)*"
_WHOLE = ("full", "one_line", "text", "line", "name", "statement", "title", "description", "summary")


class Guesser:
    """Guesses among the names of a plan, the filters and the keywords of templates."""

    def __init__(self, words: PlanWords, filters: frozenset[str] = frozenset()) -> None:
        self.words = words
        self.names = sorted(words.names)
        self.roots = frozenset(re.split(r"[.\[]", name, maxsplit=1)[0] for name in words.names)
        self.filters = sorted({*environment().filters, *filters})
        self.tests = sorted(environment().tests)
        self.extra = filters
        self._plain = {_squeezed(name): name for name in reversed(self.names)}
        self._tokens: dict[tuple[str, ...], list[str]] = {}
        for name in self.names:
            self._tokens.setdefault(_tokens(name), []).append(name)
        self._aliases: dict[str, list[str]] = {}
        for alias, name in words.aliases.items():
            self._aliases.setdefault(_squeezed(alias), []).append(name)
        self.sections = frozenset(name.rpartition(".")[0] for name in words.names if "." in name)

    def is_name(self, text: str) -> bool:
        """Whether a text outside of tags is surely meant as a name: it begins as names of a plan do."""
        name = re.sub(r"\s*\.\s*", ".", text.partition("|")[0].strip())
        if "." in name:
            return name.partition(".")[0] in self.roots or self.near_name(name)[1]
        return (name in self.words.names and "_" in name) or name in self.roots

    def near_name(self, path: str) -> tuple[str, bool]:
        """The nearest name to one that a plan does not have, and whether it is surely meant."""
        for one in (path, _ROOT.sub(lambda found: _ROOTS_MEANT.get(found[0].lower(), found[0]), path)):
            found = self._same(one)
            if found:
                return found, True
        path = _ROOT.sub(lambda found: _ROOTS_MEANT.get(found[0].lower(), found[0]), path)
        depth = path.count("[]")
        level = [name for name in self.names if name.count("[]") == depth] or self.names
        parent, _, last = path.rpartition(".")
        by_typing = sorted((OSA.distance(path, name, score_cutoff=3), name) for name in level)
        (best, name), (second, _) = by_typing[0], by_typing[1] if len(by_typing) > 1 else (99, "")
        if best <= min(2, max(1, len(path) // 5)) and second > best:
            return name, True
        if parent in self.words.names or parent == "":
            below = [one for one in level if one.rpartition(".")[0] == parent]
            close = process.extract(last, [one.rpartition(".")[2] for one in below], scorer=fuzz.ratio, limit=2)
            if close and close[0][1] >= 75 and (len(close) == 1 or close[0][1] - close[1][1] >= 12):
                return f"{parent}.{close[0][0]}" if parent else close[0][0], True
        ends = [one for one in level if one.rpartition(".")[2] == last] if last else []
        if ends:
            return min(ends, key=lambda one: (OSA.distance(path, one), one)), len(ends) == 1
        deeper = [one for one in self.names if last and one.rpartition(".")[2] == last]
        if deeper:
            return min(deeper, key=lambda one: (one.count("."), one)), False
        root = re.split(r"[.\[]", path, maxsplit=1)[0]
        alike = [one for one in level if re.split(r"[.\[]", one, maxsplit=1)[0] == root and one not in self.sections]
        words = _spaced(path)
        near = process.extractOne(words, [_spaced(one) for one in alike or level], scorer=fuzz.token_set_ratio)
        return ((alike or level)[near[2]] if near else ""), False

    def _same(self, path: str) -> str:
        """The name that is the same but for capitals, marks, the order of its words, or that this is a word for."""
        same = self._plain.get(_squeezed(path))
        if same:
            return same
        tokens = self._tokens.get(_tokens(path), [])
        if len(tokens) == 1:
            return tokens[0]
        parent, _, last = path.rpartition(".")
        meant = self._aliases.get(_squeezed(path)) or self._aliases.get(_squeezed(last), [])
        here = [
            name
            for name in meant
            if name.count("[]") == path.count("[]") and (not parent or name.rpartition(".")[0] == parent)
        ]
        return here[0] if len(here) == 1 else ""

    def shown_whole(self, section: str) -> str:
        """The name that shows a whole section as one text: the full name, the address in one line; "" where none does."""
        return next((f"{section}.{last}" for last in _WHOLE if f"{section}.{last}" in self.words.names), "")

    def uncalled(self, inside: str) -> str:
        """A call written as the filter it means: date(x) and x.strftime("...") are x | date; "" where none is meant."""
        around = re.fullmatch(rf"(\w+)\(\s*({_DOTTED})\s*\)", inside)
        after = re.fullmatch(rf"({_DOTTED})\.(\w+)\([^()]*\)", inside)
        call = re.fullmatch(rf"({_DOTTED})\(\s*\)", inside)
        if call and call[1] in self.words.names:
            return call[1]
        name, word = (around[2], around[1]) if around else (after[1], after[2]) if after else ("", "")
        near, sure = self.near_filter(word) if word else ("", False)
        new = f"{name} | {near}"
        return new if (sure or word == near) and name and self.parses(new, "{{") else ""

    def near_filter(self, name: str) -> tuple[str, bool]:
        """The nearest filter, and whether it is surely meant."""
        return _nearest(name, self.filters, _FILTERS_MEANT)

    def near_test(self, name: str) -> tuple[str, bool]:
        """The nearest test."""
        return _nearest(name, self.tests, {"null": "none", "empty": "none", "None": "none", "str": "string"})

    def near_keyword(self, word: str) -> tuple[str, bool]:
        """The nearest word that a statement begins with."""
        return _nearest(word.lower(), KEYWORDS, _MEANT)

    def parses(self, inside: str, opens: str) -> bool:
        """Whether the inside of a tag can be read as it stands."""
        source = f"{{{{ {inside} }}}}"
        if opens == "{%":
            word = inside.partition(" ")[0]
            if word in ("else", "endif", "endfor", "hm", "vm"):
                return inside == word
            rest = {"for": " %}{% endfor %}", "if": " %}{% endif %}", "set": " %}"}.get(word)
            if word == "elif":
                source = "{% if x %}{% " + inside + " %}{% endif %}"
            elif rest is not None:
                source = "{% " + inside + rest
            elif word in ("cellbg", "colspan"):
                source = "{{ " + inside.partition(" ")[2] + " }}"
            else:
                return False
        try:
            parse(source, filters=self.extra)
        except (TemplateSyntaxError, RefusedForSafety):
            return False
        return True

    def rewritten(self, inside: str, opens: str) -> str:
        """The first rewriting of a tag's inside that can be read; "" where none can."""
        tried = {inside}
        for one in self._rewritings(inside, opens):
            for again in (one, *self._rewritings(one, opens)):
                if again not in tried:
                    tried.add(again)
                    if again.strip() and self.parses(again, opens):
                        return again
        return ""

    def _rewritings(self, inside: str, opens: str) -> Iterator[str]:
        word, _, rest = inside.partition(" ")
        yield re.sub(r"[\s.|,;:]+$", "", inside)
        yield re.sub(r"^[{\s]+|[}\s]+$", "", inside)
        yield re.sub(r"\|\s*(\w+)\s+(\"[^\"]*\"|'[^']*')", r"| \1(\2)", inside)
        yield re.sub(r"^[\s.|,;:]+", "", inside)
        yield re.sub(r"\.{2,}", ".", inside)
        yield re.sub(r"\s*\.\s*", ".", inside)
        yield re.sub(r"\|\s*\|", "|", inside)
        if opens == "{%":
            if word in ("if", "elif"):
                yield re.sub(r"(?<![=!<>])=(?!=)", "==", inside)
                yield inside.replace("===", "==").replace("!==", "!=")
                yield re.sub(r"\s+then$", "", inside, flags=re.IGNORECASE)
                yield inside.replace("<>", "!=")
                yield re.sub(r"(?<![=!<>])!(?!=)\s*", "not ", inside.replace("&&", " and ").replace("||", " or "))
                yield re.sub(r"\bAND\b", "and", re.sub(r"\bOR\b", "or", re.sub(r"\bNOT\b", "not", inside)))
                yield re.sub(r"\bis not empty$", "", inside)
                yield re.sub(r"^(if|elif) (.+) is empty$", r"\1 not \2", inside)
            if word == "else" and rest:
                yield "el" + rest if rest.startswith("if ") else "elif " + rest
            if word == "for":
                yield re.sub(r"^for\s+(\w+)\s+(?:on|of|from|IN|In|through|over|:)\s+", r"for \1 in ", inside)
                yield re.sub(r"^for\s+each\s+", "for ", inside)
                yield re.sub(r"^for\s+(\w+)\s*[:,]\s*", r"for \1 in ", inside)
                yield re.sub(r"^for\s+(\w+)in\s+", r"for \1 in ", inside)
                yield re.sub(r"^for\s+(\w+)\s+in(?=\w)", r"for \1 in ", inside)
            if word in ("endfor", "endif") and rest:
                yield word
            yield re.sub(r"\s*:$", "", inside)
        for pair in ("()", "[]"):
            more = inside.count(pair[0]) - inside.count(pair[1])
            if more > 0:
                yield inside + pair[1] * more
            elif more < 0:
                yield inside[: inside.rindex(pair[1])] + inside[inside.rindex(pair[1]) + 1 :]
        for quote in "\"'":
            if inside.count(quote) % 2:
                yield inside + quote
                yield re.sub(rf"([(,]\s*)([^{quote}(),]+){quote}(\s*[),])", rf"\1{quote}\2{quote}\3", inside)
                yield re.sub(rf"([(,]\s*){quote}([^{quote}(),]+)(\s*[),]|$)", rf"\1{quote}\2{quote}\3", inside)
        if re.search(r"\w\s+\w", inside) and opens == "{{":
            for join in (".", "_"):
                joined = re.sub(r"(?<=\w)\s+(?=\w)", join, inside)
                if joined.partition("|")[0].strip() in self.words.names:
                    yield joined
            yield re.sub(
                r"(\w)\s+(date|date_long|phone|upper|lower|title|check|bullets|commas|money|yesno|none|plural)\b",
                r"\1 | \2",
                inside,
            )
        yield re.sub(r"\|\s*(\w+)\s*:\s*(\"[^\"]*\"|'[^']*'|\w+)", r"| \1(\2)", inside)
        if opens == "{{" and re.match(r"(?:(?:tr|tc|p|r)\s+)?(for|if|end\w+|else)\b", inside):
            return


def _nearest(name: str, known: list[str] | tuple[str, ...], meant: dict[str, str]) -> tuple[str, bool]:
    if name in meant:
        return meant[name], bool(meant[name])
    scored = sorted((OSA.distance(name, one, score_cutoff=4), one) for one in known)
    (best, one), (second, _) = scored[0], scored[1]
    sure = best <= (1 if len(name) < 4 else 2) and second > best
    sure = sure and one[0] == name[0] and not re.search(r"\d", name)
    return (one if best <= 2 else ""), sure


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(sorted(re.split(r"[._\s]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())))


def _spaced(name: str) -> str:
    return re.sub(r"[._\[\]]+", " ", name).strip()


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.replace("[]", "#")).lower() + "#" * name.count("[]")
