"""Templates that would do more than print: the payloads, and a runner that tries them all in one place, held to limits.

    python -m tests.word.attacks "text box"

prints a JSON list: payload, how it ended, seconds. The runner's process may use 512 MB beyond what it starts with; a
hook of the interpreter notes any program started, file written or socket opened while a payload runs.
"""

import copy
import io
import json
import sys
import tempfile
import time
from pathlib import Path

MARK = str(Path(tempfile.gettempdir()) / "planscribe-attack-mark")

REACHES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ patient.__init__.__globals__ }}",
    "{{ patient['__class__'] }}",
    "{{ patient['__cl' ~ 'ass__'] }}",
    "{{ patient|attr('__class__') }}",
    "{{ ''|attr('__class__')|attr('__mro__') }}",
    "{{ rows|map(attribute='__class__')|list }}",
    "{{ rows|map(attribute='title.__class__')|join }}",
    "{{ rows|selectattr('__class__')|list }}",
    "{{ rows|groupby('__class__') }}",
    "{{ rows|sort(attribute='__class__') }}",
    "{{ rows|sum(attribute='__class__') }}",
    "{{ rows|unique(attribute='__class__')|list }}",
    "{{ rows|join(',', '__class__') }}",
    "{{ rows|map('attr', '__class__')|list }}",
    f"{{{{ cycler.__init__.__globals__.os.popen('touch {MARK}').read() }}}}",
    f"{{{{ lipsum.__globals__['os'].system('touch {MARK}') }}}}",
    f"{{{{ self.__init__.__globals__.__builtins__.__import__('os').system('touch {MARK}') }}}}",
    f"{{{{ joiner.__init__.__globals__.os.system('touch {MARK}') }}}}",
    f"{{{{ namespace.__init__.__globals__.os.system('touch {MARK}') }}}}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ loop.__class__ }}",
    "{% for x in rows %}{{ loop.__init__ }}{% endfor %}",
    "{% for x in rows %}{{ loop }}{% endfor %}",
    "{% for x in rows %}{{ loop.cycle('a') }}{% endfor %}",
    "{% for x in rows %}{{ loop._iterator }}{% endfor %}",
    "{{ '{0.__class__.__init__.__globals__}'.format(patient) }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{{ '%s'|format(patient.__class__) }}",
    "{% set f = '{0.__class__}'.format %}{{ f(1) }}",
    "{{ ['{0.__class__}'.format]|map('string')|list }}",
    "{{ patient.save() }}",
    "{{ patient.model_dump() }}",
    "{{ patient.delete }}",
    "{{ patient.clear() }}",
    "{{ patient.update(name='x') }}",
    "{{ patient.pop('name') }}",
    "{{ patient.setdefault('new', 1) }}",
    "{{ rows.append('evil') }}",
    "{{ rows.pop() }}",
    "{{ rows.sort() }}",
    "{% set x = rows.clear() %}",
    "{% set patient.name = 'evil' %}",
    "{% set rows[0] = 'evil' %}",
    "{% set ns = namespace(a=1) %}{% set ns.a = 2 %}",
    "{% do rows.append(1) %}",
    "{% import 'os' as o %}{{ o.system('true') }}",
    "{% from 'os' import system %}",
    "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{% block a %}{% endblock %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}<w:p/>{% endautoescape %}",
    "{% with a = 1 %}{{ a }}{% endwith %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{{ '</w:t></w:r></w:p><w:altChunk/>'|safe }}",
    "{{ rows|tojson }}",
    "{{ patient|xmlattr }}",
    "{{ patient|pprint }}",
    "{{ config }}{{ request }}{{ g }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ dict(a=1) }}",
    "{{ range.__class__ }}",
    "{{ patient if patient.__class__ }}",
    "{{ rows[0].__dict__ }}",
    "{{ true.__class__ }}",
    "{{ (1).__class__ }}",
    "{{ x is callable }}{{ rows is filter }}",
    "{{ 'a'.__add__('b') }}",
    "{{ patient.name.__len__() }}",
    "{{ _private }}",
    "{{ *rows }}",
    "{{ patient|upper(*rows) }}",
    "{{ patient.name|replace(**patient) }}",
    "{{ lambda: 1 }}",
    "{{ [x for x in rows] }}",
    "{{ {'a': 1}.__class__ }}",
    "{{ 𝓼elf }}{{ patient.__𝒸lass__ }}",
    "{{ patient['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ patient|map('__class__') }}",
]
"""What reaches for Python's own: no attribute, method, import or macro may be had."""

GROWS = [
    "{{ 'A' * 10**9 }}",
    "{{ 'A' * 1000000000 }}",
    "{{ 10 ** 10 ** 9 }}",
    "{{ 9**9**9 }}",
    "{{ 999999999999 * 999999999999 * 999999999999 }}",
    "{{ [1] * 10000000 }}",
    "{{ rows * 10000000 }}",
    "{{ patient.name * 10000000 }}",
    "{{ 1 << 9999999999 }}",
    "{{ " + "9" * 1500 + " }}",
    "{{ 1e308 * 10 }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ patient.name % 1 }}",
    "{{ '%2000000000d'|format(1) }}",
    "{{ '{:2000000000}'.format(1) }}",
    "{{ 'x'.center(2000000000) }}",
    "{{ 'x'|center(2000000000) }}",
    "{{ 'x'|indent(2000000000) }}",
    "{{ 'x'|wordwrap(1, wrapstring='y' * 10**9) }}",
    "{{ rows|batch(1000000000, 'x')|list }}",
    "{{ rows|slice(1000000000)|list }}",
    "{{ range(10**9) }}",
    "{{ range(1000000000)|list }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ lipsum(n=10000000) }}",
    "{{ (['A' * 1000000] * 2000)|join }}",
    "{{ rows|join('" + "x" * 1900 + "') }}",
    "{{ ('a' ~ 'a')|replace('a', '"
    + "b" * 1500
    + "')|replace('b', '"
    + "c" * 1500
    + "')|replace('c', '"
    + "d" * 300
    + "') }}",
    "{{ patient.name|replace('', 'aaaaaaaa')|replace('', 'aaaaaaaa')|replace('', 'aaaaaaaa')|replace('', 'aaaaaaaa')|replace('', 'aaaaaaaa')|replace('', 'aaaaaaaa')|replace('', 'aaaaaaaa') }}",
    "{% set a = 'x' ~ 'x' %}",
    "{% set s = patient.name %}" + "{% set s = s ~ s %}" * 40,
    "{% set a = patient.name %}" + "{% set b = a ~ a %}{% set a = b ~ b %}" * 30 + "{{ a }}",
    "{% set a = patient.name %}" + "{% set a = a|replace('a', 'aaaaaaaaaaaaaaaa') %}" * 20 + "{{ a|length }}",
    "{% set a = rows %}" + "{% set b = a + a %}{% set a = b + b %}" * 30 + "{{ a|length }}",
    "".join(f"{{% for a{n} in many %}}" for n in range(8)) + "x" + "{% endfor %}" * 8,
    "".join(f"{{% for a{n} in many %}}" for n in range(8)) + "{% endfor %}" * 8,
    "".join(f"{{% for a{n} in rows %}}" for n in range(40)) + "{% endfor %}" * 40,
    "{% for a in many %}{% for b in many %}{% for c in many %}{{ patient.name|replace('a', '"
    + "b" * 1000
    + "') }}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in many %}{% for b in many %}{{ many|sort|join|upper }}{% endfor %}{% endfor %}",
    "{% for a in many %}{% for b in many %}{{ many|map('string')|list|length }}{% endfor %}{% endfor %}",
    "{% for a in many recursive %}{{ loop(many) }}{% endfor %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "[" * 400 + "]" * 400 + " }}",
    "{{ " + "not " * 3000 + "1 }}",
    "{{ " + "-" * 1900 + "1 }}",
    "{{ a" + ".b" * 900 + " }}",
    "{{ a" + "|upper" * 300 + " }}",
    "{{ " + " ~ ".join("a" * 2 for _ in range(400)) + " }}",
    "{{ " + " if 1 else ".join("1" for _ in range(150)) + " }}",
    "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "{% if 1 %}{% else %}" * 100 + "{% endif %}" * 100,
    "{{ '" + "A" * 500_000 + "' }}",
    "{{ patient.name }}" * 30_000,
    "{{" * 20_000,
    "{%" * 20_000,
    "{{ {" * 5_000,
    "{#" * 20_000,
    "{{ x " * 5_000 + "}}" * 5_000,
    "{% colspan 10**9 %}{% cellbg 'A' * 10**9 %}",
    "{% colspan 1000000000 %}",
    "{%tr for x in many %}{%tc for y in many %}{%p for z in many %}",
    "{{ many|sum(start='x') }}",
    "{{ patient.name|truncate(-1) }}",
    "{{ patient.name|round(999999999) }}",
    "{{ 5|round(999999999999) }}",
    "{{ 'x'|int(base=999999999) }}",
    "{{ '1' ~ '0' * 999 }}",
    "{{ patient.name|bullets('" + "x" * 1500 + "') }}",
    "{{ '2026-01-01'|date('" + "yyyy" * 450 + "') }}",
    "{{ patient.name|plural('" + "x" * 1900 + "') }}",
]
"""What would take all time or memory."""

PAYLOADS = [*REACHES, *GROWS]


class Canary:
    """Says so when anything of it is touched."""

    touched: list[str] = []  # noqa: RUF012

    def __getattribute__(self, name: str) -> object:
        if name not in ("__class__", "__reduce_ex__"):
            Canary.touched.append(name)
        return object.__getattribute__(self, name)

    def _say(self, *_: object) -> str:
        Canary.touched.append("called")
        return "x"

    __str__ = __repr__ = __getitem__ = __call__ = __iter__ = __len__ = __bool__ = __html__ = __format__ = _say  # type: ignore[assignment]
    save = delete = model_dump = _say


def context() -> dict[str, object]:
    """Plain data as a plan gives it."""
    rows = [{"title": "one", "n": 1}, {"title": "two", "n": 2}]
    return {"patient": {"name": "Ana & <Bo>"}, "rows": rows, "many": ["abcdefghij"] * 300, "a": "a", "x": ""}


def attempt(place: str, payload: str) -> tuple[str, float]:
    """How a payload ended in one place, and the seconds it took: an error's class, `printed`, or what went wrong."""
    from generator.blanks.word_tags import open_word_tags
    from generator.errors import GeneratorError
    from tests.making import placed

    data = placed(place, payload)
    start = time.process_time()
    given = context()
    kept = copy.deepcopy(given)
    ended = "printed"
    try:
        template = open_word_tags(data)
        with_canary = {**given, "patient": Canary()}
        try:
            template.render(with_canary)
            ended = "took an object for data"
        except GeneratorError:
            pass
        template.render(given)
    except GeneratorError as error:
        ended = type(error).__name__
    if given != kept:
        ended = "changed the data"
    if Canary.touched:
        ended, Canary.touched = f"touched an object: {Canary.touched[0]}", []
    return ended, time.process_time() - start


def main() -> None:
    """Try every payload in the place named."""
    place = sys.argv[1]
    attempt(place, "{{ patient.name|upper }}{% for r in rows %}{{ r.title }}{% endfor %}")
    acts: list[str] = []
    watching = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        starts = event.startswith(
            ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.", "ctypes.")
        )
        if watching and (starts or (event == "open" and str(arguments[1]) not in ("r", "rb", "None"))):
            acts.append(event)

    sys.addaudithook(hook)
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + 512 * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError):
        print("no limits of memory here", file=sys.stderr)
    out = []
    for payload in PAYLOADS:
        watching = True
        try:
            ended, seconds = attempt(place, payload)
        except MemoryError:
            ended, seconds = "passed 512 MB", 0.0
        except Exception as error:  # noqa: BLE001 (the test says which)
            ended, seconds = f"broke: {type(error).__name__}: {error}", 0.0
        watching = False
        if acts:
            ended = f"ran {acts[0]}"
            acts.clear()
        out.append([payload[:120], ended, round(seconds, 3)])
    with io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8") as stream:
        json.dump(out, stream)


if __name__ == "__main__":
    main()
