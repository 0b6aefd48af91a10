"""The model of a treatment plan. A plan may be unfinished: whether it is good enough is for the rules."""

from generator.plan.plan import SCHEMA, Plan

__all__ = ["SCHEMA", "Plan"]
