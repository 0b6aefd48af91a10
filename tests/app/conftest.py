"""One real server and one real browser for the tests of the page."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.loopback import AS_IT_IS, Loopback
from tests.store.making import PASSPHRASE, new_vault

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


OURS = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
ASKED: set[str] = set()
"""Every address that a page of these tests asked for."""


class Server:
    """A server of this session's own. Each address that it gives opens the page once."""

    def __init__(self, home: Path, place: Loopback = AS_IT_IS) -> None:
        self.home, self.port, self.place = home, 0, place
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self.place.inside(sys.executable, "-m", "generator", "app", "--no-browser", "--port", str(self.port)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PLANSCRIBE_HOME": str(self.home)},
        )
        self.port = int(self._said().split(":")[2].split("/")[0])
        self.place.wait_for(self.port)

    def kill_and_start_again(self) -> None:
        """As when the power fails: nothing is said to it before. It comes back at the same address."""
        self._process.kill()
        self._process.wait(timeout=20)
        self._start()

    def address(self) -> str:
        """A new address, as for a person who presses Enter in the terminal."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._said()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    def _said(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+\S*", line)
            if found:
                return found[0]
        raise AssertionError("the server gave no address")


@pytest.fixture(scope="package")
def loopback() -> Iterator[Loopback]:
    """Where servers and browser live: a network with nothing in it but its loopback, where the system gives one."""
    place = Loopback()
    yield place
    place.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory, loopback: Loopback) -> Iterator[Server]:
    """One server that keeps nothing of this machine's own planscribe."""
    started = Server(tmp_path_factory.mktemp("home"), loopback)
    yield started
    started.stop()


@pytest.fixture(scope="package")
def vault_server(tmp_path_factory, loopback: Loopback) -> Iterator[Server]:
    """A server with a vault, locked; its passphrase is `PASSPHRASE`."""
    home = tmp_path_factory.mktemp("home_with_vault")
    new_vault(home).lock()
    started = Server(home, loopback)
    yield started
    started.stop()


@pytest.fixture(scope="package")
def browser(tmp_path_factory, loopback: Loopback) -> Iterator[Browser]:
    """The browser of all these tests; in the end, nothing that any of its pages asked for was elsewhere."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        started = loopback.program(tmp_path_factory.mktemp("browser"), program)
        running = playwright.chromium.launch(executable_path=started, args=FLAGS)
        yield running
        running.close()
    assert not [url for url in ASKED if not url.startswith(OURS)]


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A new person's page, opened at the start; there is no vault yet."""
    opened = enter(browser, server)
    opened.get_by_role("button", name="New plan").wait_for()
    yield opened
    opened.context.close()


@pytest.fixture
def kept_page(browser: Browser, vault_server: Server) -> Iterator[Page]:
    """A page with the vault open."""
    opened = enter(browser, vault_server)
    unlock(opened)
    yield opened
    opened.context.close()


def enter(browser: Browser, server: Server, **how: object) -> Page:
    """Come in as a person with a browser of their own."""
    options = {"viewport": {"width": 1280, "height": 1000}, "accept_downloads": True} | how
    context = browser.new_context(**options)
    context.on("request", lambda request: ASKED.add(request.url))
    opened = context.new_page()
    opened.on("websocket", lambda live: ASKED.add(live.url))
    opened.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    opened.goto(server.address())
    return opened


def unlock(page: Page) -> None:
    """Open the vault, where it is not open already; then the page that the address leads to is there."""
    page.get_by_role("button", name="Lock").wait_for()
    quiet(page)
    passphrase = page.get_by_role("textbox", name="Passphrase", exact=True)
    if passphrase.is_visible():
        passphrase.fill(PASSPHRASE)
        page.get_by_role("button", name="Open", exact=True).click()
        passphrase.wait_for(state="hidden")
    quiet(page)


def quiet(page: Page) -> None:
    """Wait until the page has taken in what was done."""
    page.wait_for_timeout(150)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached()


def step(page: Page, name: str) -> None:
    """Press a button and wait."""
    page.get_by_role("button", name=name).click()
    quiet(page)


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it."""
    box = page.get_by_role("textbox", name=label, exact=True).first
    box.fill(text)
    box.press("Tab")
    quiet(page)


def only(box: Locator) -> Locator:
    """The one box of a name. Streamlit keeps one that has the focus beside its successor until the run has ended."""
    expect(box).to_have_count(1)
    return box


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
