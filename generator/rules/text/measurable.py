"""Whether a sentence can be counted by its own words, and why: rules with reasons, English and Spanish.

What is asked is the rule `objective-vague`: with deadlines taken out, is there a countable result (a number, percent,
score, rate, "once", "every", "none") of something that another person could see or count; or one act with a product.
The measure fields of a plan are not read here.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import yaml

from generator.rules.text.counts import BODY_UNITS, TIME_UNITS, TIMES, Count, find_counts
from generator.rules.text.one_act import has_vague_adverb, one_act
from generator.rules.text.predicate import is_only_a_state
from generator.rules.text.scene import is_scene
from generator.rules.text.sentence import STOPS, Sentence
from generator.rules.text.spoken import language_of


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
    spoken = language or language_of(statement)
    if not statement.strip():
        return False
    return _Reader(statement[:_LONGEST], "es" if spoken.startswith("es") else "en").is_measurable()


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

_CONSECUTIVE = re.compile(r"\b(?:consecutive|in a row|straight|seguid[oa]s|consecutiv[oa]s)\b")
_PRESCRIBED = re.compile(
    r"\b(?:as (?:prescribed|directed|scheduled|ordered)|según (?:lo )?(?:recetado|indicado|indicación|receta))\b"
)
_SHOWING = ("demonstrat", "show", "display", "exhibit", "model", "demostr", "demuestr", "mostr", "muestr")
_SKILLS = ("skill", "habilidad", "destreza")
_TAKEN = (
    *("injection", "shot", "dose", "pill", "medic", "prescription", "referral", "placement"),
    *("inyecci", "dosis", "pastilla"),
)
"""What is taken when it is accepted: "accept the injection" is an act, "accept the diagnosis" is not."""
_BEING = frozenset("be being become becoming feel feels act ser será estar estará".split())
_SINGLE_ARTICLES = frozenset("a an the un una el la more less not no más menos muy".split())
_SEEN_STATES = frozenset(
    "up out off present absent late tardy awake asleep home sober abstinent drug-free alcohol-free free clean seated able ready in on at by a back here there"
    " dressed without under above below sobrio sobria presente ausente puntual despierto despierta vestido vestida en fuera libre listo lista".split()
)
_CHANGES = frozenset(
    "complications complication concerns issues increase decrease change decline deterioration worsening improvement signs sign evidence symptoms aumento cambio cambios empeoramiento deterioro señales signos síntomas".split()
)
_LIMITS = frozenset("more fewer less most más menos".split())
_ABOUT = frozenset("at least about the his her their most more than al menos los las sus".split())
_AROUND = frozenset("x in at with across among between of toward towards into con entre hacia de".split())


_WISHES = re.compile(
    r"\b(?:get(?:s|ting)? along|do(?:es|ing)? (?:his|her|their|my|the) (?:very )?best|tr(?:y|ies|ying) (?:hard|harder|his|her|their)"
    r"|(?:be|being|become|becoming|stay|act|behave) (?:more|less|a better|better|a good|kind|kinder|nice|nicer|polite|respectful|good|organized|productive"
    r"|present|positive|open|honest|happy|patient|supportive|responsible|appropriate\w*|well)\b"
    r"|(?:comply|complies|abide|abides|follow|follows|obey|obeys|adhere|adheres|respect|cumplirá|seguirá|obedecerá|acatará|respetará)(?: (?:with|by|to|con))? (?:all|every|each|todas|todos|cada)(?: of)?(?: (?:the|las|los|his|her))? (?:[^\W\d]+ ){0,2}?(?:rules|conditions|expectations|requirements|recommendations|norms|laws|policies|guidelines|terms|reglas|normas|condiciones|requisitos|leyes|recomendaciones)"
    r"|(?:live|lead|living|leading) (?:a|an|the) (?:[^\W\d]+ ){0,4}(?:life|lifestyle)|(?:vivir|vivirá|llevar|llevará) una vida"
    r"|com(?:e|es|ing) to (?:terms|grips|peace|accept)|to (?:the|his|her|their) (?:fullest|best|full extent|full potential)|try my hardest|be there for|estar ahí para|respect(?:s|ing)?|(?:improved|appropriate|age-appropriate|safe|safer|better|good|positive|healthy|healthier|acceptable|kind) (?:[^\W\d]+ )?(?:behaviou?rs?|language|choices|decisions|habits|attitudes?|manners?|interactions?|communication|conduct|relationships?)"
    r"|to the best of|(?:decisiones|elecciones|hábitos|conductas?|comportamientos?|lenguaje|actitud) (?:más |muy )?(?:san[oa]s?|saludables?|adecuad[oa]s?|apropiad[oa]s?|buen[oa]s?|mejor(?:es)?|positiv[oa]s?|segur[oa]s?)|respetará|respetar"
    r"|treat(?:s|ing)? (?:[^\W\d]+ ){1,3}(?:with|better|well|kindly|fairly)|mak(?:e|es|ing) (?:better|good|healthy|healthier|positive|smart|smarter|wise|progress|an effort|every)"
    r"|(?:sleep|eat|do|function|perform|listen|behave|focus|concentrate|handle [^\W\d]+) (?:better|well|healthier|harder|more)|deal(?:s|ing)? (?:with|better)|on the same page|look forward|move forward|open up"
    r"|work(?:s|ing)? (?:on|toward|towards|through|hard|harder)|tak(?:e|es|ing) (?:good |better )?care of|stay on track|put(?:s|ting)? (?:in )?(?:more )?effort"
    r"|llevarse (?:bien|mejor)|se llevará (?:bien|mejor)|(?:hacer|hará|haga) (?:todo )?(?:lo posible|lo mejor|su mejor)|esforzar\w*|se esforzará|echar\w* ganas|(?:se )?portar\w* (?:bien|mejor)"
    r"|(?:ser|será|sea|estar|estará) (?:más|mejor|buen[oa]?|amable|respetuos[oa]|responsable|positiv[oa])|tratar\w* (?:bien|mejor|con)|(?:pondrá|poner) de su parte"
    r"|trabajar\w* en (?:su|sus|mejorar)|salir adelante|dar\w* lo mejor|cuidar\w* mejor|(?:dormir|comer|comunicar)\w* (?:mejor|bien|más))\b"
)
"""Doing well, without saying what: no "every day" makes it countable. A number of times may ("4 of 5 situations")."""


class _Reader:
    """One sentence being judged."""

    def __init__(self, statement: str, language: str) -> None:
        self.statement = statement
        self.sentence = Sentence(statement, language)

    @cached_property
    def _wish_clause(self) -> int | None:
        """Where the clause of a wish begins; None where nothing is only wished."""
        wish = _WISHES.search(self.sentence.rest)
        return None if wish is None else self.sentence.clause_start(self.sentence.place_of(wish.start()))

    @cached_property
    def _records(self) -> list[int]:
        """The places of words that name a record or an instrument."""
        return [i for i, kinds in enumerate(self.sentence.kinds) if "record" in kinds]

    def is_measurable(self) -> bool:
        """The judgement alone: the first count that counts decides."""
        counts = find_counts(self.sentence, self.statement)
        return any(not self._what_is_wrong(count) for count in counts) or bool(one_act(self.sentence))

    def judge(self) -> Judgement:
        """Counts first; then a single act with a product; then why there is neither."""
        for_it: list[Reason] = []
        against: list[Reason] = []
        for count in find_counts(self.sentence, self.statement):
            code = self._what_is_wrong(count)
            (against if code else for_it).append(Reason(code or f"counted-{count.kind}", self._words_of(count)))
        if not for_it and (act := one_act(self.sentence)):
            for_it.append(Reason("one-act", act))
        deadlines = self.sentence.deadlines
        is_measurable = bool(for_it)
        if not is_measurable:
            against += self._why_not(bool(against))
        if not deadlines:
            against.append(Reason("no-deadline"))
        elif not is_measurable:
            for_it.append(Reason("deadline", deadlines[0]))
        return Judgement(
            is_measurable,
            self.sentence.language,
            bool(deadlines),
            tuple(dict.fromkeys(for_it)),
            tuple(dict.fromkeys(against)),
        )

    # Whether somebody else could count it

    def _what_is_wrong(self, count: Count) -> str:
        """The code of the reason why this count counts nothing, or "" where it counts."""
        if is_scene(self.sentence, count):
            return "scene"
        if not self._records and is_only_a_state(self.sentence, count):
            return "vague-act"
        verb = self.sentence.verb_of(count.start)
        counted = {*range(count.start, count.end), *count.noun}
        saw_record = any(i not in counted for i in self._records)
        if (
            count.kind in ("all", "rate", "whole", "duration", "number")
            and not saw_record
            and self._is_only_a_wish(count)
        ):
            return "vague-act"
        if count.kind in ("all", "rate") and not saw_record and self._is_only_being(count):
            return "vague-act"
        if count.kind == "all" and count.noun and self.sentence.at(count.noun[0]) in _CHANGES:
            changed = self.sentence.noun_after(count.noun[0] + 2)
            if not self.sentence.has("event", changed) and not saw_record:
                return "inner-state"
        if count.kind == "all" and self._word_before(count) in _AROUND and has_vague_adverb(self.sentence):
            return "vague-act"
        if (
            count.kind == "all"
            and self.sentence.at(count.start - 1) in ("from", "de")
            and self.sentence.has("lasting", range(max(0, count.start - 3), count.start))
        ):
            return "only-how-long"
        weighs = bool(count.noun) and self.sentence.at(count.noun[0]) in BODY_UNITS
        if (
            verb is not None
            and "knowing" in self.sentence.kinds[verb]
            and not (saw_record or weighs or self._is_taken(verb))
        ):
            return "knowing"
        if count.kind == "number" and count.noun:
            return self._what_is_wrong_with_things(count, verb, saw_record)
        if saw_record and count.kind != "all":
            return ""
        if count.kind == "duration":
            return self._what_is_wrong_with_a_span(count, verb)
        return self._what_is_wrong_with_object(count, verb)

    def _is_taken(self, verb: int) -> bool:
        """Whether what is accepted goes from hand to hand: "accept the injection every 28 days"."""
        if not self.sentence.at(verb).startswith(("accept", "acept")):
            return False
        return any(self.sentence.at(i).startswith(_TAKEN) for i in self.sentence.noun_after(verb + 1))

    def _is_only_a_wish(self, count: Count) -> bool:
        """Whether what is done so often is not said: "do her best every day", "get along with all her teachers"."""
        sentence = self.sentence
        if count.kind == "number" and self._word_before(count) not in _AROUND:
            return False
        return self._wish_clause is not None and self._wish_clause == sentence.clause_start(count.start)

    def _is_only_being(self, count: Count) -> bool:
        """Whether the person only is something so often: "be a role model every day", not "be on time", "be weighed"."""
        sentence = self.sentence
        place = sentence.verb_of(count.start) if count.kind == "rate" or count.noun else None
        if place is None or sentence.at(place) not in _BEING or place > count.start:
            return False
        i = place + 1
        while sentence.at(i) in _SINGLE_ARTICLES or sentence.at(i).endswith("ly"):
            i += 1
        word = sentence.at(i)
        if i >= count.start or not word.isalpha():
            return False
        return not (
            word in STOPS or word in _SEEN_STATES or (word.endswith(("ed", "en")) and "inner" not in sentence.kinds[i])
        )

    def _word_before(self, count: Count) -> str:
        """What stands before a count: "with" in "with at least 3 peers"."""
        return next((word for word in reversed(self.sentence.tokens[: count.start]) if word not in _ABOUT), "")

    def _what_is_wrong_with_things(self, count: Count, verb: int | None, saw_record: bool) -> str:
        sentence, noun = self.sentence, count.noun
        first, head = sentence.at(noun[0]), sentence.at(noun[-1])
        if saw_record:
            return ""
        if first in TIMES or TIME_UNITS.fullmatch(first):
            return self._what_is_wrong_with_object(count, verb)
        if sentence.has("container", noun):
            names_inside = sentence.has("inner", sentence.noun_of(noun[-1] + 1))
            return "naming-inside" if names_inside and not sentence.deadlines else ""
        if sentence.has("event", noun):
            return self._what_is_wrong_with_context(count, verb)
        if head.startswith(_SKILLS) and verb is not None and sentence.at(verb).startswith(_SHOWING):
            return ""
        if self._is_plain_act(verb):
            return ""
        if "inner" in sentence.kinds[noun[-1]]:
            return "inner-state"
        is_limit = sentence.at(count.start - 1) in ("than", "de") and sentence.at(count.start - 2) in _LIMITS
        return "" if is_limit else self._what_is_wrong_with_object(count, verb)

    def _what_is_wrong_with_context(self, count: Count, verb: int | None) -> str:
        """Things that are only where it happens are no result: "improve communication with 3 peers"."""
        sentence = self.sentence
        if sentence.at(count.start - 1) in ("than", "de", "most") and sentence.at(count.start - 2) in _LIMITS | {"at"}:
            return ""
        if self._word_before(count) not in _AROUND or verb is None or "transparent" not in sentence.kinds[verb]:
            return ""
        left = range(verb + 1, count.start)
        return "inner-state" if sentence.has("inner", left) and not sentence.has("event", left) else ""

    def _what_is_wrong_with_a_span(self, count: Count, verb: int | None) -> str:
        """So many days count where a state lasts ("sober for 30 days"), not where an act is repeated who knows how often."""
        wrong = self._what_is_wrong_with_object(count, verb)
        if wrong:
            return wrong
        if _CONSECUTIVE.search(self.sentence.rest) or _PRESCRIBED.search(self.sentence.rest):
            return ""
        lasts = self.sentence.has("lasting", range(count.start + 1))
        return "" if lasts and not has_vague_adverb(self.sentence) else "only-how-long"

    def _what_is_wrong_with_object(self, count: Count, verb: int | None) -> str:
        """What is moved or had decides: between the verb and the count, and the noun after it."""
        sentence = self.sentence
        if self._is_plain_act(verb) and count.kind != "all":
            return ""
        if count.kind == "all" and count.noun and not TIME_UNITS.fullmatch(sentence.at(count.noun[-1])):
            around = count.noun
        else:
            start = max(sentence.clause_start(count.start), 0 if verb is None else verb + 1)
            after = [i for i in count.noun if sentence.at(i) not in TIMES and not TIME_UNITS.fullmatch(sentence.at(i))]
            around = [*range(start, count.start), *after]
        return "inner-state" if sentence.has("inner", around) and not sentence.has("event", around) else ""

    def _is_plain_act(self, verb: int | None) -> bool:
        """Whether the verb is an act by itself, and does not only move or show something."""
        return (
            verb is not None and "act" in self.sentence.kinds[verb] and "transparent" not in self.sentence.kinds[verb]
        )

    # Why not

    def _why_not(self, has_reason: bool) -> list[Reason]:
        sentence, reasons = self.sentence, list[Reason]()
        if not has_reason:
            reasons.append(Reason("no-count"))
            reasons += [Reason("name-not-count", name) for name in sentence.names[:1]]
            reasons += [Reason("scale-without-score", scale) for scale in sentence.scales[:1]]
            reasons += [Reason("inner-word", word) for word in self._of_kind("inner", besides="event")[:1]]
        return reasons + [Reason("vague-word", word) for word in self._of_kind("vague")[:1]]

    def _of_kind(self, kind: str, besides: str = "") -> list[str]:
        pairs = zip(self.sentence.tokens, self.sentence.kinds, strict=True)
        return [token for token, kinds in pairs if kind in kinds and besides not in kinds]

    def _words_of(self, count: Count) -> str:
        return count.said or self.sentence.words([*range(count.start, count.end), *count.noun[:3]])
