"""The real server in a process of its own, with folders of its own, and the system's Chromium."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import AS_IT_IS, Loopback

APP = "from generator.cli import main; main()"
CHROMIUM = "/usr/bin/chromium"
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--disable-dev-shm-usage"),
]


@dataclass
class Server:
    """A running server: its port, the address that opens it once, and everything it ever said."""

    port: int
    first: str
    process: subprocess.Popen
    said: Path

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def new_address(self) -> str:
        """What pressing Enter in its window gives."""
        before = len(_addresses(self.said))
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()
        return _wait_for(self.said, before + 1)


@contextmanager
def server(folder: Path, script: str = APP, *, place: Loopback = AS_IT_IS) -> Iterator[Server]:
    """`planscribe app` with its home, temporary files and output in `folder`, on the network of `place`."""
    for name in ("home", "tmp", "store"):
        (folder / name).mkdir(exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "PLANSCRIBE_HOME": str(folder / "store"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    said = folder / "said.log"
    with said.open("wb") as output:
        process = subprocess.Popen(
            place.inside(sys.executable, "-c", script, "app", "--no-browser", "--port", str(port)),
            stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=folder,
        )  # fmt: skip
    try:
        first = _wait_for(said, 1, process)
        place.wait_for(port)
        yield Server(port, first, process, said)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _addresses(said: Path) -> list[str]:
    return re.findall(r"http://\S+/planscribe/enter\?token=\S+", said.read_text())


def _wait_for(said: Path, count: int, process: subprocess.Popen | None = None) -> str:
    for _ in range(600):
        found = _addresses(said)
        if len(found) >= count:
            return found[count - 1]
        if process is not None and process.poll() is not None:
            raise AssertionError(said.read_text())
        time.sleep(0.1)
    raise AssertionError("the server gave no address")
