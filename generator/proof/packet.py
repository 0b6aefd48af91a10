"""The proof of a packet: every page and every field of its parts is in it, as it was in the part.

Pages are read by PDFium as they would be printed, fields by pypdf; neither joined them.
"""

import io
import logging
from collections.abc import Sequence

import pypdf
from pypdf.errors import PyPdfError

from generator.proof.fields import fields_seen
from generator.proof.nouns import Fault, Proof
from generator.proof.pages import Pages


def prove_packet(data: bytes, parts: Sequence[tuple[str, bytes]]) -> Proof:
    """Look for each page's characters and each field's value, all where they were; `parts` are the prefix of the fields, and the file.

    A fault names the page of the packet, or the field. What is checked is the pages and the fields together.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    whole = Pages(data)
    checked, first = 0, 0
    faults: list[Fault] = []
    try:
        fields = fields_seen(pypdf.PdfReader(io.BytesIO(data)))
        for prefix, part in parts:
            own = Pages(part)
            for n in range(own.count):
                checked += 1
                if own.placed(n) - whole.placed(first + n):
                    faults.append(Fault(f"page {first + n + 1}", "the packet does not show all of this page"))
            for name, seen in fields_seen(pypdf.PdfReader(io.BytesIO(part))).items():
                checked += 1
                there = fields.get(f"{prefix}.{name}")
                moved = tuple((one.page + first, one.rect, one.state, one.is_hidden) for one in seen.widgets)
                kept = tuple((one.page, one.rect, one.state, one.is_hidden) for one in there.widgets) if there else ()
                if there is None or there.value != seen.value or moved != kept:
                    faults.append(Fault(f"{prefix}.{name}", "the packet does not hold this field as it was"))
            first += own.count
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return Proof(max(checked, 1), (Fault("the packet", "it cannot be read"),), whole.count)
    if first != whole.count:
        faults.append(Fault("the packet", "it has another number of pages than its parts"))
    return Proof(checked, tuple(faults), whole.count)
