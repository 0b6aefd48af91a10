"""The plan put into a finished PDF, and taken out again. Off unless asked for; what is printed stays as it was."""

from typing import cast

from generator.blanks.pdf_carried import Carried
from generator.errors import FormUnsupported, PlanNotReadable
from generator.exchange.plan_carried import plan_carried, plan_to_carry
from generator.plan import Plan
from generator.worker import call


def with_plan(pdf: bytes, plan: Plan, passphrase: str = "") -> bytes:
    """The PDF with the plan inside, locked where there is a passphrase. Its pages are read again and must be as before.

    Raises PassphraseWrong for a passphrase too short or too plain, FormUnsupported where the file cannot carry it.
    """
    data = plan_to_carry(plan, passphrase)
    made = cast("bytes", call("carry", pdf, data, bool(passphrase)))
    back = cast("Carried", call("carried", made))
    # What was proven of the document was proven before; so the pages are read again, by the same second engine.
    if back.data != data or call("read-finished", made) != call("read-finished", pdf):
        raise FormUnsupported(
            "The plan cannot be put into this PDF without changing it. Keep the plan's file beside it."
        )
    return made


def carried_of(pdf: bytes) -> Carried:
    """What a PDF carries; without bytes where it carries no plan, or is no PDF."""
    return cast("Carried", call("carried", pdf)) if b"%PDF-" in pdf[:1024] else Carried()


def plan_inside(carried: Carried, passphrase: str = "") -> Plan:
    """The plan in a document. Raises PlanNotReadable where there is none, PassphraseWrong where it stays locked."""
    if not carried.data:
        raise PlanNotReadable(
            "This document carries no plan inside. Read what is printed on it: planscribe read, without --carried"
        )
    return plan_carried(carried.data, passphrase, is_locked=carried.is_locked)
