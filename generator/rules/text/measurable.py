"""Whether a sentence can be counted by its own words, and why: rules with reasons, English and Spanish.

What is asked is the rule `objective-vague`: with deadlines taken out, is there a countable result (a number, percent,
score, rate, "once", "every", "none") of something that another person could see or count; or one act with a product.
The measure fields of a plan are not read here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

from generator.rules.text.lexicon import Words, lexicon
from generator.rules.text.spoken import language_of
from generator.rules.text.time_words import strip_times


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against; `code` is a key of data/measurable/reasons.yaml, `words` are the sentence's own."""

    code: str
    words: str = ""

    def said(self, language: str = "en") -> str:
        """The reason as a sentence, in English or Spanish."""
        return reason_texts()[self.code][language].format(words=self.words)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence is measurable, and the reasons.

    `for_it` and `against` both may hold something: a count that does count stands beside a vague word that does no
    harm. `has_deadline` says whether the sentence names a day itself; in a plan the target date may say it.
    """

    is_measurable: bool
    language: str
    has_deadline: bool
    for_it: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons that decided, the deciding side first."""
        return (*self.for_it, *self.against) if self.is_measurable else (*self.against, *self.for_it)

    def as_dict(self, language: str | None = None) -> dict[str, object]:
        """The shape of `planscribe measurable --json`."""
        spoken = language or self.language
        return {
            "measurable": self.is_measurable,
            "language": self.language,
            "deadline": self.has_deadline,
            "reasons": [
                {"code": reason.code, "for": side, "words": reason.words, "message": reason.said(spoken)}
                for side, reasons in ((True, self.for_it), (False, self.against))
                for reason in reasons
            ],
        }


def is_measurable(statement: str, language: str | None = None) -> bool:
    """Whether the sentence is measurable by its own words. A blank one is not."""
    return explain(statement, language).is_measurable


def explain(statement: str, language: str | None = None) -> Judgement:
    """The judgement with its reasons. `language` is `en` or `es`; None finds it out. Never raises."""
    spoken = language or language_of(statement)
    if not statement.strip():
        return Judgement(False, spoken, False, against=(Reason("blank"),))
    return _Reader(statement[:_LONGEST], "es" if spoken.startswith("es") else "en").judge()


@cache
def reason_texts() -> dict[str, dict[str, str]]:
    """The sentence of each reason, by code and language."""
    source = resources.files("generator") / "data" / "measurable" / "reasons.yaml"
    texts: dict[str, dict[str, str]] = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return texts


_LONGEST = 2_000
"""Characters read; an objective is a sentence, and a pasted page must not hold up a check."""

_TOKEN = re.compile(r"§\w+|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[%/();:.,$]|[^\w\s]")

_NUMBER_WORDS = {
    "en": frozenset(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        " twenty thirty forty fifty sixty seventy eighty ninety hundred half single dozen zero third quarter thirds quarters pair".split()
    ),
    "es": frozenset(
        "un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis veinte veintiún treinta cuarenta"
        " cincuenta sesenta setenta ochenta noventa cien ciento mitad cero tercio docena par".split()
    ),
}
_TENS = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+")
_RATE_WORDS = {
    "en": frozenset(
        "daily weekly monthly nightly hourly biweekly twice thrice once bi-weekly yearly"
        " mondays tuesdays wednesdays thursdays fridays saturdays sundays weekdays weeknights weekends".split()
    ),
    "es": frozenset(
        "diariamente semanalmente mensualmente semanal semanales mensual mensuales diaria diarias diarios".split()
    ),
}
_ALL_WORDS = {
    "en": frozenset("every each all no zero none".split()),
    "es": frozenset("cada todos todas todo toda ningún ninguna ninguno cero".split()),
}
_STOPS = frozenset(
    "to for in on at by with from of and or when while as per during before after if that who which until over into without than then so because"
    " para en con por de del y o cuando mientras según como durante antes después si que hasta sin ; : . , ( ) / §when §clock".split()
)
_BEFORE_NOUN = frozenset(
    "a an the his her their my our your its of in at from for on with this that these those any some no each every about into"
    " un una el la los las su sus mi mis de del en con por al cualquier".split()
)
_TIME_UNITS = re.compile(
    r"(?:day|night|morning|evening|afternoon|hour|minute|min|week|weekend|month|year|wk|mo|hr|second)s?|"
    r"(?:d[ií]a|noche|mañana|tarde|hora|minuto|semana|mes|mese|año|segundo)s?"
)
_LONG_UNITS = re.compile(r"(?:day|week|month|year)s?|(?:d[ií]a|semana|mes|mese|año)s?")
_EVIDENCE = re.compile(
    r"\b(?:as\s+)?(?:evidenced|demonstrated|measured|shown|indicated|manifested|determined|documented|reflected|exhibited|reported|verified|confirmed|seen)\s+(?:by|in|on|through)\b|\baeb\b|\bevidenciado por\b"
    r"|\bdemostrado por\b|\bmedido (?:por|con)\b|\bcomo lo (?:demuestra|muestra|indica)n?\b|\bsegún lo (?:demuestra|indica|muestra)\b",
    re.IGNORECASE,
)
_NOT_COUNTS = re.compile(
    r"\b(?:one another|each other|one's|no one|no longer|no matter|day one|one day at a time|at one time|the one|someone|every effort|every opportunity|every aspect|"
    r"at all\b(?! (?:times|meetings|sessions))|all the time|all of the above|all (?:areas|aspects|domains|facets|parts|spheres) of|above all|all in all|once and for all|each step of the way|no difficulty|no problems?"
    r"|on the one hand|one step at a time|first of all|after all|all along|of all kinds|at least$|uno al otro|unos a otros|el uno al otro|un día a la vez|todo el tiempo|sobre todo|del todo"
    r"|ante todo|de todos modos|todos los aspectos|todas las áreas|toda su vida|una vez que|una y otra vez|de una vez|a la vez|no obstante|uno mismo|una persona|un poco|every day life|everyday)\b",
    re.IGNORECASE,
)
_OWN_PEOPLE = re.compile(
    r"(?:his|her|their|my|our|the|sus|los|las|mis)\s+(?:\d+|two|three|four|five|six|dos|tres|cuatro|cinco|seis)\s+(?:\w+\s+)?(?:children|kids|sons|daughters|brothers|sisters|siblings|grandchildren|roommates"
    r"|dogs|cats|hijos|hijas|hermanos|hermanas|nietos)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:an entire|a whole|a full|the entire|the whole|un|una|todo un|toda una)\s+(?:(?:school|work|calendar)\s+)?(?:day|week|weekend|month|night|shift|class|session|hour|meeting|period|"
    r"día|semana|noche|mes|turno|clase|sesión)(?:\s+(?:enter[oa]|complet[oa]))?\b(?!\s+(?:at a time|a la vez|when))",
    re.IGNORECASE,
)
_CONSECUTIVE = re.compile(r"\b(?:consecutive|in a row|straight|seguid[oa]s|consecutiv[oa]s)\b", re.IGNORECASE)
_PRESCRIBED = re.compile(
    r"\b(?:as (?:prescribed|directed|scheduled|ordered)|según (?:lo )?(?:recetado|indicado|indicación|receta))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Count:
    """A number or word of number, the tokens it spans, and what it counts."""

    start: int
    end: int
    kind: str  # number, percent, ratio, rate, all, whole, duration
    noun: list[str] = field(default_factory=list)


class _Reader:
    """One sentence being read."""

    def __init__(self, statement: str, language: str) -> None:
        self.language = language
        self.words = lexicon(language)
        stripped = strip_times(statement, language)
        self.stripped = stripped
        rest = _OWN_PEOPLE.sub(" §name ", stripped.rest)
        rest = _NOT_COUNTS.sub(" §name ", rest)
        self.whole = (
            _WHOLE.search(rest)
            if language == "en" or re.search(r"enter[oa]|complet[oa]|todo un|toda una", rest)
            else None
        )
        rest = _EVIDENCE.sub(" ; ", rest)
        self.rest = rest
        self.tokens = _TOKEN.findall(rest.lower())

    def judge(self) -> Judgement:
        """Counts first; then a single act with a product; then why there is neither."""
        for_it: list[Reason] = []
        against: list[Reason] = []
        for count in self._counts():
            code = self._what_is_wrong(count)
            (against if code else for_it).append(Reason(code or f"counted-{count.kind}", self._words_of(count)))
        if not for_it and (act := self._one_act()):
            for_it.append(Reason("one-act", act))
        has_deadline = bool(self.stripped.deadlines)
        decided = bool(for_it)
        if not decided:
            against += self._why_not(bool(against))
        if not has_deadline:
            against.append(Reason("no-deadline"))
        elif not decided:
            for_it.append(Reason("deadline", self.stripped.deadlines[0]))
        return Judgement(
            decided, self.language, has_deadline, tuple(dict.fromkeys(for_it)), tuple(dict.fromkeys(against))
        )

    # What is counted

    def _counts(self) -> list[_Count]:
        tokens, counts, i = self.tokens, list[_Count](), 0
        if self.whole is not None:
            at = len(_TOKEN.findall(self.rest[: self.whole.start()].lower()))
            counts.append(_Count(at, at + len(_TOKEN.findall(self.whole[0])), "whole"))
        while i < len(tokens):
            count = self._count_at(i)
            if count is None:
                i += 1
            else:
                counts.append(count)
                i = max(count.end, i + 1)
        return counts

    def _count_at(self, i: int) -> _Count | None:
        word = self.tokens[i]
        if word[0].isdigit() or word in _NUMBER_WORDS[self.language] or _TENS.fullmatch(word):
            return self._number_at(i)
        if word in _RATE_WORDS[self.language]:
            return self._rate_at(i)
        if word in _ALL_WORDS[self.language]:
            return self._all_at(i)
        if self.language == "es" and word == "a" and self._at(i + 1) == "diario":
            return _Count(i, i + 2, "rate")
        if (word, self._at(i + 1)) in (("without", "any"), ("sin", "ningún"), ("sin", "ninguna")):
            return _Count(i, i + 2, "all", self._noun_after(i + 2))
        if (word, self._at(i + 2)) == ("without", "single"):
            return _Count(i, i + 3, "all", self._noun_after(i + 3))
        return None

    def _number_at(self, i: int) -> _Count | None:
        tokens = self.tokens
        word = tokens[i]
        spelled = not word[0].isdigit()
        end = i + 1
        while (
            end < len(tokens)
            and (tokens[end] in _NUMBER_WORDS[self.language] - {"un", "una", "uno"} or tokens[end][0].isdigit())
            and spelled
        ):
            end += 1
        if self._at(end) == "(" and self._at(end + 2) in (")", "%"):
            end += 3 if self._at(end + 2) == ")" else 4
        following = self._at(end)
        if spelled and self.language == "es" and word in ("un", "una", "uno"):
            # "Una" is mostly an article; a count only beside a unit or "vez", or after "al menos".
            before = self._at(i - 1)
            if following not in ("vez", "día", "noche", "hora", "sesión") and before not in ("menos", "solo", "sólo"):
                return None
        if spelled and word in ("one", "single") and following in ("of", "that", "who", "is", "way"):
            return None
        if (
            spelled
            and word in ("third", "quarter", "half")
            and self._at(i - 1) in ("the", "every", "his", "her", "their")
        ):
            return None
        if following in ("%", "percent", "percentage") or (following == "por" and self._at(end + 1) == "ciento"):
            return _Count(i, end + 1, "percent", self._of_noun(end + 1))
        if following in ("of", "/", "out", "de") and self._is_number(
            end + (2 if following == "out" else 1) + (self._at(end + 1) == "cada")
        ):
            last = end + 2 + (following == "out") + (self._at(end + 1) == "cada")
            return _Count(i, last, "ratio", self._noun_after(last))
        if following == "in" and self._is_number(end + 1):
            return _Count(i, end + 2, "ratio", self._noun_after(end + 2))
        if following == "-" and self._at(end + 1):
            end += 1
        noun = self._noun_after(end)
        kind = "number"
        if noun and _LONG_UNITS.fullmatch(noun[-1]) and self._is_span(i, end + len(noun)):
            kind = "duration"
        return _Count(i, end, kind, noun)

    def _is_span(self, start: int, end: int) -> bool:
        """Whether a number of days is how long, not how many of them: "for 30 days", and no "a week" after it."""
        before = [self._at(k) for k in range(max(0, start - 4), start)]
        if not any(word in ("for", "durante", "por", "during", "over", "in") for word in before):
            return False
        after = self._at(end)
        return after not in _RATE_AFTER_SPAN

    def _rate_at(self, i: int) -> _Count | None:
        word, following = self.tokens[i], self._at(i + 1)
        if self.language == "en" and word == "once":
            ends = following in (
                "",
                ".",
                ",",
                ";",
                "a",
                "per",
                "each",
                "every",
                "daily",
                "weekly",
                "monthly",
                "in",
                "during",
                "by",
                "§when",
                "or",
                "with",
                "this",
                "and",
                "/",
            )
            return _Count(i, i + 1, "rate") if ends or self._at(i - 1) in ("least", "only") else None
        if self.language == "en" and word not in ("twice", "thrice") and following in _IDLE_NOUNS:
            return None
        if (
            self.language == "en"
            and word in ("daily", "nightly", "weekly", "monthly")
            and self._at(i + 2) in _IDLE_NOUNS
        ):
            return None
        return _Count(i, i + 1, "rate", self._noun_after(i + 1))

    def _all_at(self, i: int) -> _Count | None:
        word = self.tokens[i]
        if word == "all" and self._at(i + 1) in ("of", "the"):
            noun = self._noun_after(i + 2 + (self._at(i + 2) == "the"))
        else:
            noun = self._noun_after(i + 1)
        if word in ("todo", "toda") and not noun:
            return None
        if word == "no" and (not noun or noun[0] in ("more", "less", "fewer", "later")):
            return None
        return _Count(i, i + 1, "all", noun)

    def _noun_after(self, start: int) -> list[str]:
        noun: list[str] = []
        for word in self.tokens[start : start + 5]:
            if word in _STOPS or word[0] == "§" or (noun and (word[0].isdigit() or word in _ARTICLES)):
                break
            if word in _FILLERS:
                continue
            noun.append(word)
        return noun

    def _of_noun(self, start: int) -> list[str]:
        noun = self._noun_after(start + 1) if self._at(start) in ("of", "de") else []
        return noun if noun[-1:] not in (["time"], ["tiempo"]) else []

    # Whether somebody else could count it

    def _what_is_wrong(self, count: _Count) -> str:
        """The code of the reason why this count counts nothing, or "" where it counts."""
        words = self.words
        knows = self._verb_before(count.start)
        verb, at = knows
        saw_record = self._has(words["record"], 0, len(self.tokens), besides=(count.start, count.end + len(count.noun)))
        if verb and verb in words["knowing"] and not saw_record:
            return "knowing"
        if count.kind == "number" and count.noun:
            return self._what_is_wrong_with_things(count, verb, at, saw_record)
        if count.kind == "duration" and not saw_record:
            return self._what_is_wrong_with_a_span(count, verb, at)
        if saw_record and count.kind != "all":
            return ""
        return self._what_is_wrong_with_object(count, verb, at)

    def _what_is_wrong_with_things(self, count: _Count, verb: str, at: int, saw_record: bool) -> str:
        words = self.words
        noun = count.noun
        head = noun[-1]
        times = noun[0] in ("times", "time", "veces", "vez") or _TIME_UNITS.fullmatch(noun[0]) is not None
        if times and not saw_record:
            return self._what_is_wrong_with_object(count, verb, at)
        if any(word in words["container"] for word in noun):
            of = self._of_noun(count.end + len(noun))
            is_inner = any(word in words["inner"] for word in of)
            if is_inner and not saw_record and not self.stripped.deadlines:
                return "naming-inside"
            return ""
        if saw_record or any(word in words["event"] for word in noun):
            return ""
        if head in words["inner"] and not (verb and verb in words["act"] and verb not in words["transparent"]):
            return "inner-state"
        return ""

    def _what_is_wrong_with_a_span(self, count: _Count, verb: str, at: int) -> str:
        wrong = self._what_is_wrong_with_object(count, verb, at)
        if wrong:
            return wrong
        if _CONSECUTIVE.search(self.rest) or _PRESCRIBED.search(self.rest):
            return ""
        lasts = any(word in self.words["lasting"] for word in self.tokens[: count.start + 1])
        return "" if lasts and not self._has_vague_adverb() else "only-how-long"

    def _what_is_wrong_with_object(self, count: _Count, verb: str, at: int) -> str:
        words = self.words
        if verb and verb in words["act"] and verb not in words["transparent"] and count.kind != "all":
            return ""
        if count.kind == "all" and count.noun:
            around = count.noun
        else:
            start = at + 1 if verb else 0
            left = self.tokens[start : count.start]
            right = [
                word
                for word in count.noun
                if not _TIME_UNITS.fullmatch(word) and word not in ("times", "time", "veces", "vez")
            ]
            around = [*left, *right]
        seen_inner = False
        for word in around:
            if word in words["event"]:
                return ""
            seen_inner = seen_inner or word in words["inner"]
        return "inner-state" if seen_inner else ""

    def _verb_before(self, place: int) -> tuple[str, int]:
        """The nearest verb to the left within the clause, or else the first to the right; with its place."""
        words = self.words
        for i in range(place - 1, -1, -1):
            word = self.tokens[i]
            if word in (";", "."):
                break
            if self._is_verb(i):
                return word, i
        for i in range(place, len(self.tokens)):
            if self.tokens[i] in (";", "."):
                break
            if self._is_verb(i) and (self.tokens[i] in words["knowing"] or self._at(i - 1) in ("will", "to")):
                return self.tokens[i], i
        return "", -1

    def _is_verb(self, i: int) -> bool:
        word = self.tokens[i]
        words = self.words
        if not (word in words["act"] or word in words["transparent"] or word in words["knowing"]):
            return False
        before = self._at(i - 1)
        if before in _BEFORE_NOUN and not word.endswith(("ing", "ndo", "ar", "er", "ir")):
            return False
        return not (
            word in words["event"]
            and before not in ("will", "to", "and", "or", "not")
            and not word.endswith("ing")
            and i > 0
        )

    # One act with a product

    def _one_act(self) -> str:
        words = self.words
        for i, word in enumerate(self.tokens):
            if word in words["product_verb"]:
                for j in range(i + 1, min(i + 8, len(self.tokens))):
                    if self.tokens[j] in (";", "."):
                        break
                    if (
                        self.tokens[j] in words["product"]
                        and self.tokens[j] not in words["vague"]
                        and self._is_last_of_noun(j)
                        and self._is_single(i, j)
                    ):
                        return " ".join(self.tokens[i : j + 1])
        return ""

    def _is_last_of_noun(self, j: int) -> bool:
        """Whether the noun ends here: "program" does not in "12-step program work"."""
        following = self._at(j + 1)
        return not following or following in _STOPS or following[0] in "§,.;:()" or not following[0].isalpha()

    def _is_single(self, i: int, j: int) -> bool:
        """Whether it is done once: going somewhere is, for a visit with a day, and not for "school" or "therapy"."""
        verb, thing, between = self.tokens[i], self.tokens[j], self.tokens[i + 1 : j]
        if verb.startswith(_GOING) and not thing.startswith(_VISITS):
            return False
        if verb.startswith(_MAKING) and not any(word in _SINGLE for word in between):
            return False
        return not self._has_vague_adverb()

    # Why not

    def _why_not(self, has_reason: bool) -> list[Reason]:
        reasons = [] if has_reason else [Reason("no-count")]
        if self.stripped.names and not has_reason:
            reasons.append(Reason("name-not-count", self.stripped.names[0]))
        if self.stripped.scales and not has_reason:
            reasons.append(Reason("scale-without-score", self.stripped.scales[0]))
        inner = [t for t in self.tokens if t in self.words["inner"] and t not in self.words["event"]]
        if inner and not has_reason:
            reasons.append(Reason("inner-word", inner[0]))
        vague = [t for t in self.tokens if t in self.words["vague"]]
        if vague:
            reasons.append(Reason("vague-word", vague[0]))
        return reasons

    def _has_vague_adverb(self) -> bool:
        return any(
            word.startswith(
                ("regular", "consistent", "appropriat", "frequent", "constant", "frecuent", "adequate", "adecuad")
            )
            for word in self.tokens
        )

    # Small things

    def _at(self, i: int) -> str:
        return self.tokens[i] if 0 <= i < len(self.tokens) else ""

    def _is_number(self, i: int) -> bool:
        word = self._at(i)
        return bool(word) and (word[0].isdigit() or word in _NUMBER_WORDS[self.language])

    def _has(self, words: Words, start: int, end: int, besides: tuple[int, int]) -> bool:
        return any(
            self.tokens[i] in words and not besides[0] <= i < besides[1] and not (self._is_subject_verb(i))
            for i in range(start, min(end, len(self.tokens)))
        )

    def _is_subject_verb(self, i: int) -> bool:
        return False

    def _words_of(self, count: _Count) -> str:
        words: Sequence[str] = self.tokens[count.start : count.end]
        return " ".join([*words, *count.noun[:3]]).replace(" %", "%")


_FILLERS = frozenset(
    "or more fewer less least most at up additional different new specific separate o más menos distintas diferentes nuevas".split()
)
_GOING = ("attend", "asist", "ir", "irá", "acud")
_VISITS = (
    "appointment",
    "interview",
    "assessment",
    "evaluation",
    "exam",
    "screening",
    "intake",
    "orientation",
    "cita",
    "entrevista",
    "evaluación",
    "examen",
)
_MAKING = ("present", "make", "hace", "hará", "set", "get")
_SINGLE = frozenset("a an his her their un una su".split())
_ARTICLES = frozenset("a an each every al cada".split())
_RATE_AFTER_SPAN = frozenset("per a each every out of / por cada with without sin con al y".split())
_IDLE_NOUNS = frozenset(
    "pattern patterns routine routines living life lives functioning stressors stress mood emotions needs demands struggles responsibilities struggle challenges".split()
)
