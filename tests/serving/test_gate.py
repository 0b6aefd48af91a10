"""The gate by itself, with a clock that the test moves."""

from generator.app.gate import Gate
from generator.store import Vault
from tests.store.making import CHEAP, PASSPHRASE


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_a_token_opens_one_session_and_never_a_second():
    gate = Gate()
    token = gate.new_token()
    assert gate.find(gate.enter(token)) is not None
    assert gate.enter(token) is None
    assert gate.enter("") is None and gate.enter(token[:-1]) is None


def test_a_token_that_lay_about_for_ten_minutes_opens_nothing():
    clock = Clock()
    gate = Gate(clock=clock)
    token = gate.new_token()
    clock.now += 601
    assert gate.enter(token) is None


def test_a_stolen_cookie_is_worth_nothing_after_fifteen_idle_minutes_and_does_not_come_back():
    clock = Clock()
    gate = Gate(clock=clock)
    cookie = gate.enter(gate.new_token())
    clock.now += 899
    assert gate.find(cookie) is not None
    clock.now += 1
    assert gate.find(cookie) is None
    clock.now = 1000.0
    assert gate.find(cookie) is None, "a clock put back revives nothing"


def test_work_keeps_a_session_for_twelve_hours_and_not_longer():
    clock = Clock()
    gate = Gate(clock=clock)
    session = gate.find(gate.enter(gate.new_token()))
    for _ in range(12 * 6 - 1):
        clock.now += 600
        assert gate.touch(session)
    clock.now += 600
    assert not gate.touch(session)


def test_looking_at_a_session_does_not_keep_it():
    clock = Clock()
    gate = Gate(clock=clock)
    cookie = gate.enter(gate.new_token())
    for _ in range(10):
        clock.now += 100
        gate.find(cookie)
    assert gate.find(cookie) is None


def test_lock_ends_one_session_at_once_and_with_the_last_one_the_vault_is_locked(tmp_path):
    gate = Gate()
    first, second = (gate.enter(gate.new_token()) for _ in range(2))
    vault, _ = Vault.create(PASSPHRASE, tmp_path / "vault.db", cost=CHEAP)
    gate.vault = vault
    gate.end(gate.find(first))
    assert gate.find(first) is None and gate.find(second) is not None and vault.is_open
    gate.end(gate.find(second))
    assert gate.vault is None and not vault.is_open


def test_a_session_that_ended_idle_locks_the_vault_without_anybody_asking(tmp_path):
    clock = Clock()
    gate = Gate(clock=clock)
    gate.enter(gate.new_token())
    vault, _ = Vault.create(PASSPHRASE, tmp_path / "vault.db", cost=CHEAP)
    gate.vault = vault
    clock.now += 900
    gate.sweep()
    assert not vault.is_open


def test_only_a_browser_that_had_a_session_may_try_the_passphrase_and_five_times():
    gate = Gate()
    cookie = gate.enter(gate.new_token())
    assert not gate.may_unlock(None) and not gate.may_unlock("another") and not gate.may_unlock(cookie)
    gate.end(gate.find(cookie))
    for _ in range(5):
        assert gate.may_unlock(cookie)
        gate.count_try(cookie)
    assert not gate.may_unlock(cookie)
