"""The page, for `streamlit run streamlit_app.py`."""

from generator.app.main import show

show()
