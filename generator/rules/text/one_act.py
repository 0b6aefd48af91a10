"""One act that leaves something to look at: "obtain an ID", "sign the lease", "see a dentist by March".

Such a sentence counts nothing, and yet anybody can see whether it was done.
"""

import re

from generator.rules.text.clauses import WHO
from generator.rules.text.sentence import STOPS, Sentence

_APPLYING = re.compile(
    r"\b(?:appl(?:y|ies)|signs?\s+up|registers?|files?|enrol(?:l|ls)?(?:\s+[^\W\d]+){0,4}\s+in|petitions?)(?:\s+(?:for|to|with))?\s+"
    r"(?:an?|the|his|her|their|at|for)?\s*[^\W\d]{3,}"
    r"|\bbe (?:hired|enrolled|certified|licensed)\b|\bmoves? (?:in)?to (?:an?|his|her|their|my) (?:own )?(?:place|apartment|room|home|house|unit|studio)\b|\bmoves? (?:out of|into) (?:an?|the|his|her) [^\W\d]+"
    r"|\bget(?:s|ting)?\s+(?:an?|the|his|her|their|my)\s+(?:[^\W\d]+\s+){1,4}(?:replaced|renewed|reissued|reinstated|expunged|notarized|transferred)\b"
    r"|\b(?:inscribir|matricular|apuntar)(?:á|án|se|lo|la)?(?:se)?\s+(?:a\s+\w+\s+\w+\s+)?en\s+[^\W\d]{2,}(?:\s+[^\W\d]{3,})?"
    r"|\bsolicitar(?:á|án)?\s+[^\W\d]{2,}(?:\s+[^\W\d]{3,})?"
)
"""Asking an office for something: done or not done, whatever it is asked for."""
_GOING = ("attend", "participat", "underg", "receiv", "have", "has", "asist", "ir", "irá", "acud", "particip", "recib")
_VISITS = (
    *("appointment", "interview", "assessment", "evaluation", "exam", "screening", "intake", "orientation"),
    *("cita", "entrevista", "evaluación", "examen"),
)
_PARTICLES = frozenset("up down out in off over".split())
_MAKING = ("present", "make", "hace", "hará", "set", "get")
_SINGLE = frozenset("a an his her their my our un una su mi".split())
_FINISHING = (
    *("complet", "finish", "submit", "obtain", "sign", "file", "renew", "buy", "purchas", "hand", "turn"),
    *("termin", "entreg", "obten", "obtend", "firm", "renov", "compr", "llen"),
)
_ONE_OF_ITS_KIND = frozenset("a an the his her their my our un una el la su mi".split())
_SETS = frozenset("set list copy draft series pair lista copia juego".split())
_SEEING = ("see", "meet", "visit", "ver", "verá", "visit", "consult")
_ABOUT_AN_ACT = frozenset("of for about from after before without since".split())
_VAGUE_ADVERBS = ("regular", "consistent", "appropriat", "frequent", "constant", "frecuent", "adequate", "adecuad")


def one_act(sentence: Sentence) -> str:
    """The words of the act, "" where the sentence promises none."""
    return _Acts(sentence).words()


def has_vague_adverb(sentence: Sentence) -> bool:
    """Whether how often is only "regularly", "consistently"."""
    return any(token.startswith(_VAGUE_ADVERBS) for token in sentence.tokens)


class _Acts:
    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence

    def words(self) -> str:
        """The words of the act; "" where there is none."""
        sentence = self.sentence
        if has_vague_adverb(sentence):
            return ""
        asking = _APPLYING.search(sentence.rest)
        if asking and not self._is_about_inside(asking[0].split()):
            return asking[0]
        for i, kinds in enumerate(sentence.kinds):
            if "product_verb" not in kinds or not self._is_promised(i):
                continue
            if sentence.at(i).startswith(("writ", "escrib")) and "§name" in sentence.tokens[i + 1 : i + 4]:
                return sentence.words(range(i, i + 2))
            if self._is_done_to(i):
                return sentence.words(range(i - 1, i + 1))
            if done := self._will_be_done(i):
                return sentence.words(done)
            for j in range(i + 1, min(i + 11, len(sentence.tokens))):
                if sentence.tokens[j] in (";", "."):
                    break
                is_product = "product" in sentence.kinds[j] and "vague" not in sentence.kinds[j]
                if is_product and self._is_last_of_noun(j) and self._is_single(i, j):
                    return sentence.words(range(i, j + 1))
            if finished := self._one_thing_finished(i):
                return sentence.words(finished)
        return self._one_visit()

    def _one_thing_finished(self, i: int) -> range | None:
        """The places of "complete the written impact statement": one thing, whatever it is, that is then there."""
        sentence = self.sentence
        if not sentence.at(i).startswith(_FINISHING) or sentence.at(i + 1) not in _ONE_OF_ITS_KIND:
            return None
        end = i + 2
        while end < i + 7 and not self._ends_at(end) and sentence.at(end)[0].isalpha():
            end += 1
        head = sentence.kind_at(end - 1)
        is_thing = end > i + 2 and not head & {"inner", "process", "vague"} and self._ends_at(end)
        if (
            not is_thing
            or (sentence.at(end) in ("of", "de") and sentence.at(end - 1) not in _SETS)
            or sentence.has("inner", range(i + 2, end))
        ):
            return None
        return range(i, end)

    def _one_visit(self) -> str:
        """One visit with a day: "see a dentist by March", "be seen by a doctor before the review"."""
        sentence = self.sentence
        if not sentence.deadlines:
            return ""
        for i in range(len(sentence.tokens)):
            if "helper" in sentence.kinds[i] and self._ends_at(i + 1):
                start = max(0, i - 5)
                seen = [k for k in range(start, i) if sentence.at(k).startswith(_SEEING)]
                if seen and any(sentence.at(k) in _SINGLE for k in range(seen[-1], i)):
                    return sentence.words(range(seen[-1], i + 1))
        return ""

    def _is_done_to(self, i: int) -> bool:
        """Whether a note says it the other way round: "Eval completed by 4/2", "lease signed"."""
        sentence = self.sentence
        return (
            sentence.at(i).endswith(("ed", "ado", "ada", "ido", "ida"))
            and "product" in sentence.kind_at(i - 1)
            and self._ends_at(i + 1 + (sentence.at(i + 1) in _PARTICLES))
        )

    def _will_be_done(self, i: int) -> range | None:
        """The places of "plan will be completed": a product that is there once somebody has done it."""
        sentence, modal = self.sentence, self.sentence.modal
        if modal is None or modal < 1 or i != modal + 2 or sentence.at(i - 1) != "be":
            return None
        kinds = sentence.kind_at(modal - 1)
        return range(modal - 1, i + 1) if "product" in kinds and "vague" not in kinds else None

    def _is_promised(self, i: int) -> bool:
        """Whether this verb is what will be done, and not of the scene: "within 30 days of signing the plan"."""
        sentence = self.sentence
        if (
            sentence.scenery[i] >= WHO
            or self._is_of_another_time(i)
            or (sentence.modal is not None and i < sentence.modal)
        ):
            return False
        return not (sentence.at(i).endswith("ing") and sentence.at(i - 1) in _ABOUT_AN_ACT)

    def _is_of_another_time(self, i: int) -> bool:
        """Whether a Spanish verb only says until when: "antes de que termine el año escolar"."""
        return self.sentence.at(i - 1) == "que" and self.sentence.at(i - 2) in ("de", "hasta", "después", "cuando")

    def _is_about_inside(self, asked: list[str]) -> bool:
        """Whether what is applied is inside the person, or is the person: "apply himself", "apply coping skills"."""
        applies = asked[0].startswith("appl") and not {"for", "to", "with", "at"} & set(asked)
        last = self.sentence.tokens.index(asked[-1]) if asked[-1] in self.sentence.tokens else -1
        is_inner = "inner" in self.sentence.kind_at(last) and not asked[-1].startswith("support")
        return applies or is_inner

    def _is_last_of_noun(self, j: int) -> bool:
        """Whether the noun ends here: "program" does not in "12-step program work"."""
        sentence = self.sentence
        if sentence.language == "es":
            # An adjective follows its noun: "su identificación oficial en", "una carta a su padre".
            return any(self._ends_at(k) or sentence.at(k) in ("a", "al", "ante", "e") for k in (j + 1, j + 2))
        return self._ends_at(j + 1)

    def _ends_at(self, i: int) -> bool:
        following = self.sentence.at(i)
        return not following or following in STOPS or not following[0].isalpha()

    def _is_single(self, i: int, j: int) -> bool:
        """Whether it is done once: going somewhere is, for a visit with a day, and not for "school" or "therapy"."""
        tokens = self.sentence.tokens
        if tokens[i].startswith(_GOING) and not tokens[j].startswith(_VISITS):
            return False
        return not tokens[i].startswith(_MAKING) or any(word in _SINGLE for word in tokens[i + 1 : j])
