"""What a patch must hold for every pair of documents."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.store.patch import GONE, apply, equal, patch_between, read_path, touches, value_in

_keys = st.text(alphabet="abc._[]é ", min_size=0, max_size=3)
_leaves = st.none() | st.booleans() | st.integers(0, 3) | st.floats(0, 2) | st.text(max_size=3)
_documents = st.dictionaries(
    _keys,
    st.recursive(
        _leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3), max_leaves=12
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(_documents, _documents)
def test_the_patch_between_two_documents_makes_one_of_the_other(old, new):
    assert equal(apply(old, patch_between(old, new)), new)


@settings(max_examples=100, deadline=None)
@given(_documents)
def test_no_change_is_an_empty_patch(document):
    assert patch_between(document, document) == {}


def test_one_field_changed_is_a_patch_of_one_field():
    old = {"patient": {"name": {"first": "Ann"}}, "problems": [{"title": "a", "goals": [{"text": "x"}]}]}
    new = {"patient": {"name": {"first": "Ann"}}, "problems": [{"title": "a", "goals": [{"text": "y"}]}]}
    assert patch_between(old, new) == {"problems[0].goals[0].text": "y"}


def test_entries_that_changed_places_make_the_whole_list_one_field():
    old = {"problems": [{"title": "a"}, {"title": "b"}]}
    new = {"problems": [{"title": "b"}, {"title": "a"}]}
    assert patch_between(old, new) == {"problems": new["problems"]}


def test_an_entry_with_another_id_makes_the_whole_list_one_field():
    old, new = {"staff": [{"id": "st1", "name": "A"}]}, {"staff": [{"id": "st2", "name": "A"}]}
    assert patch_between(old, new) == {"staff": new["staff"]}


def test_a_field_taken_away_is_not_a_field_set_to_none():
    assert patch_between({"a": 1, "b": 2}, {"b": None}) == {"a": GONE, "b": None}


def test_a_path_touches_itself_what_holds_it_and_what_it_holds_and_nothing_beside():
    assert touches("problems[0].title", ["problems"])
    assert touches("problems", ["problems[0].title"])
    assert not touches("problems[0].title", ["problems[1].title", "problems[0].goals"])
    assert not touches("plan", ["plan_date"])


def test_a_value_that_is_not_there_is_gone_and_not_none():
    assert value_in({"a": [{"b": None}]}, "a[0].b") is None
    assert value_in({"a": [{"b": None}]}, "a[1].b") is GONE


def test_words_that_are_no_path_are_refused():
    for words in (".", "a.", "a..b", "[x]", "a[1", "a]", ".a"):
        try:
            read_path(words)
        except ValueError:
            continue
        raise AssertionError(words)
