"""The plan checked again, when it has changed since: every rerun asks, and most reruns change nothing."""

from datetime import date

from generator.agency import read_agency
from generator.app.session import Draft
from generator.rules import check


def look_again(draft: Draft) -> None:
    """Bring `draft.findings` up to date with the plan, the language and the day.

    The agency's own rules are read at a screen's full run only when one of these changed: they are edited in files.
    """
    asked = (id(draft.plan), draft.version, draft.language, date.today(), draft.is_open)
    if draft.checked == asked:
        return
    draft.findings = (
        check(draft.plan, read_agency().context(as_of=date.today(), language=draft.language)) if draft.is_open else ()
    )
    draft.checked = asked
