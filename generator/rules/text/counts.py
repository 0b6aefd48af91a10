"""Find in a sentence every number, share, rate, "every" and "none", and what it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from generator.rules.text.sentence import STOPS, Sentence

Kind = Literal["number", "percent", "ratio", "rate", "all", "whole", "duration"]

_NUMBER_WORDS = {
    "en": frozenset(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half single dozen zero third quarter thirds"
        " quarters pair".split()
    ),
    "es": frozenset(
        "un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis veinte veintiún"
        " treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mitad cero tercio docena par".split()
    ),
}
_FRACTIONS = frozenset("two-thirds three-quarters three-fourths one-third one-half mitad half".split())
_TENS = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+")
_UN = ("un", "una", "uno")
_RATE_WORDS = {
    "en": frozenset(
        "daily weekly monthly nightly hourly biweekly twice thrice once bi-weekly yearly mondays tuesdays wednesdays thursdays"
        " fridays saturdays sundays workdays weekdays weeknights weekends".split()
    ),
    "es": frozenset(
        "diariamente semanalmente mensualmente semanal semanales mensual mensuales diaria diarias diarios".split()
    ),
}
_ALL_WORDS = {
    "en": frozenset("every each all both no zero none".split()),
    "es": frozenset("cada todos todas todo toda ningún ninguna ninguno cero".split()),
}
TIME_UNITS = re.compile(
    r"(?:day|night|morning|evening|afternoon|hour|minute|min|week|weekend|month|year|wk|mo|hr|second)s?|"
    r"(?:d[ií]a|noche|mañana|tarde|hora|minuto|semana|mes|mese|año|segundo)s?"
)
TIMES = ("times", "time", "veces", "vez")
_LONG_UNITS = re.compile(r"(?:day|week|month|year|mo|wk|yr)s?|(?:d[ií]a|semana|mes|mese|año)s?")
_NEVER = frozenset("never nunca jamás".split())
_OPENERS = {
    language: _NUMBER_WORDS[language] | _RATE_WORDS[language] | _ALL_WORDS[language] | _NEVER
    | frozenset("a without sin at en ni".split())
    for language in _NUMBER_WORDS
}  # fmt: skip
"""Every word that a count can begin with, besides digits and words like "twenty-one"."""
_WHOSE = frozenset("his her their my our own the sus mis los las propios propias".split())
_WHICH = frozenset("cada every the his her any next sus los las próximas próximos siguientes".split())
BODY_UNITS = frozenset("lb lbs pounds pound kg kilos kilograms kilogramos libras ounces oz".split())
"""What a body weighs, whatever verb moves it: "to be restored to 118 lb"."""
_SINGLE_PEOPLE = frozenset("mother father parent mom dad man woman person adult room bed".split())
_HOW_LONG = frozenset("for durante por during over".split())
_RATE_AFTER_SPAN = frozenset("per a each every out of / por cada with without sin con al y".split())
_AFTER_ONCE = frozenset("a per each every daily weekly monthly in during by §when or with this and / . , ;".split()) | {
    ""
}
_IDLE_NOUNS = frozenset(
    "pattern patterns routine routines living life lives functioning stressors stress mood emotions needs demands struggle"
    " struggles responsibilities challenges activity activities tasks".split()
)
_BEFORE_AMOUNT = frozenset(
    "than exceed exceeds exceeding excederá least most under below above over exactly only about around approximately near within between gpa weight average"
    " total reading times plus minus los las hasta menos más bajo sobre solo sólo promedio peso veces".split()
)
_BESIDE_AMOUNT = frozenset("or o and y to a al - – out of de / < > ≤ ≥ per por each every cada an".split())
_WHOLE = re.compile(
    r"\b(?:go(?:es)?|pasar|pasará|last|lasts) (?:an?|una?) (?:[^\W\d]+ )?(?:hour|day|night|shift|weekend|week|month|school day|día|noche|turno|semana|mes)\b(?= (?:without|with no|sin)\b)"
    r"|\b(?:an entire|a whole|a full|the entire|the whole|todo un|toda una|una?(?=\s+\w+\s+(?:enter|complet)))\s+"
    r"(?:(?:school|work|calendar)\s+)?(?:day|week|weekend|month|night|shift|class|session|hour|meeting|period"
    r"|día|semana|noche|mes|turno|clase|sesión)(?:\s+(?:enter[oa]|complet[oa]))?\b(?!\s+(?:at a time|a la vez|when))"
)
_EACH_TIME = re.compile(
    r"\b(?:an?|half an?|the|una?|medi[oa])\s+[^\W\d]+(?:\s+[^\W\d]+)?\s+(?:a|an|per|each|every|al|a la|por|cada)\s+"
    r"(?:day|night|morning|evening|afternoon|week|weekend|month|hour|shift|session|visit|meal"
    r"|día|noche|mañana|tarde|semana|mes|hora|turno|sesión|comida)\b"
)
"""So much each time, without a number: "a can a day", "una llamada por semana"."""
_DAY_EN, _DAY_ES = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
    r"(?:lunes|martes|miércoles|jueves|viernes|sábados?|domingos?)",
)
_WEEKDAYS = re.compile(
    rf"\blos {_DAY_ES}\b|\b{_DAY_EN}\s*(?:-|–|through|thru|to)\s*{_DAY_EN}|\bde {_DAY_ES} a {_DAY_ES}|\bMon(?:day)?\s?[-–]\s?Fri(?:day)?\b|\bM\s?[-–]\s?F\b|\b{_DAY_EN}(?:\s*(?:,|/|and|&)\s*(?:and\s+)?{_DAY_EN})+|\b{_DAY_ES}(?:\s*(?:,|/|y|e)\s*(?:y\s+|los\s+)?{_DAY_ES})+",
    re.IGNORECASE,
)
"""Two or more days of the week: that is how often."""
_WEEKDAY_PIECES = (
    "day",
    "mon",
    "m-f",
    "m–f",
    "m - f",
    "m – f",
    "lunes",
    "martes",
    "rcoles",
    "jueves",
    "viernes",
    "bado",
    "domingo",
)
_LETTER_GRADE = re.compile(
    r"\bfrom (?:an? )?[A-F][+-]? to (?:an? )?[A-F]\b|\b[Gg]rades? (?:of|to|at) (?:an? )?[A-D]\b|\b[A-D][+-]? (?:or|and) (?:better|above|higher)"
)
"""A mark at school is a score: "from D to C"."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number or word of number at `start` up to `end`, and the places of the noun it counts."""

    start: int
    end: int
    kind: Kind
    noun: list[int] = field(default_factory=list)
    said: str = ""


def find_counts(sentence: Sentence, statement: str) -> Iterator[Count]:
    """Every count of the sentence: word by word, then those of several words; `statement` is the sentence as written."""
    i, openers = 0, _OPENERS[sentence.language]
    while i < len(sentence.tokens):
        word = sentence.tokens[i]
        can_begin = word in openers or word[0].isdigit() or "-" in word
        count = _count_at(sentence, i) if can_begin else None
        if count is not None:
            yield count
        i = max(count.end, i + 1) if count is not None else i + 1
    if whole := _WHOLE.search(sentence.rest):
        yield Count(sentence.place_of(whole.start()), sentence.place_of(whole.end()), "whole")
    if each := _EACH_TIME.search(sentence.rest):
        yield Count(sentence.place_of(each.start()), sentence.place_of(each.end()), "rate")
    low = statement.lower()
    if any(piece in low for piece in _WEEKDAY_PIECES) and (days := _WEEKDAYS.search(statement)):
        yield Count(len(sentence.tokens), len(sentence.tokens), "rate", said=days[0])
    if grade := _LETTER_GRADE.search(statement):
        yield Count(len(sentence.tokens), len(sentence.tokens), "rate", said=grade[0])


def _count_at(sentence: Sentence, i: int) -> Count | None:
    word = sentence.tokens[i]
    following = sentence.at(i + 1)
    if word in _FRACTIONS and following in ("of", "de"):
        return Count(i, i + 1, "ratio", sentence.noun_of(i + 1))
    if _is_number(sentence, i) or _TENS.fullmatch(word):
        return _number_at(sentence, i)
    if word in _RATE_WORDS[sentence.language]:
        return _rate_at(sentence, i)
    if word in _ALL_WORDS[sentence.language]:
        return _all_at(sentence, i)
    if sentence.language == "es" and (word, following) == ("a", "diario"):
        return Count(i, i + 2, "rate")
    if (word, following) in (("without", "any"), ("sin", "ningún"), ("sin", "ninguna")):
        return Count(i, i + 2, "all", sentence.noun_after(i + 2))
    if word == "ni" and following in ("un", "una") and sentence.at(i + 2) in ("solo", "sola"):
        return Count(i, i + 3, "all", sentence.noun_after(i + 3))
    if word in _NEVER or ((word, following) in (("at", "all"), ("en", "absoluto")) and _is_denied(sentence, i)):
        return Count(i, i + 1 + (word in ("at", "en")), "all")
    if (word, sentence.at(i + 2)) == ("without", "single"):
        return Count(i, i + 3, "all", sentence.noun_after(i + 3))
    return None


def _is_denied(sentence: Sentence, i: int) -> bool:
    return bool({"not", "no"} & set(sentence.tokens[max(0, i - 8) : i]))


def _number_at(sentence: Sentence, i: int) -> Count | None:
    word = sentence.tokens[i]
    is_spelled = not word[0].isdigit()
    end = i + 1
    while is_spelled and _is_number(sentence, end) and sentence.at(end) not in _UN:
        end += 1
    if sentence.at(end) == "(" and sentence.at(end + 2) in (")", "%"):
        end += 3 if sentence.at(end + 2) == ")" else 4
    following = sentence.at(end)
    if sentence.at(i - 1) == "(" and following == ")":
        return None  # an age or a number of the file; "three (3)" is read with the word before it
    if is_spelled and _is_no_number(sentence, i, following):
        return None
    if following in ("%", "percent", "percentage") or (following == "por" and sentence.at(end + 1) == "ciento"):
        last = end + (2 if following == "por" else 1)
        has_of = sentence.at(last) in ("of", "de")
        return Count(i, last, "percent", sentence.noun_of(last) if has_of else sentence.noun_after(last))
    ratio_end = _end_of_ratio(sentence, end, is_spelled)
    if ratio_end is not None and _is_day_of_month(sentence, i, ratio_end):
        return None
    if ratio_end is not None:
        return Count(i, ratio_end, "ratio", sentence.noun_after(ratio_end))
    if following == "-" and sentence.at(end + 1):
        end += 1
    noun = sentence.noun_after(end) or _some_of(sentence, end)
    if not noun and not is_spelled and _is_label(sentence, i, following):
        return None
    is_long = bool(noun) and _LONG_UNITS.fullmatch(sentence.at(noun[-1])) is not None
    return Count(i, end, "duration" if is_long and _is_span(sentence, i, end + len(noun)) else "number", noun)


def _some_of(sentence: Sentence, end: int) -> list[int]:
    """The places of the things of whom so many are counted: "four of her own early signs"."""
    start = end + 1
    while sentence.at(start) in _WHOSE:
        start += 1
    return sentence.noun_after(start) if sentence.at(end) in ("of", "de") and start > end + 1 else []


def _is_no_number(sentence: Sentence, i: int, following: str) -> bool:
    """Whether a spelled number is something else here: an article, "one that", "every third"."""
    word, before = sentence.tokens[i], sentence.at(i - 1)
    if sentence.language == "es" and word in _UN:
        # "Una" is mostly an article; a count only beside a unit or "vez", or after a limit ("no más de una").
        is_limit = before in ("menos", "solo", "sólo") or (before == "de" and sentence.at(i - 2) in ("menos", "más"))
        return following not in ("vez", "día", "noche", "hora", "sesión") and not is_limit
    if word in ("one", "single") and following in ("of", "that", "who", "is", "way"):
        return not (
            following == "of" and sentence.at(i + 2) in ("the", "his", "her") and sentence.at(i + 3)[:1].isdigit()
        )
    if word == "single" and (before not in ("a", "any", "one") or following in _SINGLE_PEOPLE):
        return True
    return word in ("third", "quarter", "half") and before in ("the", "every", "his", "her", "their")


def _is_label(sentence: Sentence, i: int, following: str) -> bool:
    """Whether a number only names what stands before it: "Smith Hall 4", "turno 3"; not "score 4", "reach 4", "x 4"."""
    before = sentence.at(i - 1)
    if before in ("after", "since", "age", "desde"):
        return True
    if len(before) < 3 or not before.isalpha() or before in STOPS or following in _BESIDE_AMOUNT:
        return False
    return before not in _BEFORE_AMOUNT and not sentence.kind_at(i - 1) & {"act", "transparent", "record", "inner"}


def _end_of_ratio(sentence: Sentence, end: int, is_spelled: bool) -> int | None:
    """Where "4 of 5", "4/5", "4 out of every 5", "4 de cada 5", "9 in 10" ends; None where this is no such thing."""
    following = sentence.at(end)
    if following in ("of", "/", "out", "de"):
        last = end + 1 + (following == "out")
        while sentence.at(last) in _WHICH:
            last += 1
        return last + 1 if _is_number(sentence, last) else None
    return end + 2 if following == "in" and not is_spelled and _is_number(sentence, end + 1) else None


def _is_day_of_month(sentence: Sentence, i: int, end: int) -> bool:
    """Whether "3/14" after a name, with nothing counted after it, or "4/2", is a date rather than 3 of 14."""
    month, sign, day = sentence.at(i), sentence.at(i + 1), sentence.at(i + 2)
    if sign != "/" or end != i + 3 or not (month.isdigit() and day.isdigit()):
        return False
    before = sentence.at(i - 1)
    if before in ("on", "el") and int(month[:3]) <= 12 and int(day[:3]) <= 31 and not sentence.noun_after(end):
        return True
    if int(month[:3]) > int(day[:3]):
        return 1 <= int(month[:3]) <= 12
    is_bare = not sentence.noun_after(end) and before.isalpha() and before not in _BEFORE_AMOUNT and before not in STOPS
    return (
        is_bare and 1 <= int(month) <= 12 < int(day) <= 31 and not sentence.kind_at(i - 1) & {"act", "event", "record"}
    )


def _is_span(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a number of days is how long, not how many of them: "for 30 days", and no "a week" after it."""
    near = [sentence.at(i) for i in range(max(0, start - 4), start)]
    before = any(word in _HOW_LONG for word in near) or near[-1:] in (["in"], ["x"])
    return before and sentence.at(end) not in _RATE_AFTER_SPAN


def _rate_at(sentence: Sentence, i: int) -> Count | None:
    word, following = sentence.tokens[i], sentence.at(i + 1)
    if sentence.language == "en":
        if word == "once":
            is_count = following in _AFTER_ONCE or sentence.at(i - 1) in ("least", "only")
            return Count(i, i + 1, "rate") if is_count else None
        if word not in ("twice", "thrice") and {following, sentence.at(i + 2)} & _IDLE_NOUNS:
            return None
    return Count(i, i + 1, "rate", sentence.noun_after(i + 1))


def _all_at(sentence: Sentence, i: int) -> Count | None:
    word, start = sentence.tokens[i], i + 1
    if word == "all" and sentence.at(start) in ("of", "the"):
        start += 1 + (sentence.at(start + 1) == "the")
    if word in ("all", "todos", "todas") and _is_number(sentence, start):
        start += 1  # "all 6 classes" is one count
    noun = sentence.noun_after(start)
    if word in ("todo", "toda") and not noun:
        return None
    if word == "no" and (not noun or sentence.at(noun[0]) in ("more", "less", "fewer", "later")):
        return None
    return Count(i, start if _is_number(sentence, start - 1) else i + 1, "all", noun)


def _is_number(sentence: Sentence, i: int) -> bool:
    word = sentence.at(i)
    return bool(word) and (word[0].isdigit() or word in _NUMBER_WORDS[sentence.language])
