"""No save that was acknowledged is lost: not to kill -9, not to a full disk, not to somebody else's save."""

import os
import random
import resource
import shutil
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from generator.errors import GeneratorError, OutputNotWritable, SaveConflict
from generator.store import Vault
from tests.store.making import PASSPHRASE, PLAN, new_vault, unlocked

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def save_until_killed(folder: Path, draft: str, revision: int, told: int) -> None:
    """The child: one save after the other; each acknowledged revision is told through a pipe."""
    vault = unlocked(folder)
    while True:
        revision = vault.drafts.save(draft, {"problems[0].title": f"at {revision + 1}"}, revision).revision
        os.write(told, revision.to_bytes(4, "big"))


@pytest.mark.parametrize("kills", [25, pytest.param(1000, marks=pytest.mark.slow)])
def test_no_acknowledged_save_is_lost_when_the_program_is_killed(tmp_path, kills):
    chance = random.Random(9)
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
    revision, acknowledged_in_all = draft.revision, 0
    for _ in range(kills):
        read, told = os.pipe()
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                os.close(read)
                save_until_killed(tmp_path, draft.id, revision, told)
            os._exit(1)
        os.close(told)
        acknowledged = os.read(read, 4)  # the first save was made
        threading.Event().wait(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while piece := os.read(read, 4096):
            acknowledged += piece
        os.close(read)
        last = int.from_bytes(acknowledged[len(acknowledged) // 4 * 4 - 4 :][:4], "big")
        acknowledged_in_all += len(acknowledged) // 4
        with unlocked(tmp_path) as vault:
            vault.verify()
            found = vault.drafts.load(draft.id)
        assert found.revision in (last, last + 1), "acknowledged, or on its way"
        assert found.data["problems"][0]["title"] == f"at {found.revision}"
        revision = found.revision
    assert acknowledged_in_all >= kills


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 2 MB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode != 0:
        pytest.skip("this user may not mount a small file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("points", [12, pytest.param(100, marks=pytest.mark.slow)])
def test_a_full_disk_loses_no_acknowledged_save_wherever_it_fills(small_disk, points):
    with new_vault(small_disk) as vault:
        draft = vault.drafts.create(PLAN)
    template = (small_disk / "vault.db").read_bytes()
    refused = 0
    for point in range(points):
        for file in small_disk.iterdir():
            file.unlink()
        (small_disk / "vault.db").write_bytes(template)
        revision = draft.revision
        vault = unlocked(small_disk)
        free = shutil.disk_usage(small_disk).free
        (small_disk / "ballast").write_bytes(b"x" * (free - 600_000 * point // points))
        with suppress(OutputNotWritable):
            for n in range(400):
                revision = vault.drafts.save(draft.id, {"note": "x" * 3000, "n": n}, revision).revision
        refused += n < 399
        acknowledged = revision
        # The open vault still reads and says the truth, and takes the next save when there is room again.
        assert vault.drafts._load(draft.id).revision == acknowledged
        (small_disk / "ballast").unlink()
        assert vault.drafts.save(draft.id, {"n": "after"}, acknowledged).revision == acknowledged + 1
        vault.lock()
        with unlocked(small_disk) as again:
            again.verify()
            assert again.drafts.load(draft.id).data["n"] == "after"
    assert refused > points // 2


def test_a_limit_on_the_files_size_is_told_as_a_full_disk_and_loses_nothing(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        size = (tmp_path / "vault.db").stat().st_size
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(BaseException):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60_000, resource.RLIM_INFINITY))
            vault, revision = unlocked(tmp_path), 1
            try:
                while True:
                    revision = vault.drafts.save(draft.id, {"note": "x" * 5000}, revision).revision
            except OutputNotWritable:
                code = 0 if vault.drafts._load(draft.id).revision == revision > 1 else 2
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with unlocked(tmp_path) as vault:
        vault.verify()


def test_a_vault_that_cannot_be_made_for_want_of_room_leaves_nothing_behind(small_disk):
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(b"x" * (free - 8192))
    with pytest.raises(GeneratorError):
        new_vault(small_disk)
    assert [file.name for file in small_disk.iterdir()] == ["ballast"]


@pytest.mark.parametrize("rounds", [200])
def test_two_people_on_one_draft_never_overwrite_each_other_unseen(tmp_path, rounds):
    """Two windows, random fields, random moments; each keeps its own list of what was acknowledged to it."""
    chance = random.Random(4)
    fields = [f"problems[{i}].{name}" for i in (0, 1) for name in ("title", "note")] + ["problems", "patient.phone"]
    with new_vault(tmp_path) as one, unlocked(tmp_path) as two:
        draft = one.drafts.create(PLAN)
        base = {one: 1, two: 1}
        seen = {one: draft.data, two: draft.data}
        conflicts = merged = 0
        for n in range(rounds):
            mine = chance.choice((one, two))
            before = mine.drafts.load(draft.id).data
            field = chance.choice(fields)
            value = seen[mine]["problems"][::-1] if field == "problems" else f"{n}"
            try:
                saved = mine.drafts.save(draft.id, {field: value}, base[mine])
            except SaveConflict as conflict:
                conflicts += 1
                assert mine.drafts.load(draft.id).data == before, "a conflict saves nothing"
                assert all(c.mine == value for c in conflict.conflicts)
                loaded = mine.drafts.load(draft.id)
                base[mine], seen[mine] = loaded.revision, loaded.data
                continue
            merged += saved.merged
            after = mine.drafts.load(draft.id).data
            for other in fields:
                if other.partition("[")[0] != field.partition("[")[0]:
                    assert _at(after, other) == _at(before, other), "nothing else changed"
            if chance.random() < 0.6 and not saved.merged:
                base[mine], seen[mine] = saved.revision, after
        one.verify()
    assert conflicts > 20 and merged > 5


def test_three_threads_that_add_to_one_list_lose_no_entry(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create({"said": []})

        def add(mine: Vault, name: str) -> None:
            done = 0
            while done < 30:
                loaded = mine.drafts._load(draft.id)
                try:
                    mine.drafts.save(draft.id, {"said": [*loaded.data["said"], f"{name}{done}"]}, loaded.revision)
                    done += 1
                except (SaveConflict, OutputNotWritable):
                    continue

        vaults = [vault, vault, Vault.unlock(PASSPHRASE, tmp_path / "vault.db")]
        threads = [threading.Thread(target=add, args=(each, name)) for each, name in zip(vaults, "abc", strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        said = vault.drafts.load(draft.id).data["said"]
        assert sorted(said) == sorted(f"{name}{n}" for name in "abc" for n in range(30))
        vault.verify()
        vaults[2].lock()


def _at(data, path):
    from generator.store.patch import value_in

    return value_in(data, path)
