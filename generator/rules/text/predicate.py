"""What a sentence promises above all: an act that is seen, or only a state to come ("adjust", "stay motivated").

A number belongs to the promise under which it stands. Under a state nobody can see, a number of things, a rate or "every
day" tells of the scene ("adjust to working 60 hours a week", "be the best mother every day"); only a share of occasions, a
limit or a record makes it a result. A second promise ("... and attend 3 groups", "by calling 2 friends") begins its own.
"""

from generator.rules.text.counts import Count
from generator.rules.text.sentence import STOPS, Sentence

_COPULAS = frozenset(
    "be become stay remain feel act seem get being becoming staying remaining am ser estar será estará sentirse sentirá seguir seguirá volverse".split()
)
_SKIPPED = frozenset("a an the un una el la as more less very so too not no muy más menos tan also always".split())
_SEEN = frozenset(
    "up out off present absent late tardy awake asleep home sober abstinent drug-free alcohol-free free clean seated able ready there here back away"
    " dressed under above below on in at by within without between inside outside over sobrio sobria presente ausente puntual"
    " despierto despierta vestido vestida en fuera libre listo lista alone indoors upright quiet silent still employed enrolled"
    " with from to for punctual dry weighed hired housed negative incident-free violence-free smoke-free least or".split()
)
_PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "let go|keep up|get through|get over|get past|get along|get better|get used|move on|move forward|move past|look forward"
        "|work on|work through|work toward|work towards|deal with|take on|take pride|take responsibility|take care|make peace|make progress"
        "|make sense|have faith|do well|do better|grow as|stand up|hold on|feel at|be there|put behind|open up|live up|own up|see that"
        "|seguir adelante|salir adelante|dejar atrás|llevarse bien|llevarse mejor"
    ).split("|")
)
_JOINING = frozenset("and or then by through then while y o luego e , but".split())


def is_only_a_state(sentence: Sentence, count: Count) -> bool:
    """Whether the promise under which a count stands is a state, and the count is no share and no limit of it."""
    if count.kind in ("ratio", "percent") or count.start >= len(sentence.tokens):
        return False
    place = _promise_over(sentence, count)
    if place is None or not _is_state(sentence, place, count.start):
        return False
    return not sentence.is_limited(count.start)


def _promise_over(sentence: Sentence, count: Count) -> int | None:
    """The place of the verb whose promise this count belongs to: the last one before it that begins a promise."""
    start = sentence.clause_start(count.start)
    if start > 0 and (sentence.predicate is None or start > sentence.predicate):
        return None  # an evidence clause speaks for itself
    place = sentence.predicate
    if place is None:
        place = (
            start
            if sentence.tokens and sentence.kind_at(start) & {"act", "transparent", "knowing", "becoming"}
            else None
        )
    if place is None:
        return None
    if count.start < place:
        return place
    for i in range(place + 1, count.start):
        if sentence.at(i - 1) in _JOINING and _is_act(sentence, i):
            place = i
    return place


def _is_act(sentence: Sentence, i: int) -> bool:
    kinds = sentence.kind_at(i)
    if "becoming" in kinds:
        return True
    return bool(kinds & {"act", "transparent"}) and sentence.is_verb(i)


def _is_state(sentence: Sentence, place: int, end: int) -> bool:
    kinds = sentence.kind_at(place)
    if "becoming" in kinds:
        return "transparent" not in kinds or not sentence.has("event", sentence.noun_after(place + 1))
    if sentence.at(place + 1) == "at" and sentence.at(place + 2) in ("ease", "peace"):
        return True
    if (sentence.at(place), sentence.at(place + 1)) in _PHRASES:
        return True
    if "transparent" in kinds and place < end and sentence.at(place) not in _COPULAS:
        moved = range(place + 1, end)
        return sentence.has("inner", moved) and not sentence.has("event", moved)
    if sentence.at(place) not in _COPULAS:
        return False
    i = place + 1
    while sentence.at(i) in _SKIPPED or sentence.at(i).endswith("ly"):
        i += 1
    word = sentence.at(i)
    if i >= end or not word.isalpha() or word in STOPS or word in _SEEN:
        return False
    return "inner" in sentence.kind_at(i) or not (
        word.endswith(("ed", "en", "ing", "ado", "ido"))
        or "event" in sentence.kind_at(i)
        or "record" in sentence.kind_at(i)
    )
