"""Where a number stands: in the result that the sentence promises, or in its scene.

The scene says who, where, with whom, why and since when ("despite 20 years of illness", "his two cellmates", "a 4-bed
home", "by the time I am 30"). A number is taken for scene unless its place in the sentence makes it a result: how often
or how much the act is done, how many things it is done to, an amount that is to be reached. Nothing here asks whether
what is counted can be seen; `measurable` does.
"""

from generator.rules.text.clauses import EARLIER, MOMENT, WHO, WHY
from generator.rules.text.counts import TIME_UNITS, TIMES, Count
from generator.rules.text.sentence import Sentence

_KNOWN = frozenset(
    "the his her their its my our your these those this that both los las sus mis nuestros nuestras estos estas esos".split()
)
_FINISHING = (
    *("complet", "finish", "attend", "eat", "take", "keep", "pay", "read", "answer", "pass", "do", "submit", "earn", "meet", "make", "use", "miss", "memoriz", "name", "naming", "list", "say", "recit", "stat"),
    *("termin", "asist", "com", "tom", "pag", "le", "contest", "aprob", "entreg", "hac", "hará", "cumpl", "us", "falt", "acud", "ir", "dir", "nombr", "enumer", "recit", "mencion", "voz"),
)  # fmt: skip
_UNITS = frozenset(
    "inches inch feet foot yards miles pounds lb lbs kg kilos kilograms kilogramos km oz ft degrees dollars calories points grams ounces cups liters steps libras pulgadas metros grados puntos calorías".split()
)
_NEXT = frozenset(
    "next first last same other remaining otros otras demás próximas próximos primeras primeros siguientes".split()
)
_AMOUNT_NOUNS = frozenset(
    "score scores minimum maximum total average rate goal target list weight limit streak series set level rating bmi gpa mean"
    " mínimo máximo total promedio puntaje puntuación meta lista peso límite serie calificación nivel tasa reading grade"
    " minimums limit cap combination number count counts".split()
)
_LIMIT_WORDS = frozenset(
    "at least most no not more fewer less than up to about approximately around nearly over under below above exactly only"
    " a an minimum maximum of the total by within al menos más menos de como mínimo máximo hasta solo sólo por lo debajo encima unos unas alrededor"
    " < > ≤ ≥ = - +".split()
)
_BOUND = frozenset(
    "least most more fewer less than under below above exactly exceed exceeding menos más mínimo máximo debajo < > ≤ ≥ =".split()
)
_BOUND_AFTER = frozenset("more less fewer better higher lower below above under menos más greater + ≤ ≥".split())
_PER = frozenset(
    "per a an each every daily weekly monthly nightly hourly / por al cada la diario diarios diarias diariamente".split()
)
_WITHOUT_RESULT = frozenset(
    "despite after following since under through from despite de desde tras bajo since of".split()
)
_NEAR = frozenset(
    "with to for in at on into among between by about across during con a en para entre ante por sobre".split()
)
_OWED = frozenset("service servicio training entrenamiento".split())
"""What hours are owed of: "complete his 60 hours of community service"."""
_OCCASIONS = frozenset(
    "trip trips rides outings drives tries tests checks occasions occasion opportunities trials attempts instances situations times days nights mornings evenings weeks sessions meetings visits classes shifts"
    " pruebas ocasiones oportunidades intentos veces días noches semanas sesiones reuniones visitas clases turnos situaciones".split()
)
_PREPOSITIONS = frozenset(
    "to with for in at on from into between among by about across during over against through under near toward towards con en para entre por sobre".split()
)
_SCORES = frozenset(
    "score scores scored scoring rate rated rates rating reach reaches reached weigh weighs earn maintain to at < > ≤ ≥ = from a de puntaje puntuación obtener".split()
)
_GOING = (
    "attend",
    "visit",
    "try",
    "keep",
    "go",
    "meet",
    "see",
    "make",
    "complet",
    "particip",
    "asist",
    "acud",
    "ir",
    "miss",
    "hold",
    "have",
    "schedul",
    "falt",
)
_SERVICES = frozenset(
    "cita citas therapy counseling treatment sessions session groups group services appointments terapia consejería tratamiento sesiones visits check-ins tx counselling supervision casework".split()
)
_THROUGH = frozenset(
    "continue continues continuing through via with in during from the of his her their resume con mediante seguir".split()
)
_TREATING = (
    *(
        "address",
        "manag",
        "strengthen",
        "explor",
        "process",
        "improv",
        "treat",
        "monitor",
        "target",
        "support",
        "stabili",
    ),
    *("enhanc", "develop", "discuss", "handl", "controll"),
)
_TREATED_ES = ("abord", "trabaj", "fortalec", "explor", "manej", "trat", "proces")
_BY_MEANS_OF = frozenset("with in via through during using by con en mediante durante".split())
_PEOPLE = frozenset(
    "girls boys kids children sons daughters parents siblings brothers sisters grandchildren people staff peers family friends teachers partners hijos hijas"
    " niños niñas padres hermanos hermanas personas familia amigos maestros nietos others everyone".split()
)
_RELATIVES = frozenset(
    "brothers sisters siblings sons daughters children kids girls boys grandchildren hermanos hermanas hijos hijas nietos niños niñas".split()
)
_PERSONS = frozenset(
    "partner parent spouse child member person sibling participant resident client student padre pareja miembro hijo hija niño".split()
)
_VERB_KINDS = frozenset(("act", "transparent", "knowing", "cognitive", "saying", "product_verb"))
_STATE_VERBS = frozenset(
    "live lives living reside resides be being is feel stay vivir vive vivirá adjust adapt".split()
)


def is_scene(sentence: Sentence, count: Count) -> bool:
    """Whether a count belongs to the scene. Counts made of the whole sentence (a grade, days of the week) never do."""
    if count.start >= len(sentence.tokens):
        return False
    where = sentence.scenery[count.start]
    if where == WHY or _tells_today(sentence, count) or _names_a_service(sentence, count):
        return True
    if _is_treated_with(sentence, count):
        return True
    if sentence.at(count.start - 1) in ("those", "these", "esas", "esos", "aquellas"):
        return True
    if count.kind == "all" and (_is_about_people(sentence, count) or _is_who(sentence, count)):
        return True
    if count.kind in ("ratio", "percent"):
        return False
    is_rated = count.kind == "rate" or _is_rated(sentence, count)
    if where == EARLIER:
        return True
    if where == WHO and not (is_rated and any(sentence.at(i) in TIMES for i in count.noun)):
        return True
    if _is_known_people(sentence, count):
        return True
    if is_rated or count.kind == "whole":
        return False
    if where == MOMENT:
        return count.kind in ("number", "duration")
    return count.kind == "number" and _is_scene_number(sentence, count)


def _is_rated(sentence: Sentence, count: Count) -> bool:
    """Whether a number says how often by its own noun: "3 times", "two meetings a week", "5 of them daily"."""
    if count.kind not in ("number", "duration"):
        return False
    noun = [sentence.at(i) for i in count.noun]
    if any(word in TIMES for word in noun):
        return True
    end = (count.noun[-1] if count.noun else count.end - 1) + 1
    following, next_one = sentence.at(end), sentence.at(end + 1)
    inside = {"daily", "weekly", "monthly", "nightly", "diarios", "diarias", "semanales", "mensuales"} & set(noun)
    if inside or following in (
        "per",
        "each",
        "every",
        "daily",
        "weekly",
        "monthly",
        "nightly",
        "/",
        "cada",
        "diarios",
        "diarias",
    ):
        return True
    return following in _PER and TIME_UNITS.fullmatch(next_one) is not None


def _tells_today(sentence: Sentence, count: Count) -> bool:
    """Whether it stands in brackets right after a name: "(MoCA 19/30)", "(A1C 9.2)" tell how it is today."""
    opened = next((i for i in range(count.start - 1, max(-1, count.start - 5), -1) if sentence.at(i) == "("), None)
    if opened is None:
        return _is_rated_now(sentence, count)
    between = [sentence.at(i) for i in range(opened + 1, count.start)]
    if not between and count.kind == "ratio" and "inner" in sentence.kind_at(opened - 1):
        return True
    return bool(between) and not set(between) & (_BOUND | {"at", "goal", "target", "up", "meta", "to", "x", ")"})


def _names_a_service(sentence: Sentence, count: Count) -> bool:
    """Whether "weekly" only says which therapy is meant: "continue weekly therapy", "1:1 weekly", not "attend weekly therapy"."""
    if count.kind not in ("rate", "all") and sentence.at(count.start - 1) not in ("cada", "every"):
        return False
    verb = sentence.verb_of(count.start)
    if verb is not None and sentence.at(verb).startswith(_GOING):
        return False
    beside = {sentence.at(i) for i in (count.start - 1, count.end, count.end + 1)}
    if (beside & _SERVICES and verb is None) or (
        beside & _SERVICES and sentence.at(count.start - 1) in _SERVICES | _THROUGH
    ):
        return True
    if (
        sentence.at(count.start - 1) == "de"
        and {sentence.at(count.start - 2), sentence.at(count.start - 3)} & _SERVICES
    ):
        return True
    left = range(sentence.clause_start(count.start), count.start)
    right = range(count.end, len(sentence.tokens))
    return [sentence.at(i) for i in left] == ["§name"] and not any(sentence.at(i).isalpha() for i in right)


def _is_treated_with(sentence: Sentence, count: Count) -> bool:
    """Whether it says with how much help a state is treated: "symptoms will be managed with EMDR twice a month"."""
    if count.kind not in ("number", "rate", "duration"):
        return False
    for i in range(1, count.start - 1):
        if sentence.at(i - 1) == "be" and sentence.at(i).startswith(_TREATING):
            return sentence.at(i + 1 + sentence.at(i + 1).endswith("ly")) in _BY_MEANS_OF and bool(
                count.noun or count.kind == "rate"
            )
        if sentence.at(i).startswith(_TREATED_ES) and sentence.at(i - 1) in ("se", "será", "serán"):
            return sentence.at(i + 1) in _BY_MEANS_OF
    return False


def _is_known_people(sentence: Sentence, count: Count) -> bool:
    """Whether it counts people who were known before: "for his two boys every day"."""
    words = {sentence.at(i) for i in count.noun}
    return count.kind == "number" and sentence.at(count.start - 1) in _KNOWN and bool(words & _PEOPLE)


def _is_about_people(sentence: Sentence, count: Count) -> bool:
    """Whether all, each or both are people that something is for: "be there for all three of my girls"."""
    if sentence.at(count.start - 1) not in _NEAR | {"toward", "towards", "hacia", "of", "de"}:
        return False
    words = {sentence.at(i) for i in range(count.end, count.end + 5)}
    if not words & _PEOPLE:
        return False
    if sentence.at(count.start - 1) in ("of", "de"):
        return not _is_plural(sentence.at(count.start - 2)) or "event" not in sentence.kind_at(count.start - 2)
    verb = sentence.verb_of(count.start)
    kinds = sentence.kinds[verb] if verb is not None else frozenset[str]()
    return "act" not in kinds or "transparent" in kinds


def _is_who(sentence: Sentence, count: Count) -> bool:
    """Whether it is the people who act: "each partner will listen", "both parents will be consistent"."""
    modal = sentence.predicate
    return (
        modal is not None and count.start < modal and bool({sentence.at(i) for i in count.noun} & (_PEOPLE | _PERSONS))
    )


def _is_rated_now(sentence: Sentence, count: Count) -> bool:
    """Whether a share says how something is rated now: "live with pain rated 8/10", not "keep pain rated 3 or less"."""
    if count.kind not in ("ratio", "number") or sentence.modal is None:
        return False
    before, bounded = _before(sentence, count.start)
    if (
        bounded
        or sentence.at(before) not in ("rated", "scored", "measured", "calificado")
        or before - 1 <= sentence.modal
    ):
        return False
    return sentence.at(count.end) not in ("or", "and") and sentence.at(before - 1) not in ("be", "is", "are")


def _is_scene_number(sentence: Sentence, count: Count) -> bool:
    start, noun = count.start, count.noun
    before, bounded = _before(sentence, start)
    word = sentence.at(before)
    if not noun and sentence.at(start - 1) in ("under", "over", "above") and sentence.at(start - 2) in _PEOPLE:
        return True  # "4 kids under 10" tells an age
    if sentence.at(count.end - 1) == "-":
        return True  # "a 2-man cell", "a 45-minute session": what it is like, not how many
    if not noun:
        return not _is_amount(sentence, count, word, bounded)
    if _is_subject(sentence, count) or _is_governed_by_an_unknown(sentence, count):
        return True
    if word in ("from", "de") and sentence.at(before - 1) in ("suffer", "arise"):
        return True
    if word in ("and", "y") and {sentence.at(i) for i in noun} & _RELATIVES and _is_about_state(sentence, start):
        return True
    if word in _KNOWN | _NEXT:
        is_time = TIME_UNITS.fullmatch(sentence.at(noun[0])) is not None
        last = sentence.at(noun[-1])
        is_occasion = sentence.at(before - 1) in ("on", "en") and (
            TIME_UNITS.fullmatch(last) is not None or last in _OCCASIONS
        )
        is_owed = bool(_OWED & {sentence.at(i) for i in range(count.end, count.end + 4)})
        return not is_occasion and (not _is_finished(sentence, before) or (is_time and word in _KNOWN and not is_owed))
    if bounded:
        words = {sentence.at(i) for i in noun}
        return word in ("of", "de") and bool(words & _PEOPLE) and "event" not in sentence.kind_at(before - 1)
    if _is_nested(sentence, count, before):
        return True
    if word in ("of", "de"):
        return not (
            _measures(sentence, before) or sentence.at(noun[0]) in _UNITS or _is_plural(sentence.at(before - 1))
        )
    if word == "through" and sentence.is_verb(before - 1):
        return False  # "sit through one movie"
    if word in _WITHOUT_RESULT:
        return not (word in ("from", "de") and {"to", "a"} & {sentence.at(i) for i in range(count.end, count.end + 5)})
    return word in ("with", "in", "at", "con", "en") and _lives(sentence, before)


def _is_about_state(sentence: Sentence, place: int) -> bool:
    """Whether the verb before a number only moves or shows something: "have less conflict with his wife and two sons"."""
    verb = sentence.verb_of(place)
    return verb is not None and "transparent" in sentence.kinds[verb]


def _before(sentence: Sentence, start: int) -> tuple[int, bool]:
    """The place of the word before a number and its limit ("at least", "no more than"), and whether there is a limit."""
    i, bounded = start - 1, False
    while i >= 0 and sentence.at(i) in _BOUND | {
        "at",
        "no",
        "not",
        "up",
        "about",
        "approximately",
        "only",
        "than",
        "al",
        "lo",
        "como",
    }:
        is_limit = sentence.at(i) in _BOUND
        if sentence.at(i) in ("at", "no", "not", "al", "lo", "como") and not bounded:
            break
        bounded = bounded or is_limit
        i -= 1
    if sentence.at(i) in ("de", "of") and sentence.at(i - 1) in _BOUND | {"minimum", "maximum", "total"}:
        return i - 2, True
    if bounded and sentence.at(i) in ("de", "por", "a"):
        i -= 1
    return i, bounded


def _is_finished(sentence: Sentence, place: int) -> bool:
    """Whether things known before are gone through: "complete the 8 modules", not "own up to the two assaults"."""
    while sentence.at(place - 1) in _KNOWN | _NEXT:
        place -= 1
    return sentence.at(place - 1).startswith(_FINISHING) or (
        sentence.at(place - 1) in _NEAR | {"out", "loud", "alta"} and sentence.at(place - 2).startswith(_FINISHING)
    )


def _is_plural(word: str) -> bool:
    """Whether "of four people" says how many: "phone numbers of four people", not "a team of four"."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _is_amount(sentence: Sentence, count: Count, word: str, bounded: bool) -> bool:
    """Whether a number without a noun is an amount to reach: a limit, a score, "from 16 to 8"."""
    following = [sentence.at(i) for i in range(count.end, count.end + 4)]
    if (
        bounded
        or (following[0] in ("or", "o", "and", "-") and set(following[1:3]) & _BOUND_AFTER)
        or following[0] in _BOUND_AFTER | {"%"}
    ):
        return True
    if word in _KNOWN:
        return False
    if (
        sentence.at(count.start - 2) in ("down", "up")
        or "from" in sentence.tokens[max(0, count.start - 3) : count.start - 1]
    ):
        return sentence.at(count.start - 1) in ("from", "to")  # "down from eleven to four"
    if word in ("of", "de") and sentence.at(_word_before_amount(sentence, count.start)) in ("with", "con", "despite"):
        return False
    if _measures(sentence, count.start) or word in _AMOUNT_NOUNS or "record" in sentence.kind_at(count.start - 1):
        return True
    is_moved = any("transparent" in kinds or "record" in kinds for kinds in sentence.kinds[: count.start])
    if word in _SCORES | {"and", "or", "y", "o", "is", "x", "by"} and is_moved:
        return True
    is_act = "act" in sentence.kind_at(count.start - 1) and sentence.is_verb(count.start - 1)
    return is_act or sentence.at(count.start - 1) in ("$", "x") or word in ("", ";")


def _word_before_amount(sentence: Sentence, place: int) -> int:
    """The place of the word before "a BMI of" that ends here."""
    i = place - 3
    return i - 1 if sentence.at(i) in ("a", "an", "the", "un", "una", "his", "her", "su") else i


def _measures(sentence: Sentence, place: int) -> bool:
    return any(sentence.at(i) in _AMOUNT_NOUNS for i in range(max(0, place - 3), place + 1))


def _is_subject(sentence: Sentence, count: Count) -> bool:
    """Whether the number stands before "will": it says who, unless it is what is done ("three letters will be sent")."""
    modal = sentence.modal
    if modal is None or count.end > modal:
        return False
    if sentence.at(modal + 1) in ("be", "have", "occur", "happen"):
        return False
    before, _ = _before(sentence, count.start)
    return before > 0 or not sentence.has("event", count.noun)


def _is_nested(sentence: Sentence, count: Count, before: int) -> bool:
    """Whether the number stands two prepositions away from its verb: "in a house on a street with 9 neighbors"."""
    verb = sentence.verb_of(count.start)
    if verb is None or verb > before:
        return False
    if {sentence.at(i) for i in count.noun} & (_OCCASIONS | _UNITS) or "transparent" in sentence.kinds[verb]:
        return False
    between = [sentence.at(i) for i in range(verb + 2, before + 1)]
    return sum(word in _PREPOSITIONS for word in between) > 1


def _is_governed_by_an_unknown(sentence: Sentence, count: Count) -> bool:
    """Whether the verb of the sentence is none that we know as an act: "balance 18 credit hours". Not measurable then."""
    if _addresses(sentence, count):
        return True
    predicate = sentence.predicate
    if predicate is None or predicate >= count.start or sentence.kinds[predicate] & _VERB_KINDS:
        return False
    if count.noun and sentence.at(count.noun[0]) in _UNITS:
        return False
    if any(
        sentence.at(i).startswith(("consecutiv", "seguid", "straight", "row")) for i in range(count.end, count.end + 4)
    ):
        return False
    verb = sentence.verb_of(count.start)
    return verb is None or verb < predicate or (verb == predicate + 1 and sentence.at(verb).endswith("ing"))


def _addresses(sentence: Sentence, count: Count) -> bool:
    """Whether the nearest "to ..." before it is no act: "to address 2 conflicts"."""
    for i in range(count.start - 1, max(0, count.start - 4), -1):
        kinds = sentence.kind_at(i)
        if sentence.at(i - 1) == "to" and "cognitive" in kinds:
            return not kinds & {"act", "transparent", "saying"}
    return False


def _lives(sentence: Sentence, place: int) -> bool:
    """Whether what stands before the preposition is a place or a state: "in a house with 4 roommates", "be with 3 others"."""
    left = sentence.tokens[max(0, place - 6) : place]
    return bool(set(left) & _STATE_VERBS) or any(
        word
        in (
            "home",
            "house",
            "household",
            "unit",
            "class",
            "classroom",
            "dorm",
            "cell",
            "casa",
            "hogar",
            "room",
            "family",
            "team",
            "familia",
            "equipo",
            "apartment",
            "pod",
        )
        for word in left[-1:]
    )
