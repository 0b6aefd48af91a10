"""A network namespace with nothing in it but its own loopback, for a server and its browser together.

Where the system gives none (a user without the right to one) the commands run as they are, and `is_alone` says so.
"""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

_WAIT = """
import socket, sys, time
for _ in range(300):
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(sys.argv[1]))) == 0:
            sys.exit()
    time.sleep(0.2)
sys.exit("nothing answers there")
"""
_COUNT = "print(sorted(line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line))"


class Loopback:
    """The namespace lives as long as the process that holds it, and that one as long as this process."""

    def __init__(self, *, wanted: bool = True) -> None:
        self._holder: subprocess.Popen[bytes] | None = None
        if wanted and shutil.which("unshare") and shutil.which("nsenter"):
            held = subprocess.Popen(
                ["unshare", "-rn", "sh", "-c", "ip link set lo up && echo up && exec cat"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if held.stdout is not None and held.stdout.readline() == b"up\n":
                self._holder = held
            else:
                held.wait()

    @property
    def is_alone(self) -> bool:
        """Whether there is such a namespace, with no other way out."""
        return self._holder is not None

    def inside(self, *command: str) -> list[str]:
        """The command, to be run in there."""
        if self._holder is None:
            return list(command)
        target = str(self._holder.pid)
        return ["nsenter", "--target", target, "--user", "--net", "--preserve-credentials", *command]

    def program(self, folder: Path, path: str) -> str:
        """A file that runs a program in there, for those who take a path and no command."""
        if self._holder is None:
            return path
        file = folder / "in_there"
        file.write_text(f'#!/bin/sh\nexec {shlex.join(self.inside(path))} "$@"\n')
        file.chmod(0o700)
        return str(file)

    def wait_for(self, port: int) -> None:
        """Until something answers at a port in there; CalledProcessError after a minute."""
        subprocess.run(self.inside(sys.executable, "-c", _WAIT, str(port)), check=True, capture_output=True)

    def interfaces(self) -> str:
        """The names of the network interfaces in there."""
        said = subprocess.run(self.inside(sys.executable, "-c", _COUNT), check=True, capture_output=True, text=True)
        return said.stdout.strip()

    def close(self) -> None:
        """Give the namespace up; what still runs in there keeps it until it ends."""
        if self._holder is not None and self._holder.stdin is not None:
            self._holder.stdin.close()
            self._holder.wait(timeout=20)


AS_IT_IS = Loopback(wanted=False)
"""The machine's own network."""
