"""No finding of axe on any screen: light and dark, wide and on a phone. axe is the independent reader."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.app.conftest import Server
from tests.app.test_journey import quiet

STEPS = ("1 Patient", "2 Diagnosis", "3 Plan", "4 Contract", "5 Review", "6 Document")
BESIDE = ("Own form", "Forms", "Stationery", "Many people at once", "Progress", "Next review")
# Streamlit's own drop zone is a section with role=presentation and tabindex=-1; nothing of ours can change it.
RULES = {"presentation-role-conflict": {"enabled": False}}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


_SLOW = pytest.mark.slow
_LOOKS = [
    pytest.param(("light", 1280), id="light-1280"),
    pytest.param(("dark", 1280), id="dark-1280", marks=_SLOW),
    pytest.param(("light", 390), id="light-390", marks=_SLOW),
]


@pytest.fixture(params=_LOOKS)
def themed(browser: Browser, server: Server, request) -> Iterator[Page]:
    theme, wide = request.param
    context = browser.new_context(viewport={"width": wide, "height": 1000}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    page.goto(server.address())
    page.get_by_role("button", name="New plan").wait_for()
    yield page
    context.close()


def test_no_screen_has_a_finding_of_axe(themed: Page):
    found = _findings(themed, "Start")
    go(themed, "Try with an example")
    for step in STEPS:
        go(themed, step)
        if step == "6 Document":
            go(themed, "Make the document")
            themed.get_by_text("page 1 of").wait_for(timeout=60_000)
        found += _findings(themed, step)
    for name in BESIDE:
        go(themed, "planscribe")
        go(themed, name)
        found += _findings(themed, name)
    assert not found, "\n".join(found)


def go(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=name in BESIDE).first.click()
    quiet(page)


def _findings(page: Page, screen: str) -> list[str]:
    page.wait_for_timeout(400)
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES})
    return [
        f"{screen}: {one['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in answer.response["violations"]
        for node in one["nodes"]
    ]
