"""What is typed is never lost: a field is left in every way there is, and its text is there afterwards."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Server, enter, fill, quiet, step, unlock
from tests.serving.running import server as server_with_script

TEXT = "Núñez & <sons>\\ two"
_AREA = "Attendance"
_OPTION = "Involuntary"

FIELDS = {"text": ("1 Patient", "Last name"), "area": ("4 Contract", _AREA), "select": ("1 Patient", "Legal status")}
_WAYS = ("click", "tap", "shortcut", "Enter", "link", "Back", "F5", "killed")
_SHORT = (  # the whole matrix is slow
    *(("text", way) for way in ("click", "shortcut", "Back", "F5", "killed")),
    ("area", "shortcut"), ("area", "F5"), ("select", "F5"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        pytest.param(kind, way, marks=() if (kind, way) in _SHORT else pytest.mark.slow)
        for kind in FIELDS
        for way in _WAYS
    ],
)
def test_text_is_there_after_leaving_its_field_by(kind: str, way: str, one_page: Page, vault_server: Server):
    page, (screen, _) = one_page, FIELDS[kind]
    step(page, "planscribe")
    step(page, "New plan")
    step(page, "2 Diagnosis")
    step(page, screen)
    _type(page, kind)
    _leave(page, way, vault_server)
    if way in ("F5", "link", "killed"):
        unlock(page)
    page.get_by_role("button", name=screen).click()
    expect(_field(page, kind)).to_have_value(_OPTION if kind == "select" else TEXT)


@pytest.fixture(scope="module")
def one_page(browser, vault_server: Server) -> Iterator[Page]:
    """One page for all ways, since a browser's first look at the page takes seconds; each way has a new plan."""
    page = enter(browser, vault_server, has_touch=True)
    unlock(page)
    yield page
    page.context.close()


def _field(page: Page, kind: str) -> Locator:
    label = FIELDS[kind][1]
    if kind == "select":
        return page.get_by_role("combobox", name=re.compile(label)).first
    return page.get_by_role("textbox", name=label, exact=True).first


def _type(page: Page, kind: str) -> None:
    field = _field(page, kind)
    field.click()
    if kind == "select":
        page.keyboard.type(_OPTION)
        page.keyboard.press("Enter")
    else:
        page.keyboard.type(TEXT)


def _leave(page: Page, way: str, server: Server) -> None:
    if way == "click":
        page.get_by_role("button", name="2 Diagnosis").click()
    elif way == "tap":
        page.get_by_role("button", name="2 Diagnosis").tap()
    elif way == "shortcut":
        page.keyboard.press("Alt+n")
    elif way == "Enter":
        page.keyboard.press("Control+Enter")
    elif way == "link":
        # A link of the browser's own, as a bookmark is: the page goes away with the press.
        here = page.url
        page.evaluate("""() => {
            const link = Object.assign(document.createElement("a"), {href: "/favicon.png", id: "out", textContent: "out"});
            link.style = "position: fixed; top: 0; left: 0; z-index: 1000000; padding: 1rem";
            document.body.append(link);
        }""")
        page.locator("#out").click()
        page.wait_for_url("**/favicon.png")
        page.goto(here)
    elif way == "Back":
        page.go_back()
        page.locator('.st-key-step-diagnosis button[kind="primary"]').wait_for()
    elif way == "F5":
        page.wait_for_timeout(2500)
        page.reload()
    else:
        page.wait_for_timeout(2500)
        here = page.url
        server.kill_and_start_again()
        page.goto(server.address())
        page.get_by_role("button", name="Lock").wait_for()
        page.goto(here)


def test_the_caret_stays_and_nothing_is_written_over_while_somebody_types_in_bursts(kept_page: Page):
    page = kept_page
    step(page, "New plan")
    field = page.get_by_role("textbox", name="First name", exact=True)
    field.click()
    for part, pause in (("Ma", 1600), ("ría", 1550), (" del", 1700), (" Mar", 0)):
        page.keyboard.type(part, delay=30)
        page.wait_for_timeout(pause)
    expect(field).to_be_focused()
    expect(field).to_have_value("María del Mar")
    page.keyboard.press("Home")
    page.keyboard.type("X")
    page.wait_for_timeout(2600)
    page.keyboard.type("Y")
    expect(field).to_have_value("XYMaría del Mar")


_SLOW = """
import time, generator.app.parts.fields as fields
was = fields.below
def below(*given):
    time.sleep(0.01)
    return was(*given)
fields.below = below
from generator.cli import main
main()
"""


def test_the_first_name_never_comes_back_empty_however_fast_somebody_goes_to_and_fro(browser, tmp_path, loopback):
    # Seen once: a run that drew the field was cut short by the next press, the browser began with an empty text, and
    # the next run took that for something typed. A slow page is cut short often.
    with server_with_script(tmp_path, _SLOW, place=loopback) as running:
        page = browser.new_context().new_page()
        page.goto(running.first)
        page.get_by_role("button", name="New plan").click(timeout=60_000)
        first = page.get_by_role("textbox", name="First name", exact=True)
        for n in range(5):
            first.wait_for(timeout=30_000)
            first.fill(f"Ana{n}")
            page.evaluate(
                """async gaps => {
                    const go = (n) => [...document.querySelectorAll('button')].find(b => b.innerText.startsWith(n)).click();
                    for (const gap of gaps) {
                        go(gap % 2 ? '2 ' : '1 ');
                        await new Promise(done => setTimeout(done, gap));
                    }
                    go('1 ');
                }""",
                [(5, 20, 45), (31, 60, 15, 80), (7, 110, 33, 90), (11, 150, 61, 20), (3, 4, 5, 6)][n],
            )
            quiet(page)
            expect(first).to_have_value(f"Ana{n}", timeout=15_000)
            page.wait_for_timeout(300)
            expect(first).to_have_value(f"Ana{n}")
        page.context.close()


def test_two_windows_on_one_field_are_told_with_both_values_and_the_choice_is_kept(browser, vault_server: Server):
    one = enter(browser, vault_server)
    unlock(one)
    step(one, "New plan")
    fill(one, "First name", "Ana")
    other = one.context.new_page()
    other.goto(one.url)
    expect(other.get_by_role("textbox", name="First name", exact=True)).to_have_value("Ana")
    fill(other, "First name", "Anna")
    fill(other, "Last name", "Ruiz")
    fill(one, "First name", "Hannah")
    told = one.locator(".st-key-clashes")
    expect(told).to_contain_text("Hannah")
    expect(told).to_contain_text("Anna")
    expect(one.get_by_role("textbox", name="Last name", exact=True)).to_have_value("Ruiz")
    expect(one.get_by_role("textbox", name="First name", exact=True)).to_have_value("Anna")
    step(one, "Keep mine")
    expect(told).to_have_count(0)
    expect(one.get_by_role("textbox", name="First name", exact=True)).to_have_value("Hannah")
    other.reload()
    expect(other.get_by_role("textbox", name="First name", exact=True)).to_have_value("Hannah")
    one.context.close()


def test_leaving_asks_first_only_while_something_typed_is_not_kept(page: Page):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    step(page, "New plan")
    page.get_by_role("textbox", name="First name", exact=True).click()
    page.reload()
    assert asked == []
    page.get_by_role("textbox", name="First name", exact=True).click()
    page.keyboard.type("Ana")
    page.wait_for_timeout(2500)
    page.reload()
    assert asked == ["beforeunload"]
    # A one-off is with its session, so that a reload brings it back all the same.
    expect(page.get_by_role("textbox", name="First name", exact=True)).to_have_value("Ana")
