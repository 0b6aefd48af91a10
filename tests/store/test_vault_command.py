"""The commands on the vault, as a person types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from generator.store import Vault
from tests.store.making import CHEAP, PASSPHRASE, PLAN

NEW = "nine loud geese depart"


def planscribe(home, *arguments, typed=""):
    environment = {**os.environ, "PLANSCRIBE_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], input=typed, capture_output=True, text=True, env=environment, check=False
    )  # fmt: skip


def test_a_lost_passphrase_comes_back_with_the_printed_key_and_never_without(tmp_path):
    made = planscribe(tmp_path, "vault", "init", typed=f"{PASSPHRASE}\n")
    assert made.returncode == 0
    key = next(line.strip() for line in made.stdout.splitlines() if line.count("-") == 7)
    assert planscribe(tmp_path, "vault", "init", typed=f"{PASSPHRASE}\n").returncode == 2, (
        "no second vault over the first"
    )
    wrong = planscribe(tmp_path, "vault", "recover", typed=f"{key[:-1]}{'0' if key[-1] != '0' else '1'}\n{NEW}\n")
    assert wrong.returncode == 2 and "mistyped" in wrong.stderr and "Traceback" not in wrong.stderr
    back = planscribe(tmp_path, "vault", "recover", typed=f"{key}\n{NEW}\n")
    assert back.returncode == 0 and key not in back.stdout
    assert planscribe(tmp_path, "audit", "verify", typed=f"{PASSPHRASE}\n").returncode == 2
    assert planscribe(tmp_path, "vault", "recover", typed=f"{key}\n{NEW}\n").returncode == 2, "the old sheet is void"
    seen = planscribe(tmp_path, "vault", "status", "--verify", "--json", typed=f"{NEW}\n")
    assert seen.returncode == 0 and json.loads(seen.stdout)["verified"] is True


def test_a_backup_is_restored_elsewhere_and_a_person_is_forgotten_by_name(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    with Vault.create(PASSPHRASE, here / "vault.db", cost=CHEAP)[0] as vault:
        vault.drafts.create(PLAN)
        vault.drafts.create({**PLAN, "patient": {"name": {"last": "Other"}}})
    assert planscribe(here, "vault", "backup", str(tmp_path / "copy"), typed=f"{PASSPHRASE}\n").returncode == 0
    assert planscribe(there, "vault", "restore", str(tmp_path / "copy"), typed=f"{PASSPHRASE}\n").returncode == 0
    nobody = planscribe(there, "vault", "forget", "--yes", typed=f"{PASSPHRASE}\nNobody\n")
    assert nobody.returncode == 2 and "Nobody in the vault" in nobody.stderr
    gone = planscribe(there, "vault", "forget", "--yes", typed=f"{PASSPHRASE}\nwhitcombe\n")
    assert gone.returncode == 0 and "Whitcombe" not in gone.stdout + gone.stderr
    with Vault.unlock(PASSPHRASE, there / "vault.db") as vault:
        assert [card.named["patient.name.last"] for card in vault.drafts.cards()] == ["Other"]


def test_a_changed_trail_is_told_with_the_code_for_safety(tmp_path):
    import sqlite3

    with Vault.create(PASSPHRASE, tmp_path / "vault.db", cost=CHEAP)[0]:
        pass
    with sqlite3.connect(tmp_path / "vault.db") as db:
        db.execute("UPDATE audit SET entry = replace(entry, 'owner', 'admin') WHERE seq = 2")
    db.close()
    said = planscribe(tmp_path, "audit", "verify", typed=f"{PASSPHRASE}\n")
    assert said.returncode == 3 and "entry 2" in said.stderr


def test_without_a_vault_every_command_says_how_to_make_one(tmp_path):
    for command in (["vault", "passphrase"], ["vault", "backup", "x"], ["audit", "list"], ["vault", "forget"]):
        said = planscribe(tmp_path, *command, typed=f"{PASSPHRASE}\n")
        assert said.returncode == 2 and "planscribe vault init" in said.stderr
    assert planscribe(tmp_path, "vault", "status").returncode == 0
    assert planscribe(tmp_path, "vault", "init", typed="").returncode == 2
