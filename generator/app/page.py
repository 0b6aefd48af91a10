"""What the launcher's server runs for every session: the check at the door, then the page."""

import streamlit as st

from generator.app import access
from generator.app.main import show
from generator.app.quiet import report

if access.is_gated() and access.session() is None:
    st.stop()
try:
    show()
except Exception as error:  # noqa: BLE001 (the page's last floor: an id and a kind, never the words of an error)
    st.error(
        f"Something went wrong here ({report(error)}). What was saved is safe. These words hold no patient's data."
    )
