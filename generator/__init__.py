"""planscribe: treatment-plan paperwork, filled, checked and proven. This is the public face, and nothing else.

Five functions do the work: `read_plan`, `check`, `make_document`, `make_packet` and `next_review`; `docs/api.md` tells
each with an example. The rest are the nouns they take and give, and a few for measuring and for other programs.

>>> from generator import Plan, check
>>> 'patient-name-missing' in {finding.rule for finding in check(Plan())}
True
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.blank_file import find_flat_fields
    from generator.errors import GeneratorError
    from generator.exchange.plan_file import read_plan, write_plan
    from generator.make import Document, Options, make_document
    from generator.make_pdf import fill_pdf_fields
    from generator.packet import Packet, make_packet
    from generator.plan import Plan
    from generator.review import Answers, Decided, NextReview, next_review
    from generator.rules import Context, check

_HOMES = {
    "Answers": "generator.review",
    "Context": "generator.rules",
    "Decided": "generator.review",
    "Document": "generator.make",
    "GeneratorError": "generator.errors",
    "NextReview": "generator.review",
    "Options": "generator.make",
    "Packet": "generator.packet",
    "Plan": "generator.plan",
    "check": "generator.rules",
    "fill_pdf_fields": "generator.make_pdf",
    "find_flat_fields": "generator.blank_file",
    "make_document": "generator.make",
    "make_packet": "generator.packet",
    "next_review": "generator.review",
    "read_plan": "generator.exchange.plan_file",
    "write_plan": "generator.exchange.plan_file",
}

__all__ = [
    "Answers",
    "Context",
    "Decided",
    "Document",
    "GeneratorError",
    "NextReview",
    "Options",
    "Packet",
    "Plan",
    "check",
    "fill_pdf_fields",
    "find_flat_fields",
    "make_document",
    "make_packet",
    "next_review",
    "read_plan",
    "write_plan",
]


def __getattr__(name: str) -> object:
    """Each name is fetched from its home when it is first asked for, so that `import generator` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"generator has no {name}")
    return getattr(import_module(_HOMES[name]), name)
