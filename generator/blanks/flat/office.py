"""What of a page is for the office, the court or a notary, who write there themselves."""

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import area, middle_in
from generator.slots import Near, Rect


def office_parts(drawing: Drawing) -> list[Rect]:
    """Where the office writes: a box that says so, or what lies under a dark heading that does, as far as its part may go."""
    out = []
    for box in drawing.page.boxes:
        x0, y0, x1, y1 = box.rect
        if area(box.rect) > 0.25 * drawing.page.width * drawing.page.height or x1 - x0 < 40:
            continue
        text = " ".join(w.text for w in drawing.words if middle_in(w.rect, box.rect)).lower()
        is_dark = box.fill is not None and box.fill < 0.4 and y1 - y0 < 26
        if is_dark and ("use" in text.split() or "use:" in text.split()):
            out.append((x0, y0 - 44, x1, y1))
        elif any(said in text for said in ("use only", "office use", "agency use", "uso de la oficina")):
            out.append(box.rect)
    return out


def is_for_the_office(near: Near) -> bool:
    """Whether a place is for the office, court or notary, who write there themselves."""
    text = " ".join((near.left, near.above, near.inside, near.section)).lower()
    return any(
        words in text
        for words in (
            "agency use",
            "office use",
            "court use only",
            "official use",
            "staff use",
            "clerk fills",
            "uso de la oficina",
            "do not write",
            "for irs use",
            "notary",
        )
    )
