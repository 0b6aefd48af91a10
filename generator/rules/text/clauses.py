"""Which words of a sentence stand in a clause of their own, that tells why, who, since when or at which moment."""

MOMENT, WHO, EARLIER, WHY = 1, 2, 3, 4
"""Levels of a clause, by what may still be the result after it: after "when ..." a share, a rate or so many times, after
"who ..." a share or so many times, after "after doing ..." a share, after "because ..." nothing."""

_REASONS = frozenset(
    "because since despite although though due given whereas unless regarding concerning causing"
    " leading following after diagnosed resulting stemming considering"
    " porque ya debido aunque pese tras relacionado relacionada dado".split()
)
"""What tells why, who or since when: no number after it is the result."""
_OCCASIONS = frozenset(
    "when whenever if while once until before as cuando si mientras al hasta antes tras siempre".split()
)
"""What tells at which moment: a share or a rate after it still belongs to the act, a bare number does not."""
_WHO = frozenset("who whom whose which where why what how quien quienes cuyo cuya cuyos cuyas donde cómo".split())
"""What tells who, or is asked about: "who calls him", "why his payee limits him"."""
_MODALS = frozenset("will shall should must can may would va van debe deben puede pueden".split())
_SAYING = ("report", "stat", "log", "show", "record", "say", "not", "document", "writ", "rat", "verif", "confirm", "deci", "dirá", "inform", "anot", "registr", "demuestr", "demostr", "muestr")  # fmt: skip
_PARTICIPLES = frozenset("set seen held given taken made known born spent built".split())
_BEFORE_PARTICIPLE = frozenset(
    "is be been being are was were has have had having get gets not and or to will a an the his her their".split()
)
_CHECKED = frozenset(
    "recorded logged marked tracked charted noted signed initialed confirmed counted tallied prompted reminded assisted need needed bed fed shed red"
    " documented reported verified observed scheduled measured tested used completed attended supervised rated scored".split()
)
"""Participles that tell how a result is seen, or what kind of thing is counted."""
_MEANS_TO = frozenset(
    "way ways how need needs desire reason reasons struggle struggles effort efforts pressure urge urges strategies skills tools".split()
)
"""What comes after "ways to" is what they are good for, and not yet done."""
_SUBJECTS = frozenset(
    "the his her their its my our your these those this los las sus mis he she they i it we a an".split()
)
_OPENERS = (
    _OCCASIONS
    | _PARTICIPLES
    | _WHO
    | _REASONS
    | frozenset("having after since following tras that que related secondary like to in".split())
)
"""Every word that a clause can begin with, besides participles in -ed."""


def scenery(tokens: list[str]) -> list[int]:
    """For each token the level of the clause it stands in, or 0 for the sentence itself."""
    level, levels = 0, list[int]()
    for i, token in enumerate(tokens):
        if token in (";", ".", ")", ":") or (token in _MODALS and level and _ends_at_modal(tokens, i)):
            level = 0
        elif token == "," and level:
            level = MOMENT if level > MOMENT and _continues(tokens, i) else 0
        elif (token in _OPENERS or token.endswith("ed")) and (opened := _opens(tokens, i)):
            level = max(level, opened)
        levels.append(level)
    return levels


def _opens(tokens: list[str], i: int) -> int:
    token, before, following = tokens[i], tokens[i - 1] if i else "", tokens[i + 1] if i + 1 < len(tokens) else ""
    if token in _OCCASIONS:
        if token in ("once", "as", "before", "until", "antes", "hasta", "al", "while") and following[:1].isdigit():
            return 0
        return (
            0
            if token in ("once", "as", "al", "hasta", "before", "until", "antes") and not _is_clause(tokens, i)
            else MOMENT
        )
    if token == "having" and before == "," and following.endswith(("ed", "had", "been", "lost", "en")):
        return EARLIER
    if token in ("after", "since") and following.endswith("ing"):
        return EARLIER
    if token in _PARTICIPLES or (token.endswith("ed") and token not in _CHECKED):
        return _opens_at_participle(tokens, i, before, following)
    if token in ("after", "following", "tras", "since"):
        return MOMENT if token in ("after", "tras") else WHY
    if token in _WHO:
        is_shown = before.startswith((*_SAYING, "demonstrat", "teach", "explain"))
        return 0 if is_shown and token in ("how", "cómo", "what") else WHO
    if token in _REASONS:
        return (
            0
            if (token == "ya" and following != "que") or (token == "given" and before in ("is", "when", "are"))
            else WHY
        )
    if token == "that":
        return _opens_at_that(tokens, i, before, following)
    if token == "que":
        is_comparing = before in (
            "más",
            "menos",
            "mejor",
            "tiene",
            "tendrá",
            "tenga",
            "hay",
            "sin",
            "cada",
            "lo",
            "la",
            "el",
            "los",
            "las",
            "vez",
            "veces",
        )
        return 0 if is_comparing or before.startswith(_SAYING) or not before.isalpha() else MOMENT
    if token in ("related", "secondary") and following == "to":
        return WHY
    if token == "like" and following in ("he", "she", "they", "i", "it", "the"):
        return WHY
    if token == "to" and before in _MEANS_TO:
        return MOMENT
    if token == "in" and following == "order":
        return WHY
    return 0


def _opens_at_participle(tokens: list[str], i: int, before: str, following: str) -> int:
    """A clause cut short: "a house shared with nine others", "her psychiatrist, seen monthly"."""
    if before == "," and following in (
        "daily",
        "weekly",
        "monthly",
        "once",
        "twice",
        "every",
        "each",
        "by",
        "at",
        "for",
    ):
        return WHO
    is_after_noun = before.isalpha() and before not in _BEFORE_PARTICIPLE and not before.endswith("ly")
    has_verb = "will" in tokens[:i] and tokens.index("will") < i - 2
    return (
        MOMENT
        if is_after_noun and has_verb and following in ("with", "at", "by", "over", "from", "in", "for", "on", "to")
        else 0
    )


def _opens_at_that(tokens: list[str], i: int, before: str, following: str) -> int:
    if before == "so":
        return WHY
    if before.startswith(_SAYING) or before in ("time", "day", "each", "every", "") or not before.isalpha():
        return 0
    is_subject = following in _SUBJECTS
    is_pronoun = before in ("with", "of", "to", "for", "at", "by", "than", "in", "on", "from")
    return 0 if is_pronoun else MOMENT if is_subject or following.isalpha() else 0


def _is_clause(tokens: list[str], i: int) -> bool:
    """Whether a subject or a verb in -ing follows: "until he is 18", "before turning 18", not "before 9 pm"."""
    following = tokens[i + 1] if i + 1 < len(tokens) else ""
    return following in ("he", "she", "they", "i", "it", "we", "de", "que") or following.endswith(
        ("ing", "ar", "er", "ir")
    )


def _ends_at_modal(tokens: list[str], i: int) -> bool:
    return "will" not in tokens[:i] and "shall" not in tokens[:i]


def _continues(tokens: list[str], i: int) -> bool:
    """Whether a comma goes on with a list of the same clause: a number or an article after it."""
    following = tokens[i + 1] if i + 1 < len(tokens) else ""
    return following[:1].isdigit() or following in ("a", "an", "and", "two", "three", "y", "dos", "tres", "his", "her")
