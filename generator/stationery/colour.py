"""Colours as RRGGBB, and whether they can be read on white (WCAG 2.2, 1.4.3)."""

import re

_NAMES = {
    "black": "000000", "blue": "0000FF", "navy": "000080", "green": "008000", "teal": "008080", "red": "FF0000",
    "maroon": "800000", "purple": "800080", "orange": "FFA500", "yellow": "FFFF00", "gray": "808080", "grey": "808080",
}  # fmt: skip
_ENOUGH = 4.5


def read_colour(text: str) -> str | None:
    """RRGGBB from #1f5f8b, 1F5F8B, #abc or a common name; None where it is none of these."""
    plain = text.strip().removeprefix("#")
    if re.fullmatch(r"[0-9A-Fa-f]{6}", plain):
        return plain.upper()
    if re.fullmatch(r"[0-9A-Fa-f]{3}", plain):
        return "".join(char * 2 for char in plain).upper()
    return _NAMES.get(plain.lower())


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of a colour to white, from 1 to 21."""
    return 1.05 / (_luminance(colour) + 0.05)


def legible(colour: str) -> str:
    """The colour, or the same one darkened until it has a contrast of 4.5 to white."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    factor = 1.0
    out = colour
    while contrast_with_white(out) < _ENOUGH:
        factor -= 0.02
        out = "".join(f"{round(part * factor):02X}" for part in (red, green, blue))
    return out


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
