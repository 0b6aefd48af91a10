"""Interventions."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View

_NO_FREQUENCY = ("as needed", "prn", "según necesidad")


@rule("intervention-without-frequency")
def intervention_without_frequency(view: View) -> Iterator[Fault]:
    """How often: a number above zero, and per what; as needed is no frequency."""
    for one in view.active_interventions:
        count, per = one.it.frequency.count, (one.it.frequency.per or "").strip().lower()
        if not view.is_formal and count is None:
            continue
        if count is None or count <= 0 or (view.is_formal and (not per or per in _NO_FREQUENCY)):
            yield Fault(f"{one.path}.frequency")


@rule("intervention-without-duration")
def intervention_without_duration(view: View) -> Iterator[Fault]:
    """For how long: a number above zero, and a unit."""
    for one in view.active_interventions:
        if (one.it.duration.n or 0) <= 0 or is_blank(one.it.duration.unit):
            yield Fault(f"{one.path}.duration")


@rule("intervention-without-named-staff")
def intervention_without_named_staff(view: View) -> Iterator[Fault]:
    """Who does it: somebody of the staff with name and credential."""
    named = {m.id for m in view.plan.staff if m.id and not is_blank(m.name) and not is_blank(m.credential)}
    for one in view.active_interventions:
        who = one.it.responsible_staff
        if is_blank(who) and not view.is_formal:
            continue
        if who not in named:
            yield Fault(f"{one.path}.responsible_staff")
