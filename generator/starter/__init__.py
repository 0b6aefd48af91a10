"""The starter library: problem areas with goals, objectives, measures and interventions, to begin a plan with.

Its texts have fill-ins such as {target}. A line is used only when every one of its fill-ins is answered for the person,
so that nobody's plan is a copy of the library. The library of forms is `library`.
"""

from generator.starter.areas import (
    Area,
    StarterGoal,
    StarterObjective,
    areas,
    fill_ins_of,
    find,
    question,
    questions,
    search,
)
from generator.starter.insert import Choice, Inserted, insert
from generator.starter.unmet import (
    PlacedObjective,
    add_if_not_met,
    area_of,
    find_objective,
    if_not_met,
    unmet_objectives,
)

__all__ = [
    "Area",
    "Choice",
    "Inserted",
    "PlacedObjective",
    "StarterGoal",
    "StarterObjective",
    "add_if_not_met",
    "area_of",
    "areas",
    "fill_ins_of",
    "find",
    "find_objective",
    "if_not_met",
    "insert",
    "question",
    "questions",
    "search",
    "unmet_objectives",
]
