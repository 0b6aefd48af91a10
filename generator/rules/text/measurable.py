"""Whether a sentence can be counted by its own words."""

import re

_DEADLINE = re.compile(
    r"\d{4}-\d{2}(-\d{2})?|\d{1,2}/\d{1,2}(/\d{2,4})?"
    r"|\b(by|before|until|within|in|antes d\w+|para|dentro de)\s+(the\s+|el\s+)?(next\s+)?\d*\s*"
    r"(days?|weeks?|months?|years?|d[ií]as?|semanas?|meses|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(\s+\d{1,4})?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|once|twice|daily|every|each(?! other)|all|no(?! longer)|zero|without any"
    r"|cero|cada|todos|todas|diario|diaria|una vez|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|ning[uú]n)\b",
    re.IGNORECASE,
)


def has_count(statement: str) -> bool:
    """Whether a number or a word of number is left once dates and deadlines are taken out."""
    return _COUNT.search(_DEADLINE.sub(" ", statement)) is not None
