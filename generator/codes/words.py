"""The words of a text, as the index and a query both see them."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset("a an and as at by due for from in into is of on or other the to with".split())


def words_of(text: str) -> list[str]:
    """Lower-case words without accents, small words left out, possessives joined (`Alzheimer's` is `alzheimers`)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return [word for word in _WORD.findall(plain) if word not in _SMALL]
