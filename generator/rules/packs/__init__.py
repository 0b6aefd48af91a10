"""Rule packs: an agency's own rules, and other weights for ours, without code.

    pack: harbor-light
    define:
      is_group: this.method == "group"
    rules:
      - id: hl-group-size
        each: problems[].goals[].objectives[].interventions[]
        when: is_group
        require: this.session_minutes <= 90
        severity: warning
        message: A group lasts at most 90 minutes here.
        source: Harbor Light policy 4.2
    changes:
      - rule: fewer-than-three-goals
        severity: error
      - rule: reading-grade-high
        severity: off
        because: Our contract's wording is set by the county.

A pack only tightens, unless a change says why (`because`). Conditions are data, not code: see `condition`.
"""

from generator.rules.packs.pack import RulePack, read_pack

__all__ = ["RulePack", "read_pack"]
