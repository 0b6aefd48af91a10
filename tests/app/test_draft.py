"""What can be done to the entries of a plan: each keeps the others as they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.app.session import Draft
from generator.plan.goals import Goal, Objective, Problem, Progress


def titled(*titles: str) -> Draft:
    draft = Draft()
    for title in titles:
        draft.add("problems", Problem(title=title, goals=[Goal(statement=f"{title} goal")]))
    return draft


def titles(draft: Draft) -> list[str | None]:
    return [problem.title for problem in draft.plan.problems]


def test_an_entry_moves_as_far_as_its_list_goes():
    draft = titled("A", "B", "C")
    assert draft.move("problems", 0, 1) == 1
    assert titles(draft) == ["B", "A", "C"]
    assert draft.move("problems", 2, 1) == 2
    assert draft.move("problems", 0, -1) == 0
    assert titles(draft) == ["B", "A", "C"]


def test_a_copy_stands_below_without_the_number_and_the_record_of_the_first():
    draft = titled("A", "B")
    goal = draft.plan.problems[0].goals[0]
    goal.objectives.append(Objective(id="G1.O1", statement="Six days", progress=[Progress(value=3)]))
    assert draft.duplicate("problems", 0) == 1
    copy = draft.plan.problems[1].goals[0].objectives[0]
    assert (copy.id, copy.statement, copy.progress) == (None, "Six days", [])
    copy.put("statement", "Five days")
    assert goal.objectives[0].statement == "Six days"
    assert goal.objectives[0].progress[0].value == 3


def test_undo_finds_the_list_of_a_problem_that_was_moved_since():
    draft = titled("A", "B")
    draft.remove("problems[0].goals", 0)
    draft.move("problems", 0, 1)
    assert draft.bring_back() == "problems[1].goals[0]"
    assert draft.plan.problems[1].goals[0].statement == "A goal"
    assert len(draft.plan.problems[0].goals) == 1


def test_undo_waits_for_the_list_that_was_itself_removed():
    draft = titled("A", "B")
    draft.remove("problems[0].goals", 0)
    draft.remove("problems", 0)
    assert draft.bring_back() == "problems[0]"
    assert draft.bring_back() == "problems[0].goals[0]"
    assert draft.bring_back() == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["remove", "up", "down", "copy"]), st.integers(0, 6)), max_size=20))
def test_as_many_undos_as_removals_bring_every_title_back(steps):
    draft = titled("A", "B", "C", "D")
    copied: list[str | None] = []
    for step, place in steps:
        if step == "copy" and place < len(draft.plan.problems):
            copied.append(draft.plan.problems[place].title)
            draft.duplicate("problems", place)
        elif step == "remove":
            draft.remove("problems", place)
        else:
            draft.move("problems", place, -1 if step == "up" else 1)
    while draft.bring_back():
        pass
    assert sorted(map(str, titles(draft))) == sorted(["A", "B", "C", "D", *map(str, copied)])
