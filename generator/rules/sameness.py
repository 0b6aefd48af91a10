"""The same text in two places: within the plan, in another patient's plan, under several objectives."""

from collections import defaultdict
from collections.abc import Iterator

from generator.rules.engine import Fault, rule
from generator.rules.others import names_in, without_names
from generator.rules.text.likeness import nearest_of
from generator.rules.view import View

_ALIKE = 0.9


@rule("text-repeated")
def text_repeated(view: View) -> Iterator[Fault]:
    """No statement stands twice in the plan, nor nearly so in another patient's plan. That patient is never named."""
    placed = [(f"{one.path}.statement", one.it.statement or "") for one in view.all_goals]
    placed += [(f"{one.path}.statement", one.it.statement or "") for one in view.all_objectives]
    groups: dict[str, list[str]] = defaultdict(list)
    for path, text in placed:
        if bare := view.bare(text):
            groups[bare].append(path)
    others = [statement for other in view.context.others for statement in other.statements]
    own = names_in(text for text in view.texts if text.is_person) if others else frozenset()
    for path, text in placed:
        alike = groups.get(view.bare(text), ())
        if len(alike) > 1:
            first = alike[0] if alike[0] != path else alike[1]
            yield Fault(path, "The same text stands at {where}.", {"where": first})
            continue
        nameless = without_names(text, own) if others else ""
        near = nearest_of(nameless, others, _ALIKE) if nameless else None
        if near is not None:
            yield Fault(
                path, "This text is {percent} % the same as one in another client's plan.", {"percent": int(near * 100)}
            )


@rule("intervention-pasted")
def intervention_pasted(view: View) -> Iterator[Fault]:
    """No description stands under three or more objectives, or under both of two."""
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for objective in view.live_objectives:
        for one in view.interventions_of(objective):
            text = view.bare(one.it.description)
            if text:
                places[text].setdefault(objective.path, f"{one.path}.description")
    enough = 2 if len(view.all_objectives) == 2 else 3
    for under in places.values():
        if len(under) >= enough:
            for path in under.values():
                yield Fault(path, "The same intervention is pasted under {count} objectives.", {"count": len(under)})
