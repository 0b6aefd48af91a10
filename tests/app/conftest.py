"""One real server and one real browser for the tests of the page."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.store.making import PASSPHRASE, new_vault

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


class Server:
    """A server of this session's own. Each address that it gives opens the page once."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, 0
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "generator", "app", "--no-browser", "--port", str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PLANSCRIBE_HOME": str(self.home)},
        )
        self.port = int(self._said().split(":")[2].split("/")[0])
        _wait_until_it_answers(self.port)

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
def server(tmp_path_factory) -> Iterator[Server]:
    """One server that keeps nothing of this machine's own planscribe."""
    started = Server(tmp_path_factory.mktemp("home"))
    yield started
    started.stop()


def _wait_until_it_answers(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server did not begin to answer in 30 seconds")


@pytest.fixture(scope="package")
def vault_server(tmp_path_factory) -> Iterator[Server]:
    """A server with a vault, locked; its passphrase is `PASSPHRASE`."""
    home = tmp_path_factory.mktemp("home_with_vault")
    new_vault(home).lock()
    started = Server(home)
    yield started
    started.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


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
    opened = browser.new_context(**options).new_page()
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
