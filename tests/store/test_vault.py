"""The vault: what it gives back, to whom, and what it does when somebody changed its file."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from generator.errors import (
    AuditBroken,
    OutputNotWritable,
    PassphraseWrong,
    RecordUnknown,
    SaveConflict,
    VaultDamaged,
    VaultLocked,
    VaultMissing,
)
from generator.plan import Plan
from generator.store import GONE, Action, Shelf, Vault, patch_between, restore, status
from tests.store.making import CHEAP, PASSPHRASE, PLAN, new_vault, unlocked


def test_a_plan_comes_back_from_the_vault_as_it_was(tmp_path):
    plan = Plan.model_validate(PLAN)
    with new_vault(tmp_path) as vault:
        made = vault.drafts.create(plan.as_data())
    with unlocked(tmp_path) as vault:
        assert Plan.model_validate(vault.drafts.load(made.id).data) == plan


def test_patches_over_many_snapshots_come_back_in_order(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        revision = draft.revision
        for n in range(100):
            revision = vault.drafts.save(
                draft.id, {"problems[0].title": f"drinks {n}", f"notes{n}": n}, revision
            ).revision
    with unlocked(tmp_path) as vault:
        found = vault.drafts.load(draft.id)
    assert found.revision == revision == 101
    assert found.data["problems"][0]["title"] == "drinks 99"
    assert [found.data[f"notes{n}"] for n in range(100)] == list(range(100))


def test_a_list_of_drafts_names_each_and_the_last_saved_stands_first(tmp_path):
    with new_vault(tmp_path) as vault:
        first = vault.drafts.create(PLAN)
        vault.drafts.create({})
        vault.drafts.save(first.id, {"patient.name.first": "Dee"}, 1)
        cards = {card.id: card for card in vault.drafts.cards()}
    assert cards[first.id].named["patient.name.first"] == "Dee"
    assert cards[first.id].revision == 2


def test_a_kept_plan_does_not_change_with_its_draft(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        kept = vault.drafts.keep(draft.id, "signed", draft.revision)
        vault.drafts.save(draft.id, {"patient.name.last": "Other"}, 1)
        assert vault.drafts.load_version(draft.id, kept.number).data == draft.data
        assert [version.why for version in vault.drafts.versions(draft.id)] == ["signed"]
        with pytest.raises(SaveConflict):
            vault.drafts.keep(draft.id, "signed", 1)


def test_two_windows_that_change_different_fields_both_keep_theirs(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.drafts.save(draft.id, {"patient.name.first": "Dee"}, 1)
        saved = vault.drafts.save(draft.id, {"problems[1].title": "Rest"}, 1)
        data = vault.drafts.load(draft.id).data
    assert saved.merged
    assert (data["patient"]["name"]["first"], data["problems"][1]["title"]) == ("Dee", "Rest")


def test_two_windows_that_change_the_same_field_are_told_both_values_and_nothing_is_overwritten(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.drafts.save(draft.id, {"problems[0].title": "theirs"}, 1)
        with pytest.raises(SaveConflict) as caught:
            vault.drafts.save(draft.id, {"problems[0].title": "mine", "patient.phone": "1"}, 1)
        assert [(one.path, one.mine, one.theirs) for one in caught.value.conflicts] == [
            ("problems[0].title", "mine", "theirs")
        ]
        assert "mine" not in str(caught.value) and "theirs" not in str(caught.value)
        assert "phone" not in vault.drafts.load(draft.id).data["patient"]
        vault.drafts.save(draft.id, {"problems[0].title": "mine"}, caught.value.revision)
        assert vault.drafts.load(draft.id).data["problems"][0]["title"] == "mine"


def test_an_edit_in_an_entry_that_another_window_moved_is_a_conflict(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        turned = {**draft.data, "problems": draft.data["problems"][::-1]}
        vault.drafts.save(draft.id, patch_between(draft.data, turned), 1)
        with pytest.raises(SaveConflict):
            vault.drafts.save(draft.id, {"problems[0].note": "about the drinking"}, 1)


def test_the_same_save_sent_twice_is_no_conflict(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.drafts.save(draft.id, {"patient.phone": "1"}, 1)
        assert vault.drafts.save(draft.id, {"patient.phone": "1"}, 1).revision == 3


def test_a_save_into_an_entry_that_is_gone_keeps_the_draft_readable(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        for path in ("problems[7].title", "plan.type.deeper", "problems[0].title[0]"):
            with pytest.raises(SaveConflict):
                vault.drafts.save(draft.id, {path: "x"}, 1)
        with pytest.raises(SaveConflict):
            vault.drafts.save(draft.id, {"": "no mapping"}, 1)
        assert vault.drafts.load(draft.id).data == draft.data


def test_a_field_can_be_taken_away(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.drafts.save(draft.id, {"patient.record_number": GONE}, 1)
        assert "record_number" not in vault.drafts.load(draft.id).data["patient"]


def test_the_agencys_things_keep_their_bytes_and_refuse_a_blind_overwrite(tmp_path):
    with new_vault(tmp_path) as vault:
        version = vault.shelves.put(Shelf.BRAND, "agency", b"\x00brand")
        assert vault.shelves.put(Shelf.BRAND, "agency", b"new", version) == 2
        with pytest.raises(SaveConflict):
            vault.shelves.put(Shelf.BRAND, "agency", b"old", version)
        assert vault.shelves.get(Shelf.BRAND, "agency") == (b"new", 2)
        vault.shelves.remove(Shelf.BRAND, "agency")
        with pytest.raises(RecordUnknown):
            vault.shelves.get(Shelf.BRAND, "agency")


# who may open it


def test_only_the_passphrase_opens_it_however_it_was_composed(tmp_path):
    vault, _ = Vault.create("contraseña con eñe", tmp_path / "vault.db", cost=CHEAP)
    vault.lock()
    unlocked(tmp_path, "contrasen\u0303a con en\u0303e").lock()
    for wrong in ("contrasena con ene", "", "contraseña con eñ", "CONTRASEÑA CON EÑE"):
        with pytest.raises(PassphraseWrong):
            unlocked(tmp_path, wrong)


@pytest.mark.parametrize("poor", ["short", "", "aaaaaaaaaaaaaaaaaaaa", "abababababab", " " * 40])
def test_a_poor_passphrase_is_refused_and_makes_no_vault(tmp_path, poor):
    with pytest.raises(PassphraseWrong):
        Vault.create(poor, tmp_path / "vault.db", cost=CHEAP)
    assert not any(tmp_path.iterdir())


def test_the_printed_key_opens_it_typed_by_hand_and_a_slip_is_told_from_a_wrong_key(tmp_path):
    vault, key = Vault.create(PASSPHRASE, tmp_path / "vault.db", cost=CHEAP)
    vault.lock()
    path = tmp_path / "vault.db"
    typed = key.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    Vault.unlock_with_recovery_key(typed, path).lock()
    other, another_key = Vault.create(PASSPHRASE, tmp_path / "other.db", cost=CHEAP)
    other.lock()
    with pytest.raises(PassphraseWrong, match="does not open this vault"):
        Vault.unlock_with_recovery_key(another_key, path)
    with pytest.raises(PassphraseWrong, match="this one has 39"):
        Vault.unlock_with_recovery_key(key[:-1], path)
    slips = 0
    for place, sign in enumerate(key):
        if sign != "-":
            slip = key[:place] + ("7" if sign != "7" else "8") + key[place + 1 :]
            with pytest.raises(PassphraseWrong, match="mistyped"):
                Vault.unlock_with_recovery_key(slip, path)
            slips += 1
    assert slips == 40


def test_a_new_passphrase_ends_the_old_one_the_old_key_and_the_old_data_key(tmp_path):
    vault, old_key = Vault.create(PASSPHRASE, tmp_path / "vault.db", cost=CHEAP)
    draft = vault.drafts.create(PLAN)
    shutil.copy(tmp_path / "vault.db", tmp_path / "old.db")
    new_key = vault.set_passphrase("nine loud geese depart", cost=CHEAP)
    vault.drafts.save(draft.id, {"patient.phone": "518-555-0110"}, 1)
    vault.lock()
    with pytest.raises(PassphraseWrong):
        unlocked(tmp_path)
    with pytest.raises(PassphraseWrong):
        Vault.unlock_with_recovery_key(old_key, tmp_path / "vault.db")
    with unlocked(tmp_path, "nine loud geese depart") as again:
        again.verify()
        assert again.drafts.load(draft.id).data["patient"]["phone"] == "518-555-0110"
    Vault.unlock_with_recovery_key(new_key, tmp_path / "vault.db").lock()
    # The old copy's wrapped key, put into the new file's header, opens nothing of it.
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        (locks,) = old.execute("SELECT value FROM header WHERE name = 'locks'").fetchone()
    with closing(sqlite3.connect(tmp_path / "vault.db")) as new, new:
        new.execute("UPDATE header SET value = ? WHERE name = 'locks'", (locks,))
    with pytest.raises(VaultDamaged):
        unlocked(tmp_path)


def test_a_second_window_learns_that_the_vault_got_another_key(tmp_path):
    one = new_vault(tmp_path)
    two = unlocked(tmp_path)
    draft = one.drafts.create(PLAN)
    one.set_passphrase("nine loud geese depart", cost=CHEAP)
    with pytest.raises(VaultLocked):
        two.drafts.load(draft.id)
    with pytest.raises(VaultLocked):
        two.drafts.save(draft.id, {"a": 1}, 1)
    assert one.drafts.load(draft.id).data == draft.data
    one.verify()
    one.lock()
    two.lock()


def test_a_change_of_passphrase_that_fails_leaves_the_old_one_working(tmp_path, monkeypatch):
    vault = new_vault(tmp_path)
    draft = vault.drafts.create(PLAN)

    def full(*_):
        raise OutputNotWritable("full")

    monkeypatch.setattr("generator.store.vault.write_header", full)
    with pytest.raises(OutputNotWritable):
        vault.set_passphrase("nine loud geese depart", cost=CHEAP)
    monkeypatch.undo()
    vault.drafts.save(draft.id, {"a": 1}, 1)
    vault.verify()
    vault.lock()
    with unlocked(tmp_path) as again:
        assert again.drafts.load(draft.id).data["a"] == 1


def test_a_keyring_opens_the_vault_and_another_machines_does_not(tmp_path, monkeypatch):
    class Ring(dict):
        def get_password(self, service, name):
            return self.get((service, name))

        def set_password(self, service, name, secret):
            self[service, name] = secret

    mine, another = Ring(), Ring()
    monkeypatch.setattr("generator.store.vault.system_keyring", lambda: mine)
    vault = new_vault(tmp_path)
    vault.use_keyring()
    vault.lock()
    Vault.unlock_with_keyring(tmp_path / "vault.db").lock()
    monkeypatch.setattr("generator.store.vault.system_keyring", lambda: another)
    with pytest.raises(PassphraseWrong):
        Vault.unlock_with_keyring(tmp_path / "vault.db")


def test_an_idle_vault_locks_itself_and_work_keeps_it_open(tmp_path):
    clock = [0.0]
    vault = new_vault(tmp_path, clock=lambda: clock[0], idle_seconds=900)
    draft = vault.drafts.create(PLAN)
    clock[0] = 899
    vault.drafts.load(draft.id)
    clock[0] = 1797
    assert vault.is_open
    vault.touch()
    drafts = vault.drafts
    clock[0] = 2698
    with pytest.raises(VaultLocked):
        drafts.load(draft.id)
    assert not vault.is_open
    clock[0] = 0  # a clock put back does not open it again
    with pytest.raises(VaultLocked):
        vault.drafts.cards()


def test_a_part_of_the_vault_taken_before_it_was_locked_is_locked_with_it(tmp_path):
    vault = new_vault(tmp_path)
    drafts = vault.drafts
    draft = drafts.create(PLAN)
    vault.lock()
    with pytest.raises(VaultLocked):
        drafts.load(draft.id)
    with pytest.raises(VaultLocked):
        drafts.save(draft.id, {"a": 1}, 1)


# a changed file


def rows_of(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT rowid, kind, id, version FROM row ORDER BY rowid").fetchall()


def filled(tmp_path):
    with new_vault(tmp_path) as vault:
        one, two = vault.drafts.create(PLAN), vault.drafts.create({**PLAN, "note": "two"})
        vault.drafts.keep(one.id, "print")
        vault.drafts.save(one.id, {"a": 1}, 1)
        vault.shelves.put(Shelf.STAFF, "st1", b"x")
    return one.id, two.id


def test_no_row_can_be_swapped_renamed_taken_away_or_doubled_unseen(tmp_path):
    _, two = filled(tmp_path)
    path = tmp_path / "vault.db"
    good = path.read_bytes()
    rows = rows_of(path)
    assert len(rows) >= 9
    tricks = [("DELETE FROM row WHERE rowid = ?", (rowid,)) for rowid, *_ in rows]
    tricks += [("UPDATE row SET version = version + 1 WHERE rowid = ?", (rowid,)) for rowid, *_ in rows]
    tricks += [("UPDATE row SET owner = 'x' WHERE rowid = ?", (rowid,)) for rowid, *_ in rows]
    tricks += [("UPDATE row SET id = id || 'x' WHERE rowid = ?", (rowid,)) for rowid, *_ in rows]
    tricks += [
        ("UPDATE row SET sealed = (SELECT sealed FROM row WHERE rowid = ?) WHERE rowid = ?", (other, rowid))
        for rowid, *_ in rows
        for other, *_ in rows
        if other != rowid
    ]
    tricks += [
        ("INSERT INTO row SELECT kind, owner, id, version + 50, sealed FROM row WHERE rowid = ?", (rowid,))
        for rowid, *_ in rows
    ]
    tricks += [("UPDATE head SET counter = counter + 1", ()), ("DELETE FROM head", ())]
    tricks += [("CREATE TRIGGER t AFTER INSERT ON row BEGIN DELETE FROM audit; END", ())]
    tricks += [("CREATE VIEW v AS SELECT * FROM row", ()), ("DROP TABLE audit", ())]
    for sql, values in tricks:
        path.write_bytes(good)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(sql, values)
        with pytest.raises(VaultDamaged):
            unlocked(tmp_path)
    path.write_bytes(good)
    with unlocked(tmp_path) as vault:
        assert vault.drafts.load(two).data["note"] == "two"


def test_an_older_row_in_its_own_place_is_found(tmp_path):
    one, _ = filled(tmp_path)
    path = tmp_path / "vault.db"
    with closing(sqlite3.connect(path)) as db:
        (card,) = db.execute("SELECT sealed FROM row WHERE kind = 'card' AND id = ?", (one,)).fetchone()
    with unlocked(tmp_path) as vault:
        vault.drafts.save(one, {"patient.name.first": "Dee"}, 2)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE row SET sealed = ? WHERE kind = 'card' AND id = ?", (card, one))
    with pytest.raises(VaultDamaged):
        unlocked(tmp_path)


def test_a_whole_older_file_in_the_vaults_place_is_found_and_can_be_taken_on_purpose(tmp_path):
    one, _ = filled(tmp_path)
    path = tmp_path / "vault.db"
    older = path.read_bytes()
    with unlocked(tmp_path) as vault:
        vault.drafts.save(one, {"a": 2}, 2)
    path.write_bytes(older)
    with pytest.raises(VaultDamaged, match="older"):
        unlocked(tmp_path)
    unlocked(tmp_path, accept_older=True).lock()
    unlocked(tmp_path).lock()


def test_every_byte_flipped_is_found_or_changes_nothing(tmp_path):
    one, two = filled(tmp_path)
    path = tmp_path / "vault.db"
    good = path.read_bytes()
    found = 0
    for place in range(100, len(good), 211):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x41]) + good[place + 1 :])
        try:
            with unlocked(tmp_path) as vault:
                vault.verify()
                assert vault.drafts.load(one).data["a"] == 1
                assert vault.drafts.load(two).data["note"] == "two"
        except (VaultDamaged, PassphraseWrong):
            found += 1
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)
    assert found > 20


def test_a_file_that_is_no_vault_is_refused(tmp_path):
    path = tmp_path / "vault.db"
    with pytest.raises(VaultMissing):
        unlocked(tmp_path)
    for content in (b"", b"SQLite format 3\x00" + b"\x00" * 4000, b"%PDF-1.7", bytes(range(256)) * 64):
        path.write_bytes(content)
        with pytest.raises(VaultDamaged):
            unlocked(tmp_path)
    with pytest.raises(VaultDamaged):
        status(path)


# copies


def test_a_backup_is_one_file_that_the_same_passphrase_opens(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.backup(tmp_path / "copy" / "backup.planscribe")
        vault.drafts.save(draft.id, {"patient.phone": "after"}, 1)
        with pytest.raises(OutputNotWritable):
            vault.backup(tmp_path / "copy" / "backup.planscribe")
    assert [file.name for file in (tmp_path / "copy").iterdir()] == ["backup.planscribe"]
    elsewhere = tmp_path / "new machine" / "vault.db"
    assert restore(tmp_path / "copy" / "backup.planscribe", PASSPHRASE, elsewhere) is None
    with Vault.unlock(PASSPHRASE, elsewhere) as vault:
        assert vault.drafts.load(draft.id).data == draft.data
        assert [entry.action for entry in vault.trail.entries()].count(Action.RESTORE) == 1


def test_a_restore_lays_the_present_vault_aside_and_leaves_out_who_was_forgotten(tmp_path):
    with new_vault(tmp_path) as vault:
        gone, stays = vault.drafts.create(PLAN), vault.drafts.create(PLAN)
        vault.backup(tmp_path / "backup")
        vault.forget(gone.person)
    aside = restore(tmp_path / "backup", PASSPHRASE, tmp_path / "vault.db")
    assert aside is not None and aside.is_file()
    with unlocked(tmp_path) as vault:
        assert [card.id for card in vault.drafts.cards()] == [stays.id]
        vault.verify()


def test_a_backup_that_was_changed_or_is_of_another_passphrase_is_not_restored(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.backup(tmp_path / "backup")
    with pytest.raises(PassphraseWrong):
        restore(tmp_path / "backup", "nine loud geese depart", tmp_path / "vault.db")
    with closing(sqlite3.connect(tmp_path / "backup")) as db, db:
        db.execute("DELETE FROM row WHERE kind = 'card'")
    with pytest.raises(VaultDamaged):
        restore(tmp_path / "backup", PASSPHRASE, tmp_path / "vault.db")
    with unlocked(tmp_path) as vault:
        assert vault.drafts.load(draft.id).data == draft.data
    assert sorted(f.name for f in tmp_path.iterdir() if "restoring" in f.name) == []


def test_a_forgotten_person_leaves_no_byte_in_the_file(tmp_path):
    with new_vault(tmp_path) as vault:
        gone, stays = vault.drafts.create(PLAN), vault.drafts.create(PLAN)
        for n in range(40):
            vault.drafts.save(gone.id, {"patient.phone": str(n)}, n + 1)
        vault.drafts.keep(gone.id, "signed")
        sealed = [row[0] for row in vault._connection.execute("SELECT sealed FROM row WHERE owner = ?", (gone.person,))]
        assert vault.forget(gone.person) == len(sealed) > 40
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert all(blob[:12] not in files and blob[-16:] not in files for blob in sealed)
        with pytest.raises(RecordUnknown):
            vault.drafts.load(gone.id)
        with pytest.raises(RecordUnknown):
            vault.forget("")
        assert vault.drafts.load(stays.id).data == stays.data
        vault.verify()


def test_the_file_holds_no_word_in_the_open_and_nobody_else_may_read_it(tmp_path):
    with new_vault(tmp_path) as vault:
        vault.drafts.create(PLAN)
        everything = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for word in ("Whitcombe", "Darnell", "JF-10021", "Drinking"):
        assert word.encode() not in everything and word.encode("utf-16-le") not in everything
    assert (tmp_path / "vault.db").stat().st_mode & 0o077 == 0


# the audit trail


def test_the_trail_tells_who_did_what_in_order_and_nothing_of_a_patient(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        vault.drafts.load(draft.id)
        vault.drafts.save(draft.id, {"patient.name.first": "Dee"}, 1)
        entries = vault.trail.entries()
        told = "\n".join(str(entry) for entry in entries)
    assert [str(e.action) for e in entries] == ["create", "unlock", "create", "open", "change"]
    assert all(word not in told for word in ("Dee", "Whitcombe", "patient"))
    assert all(entry.actor == "owner" and entry.at[-6] in "+-" for entry in entries)


def test_words_that_a_person_typed_cannot_enter_the_trail(tmp_path):
    with new_vault(tmp_path) as vault:
        for word in ("Darnell Whitcombe", "a/b", "ñ", "x" * 65, "\n"):
            with pytest.raises(ValueError, match="plain words"):
                vault.trail.note("owner", Action.PRINT, word)
            with pytest.raises(ValueError, match="plain words"):
                vault.trail.note("owner", Action.PRINT, "", form=word)
        vault.trail.verify()


def test_what_was_refused_while_locked_joins_the_trail(tmp_path):
    new_vault(tmp_path).lock()
    for _ in range(3):
        with pytest.raises(PassphraseWrong):
            unlocked(tmp_path, "not the passphrase")
    with unlocked(tmp_path) as vault:
        refused = [entry for entry in vault.trail.entries() if entry.action is Action.REFUSE]
    assert [(entry.actor, entry.detail) for entry in refused] == [("nobody", {"times": 3, "what": "passphrase"})]


def test_every_entry_changed_moved_taken_out_or_cut_off_is_found(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN)
        for n in range(1, 8):
            vault.drafts.save(draft.id, {"a": n}, n)
        count = vault.trail.verify()
        good = vault._connection.execute("SELECT seq, entry, mac FROM audit ORDER BY seq").fetchall()

        def broken(rows):
            vault._connection.execute("DELETE FROM audit")
            vault._connection.executemany("INSERT INTO audit VALUES (?, ?, ?)", rows)
            try:
                vault.trail.verify()
            except AuditBroken:
                return True
            return False

        assert count == len(good) and not broken(good)
        for n in range(count):
            seq, entry, mac = good[n]
            assert broken(
                [*good[:n], (seq, entry.replace("owner", "ownes").replace("nobody", "nobodi"), mac), *good[n + 1 :]]
            )
            assert broken([*good[:n], (seq, entry, bytes(32)), *good[n + 1 :]])
            assert broken(good[:n] + good[n + 1 :]), "taken out"
            assert broken([*good[:n], *((s - 1, e, m) for s, e, m in good[n + 1 :])]), "taken out, renumbered"
            assert broken(good[:n]), "cut"
            for other in range(n + 1, count):
                rows = list(good)
                rows[n], rows[other] = (seq, *good[other][1:]), (good[other][0], entry, mac)
                assert broken(rows), "swapped"
        assert broken([*good, (count + 1, good[-1][1], good[-1][2])]), "added"
        assert not broken(good)


def test_a_cut_tail_is_found_when_the_vault_is_opened(tmp_path):
    filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / "vault.db")) as db, db:
        db.execute("DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)")
    with pytest.raises(AuditBroken):
        unlocked(tmp_path)


def test_a_vault_in_memory_keeps_drafts_as_one_on_the_disk_does_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Vault.in_memory() as vault:
        draft = vault.drafts.create(PLAN)
        vault.drafts.save(draft.id, {"patient.name.first": "Dee"}, 1)
        assert vault.drafts.load(draft.id).data["patient"]["name"]["first"] == "Dee"
        with pytest.raises(SaveConflict):
            vault.drafts.save(draft.id, {"patient.name.first": "Dora"}, 1)
        vault.verify()
    assert not vault.is_open
    with pytest.raises(VaultLocked):
        vault.drafts.load(draft.id)
    assert list(tmp_path.iterdir()) == []


def test_a_card_carries_what_the_last_save_said_about_its_draft(tmp_path):
    with new_vault(tmp_path) as vault:
        draft = vault.drafts.create(PLAN, noted={"open": 7})
        assert dict(vault.drafts.cards()[0].noted) == {"open": 7}
        vault.drafts.save(draft.id, {"plan.type": "informal"}, 1, noted={"open": 2, "due": "2027-02-01"})
        assert dict(vault.drafts.cards()[0].noted) == {"open": 2, "due": "2027-02-01"}
