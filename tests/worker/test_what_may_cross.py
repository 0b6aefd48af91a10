"""The wire: what a worker may send, and what a lying one cannot."""

import io
import json
import pickle
import struct
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.blanks.tasks import Seen
from generator.errors import BlankNotReadable, MachineLacks, WorkerStopped
from generator.finding import Finding, Severity
from generator.slots import Choice, Fill, Filled, Outcome, Slot, SlotKind, Status
from generator.worker.answers import is_answer_of
from generator.worker.pool import Pool
from generator.worker.wire import Plain, WireBroken, receive, send

SEEN = Seen(
    "pdf-fields",
    2,
    (Slot("a", "Name", SlotKind.TEXT, rect=(0.0, 1, 2.5, 3)), Slot("b", choices=(Choice("Yes", "Ja"),))),
    (Finding("r", Severity.ERROR, "w", "m", "d"),),
)


def sent(value):
    stream = io.BytesIO()
    send(stream, value)
    return stream.getvalue()


def frame(tree, blobs=()):
    text = json.dumps(tree).encode()
    head = struct.pack(f">QI{len(blobs)}Q", len(text), len(blobs), *map(len, blobs))
    return io.BytesIO(head + text + b"".join(blobs))


@pytest.mark.parametrize(
    "value",
    [
        SEEN,
        Filled(b"\x00pdf", (Outcome("a", Status.SHRUNK, "small", size_pt=6.5),), ()),
        [Fill("x", [{"a": "b", "rows": [{"c": True}]}]), Fill("y", True)],
        (
            b"",
            b"\xff" * 1000,
            "\ud800 lone",
            1,
            1.5,
            None,
            True,
            {1, 2},
            {"k": (1,)},
            date(2026, 1, 2),
            Decimal("1.20"),
        ),
    ],
)
def test_a_noun_comes_back_equal_and_of_the_same_class(value):
    back = receive(io.BytesIO(sent(value)))
    assert back == value
    assert type(back) is type(value)


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()


@settings(max_examples=60, deadline=None)
@given(st.recursive(plain, lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner)))
def test_every_plain_value_comes_back(value):
    assert receive(io.BytesIO(sent(value))) == value


def test_an_error_comes_back_as_itself_with_its_sentence():
    back = receive(io.BytesIO(sent(("error", BlankNotReadable("This is damaged.")))))
    assert type(back[1]) is BlankNotReadable and str(back[1]) == "This is damaged."


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_bent_frame_is_read_or_refused_and_nothing_else(data):
    whole = bytearray(sent(("done", SEEN)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        answer = receive(io.BytesIO(bytes(whole)))
    except WireBroken:
        return
    assert type(answer) in (tuple, list, dict, str, int, float, bool, type(None), set, frozenset)


LIES = {
    "a function": ["noun", "os:system", "touch /tmp/PWN"],
    "a builtin": ["noun", "builtins:eval", "1"],
    "a function of ours": ["noun", "generator.files:write_whole", "x", "y"],
    "a class of ours that is no noun": ["noun", "generator.worker.pool:Pool"],
    "a name our module imported": ["noun", "generator.files:Path", "x"],
    "a dotted name": ["noun", "generator.slots:Slot.__init__", 1],
    "a module that is not there": ["noun", "generator.nowhere:Slot", 1],
    "a relative module": ["noun", "generator..os:system", 1],
    "no name": ["noun", None, 1],
    "a noun with a field too many": ["noun", "generator.slots:Choice", "a", "b", "c"],
    "a noun with a field of another type": ["noun", "generator.slots:Choice", "a", 3],
    "a flag where a number stands": ["noun", "generator.blanks.tasks:Seen", "k", True, ["tuple"], ["tuple"]],
    "a list of the wrong nouns": [
        "noun", "generator.blanks.tasks:Seen", "k", 1,
        ["tuple", ["noun", "generator.slots:Choice", "a", "b"]], ["tuple"],
    ],
    "an enumeration value that is none": ["enum", "generator.slots:Status", "burnt"],
    "an error that is no error of ours": ["error", "generator.slots:Status", "filled"],
    "an error built in": ["error", "builtins:SystemExit", "x"],
    "an error as a noun": ["noun", "generator.errors:BlankNotReadable", "x"],
    "a blob that is not there": ["bytes", 7],
    "a blob from the end": ["bytes", -1],
    "a tag of no kind": ["call", "os.system"],
    "an empty list": [],
    "a bare object": {"__class__": "x"},
    "a date that is none": ["date", "2026-13-45"],
    "a key that cannot be one": ["dict", [["list", 1], 2]],
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_of_the_wire_makes_nothing(lie):
    with pytest.raises(WireBroken):
        receive(frame(LIES[lie], (b"blob",) if "blob" in lie else ()))


def test_a_deep_nest_and_a_huge_length_are_refused():
    for bad in (
        struct.pack(">QI", 1 << 40, 0),
        struct.pack(">QI", 2, 1 << 30),
        struct.pack(">QIQ", 2, 1, 1 << 50) + b"{}",
        struct.pack(">QI", 200_000, 0) + b"[" * 200_000,
        b"",
        b"\x00" * 5,
    ):
        with pytest.raises(WireBroken):
            receive(io.BytesIO(bad))


def test_a_pickle_is_no_frame_any_more():
    class Boom:
        def __reduce__(self):
            return (print, ("ran",))

    with pytest.raises(WireBroken):
        receive(io.BytesIO(struct.pack(">Q", 60) + pickle.dumps(Boom())))


LYING = """
import os, json, struct
answers = os.fdopen(os.dup(1), "wb"); os.read(0, 100000)
text = json.dumps({tree!r}).encode()
answers.write(struct.pack(">QI", len(text), 0) + text); answers.flush()
os.read(0, 1)
"""


@pytest.mark.parametrize(
    "tree",
    [
        ["tuple", "done", "text where a number stands"],
        ["tuple", "done", True],
        ["tuple", "error", "no error"],
        ["tuple", "error", ["error", "generator.finding:Severity", "x"]],
        ["tuple", "fault", ["list"]],
        ["tuple", "open the door", 3],
        ["list", "done", 3],
        "done",
        ["tuple", "done", ["noun", "os:system", "true"]],
    ],
)
def test_a_lying_worker_is_ended_with_one_typed_error(tree):
    pool = Pool(start=LYING.format(tree=tree))
    try:
        with pytest.raises(WorkerStopped):
            pool.call("count-pages", (b"%PDF-",))
    finally:
        pool.close()


def test_an_answer_must_be_of_the_type_its_task_declares():
    assert is_answer_of("count-pages", 3)
    assert not is_answer_of("count-pages", "3")
    assert is_answer_of("page-pictures", (b"a", b"b"))
    assert not is_answer_of("page-pictures", (b"a", "b"))
    assert is_answer_of("inspect", SEEN)
    assert not is_answer_of("inspect", SEEN.slots)


def test_plain_data_crosses_as_itself_and_quickly_made_nouns_of_it_are_still_refused():
    data = {"name": "Ann", "rows": [{"n": 1, "on": True, "none": None, "list": ["noun", "os:system", 1]}]}
    assert receive(io.BytesIO(sent(("task", Plain(data))))) == ("task", data)
    # What a worker sends so is data and no noun: where a noun is wanted, it is of the wrong type.
    told = ["noun", "generator.slots:Outcome", ["plain", {"a": 1}], "filled", "", None, "", "", ["tuple"]]
    with pytest.raises(WireBroken):
        receive(frame(told))
    assert not is_answer_of("make-word", receive(frame(["plain", {"data": "x"}])))


def test_plain_data_that_is_none_is_a_fault_of_ours():
    with pytest.raises(TypeError):
        sent(Plain({"day": date(2026, 1, 2)}))


HALF_INSTALLED = """
import sys
from generator.worker import child, tasks
tasks.TASKS["flatten"] = "a_library_that_is_not_here:do"
child.main()
"""


def test_what_cannot_be_imported_is_told_as_the_machines_lack_and_not_as_the_files_fault():
    pool = Pool(start=HALF_INSTALLED)
    try:
        with pytest.raises(MachineLacks, match=r"\(ModuleNotFoundError, for the task flatten\)"):
            pool.call("flatten", (b"%PDF-1.4 Alex Example",))
        with pytest.raises(BlankNotReadable):  # the other tasks go on
            pool.call("inspect", (b"nothing",))
    finally:
        pool.close()
