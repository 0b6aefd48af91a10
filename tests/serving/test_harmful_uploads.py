"""Files made to harm, put on the page as a person puts them: one plain sentence or a form, and the server lives on."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.loopback import Loopback
from tests.serving.running import ARGS, CHROMIUM, server
from tests.worker.attacks import all_attacks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium"),
]
SHORT = (
    "word_laughs_in_a_footnote", "word_tables_10000_deep", "pdf_pages_200000_of_one", "pdf_javascript_everywhere",
    "sheet_laughs", "postscript_named_png",
)  # fmt: skip
SUFFIXES = {"pdf": ".pdf", "word": ".docx", "sheet": ".xlsx", "csv": ".csv", "svg": ".svg", "jpeg": ".jpeg"}
SCREENS = {".csv": "Many people at once", ".xlsx": "Many people at once", ".pdf": "Own form", ".docx": "Own form"}
TITLES = {"Own form": "A form of your own", "Many people at once": "Many people at once", "Stationery": "Stationery"}
STATE = '[data-testid="stApp"][data-test-script-state="{}"]'


class Visit:
    """The page with one of its uploads open, and what its server may not do."""

    def __init__(self, page: Page, pid: int) -> None:
        self.page, self.process = page, psutil.Process(pid)
        self.begun, self.threads = self.process.create_time(), 0
        self.screen = ""

    def put(self, path: Path) -> str:
        """Upload a file where one of its kind goes; gives what the page says of it."""
        wanted = SCREENS.get(path.suffix, "Stationery")
        if wanted != self.screen:
            self.page.get_by_role("button", name="planscribe").click()
            self.page.get_by_role("button", name=wanted).click()
            self.page.get_by_role("heading", name=TITLES[wanted]).first.wait_for()
            self.screen = wanted
            self.rest()
        before = self.spent()
        self.page.locator("input[type=file]").first.set_input_files(path)
        self.rest()
        assert self.process.is_running() and self.process.create_time() == self.begun, path.name
        assert self.spent() - before < 10, f"{path.name}: the server itself worked for more than 10 seconds"
        assert self.process.memory_info().rss < 1 << 30, path.name
        assert self.page.get_by_role("heading", name=TITLES[wanted]).first.is_visible(), path.name
        said = [one.inner_text().strip() for one in self.page.locator('[data-testid="stAlert"]').all()]
        whole = self.page.inner_text("body")
        for trouble in ("Traceback", "Something went wrong", "Exception", "site-packages", "fault "):
            assert trouble not in whole, (path.name, trouble)
        assert all(one.endswith((".", "?", ")")) for one in said), (path.name, said)
        return " | ".join(said)

    def rest(self) -> None:
        """Until the page has taken in what was given to it."""
        for _ in range(3):
            self.page.wait_for_timeout(250)
            self.page.locator(STATE.format("notRunning")).wait_for(state="attached", timeout=90_000)
        self.page.locator('[data-testid="stSpinner"]').wait_for(state="detached", timeout=90_000)

    def spent(self) -> float:
        """Seconds of processor of the server, its workers left out."""
        return sum(self.process.cpu_times()[:2])


@pytest.fixture(scope="module")
def visit(tmp_path_factory) -> Iterator[Visit]:
    folder, place = tmp_path_factory.mktemp("harm"), Loopback()
    with server(folder, place=place) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place.program(folder, CHROMIUM), args=ARGS)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(running.first)
        page.get_by_role("button", name="Own form").wait_for()
        yield Visit(page, running.process.pid)
        assert not [line for line in running.said.read_text().splitlines() if "fault" in line]
        browser.close()
    place.close()


def file_of(name: str, folder: Path) -> Path:
    kind = name.partition("_")[0]
    path = folder / f"{name}{SUFFIXES.get(kind, '.png')}"
    path.write_bytes(dict(all_attacks())[name]())
    return path


@pytest.mark.parametrize("name", SHORT)
def test_a_harmful_upload_is_told_and_the_server_lives_on(name, visit, tmp_path):
    visit.put(file_of(name, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_harmful_upload_of_ours_is_endured_by_one_server(part, visit, tmp_path):
    for name in [name for name, _ in all_attacks()][part::4]:
        visit.put(file_of(name, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_all_files_of_make_attacks_are_endured_by_one_server(part, shared, visit, tmp_path):
    made = subprocess.run(
        [sys.executable, shared / "measure" / "make_attacks.py", tmp_path], check=True, capture_output=True
    )
    files = sorted(tmp_path.iterdir())
    assert len(files) >= 127, made.stdout[-300:]
    for path in files[part::4]:
        visit.put(path)
