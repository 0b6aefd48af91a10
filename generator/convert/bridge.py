"""LibreOffice's keeper: a script of its own, run by a Python that has `uno` (LibreOffice's, or the system's).

It shuts itself off the network, starts one LibreOffice with a profile of its own, and turns one document after the other,
from standard input to standard output, in memory. Where there is no `uno` it runs LibreOffice once a document instead.
It ends, and LibreOffice with it, when its parent goes. Nothing of this package is imported: this Python may be an older one.
"""

import ctypes
import importlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time

_NEW_USER, _NEW_NET, _DEATH_SIGNAL = 0x10000000, 0x40000000, 1
_START_SECONDS = 60
_LARGEST_FILE = 200_000_000
_START_AGAIN = 81  # what LibreOffice's program answers when it has made a new profile and wants to be started again


def main():
    """Arguments: LibreOffice's program, a private folder, and whether to keep it warm ("warm" or "cold")."""
    program, folder, mode = sys.argv[1:4]
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    is_alone = _cut_off()
    office = (_Warm if mode == "warm" else _Cold)(program, folder)
    _end_with_parent(office)
    try:
        office.start()
        _send(answers, {"ready": True, "alone": is_alone, "pid": office.pid})
        while True:
            request, data = _receive(requests)
            if request is None:
                return
            try:
                _send(answers, {"done": True}, office.convert(request, data))
            except Exception as error:
                _send(answers, {"done": False, "why": type(error).__name__})
    finally:
        office.stop()


class _Warm:
    """One LibreOffice that stays, spoken to over its own protocol on a local pipe."""

    def __init__(self, program, folder):
        self.uno = importlib.import_module("uno")
        self.value = self.uno.getClass("com.sun.star.beans.PropertyValue")
        self.program, self.folder, self.process = program, folder, None

    @property
    def pid(self):
        return self.process.pid if self.process else 0

    def start(self):
        pipe = "planscribe%d" % os.getpid()
        accept = "--accept=pipe,name=%s;urp;" % pipe
        self.process = _office(self.program, self.folder, accept)
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
                break
            except Exception:
                if self.process.poll() == _START_AGAIN:
                    self.process = _office(self.program, self.folder, accept)
                elif self.process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
        self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def convert(self, request, data):
        manager = self.context.ServiceManager
        stream = manager.createInstanceWithArgumentsAndContext(
            "com.sun.star.io.SequenceInputStream", (self.uno.ByteSequence(data),), self.context
        )
        if request["to"] == "png":
            return self._draw(stream, request["options"])
        document = self.desktop.loadComponentFromURL(
            "private:stream",
            "_blank",
            0,
            self._values(
                InputStream=stream,
                FilterName=request["reader"],
                Hidden=True,
                ReadOnly=True,
                MacroExecutionMode=0,  # never
                UpdateDocMode=0,  # no links are updated
            ),
        )
        if document is None:
            raise ValueError("not read")
        try:
            self._describe(document, request.get("title", ""))
            if request["writer"].startswith("writer_"):
                document.TextFields.refresh()
            kept = _sink()
            options = self._any(request.get("options", {}))
            document.storeToURL(
                "private:stream",
                self._values(FilterName=request["writer"], OutputStream=kept, FilterData=options),
            )
            return bytes(kept.data)
        finally:
            document.close(True)

    def _draw(self, stream, options):
        """A drawing as a picture, without a document round it."""
        provider = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.graphic.GraphicProvider", self.context
        )
        drawing = provider.queryGraphic(self._values(InputStream=stream, MimeType="image/svg+xml"))
        kept = self.context.ServiceManager.createInstanceWithContext("com.sun.star.io.TempFile", self.context)
        provider.storeGraphic(
            drawing, self._values(OutputStream=kept, MimeType="image/png", FilterData=self._any(options))
        )
        kept.seek(0)
        return kept.readBytes(self.uno.ByteSequence(b""), kept.getLength())[1].value

    def _describe(self, document, title):
        """Only the title is said of a document: no author, no editor, no company."""
        about = document.DocumentProperties
        about.Title = title
        about.Author = about.ModifiedBy = about.PrintedBy = about.Subject = about.Description = ""
        about.Keywords = ()

    def _any(self, options):
        return self.uno.Any("[]com.sun.star.beans.PropertyValue", self._values(**options))

    def _values(self, **named):
        return tuple(self.value(name, 0, value, 0) for name, value in named.items())


class _Cold:
    """A LibreOffice a document, for a machine whose LibreOffice came without `uno`."""

    pid = 0

    def __init__(self, program, folder):
        self.program, self.folder, self.process = program, folder, None

    def start(self):
        pass

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def convert(self, request, data):
        source = os.path.join(self.folder, "document" + request["suffix"])
        made = os.path.join(self.folder, "made", "document." + request["to"])
        with open(source, "wb") as file:
            file.write(data)
        options = {
            name: {"type": "boolean" if isinstance(value, bool) else "long", "value": str(value).lower()}
            for name, value in request.get("options", {}).items()
        }
        to = "%s:%s%s" % (request["to"], request["writer"], ":" + json.dumps(options) if options else "")
        arguments = ("--infilter=" + request["reader"], "--convert-to", to, "--outdir", os.path.dirname(made), source)
        try:
            for _ in range(2):
                self.process = _office(self.program, self.folder, *arguments)
                if self.process.wait() != _START_AGAIN:
                    break
            with open(made, "rb") as file:
                return file.read()
        finally:
            for path in (source, made):
                if os.path.exists(path):
                    os.unlink(path)


def _sink():
    """An output stream of LibreOffice's kind that keeps what is written."""
    helper = importlib.import_module("unohelper")
    stream = importlib.import_module("uno").getClass("com.sun.star.io.XOutputStream")

    class Sink(helper.Base, stream):
        def __init__(self):
            self.data = bytearray()

        def writeBytes(self, sequence):  # noqa: N802 (the interface's own name)
            self.data += sequence.value
            if len(self.data) > _LARGEST_FILE:
                raise MemoryError

        def flush(self):
            pass

        def closeOutput(self):  # noqa: N802
            pass

    return Sink()


def _office(program, folder, *arguments):
    def fence():
        if sys.platform == "linux":
            # This thread is the script's main one, so the signal comes when the script ends, however it ends.
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))

    url = "file:///" + folder.replace("\\", "/").lstrip("/").replace(" ", "%20") + "/profile"
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL") if key in os.environ}
    environment.update({"HOME": folder, "TMPDIR": folder, "TEMP": folder, "TMP": folder, "SAL_USE_VCLPLUGIN": "svp"})
    quiet = [
        "--headless",
        "--invisible",
        "--nologo",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
    ]
    return subprocess.Popen(
        [program, "-env:UserInstallation=" + url, *quiet, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        preexec_fn=fence if os.name == "posix" else None,
    )


def _cut_off():
    """A network namespace with nothing in it, for this script and all it starts. Whether the system gave one."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET) == 0:
        return True
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NET) != 0:
        return False
    for path, text in (("setgroups", "deny"), ("uid_map", "%d %d 1" % (uid, uid)), ("gid_map", "%d %d 1" % (gid, gid))):
        try:
            with open("/proc/self/" + path, "w") as file:
                file.write(text)
        except OSError:
            continue
    return True


def _end_with_parent(office):
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        office.stop()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _send(stream, head, data=b""):
    text = json.dumps(head).encode()
    stream.write(struct.pack(">IQ", len(text), len(data)) + text + data)
    stream.flush()


def _receive(stream):
    head = stream.read(12)
    if len(head) < 12:
        return None, b""
    length, size = struct.unpack(">IQ", head)
    return json.loads(stream.read(length)), stream.read(size)


if __name__ == "__main__":
    main()
