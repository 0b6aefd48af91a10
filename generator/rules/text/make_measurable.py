"""Make a vague sentence measurable: ask for what is missing, then write the sentence. Offline, English and Spanish.

Nothing is invented: every part of the new sentence is an answer or stood in the old one, and what comes out is judged
by the same rules as everybody's sentence before it is offered.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources

import yaml

from generator.rules.text.lexicon import lexicon
from generator.rules.text.measurable import explain, is_measurable
from generator.rules.text.time_words import strip_times

_WILL = re.compile(r"^\s*(?P<who>.{1,80}?)\s+(?:will|shall|is going to|va a|van a)\s+", re.IGNORECASE)
_FUTURO = re.compile(r"^\s*(?P<who>\S.{0,60}?)\s+(?:se\s+|no\s+)?\w+(?:rá|rán)\b", re.IGNORECASE)
_RATIO = re.compile(r"^\d+\s*(?:of|out of|in|de|de cada)\s*\d+$|%$|percent$|por ciento$", re.IGNORECASE)
_LIMIT = re.compile(r"(\S+)\s+((?:or|o)\s+(?:less|fewer|more|menos|más))$", re.IGNORECASE)
_MOVES = {
    "en": re.compile(r"^(?:lower|cut|reduce|decrease|increase)\b", re.IGNORECASE),
    "es": re.compile(r"^(?:bajar|reducir|disminuir|subir|aumentar|elevar)", re.IGNORECASE),
}
_INFINITIVE = re.compile(r"^(?P<no>no\s+)?(?P<verb>\w+[aeiíá]r)(?P<self>se)?\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_IRREGULAR = {
    "hacer": "hará", "tener": "tendrá", "decir": "dirá", "salir": "saldrá", "poner": "pondrá", "venir": "vendrá", "poder": "podrá",
    "saber": "sabrá", "querer": "querrá", "mantener": "mantendrá", "abstener": "abstendrá", "obtener": "obtendrá", "contener": "contendrá",
    "proponer": "propondrá", "deshacer": "deshará", "haber": "habrá", "caber": "cabrá", "valer": "valdrá", "oír": "oirá", "reír": "reirá",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person answered; each may be blank. `count` is the target, `today` the same count today."""

    who: str = ""
    what: str = ""
    count: str = ""
    unit: str = ""
    today: str = ""
    by: str = ""
    shown: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Answers":
        """From a mapping; keys that are no part are left out by the caller."""
        return cls(**{key: value.strip().rstrip(".") for key, value in given.items()})


@dataclass(frozen=True, slots=True)
class Made:
    """The questions that are still open, as (part, question), and the sentence once there are none that matter."""

    questions: tuple[tuple[str, str], ...]
    sentence: str

    def as_dict(self) -> dict[str, object]:
        """The part of `planscribe measurable --json` that helps."""
        return {
            "questions": [{"part": part, "question": said} for part, said in self.questions],
            "sentence": self.sentence,
        }


def make_measurable(statement: str, answers: Answers | None = None, language: str = "en") -> Made:
    """What to ask about this sentence, or the measurable sentence that the answers make of it.

    A sentence that is measurable already and has a date needs nothing: no question, and no new sentence. `language` is
    that of the questions and of the new sentence (`en`, `es`).
    """
    spoken = "es" if language.startswith("es") else "en"
    given = answers or Answers()
    judgement = explain(statement, spoken)
    if judgement.is_measurable and given == Answers():
        return Made(() if judgement.has_deadline else (("by", _said("by", spoken)),), "")
    known = _with_what_it_says(given, statement, spoken)
    questions = list(_open_questions(known, statement, spoken))
    if questions:
        return Made(tuple(questions), "")
    sentence = _written(known, spoken)
    if not is_measurable(_written(replace(known, shown=known.what), spoken), spoken):
        # The act that was answered is itself vague ("feel better"): ask again rather than dress it up with a number
        # and a log.
        return Made((("what", _said("what-instead", spoken, known.what)),), "")
    return Made((), sentence)


def _with_what_it_says(given: Answers, statement: str, language: str) -> Answers:
    """The answers, with who and by when taken from the sentence where they were not answered."""
    who = given.who
    match = _WILL.match(statement) or (_FUTURO.match(statement) if language == "es" else None)
    if not who and match and not strip_times(match["who"], language).deadlines:
        who = match["who"]
    deadlines = strip_times(statement, language).deadlines
    by = given.by or (deadlines[0] if deadlines else "")
    return replace(given, who=who or _said("who", language), by=by, what=_act(given.what, who))


def _act(what: str, who: str) -> str:
    """The act without "will", "to" or the person's name before it."""
    plain = re.sub(r"^(?:to|will|va a|van a)\s+", "", what.strip(), flags=re.IGNORECASE)
    if who and plain.lower().startswith(f"{who.lower()} "):
        plain = _act(plain[len(who) + 1 :], "")
    return plain


def _open_questions(known: Answers, statement: str, language: str) -> list[tuple[str, str]]:
    questions = list[tuple[str, str]]()
    for part in ("what", "count", "unit", "today", "by", "shown"):
        if getattr(known, part):
            continue
        if part == "unit" and known.count and _names_its_unit(known.count):
            continue
        if part == "what" and (vague := _vague_words(statement, language)):
            questions.append((part, _said("what-instead", language, vague)))
        else:
            questions.append((part, _said(part, language)))
    if known.by and not _is_deadline(known.by, language):
        questions.append(("by", _said("by-again", language)))
    return questions


def _names_its_unit(count: str) -> bool:
    """Whether an answer such as "3 times a week" says of what already."""
    return re.search(
        r"\d[\d.,]*\s+(?!of\b|out\b|or\b|de\b|o\b|in\b)[^\W\d]{3,}", count
    ) is not None and not _RATIO.search(count)


def _is_deadline(by: str, language: str) -> bool:
    joined = f"antes del {by}" if language == "es" else f"by {by}"
    return bool(strip_times(by, language).deadlines or strip_times(joined, language).deadlines)


def _vague_words(statement: str, language: str) -> str:
    words = lexicon(language)
    rest = strip_times(statement, language).rest
    plain = re.sub(r"^.*?\b(?:will|shall|va a|van a)\s+", "", rest, flags=re.IGNORECASE).strip(" .")
    plain = " ".join(word for word in plain.split() if not word.startswith("§"))
    return (
        plain
        if any("inner" in words.kinds_of(word.lower().strip(",;")) for word in plain.split()) and len(plain) < 120
        else ""
    )


def _written(known: Answers, language: str) -> str:
    """The sentence from its parts."""
    limit = _LIMIT.match(known.count)
    count = f"{limit[1]} {known.unit} {limit[2]}" if limit and known.unit else f"{known.count} {known.unit}".strip()
    if language == "es":
        act, moved, inside, today, shown = (
            _future(known.what),
            "de {today} a {count}",
            "en {count}",
            "(hoy {today})",
            "según {shown}",
        )
    else:
        act, moved, inside, today, shown = (
            f"will {known.what}",
            "from {today} to {count}",
            "in {count}",
            "(today {today})",
            "shown by {shown}",
        )
    if _MOVES[language].match(known.what):
        amount = moved.format(today=known.today, count=count)
    else:
        of = {"en": " of", "es": " de"}[language] if known.count.rstrip().endswith("%") and known.unit else ""
        counted = f"{known.count}{of} {known.unit}" if of else count
        amount = (
            (inside.format(count=counted) if _RATIO.search(known.count) else counted)
            + " "
            + today.format(today=known.today)
        )
    says_how = re.match(r"(?:on|in|shown|according|según|en)\b", known.shown, re.IGNORECASE)
    ends = known.shown if says_how else shown.format(shown=known.shown)
    shown_already = known.shown.lower() in known.what.lower()
    parts = [f"{_capital(known.who)} {act} {amount}", *([] if shown_already else [ends]), _by(known.by, language)]
    return ", ".join(parts) + "."


def _by(by: str, language: str) -> str:
    if strip_times(by, language).deadlines and not re.match(
        r"\d|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
        by,
        re.IGNORECASE,
    ):
        return by
    return f"antes del {by}" if language == "es" else f"by {by}"


def _capital(who: str) -> str:
    return who[:1].upper() + who[1:]


def _future(what: str) -> str:
    """`usar una tarjeta` as `usará una tarjeta`; a verb that is no infinitive stays as it is."""
    match = _INFINITIVE.match(what)
    if match is None:
        return what
    verb = match["verb"].lower()
    stem = (
        next((verb[: -len(root)] + future for root, future in _IRREGULAR.items() if verb.endswith(root)), "")
        if len(verb) > 3
        else ""
    )
    future = stem or verb.replace("ír", "ir") + "á"
    return f"{match['no'] or ''}{'se ' if match['self'] else ''}{future}{match['rest']}"


def _said(key: str, language: str, words: str = "") -> str:
    return _questions()[key][language].format(words=words)


@cache
def _questions() -> dict[str, dict[str, str]]:
    source = resources.files("generator") / "data" / "measurable" / "questions.yaml"
    texts: dict[str, dict[str, str]] = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return texts


PARTS = tuple(part.name for part in fields(Answers))
"""The parts that can be answered."""
