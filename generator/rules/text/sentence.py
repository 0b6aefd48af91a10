"""A sentence as the judgement reads it: words with their classes, dates and names set aside, verbs and nouns found."""

import re
from functools import cached_property

from generator.rules.text.clauses import scenery
from generator.rules.text.lexicon import NOTHING, lexicon
from generator.rules.text.time_words import strip_times

_TOKEN = re.compile(r"§\w+|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[%/();:.,$]|[^\w\s]")
_EVIDENCE = re.compile(
    r"\b(?:as\s+)?(?:evidenced|demonstrated|measured|shown|indicated|manifested|determined|documented|reflected|exhibited"
    r"|reported|verified|confirmed|(?<!be )seen)\s+(?:by|in|on|through)\b|\baeb\b|\bevidenciado por\b|\bdemostrado por\b"
    r"|\bmedido (?:por|con)\b|\bcomo lo (?:demuestra|muestra|indica)n?\b|\bsegún lo (?:demuestra|indica|muestra)\b"
)
_NOT_COUNTS = re.compile(
    r"\b(?:one another|each other|one's|no one|no longer|no matter|day one|one day at a time|at one time|the one|someone"
    r"|every effort|every opportunity|every aspect|all the time|all of the above"
    r"|(?:all|every|each|most)\s+(?:of (?:his|her|their) )?(?:[^\W\d]+\s+)?(?:areas?|aspects?|domains?|facets?|parts?|spheres?|settings?|levels?|stages?|phases|walks of life)\b(?: of)?|above all|all in all|once and for all|each step of the way"
    r"|between the hours of \d+ and \d+|no difficulty|no problems?|(?:every|each|all) (?:single )?days? of (?:his|her|my|their) li(?:fe|ves)|(?:cada|todos los) días? de (?:su|mi) vida|\d+\s?%\s(?:better|happier|calmer|stronger|healthier|more|less|mejor|más|menos)|for once|(?:for )?once (?:in|for) (?:his|her|my|their) life|(?:twice|half|ten times) as [^\W\d]+|half the|one (?:goal|thing|wish|chance|shot) in life|(?:never|not) give up|give up"
    r"|(?:give|gives|giving|be|being|is|stay|get) (?:his|her|my|their )?(?:all |a )?(?:100|110|one hundred|a hundred)\s?(?:%|percent)|(?:100|110|one hundred|a hundred)\s?(?:%|percent) (?:better|committed|honest|effort|dedicated|sure|ready|of the way)|doubl(?:e|es|ing) (?:his|her|my|their) efforts?|(?:dar|dará|daré|da|doy) el (?:100|110|cien)\s?(?:%|por ciento)|on the one hand|one step at a time|first of all|after all|all along|of all kinds|at least$"
    r"|uno al otro|unos a otros|el uno al otro|un día a la vez|todo el tiempo|sobre todo|del todo|ante todo|de todos modos"
    r"|(?:todos los|cada) (?:aspectos?|ámbitos?|sentidos?|niveles)|(?:todas las|cada) (?:áreas?|esferas?|facetas?)|toda su vida|una vez que|una y otra vez|de una vez(?! (?:por|a la|al|cada|en|y))|a la vez|no obstante|uno mismo"
    r"|una persona|un poco|every day life|everyday)(?:(?<=%)|\b)"
)
_FUTURE = re.compile(r"['’]ll\b|(?:(?<=\w)['’](?:m|s|re)|\b(?:am|is|are))?\s+(?:gonna|going to)\b", re.IGNORECASE)
"""Other ways to say "will": "I'll", "I'm gonna", "she is going to"."""
_FUTURE_PIECES = ("'ll", "’ll", "going", "gonna")
_OWN_PEOPLE = re.compile(
    r"\b(?:his|her|their|my|our|the|sus|los|las|mis)\s+(?:\d+|two|three|four|five|six|dos|tres|cuatro|cinco|seis)\s+(?:\w+\s+)?"
    r"(?:children|kids|sons|daughters|brothers|sisters|siblings|grandchildren|roommates|dogs|cats|hijos|hijas|hermanos"
    r"|hermanas|nietos|nietas|classmates|coworkers|teachers|housemates|niños|niñas|compañeros|compañeras|maestros|maestras)\b"
)
STOPS = frozenset(
    "to for in on at by with from of and or when while as per during before after if that who which until over into without"
    " than then so because para en con por de del y o cuando mientras según como durante antes después si que hasta sin"
    " will shall ; : . , ( ) / §when §clock §past".split()
)
_BEFORE_NOUN = frozenset(
    "a an the his her their my our your its of in at from for on with this that these those any some no each every about into"
    " un una el la los las su sus mi mis de del en con por al cualquier".split()
)
_BEFORE_VERB = frozenset("not also to begin continue start work on then either only both again never always".split())
_FUTURO = re.compile(r"(?!detrás|atrás|además)[^\W\d_]{2,}(?:rá|rán|ré)")
_LIMITS = frozenset(
    "than least most under below above exceed exceeding minimum maximum menos máximo mínimo < > ≤ ≥".split()
)
_ARTICLES = frozenset("a an each every al cada".split())
_FILLERS = frozenset(
    "or more fewer less least most at up additional different new specific separate o más menos distintas diferentes nuevas".split()
)
_VERBAL_ENDINGS = ("ing", "ndo", "ar", "er", "ir")


class Sentence:
    """One sentence. `tokens` are small letters; `kinds` their classes (see data/measurable); `rest` the text they are from.

    Evidence clauses ("as evidenced by") begin a clause of their own, marked `;`.
    """

    def __init__(self, statement: str, language: str) -> None:
        self.language = language
        if any(piece in statement for piece in _FUTURE_PIECES):
            statement = _FUTURE.sub(" will", statement)
        stripped = strip_times(statement, language)
        self.deadlines, self.scales, self.names = stripped.deadlines, stripped.scales, stripped.names
        rest = _NOT_COUNTS.sub(" §name ", _OWN_PEOPLE.sub(" §name ", stripped.rest))
        self.rest = _EVIDENCE.sub(" ; ", rest)
        self.tokens: list[str] = _TOKEN.findall(self.rest)
        self.kinds = list(map(lexicon(language).kinds_of, self.tokens))
        self.scenery = scenery(self.tokens)

    def at(self, i: int) -> str:
        """The token at a place; "" outside the sentence."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else ""

    def kind_at(self, i: int) -> frozenset[str]:
        """The classes of the token at a place."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else NOTHING

    def has(self, kind: str, places: range | list[int] | tuple[int, ...]) -> bool:
        """Whether a token at one of these places is of this class."""
        return any(kind in self.kind_at(i) for i in places)

    def place_of(self, offset: int) -> int:
        """The place of the first token at or after an offset of `rest`."""
        starts = (match.start() for match in _TOKEN.finditer(self.rest))
        return next((i for i, start in enumerate(starts) if start >= offset), len(self.tokens))

    def words(self, places: list[int] | tuple[int, ...] | range) -> str:
        """The tokens at these places as text."""
        return " ".join(self.at(i) for i in places).replace(" %", "%")

    def noun_after(self, start: int) -> list[int]:
        """The places of the noun that begins here, with its adjectives; up to a preposition or the clause's end."""
        noun: list[int] = []
        for i in range(start, min(start + 5, len(self.tokens))):
            token = self.tokens[i]
            if (
                token in STOPS
                or token[0] == "§"
                or (token == "x" and self.at(i + 1)[:1].isdigit())
                or (noun and (token[0].isdigit() or token in _ARTICLES))
            ):
                break
            if token not in _FILLERS:
                noun.append(i)
        return noun

    def noun_of(self, start: int) -> list[int]:
        """The places of the noun after an "of" that stands here; "of the time" holds none."""
        noun = self.noun_after(start + 1) if self.at(start) in ("of", "de") else []
        return noun if not noun or self.at(noun[-1]) not in ("time", "tiempo") else []

    def is_limited(self, start: int) -> bool:
        """Whether a limit stands before a number here: "no more than 3", "at least 3", "at most 3", "como máximo 3"."""
        before = self.tokens[max(0, start - 3) : start]
        return bool(_LIMITS & set(before[-2:])) or before[-3:] in (["un", "mínimo", "de"], ["un", "máximo", "de"])

    @cached_property
    def modal(self) -> int | None:
        """The place of the first "will" or "shall"; None where there is none."""
        return next((i for i, token in enumerate(self.tokens) if token in ("will", "shall")), None)

    @cached_property
    def predicate(self) -> int | None:
        """The place of the verb after "will", or of a Spanish future; None where neither stands there."""
        if self.modal is not None:
            i = self.modal + 1
            while self.at(i) in _BEFORE_VERB or self.at(i).endswith("ly") or self.tokens[i : i + 2] == ["be", "able"]:
                i += 2 if self.at(i) == "be" else 1
            return i if i < len(self.tokens) else None
        if self.language == "es":
            return next((i for i, token in enumerate(self.tokens) if _FUTURO.fullmatch(token)), None)
        return None

    def clause_start(self, place: int) -> int:
        """Where the clause of this place begins."""
        return next((i + 1 for i in range(place - 1, -1, -1) if self.tokens[i] in (";", ".")), 0)

    def verb_of(self, place: int) -> int | None:
        """The place of the nearest verb to the left within the clause; else of the first to the right that governs it."""
        for i in range(place - 1, self.clause_start(place) - 1, -1):
            if self.is_verb(i):
                return i
        for i in range(place, len(self.tokens)):
            if self.tokens[i] in (";", "."):
                break
            if self.is_verb(i) and ("knowing" in self.kinds[i] or self.at(i - 1) in ("will", "to")):
                return i
        return None

    def is_verb(self, i: int) -> bool:
        """Whether a word that can be a verb is one here, and not a noun ("the work", "5 reports")."""
        token, kinds, before = self.tokens[i], self.kinds[i], self.at(i - 1)
        if not kinds & {"act", "transparent", "knowing"}:
            return False
        if before in _BEFORE_NOUN and not token.endswith(_VERBAL_ENDINGS):
            return False
        can_be_thing = "event" in kinds and not token.endswith("ing") and i > 0
        return not can_be_thing or before in ("will", "to", "and", "or", "not")
