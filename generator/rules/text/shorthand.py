"""Chart shorthand written out, so that the judgement reads words: "w/in 90d", "↓", "BID", "c/semana"."""

import re

_WORDS = {
    "w/in": "within", "w/i": "within", "w/o": "without", "w/": "with ", "b/c": "because", "c/": "cada ",
    "↑": " increase ", "↓": " decrease ", "incr.": "increase", "dec.": "decrease", "decr.": "decrease",
    "qd": "daily", "qday": "daily", "q day": "daily", "bid": "twice daily", "tid": "three times daily",
    "qid": "four times daily", "qhs": "nightly", "qod": "every other day", "qwk": "weekly", "q wk": "weekly",
    "q week": "weekly", "q shift": "every shift", "prn": "as needed", "appt": "appointment", "appts": "appointments",
    "mtg": "meeting", "mtgs": "meetings", "hw": "homework",
}  # fmt: skip
_SPANISH_ARROWS = {"↑": " aumentar ", "↓": " reducir "}
_SHORT = re.compile(
    r"(?<![\w/])(?:w/in|w/i|w/o|w/|b/c|c/(?=\s*[^\W\d])|incr\.|decr?\.(?=\s+[a-z])|(?:q ?(?:day|wk|week)|qd|bid|tid|qid|qhs|qod|q shift|prn|appts?|mtgs?|hw)\b)"
    r"|[↑↓]",
    re.IGNORECASE,
)
_STUCK = re.compile(r"(?<=\d)(?=(?:d|wks?|mos?|yrs?|hrs?|mins?|x|sem)\b)", re.IGNORECASE)
_PIECES = ("/", "↑", "↓", "decr", "dec.", "incr", " q", "qd", "qid", "bid", "tid", "prn", "appt", "mtg", "hw")
_DIGIT_LETTER = re.compile(r"\d[dwmyhxs]", re.IGNORECASE)


def write_out(statement: str, language: str) -> str:
    """The sentence with its shorthand as words; one without any comes back as it is."""
    low = statement.lower()
    if not any(piece in low for piece in _PIECES) and not _DIGIT_LETTER.search(low):
        return statement
    arrows = _SPANISH_ARROWS if language == "es" else {}

    def said(match: re.Match[str]) -> str:
        short = match[0].lower()
        return arrows.get(short) or _WORDS[short]

    return _STUCK.sub(" ", _SHORT.sub(said, statement))
