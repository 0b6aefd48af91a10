"""The person in the plan: strengths, barriers, how they took part, their copy; and no other person's name."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.others import whole_word
from generator.rules.text.likeness import normalised
from generator.rules.texts import Text, name_words
from generator.rules.view import View, entries, has_entry
from generator.rules.words import N_

# Who may stand before "will" without being a name: the words of the rule, and the roles of staff.
_NOT_NAMES = frozenset(
    """client patient pt resident member participant child youth student family couple he she they i we the staff
    therapist counselor counsellor clinician nurse psychiatrist psychologist doctor physician prescriber provider
    supervisor team program agency coach specialist manager worker nursing
    cliente paciente ella él terapeuta consejero consejera psiquiatra psicólogo psicóloga médico médica enfermero
    enfermera equipo personal supervisor supervisora""".split()
)
_STARTS = re.compile(r"^[\W_]*([^\W\d_][\w'’\-]*)\s+(?:will\b|\w*r(?:á|án)\b)")


@rule("other-patient-name")
def other_patient_name(view: View) -> Iterator[Fault]:
    """No other patient's name strayed into the plan. The message says where the word stands, and never the word."""
    own = view.names
    seen: set[str] = set()
    strays = {name for other in view.context.others for name in other.names} | set(view.plan.other_patient_names)
    wanted = [name.strip() for name in strays if len(name.strip()) > 1 and not set(name_words(name)) <= own]
    if wanted:
        for text, match in view.texts_with(whole_word(wanted), *(name.lower() for name in wanted)):
            if text.is_name:
                continue
            seen.add(text.path)
            yield Fault(
                text.path, "Word {place} of this text is the name of another client.",
                {"place": len(text.value[: match.start()].split()) + 1},
            )  # fmt: skip
    name = view.plan.patient.name
    if is_blank(name.first) and is_blank(name.last):
        return
    stated = [Text(f"{one.path}.statement", "", one.it.statement or "") for one in view.all_goals]
    stated += [Text(f"{one.path}.statement", "", one.it.statement or "") for one in view.all_objectives]
    for text in stated:
        if text.path not in seen and _begins_with_a_stray_name(text.value, own):
            yield Fault(text.path, "This begins with a name that stands nowhere else in the plan.")


def _begins_with_a_stray_name(statement: str, own: frozenset[str]) -> bool:
    match = _STARTS.match(statement)
    if match is None or not match[1][0].isupper():
        return False
    word = next(iter(name_words(match[1])), "")
    return word not in own and word not in _NOT_NAMES


_SNAP = {
    "strengths": N_("The strengths are missing."),
    "needs": N_("The needs are missing."),
    "abilities": N_("The abilities are missing."),
    "preferences": N_("The preferences are missing."),
}


@rule("strengths-inventory-incomplete")
def strengths_inventory_incomplete(view: View) -> Iterator[Fault]:
    """A strength, a need, an ability and a preference are there."""
    for key, said in _SNAP.items():
        if not has_entry(getattr(view.plan.snap, key)):
            yield Fault(f"snap.{key}", said)


_NONE = {"none", "ninguna", "ninguno"}


@rule("barriers-missing")
def barriers_missing(view: View) -> Iterator[Fault]:
    """A barrier and what will be done about it; or the word none."""
    barriers = view.plan.barriers
    texts = [barriers] if isinstance(barriers, str) else []
    if isinstance(barriers, list):
        if any(not is_blank(one.it.barrier) and not is_blank(one.it.plan) for one in entries("", barriers)):
            return
        texts += [one.instead for one in barriers if isinstance(one.instead, str)]
        texts += [one.barrier for one in barriers if one.barrier]
    if not any(_NONE & set(normalised(text).split()) for text in texts):
        yield Fault("barriers")


@rule("participation-missing")
def participation_missing(view: View) -> Iterator[Fault]:
    """How the person took part, or why not."""
    took = view.plan.participation
    if is_blank(took.statement) and is_blank(took.refusal_reason):
        yield Fault("participation.statement")
    elif normalised(took.level or "") in ("refused", "unable", "none") and is_blank(took.refusal_reason):
        yield Fault("participation.refusal_reason", "The client did not take part, and nothing says why.")


@rule("agreement-not-recorded")
def agreement_not_recorded(view: View) -> Iterator[Fault]:
    """Whether the person agrees, and if not, why."""
    took = view.plan.participation
    if took.agreement is None:
        yield Fault("participation.agreement")
    elif took.agreement in ("partly", "disagree") and is_blank(took.refusal_reason):
        yield Fault(
            "participation.refusal_reason", "The client does not fully agree, and nothing says why.",
            mend="Write the reason in the client's words.",
        )  # fmt: skip


@rule("copy-not-given")
def copy_not_given(view: View) -> Iterator[Fault]:
    """The person was offered a copy and got it."""
    took = view.plan.participation
    if took.copy_offered is not True:
        yield Fault("participation.copy_offered", "Nothing says that the client was offered a copy.")
    if took.copy_given_on is None:
        yield Fault("participation.copy_given_on", "Nothing says when the client got the copy.")
