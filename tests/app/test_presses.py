"""Two screens asked for before the page could answer: the last press counts.

Trap: Streamlit puts presses that wait into one run; called in that order, the older one would come last and win.
"""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType

from generator.app import pressed
from generator.app.session import Draft


def asking(name: str) -> RerunData:
    states = WidgetStates()
    one = states.widgets.add()
    one.id, one.trigger_value = name, True
    return RerunData(widget_states=states)


def test_streamlit_puts_the_newest_of_the_presses_that_wait_first():
    waiting = ScriptRequests()
    for name in ("older", "newer", "newest"):
        assert waiting.request_rerun(asking(name))
    request = waiting.on_scriptrunner_ready()
    assert request.type is ScriptRequestType.RERUN
    order = [one.id for one in request.rerun_data.widget_states.widgets]
    assert (order[0], set(order)) == ("newest", {"older", "newer", "newest"})


class Run:
    def __init__(self) -> None:
        self.cursors: dict[object, object] = {}


@pytest.mark.parametrize(("presses", "shown"), [(("plan",), "plan"), (("patient", "diagnosis"), "patient")])
def test_the_newest_press_of_a_run_counts_and_the_next_run_has_its_own(presses, shown, monkeypatch):
    here = Draft()
    for run in (Run(), Run()):
        monkeypatch.setattr(pressed, "get_script_run_ctx", lambda run=run: run)
        here.go("start")
        for screen in presses:
            pressed.press(here, screen)
        assert here.screen == shown
