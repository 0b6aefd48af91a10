"""The first journey without a mouse: every step is reached with Tab, in the order of reading, and does its work with Enter."""

from pathlib import Path

from playwright.sync_api import Page

from tests.app.test_journey import quiet
from tests.making import word_text

_NAME = """
() => {
  let one = document.activeElement;
  while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
  if (!one || one === document.body) return "";
  return (one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || "").trim();
}
"""


def focused(page: Page) -> str:
    """The words by which a screen reader calls what has the focus."""
    return str(page.evaluate(_NAME))


def tab_to(page: Page, words: str, most: int = 45) -> list[str]:
    """Press Tab until `words` has the focus; what was passed on the way."""
    passed: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1].startswith(words):
            return passed
    raise AssertionError(f"{words} is not reached with Tab: {passed}")


def enter(page: Page) -> None:
    page.keyboard.press("Enter")
    quiet(page)


def test_the_first_journey_is_done_with_the_keyboard_alone(page: Page):
    tab_to(page, "New plan")
    enter(page)
    page.get_by_role("textbox", name="First name").wait_for()
    # Between two fields there is at most what is said about the first: the next field is never far.
    for label, text in (
        ("First name", "Ana"),
        ("Last name", "Solís"),
        ("Date of birth", "3/2/1958"),
        ("Record number", "R-7"),
    ):
        tab_to(page, label, most=60 if label == "First name" else 4)
        assert focused(page).startswith(label)
        page.keyboard.type(text)
        page.wait_for_timeout(200)
    for step in ("Diagnosis", "Plan", "Contract", "Review", "Document"):
        tab_to(page, f"Next: {step}", most=90)
        enter(page)
        page.get_by_role("button", name=f"Back: {_before(step)}").wait_for()
    tab_to(page, "Make the document")
    enter(page)
    page.get_by_text("answers visible").wait_for(timeout=60_000)
    quiet(page)
    tab_to(page, "Download Word")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    made = word_text(Path(waiting.value.path()).read_bytes())
    assert "Ana Solís" in made
    assert "03/02/1958" in made


def _before(step: str) -> str:
    steps = ("Patient", "Diagnosis", "Plan", "Contract", "Review", "Document")
    return steps[steps.index(step) - 1]
