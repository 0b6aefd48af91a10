"""Where a line may break between signs that have no blank between them: Chinese, Japanese, Korean.

See Unicode Standard Annex 14 (line breaking) and JIS X 4051: no line begins with a closing sign or a small kana, none ends
with an opening one.
"""

import unicodedata

_NOT_FIRST = frozenset(
    "、。，．：；！？）」』】〕〉》〗〙〛｠”’％‰℃°…‥ー々ゝゞ・ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;!?)]}%｡｣､･"
)
_NOT_LAST = frozenset("（「『【〔〈《〖〘〚｟“‘＄￥￡([{｢$¥£")


def pieces(word: str) -> tuple[str, ...]:
    """A word in the pieces between which a line may break; a word of other scripts is one piece."""
    out: list[str] = []
    for char in word:
        if out and not _may_break(out[-1], char):
            out[-1] += char
        else:
            out.append(char)
    return tuple(out) or ("",)


def _may_break(before: str, char: str) -> bool:
    if char in _NOT_FIRST or before[-1] in _NOT_LAST or unicodedata.combining(char):
        return False
    return _is_ideographic(char) or _is_ideographic(before[-1])


def _is_ideographic(char: str) -> bool:
    return ord(char) >= 0x2E80 and unicodedata.east_asian_width(char) in "WF" and char.isprintable()
