"""A compiled template prints what Jinja itself prints, whatever the template and the data."""

import html
import re
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateRuntimeError

from generator.blanks.word_tags.program import compile_program
from generator.blanks.word_tags.render import refuse_unless_data
from generator.errors import RefusedForSafety
from generator.sandbox import environment, parse

_value = st.one_of(st.none(), st.booleans(), st.integers(-9, 99), st.text("ab<&\"'x ", max_size=5))
_rows = st.lists(
    st.fixed_dictionaries({"t": _value, "n": st.integers(0, 5), "l": st.lists(_value, max_size=3)}), max_size=3
)
_context = st.fixed_dictionaries(
    {"a": _value, "b": _value, "rows": _rows, "d": st.fixed_dictionaries({"k": _value, "m": _rows})}
)

_atom = st.sampled_from(
    ["a", "b", "d.k", "d['k']", "rows", "d.m", "x.t", "x.n", "x.l", "y", "y.t", "s", "loop.index", "loop.first", "loop.last",
     "loop.length", "loop.revindex0", "'q<'", "7", "true", "rows[0].t", "rows[0:1]", "nope", "d.nope", "(1, 'z')"]
)  # fmt: skip
_expression = st.recursive(
    _atom,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["upper", "default('d')", "string", "length", "first", "last", "list", "join(', ')", "sort", "unique|list", "e",
                                          "replace('a','b')", "trim", "title", "none('N')", "commas", "check", "date", "map(attribute='t')|list", "reverse|list",
                                          "selectattr('n')|list", "int", "abs", "groupby('n')"])).map("|".join),
        st.tuples(inner, st.sampled_from(["is defined", "is none", "is string", "is mapping", "is divisibleby(2)"])).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, st.sampled_from(["==", "!=", "<", ">=", "in", "not in", "and", "or", "~", "+", "-", "*"]), inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        inner.map(lambda one: f"(not {one})"),
    ),
    max_leaves=4,
)  # fmt: skip
_template = st.recursive(
    st.one_of(st.sampled_from(["text ", "- "]), _expression.map(lambda e: f"{{{{ {e} }}}}"), st.tuples(st.sampled_from("st"), _expression).map(lambda p: f"{{% set {p[0]} = {p[1]} %}}")),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(_expression, inner, inner).map(lambda p: f"{{% if {p[0]} %}}{p[1]}{{% else %}}{p[2]}{{% endif %}}"),
        st.tuples(st.sampled_from("xy"), st.sampled_from(["rows", "d.m", "x.l", "rows[0].l", "rows|sort(attribute='n')"]), st.sampled_from(["", " if x.t", " if y"]), inner, inner).map(
            lambda p: f"{{% for {p[0]} in {p[1]}{p[2]} %}}{p[3]}{{% else %}}{p[4]}{{% endfor %}}"
        ),
    ),
    max_leaves=6,
)  # fmt: skip


STOPS = (
    TemplateRuntimeError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    AssertionError,
    RefusedForSafety,
)


def _shown(xml: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", xml))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(_template, _context)
def test_any_template_prints_what_jinja_prints(source, context):
    env = environment().overlay(finalize=lambda value: "" if value is None else value)
    whole = f"<w:t>{source}</w:t>"
    try:
        tree = parse(whole)
    except RefusedForSafety:
        return
    try:
        expected = env.from_string(whole).render(context)
    except Exception as error:  # noqa: BLE001 (the same kind of refusal is looked for)
        expected = error
    try:
        ours = compile_program(tree, environment()).render(context).decode()
    except Exception as error:  # noqa: BLE001
        ours = error
    if isinstance(expected, str) and isinstance(ours, str):
        assert _shown(ours) == _shown(expected)
    elif isinstance(ours, Exception) and isinstance(expected, str):
        # Arithmetic is for numbers only here; Jinja repeats and joins texts and lists.
        assert isinstance(ours, TypeError) and "*" in source
    elif isinstance(ours, str):
        # None is an empty list for us, where Jinja stops.
        assert "NoneType" in str(expected)
    else:
        # Both stop; which of two faults is met first may differ. Ours is of a kind that ends in one sentence.
        assert isinstance(ours, STOPS), repr(ours)


def test_a_template_that_stays_whole_is_known_when_it_is_compiled():
    def is_whole(source: str) -> bool:
        return compile_program(parse(source), environment()).is_whole

    assert is_whole("<w:p><w:t>{% if a %}x{% else %}y{% endif %}</w:t></w:p>")
    assert is_whole("<w:p><w:t>{% for x in a %}x</w:t></w:p><w:p><w:t>{% endfor %}</w:t></w:p>")
    assert not is_whole("<w:p><w:t>{% if a %}x</w:t></w:p><w:p><w:r>{% endif %}</w:t></w:p>")
    assert not is_whole("<w:p>{% for x in a %}<w:t>{% endfor %}</w:p>")


def test_a_value_in_an_attribute_cannot_leave_it():
    program = compile_program(parse('<w:shd w:fill="{{ a }}"/>'), environment())
    assert program.render({"a": '"/><evil x="\n'}) == b'<w:shd w:fill="&quot;/&gt;&lt;evil x=&quot; "/>'


@pytest.mark.parametrize("thing", [object(), print, {1, 2}.union, type, sys])
def test_a_context_that_holds_more_than_data_is_refused(thing):
    with pytest.raises(RefusedForSafety):
        refuse_unless_data({"patient": [{"name": thing}]})
