"""Many people at one server at the same moment: nobody is ever sent a word that another typed.

What counts is what the server sends, not only what the page shows: every frame of the websocket is looked at, every
document that is taken home, and what another's addresses answer.
"""

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect, sync_playwright

from tests.loopback import Loopback
from tests.making import word_text
from tests.serving.running import ARGS, CHROMIUM, Server, server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium"),
]
SCREENS = ("1 Patient", "2 Diagnosis", "3 Plan", "4 Contract", "5 Review", "6 Document")
FIELDS = {"1 Patient": ("First name", "Last name", "Record number"), "2 Diagnosis": ("Presenting problem",)}
MEDIA = re.compile(rb"/media/[0-9a-f]{32}[.\w]*")
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass(eq=False)
class Person:
    """Somebody with a browser of their own. `sent` is all that the server sent them since it was last looked at."""

    page: Page
    canary: str
    screen: str = SCREENS[0]
    home: str = ""
    is_away: bool = False
    sent: list[bytes] = field(default_factory=list)
    media: set[str] = field(default_factory=set)
    own_words: int = 0
    done: dict[str, int] = field(default_factory=dict)

    def listen(self, live: WebSocket) -> None:
        live.on("framereceived", lambda data: self.sent.append(data.encode() if isinstance(data, str) else data))


def come_in(browser: Browser, running: Server, canary: str) -> Person:
    """With the example plan open, and the first field typed over."""
    page = browser.new_context(accept_downloads=True).new_page()
    page.set_default_timeout(90_000)
    person = Person(page, canary)
    page.on("websocket", person.listen)
    page.on("dialog", lambda asked: asked.accept())  # leaving asks first while something is on its way
    page.goto(running.new_address())
    page.get_by_role("button", name="Try with an example").click()
    write(person, "First name")
    wait(person)
    person.home = page.url
    assert "d=" in person.home
    return person


def write(person: Person, label: str) -> None:
    box = person.page.get_by_role("textbox", name=label, exact=True).first
    box.fill(person.canary)
    box.press("Tab")


def wait(person: Person) -> None:
    person.page.wait_for_timeout(100)
    expect(person.page.locator(READY)).to_be_attached(timeout=90_000)


def act(person: Person, people: list[Person], chance: random.Random) -> None:
    """One step of a person, begun and not waited for, so that all of them are at work at once."""
    other = chance.choice([one for one in people if one is not person])
    page = person.page
    kind = chance.choice(("go", "go", "write", "write", "another's address", "another's file", "again", "make"))
    if person.is_away:
        person.is_away, kind = False, "home"
        page.goto(person.home, wait_until="commit")
        person.screen = SCREENS[0]
    elif kind == "write" and person.screen in FIELDS:
        write(person, chance.choice(FIELDS[person.screen]))
    elif kind == "another's address":
        person.is_away = True
        page.goto(other.home, wait_until="commit")
    elif kind == "another's file" and (strange := sorted(other.media - person.media)):
        status = page.evaluate("path => fetch(path).then(answer => answer.status)", chance.choice(strange))
        assert status == 404
    elif kind == "again":
        page.reload(wait_until="commit")
    elif kind == "make" and person.screen == SCREENS[5]:
        page.get_by_role("button", name="Make the document").click()
    else:
        kind = "go"
        person.screen = SCREENS[5] if person.own_words > 2 and chance.random() < 0.2 else chance.choice(SCREENS)
        page.get_by_role("button", name=person.screen).click()
    person.done[kind] = person.done.get(kind, 0) + 1


def look(person: Person, people: list[Person]) -> None:
    """Nothing of another in what was sent, nor in what is shown, or stands in a field."""
    wait(person)
    shown = person.page.evaluate(
        "document.body.innerHTML + [...document.querySelectorAll('input,textarea')].map(e => e.value).join()"
    )
    sent, person.sent = b"".join(person.sent), []
    person.own_words += sent.count(person.canary.encode())
    person.media |= {found.decode() for found in MEDIA.findall(sent)}
    for other in people:
        if other is not person:
            assert other.canary not in shown
            assert other.canary.encode() not in sent
    if person.is_away:
        assert "There is no plan here at this address" in shown


def take_home(person: Person, people: list[Person]) -> None:
    """A document of everybody's own: their word in it, and nobody else's."""
    page = person.page
    page.get_by_role("button", name=SCREENS[5]).click()
    wait(person)
    page.get_by_role("button", name="Make the document").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download Word").click(timeout=120_000)
    text = word_text(Path(waiting.value.path()).read_bytes())
    assert person.canary in text
    assert not [one for one in people if one is not person and one.canary in text]


@pytest.mark.parametrize(("people", "steps"), [(4, 6), pytest.param(20, 30, marks=pytest.mark.slow)])
def test_no_session_is_ever_sent_what_another_typed(tmp_path: Path, people: int, steps: int):
    chance, place = random.Random(7), Loopback()
    with server(tmp_path, place=place) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place.program(tmp_path, CHROMIUM), args=ARGS)
        everyone: list[Person] = []
        for n in range(people):
            everyone.append(come_in(browser, running, f"Canary{n:02d}x"))
        for _ in range(steps):
            for person in chance.sample(everyone, people):
                act(person, everyone, chance)
            for person in everyone:
                look(person, everyone)
        for person in everyone:
            person.page.goto(person.home)
            person.is_away = False
            wait(person)
            person.page.get_by_role("button", name=SCREENS[0]).click()
            expect(person.page.get_by_role("textbox", name="First name", exact=True).first).to_have_value(
                person.canary, timeout=30_000
            )
        for person in everyone[: max(1, people // 4)]:
            take_home(person, everyone)
        for person in everyone:
            look(person, everyone)
            assert person.own_words, "what the server sends was seen: a person's own word came back"
        browser.close()
    place.close()
    assert sum(sum(person.done.values()) for person in everyone) == people * steps
    assert all(any(kind in person.done for person in everyone) for kind in ("go", "write", "another's address"))
