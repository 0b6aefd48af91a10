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
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


class Server:
    """A server of this session's own. Each address that it gives opens the page once."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "generator", "app", "--no-browser", "--port", "0"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PLANSCRIBE_HOME": str(home)},
        )
        _wait_until_it_answers(int(self._said().split(":")[2].split("/")[0]))

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


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
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
    """A new person's page, opened at the start; `requests` on it are all addresses that it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    opened.goto(server.address())
    opened.get_by_role("button", name="New plan").wait_for()
    yield opened
    context.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
