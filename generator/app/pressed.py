"""Which press counts where somebody pressed for two screens before the page could answer: the last one.

Streamlit puts presses that wait into one run and calls what belongs to them one after the other, the newest first
(`tests/app/test_presses.py` asks it). So the first call of a run counts.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx

from generator.app.session import Draft


def press(here: Draft, screen: str) -> None:
    """A button that leads to another screen was pressed."""
    context = get_script_run_ctx()
    run = context.cursors if context is not None else object()  # made anew for each run
    if here.pressed_in is not run:
        here.pressed_in = run
        here.go(screen)
