"""The library of forms: those shipped, and the agency's own.

A shipped template is `templates/<id>.docx` with `<id>.toml` beside it; a shipped form is `forms/<id>/form.toml` with
`form.pdf` or `form.docx`. The same in Spanish ends in `.es.toml` and `.es.docx` or `.es.pdf`. Own forms lie in the same shape under the agency's folder (`PLANSCRIBE_HOME`).
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from generator.errors import BlankNotReadable, FormUnknown, MapNotValid
from generator.files import home


@dataclass(frozen=True, slots=True)
class Form:
    """A blank with its title, edition, source and field map.

    `kind` is that of its blank (`word-tags`, `pdf-fields`); `map` is the table of the .toml that says which plan value
    goes where (empty for a tagged template, which needs none). `is_own` marks the agency's own forms; `others` are the
    same form in other languages, by code. `order` is its place in the list. `data` is a blank that lies in no file yet.
    """

    id: str
    title: str
    kind: str
    path: Path
    languages: tuple[str, ...] = ("en",)
    edition: str = ""
    source: str = ""
    licence: str = ""
    sha256: str = ""
    is_own: bool = False
    order: int = 100
    confirmed_by: str = ""
    confirmed_on: str = ""
    map: Mapping[str, object] = field(default_factory=dict)
    others: Mapping[str, "Form"] = field(default_factory=dict)
    data: bytes | None = field(default=None, repr=False)

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe forms list --json`."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "languages": list(self.languages),
            "edition": self.edition,
            "source": self.source,
            "own": self.is_own,
            "confirmed_by": self.confirmed_by,
            "confirmed_on": self.confirmed_on,
        }

    def in_language(self, code: str) -> "Form":
        """The form in a language; itself where there is no other."""
        return self.others.get(code, self)

    def read(self) -> bytes:
        """The blank's bytes. Raises BlankNotReadable where the file is gone or is not the one that was confirmed."""
        if self.data is not None:
            return self.data
        try:
            data = self.path.read_bytes()
        except OSError:
            raise BlankNotReadable(f"The file of the form {self.id} cannot be read: {self.path.name}.") from None
        if self.sha256 and hashlib.sha256(data).hexdigest() != self.sha256:
            raise BlankNotReadable(
                f"The file of the form {self.id} is not the one its field map was made for. "
                "Map the new file with: planscribe map"
            )
        return data


def library_root() -> Path:
    """The folder with `templates` and `forms`: beside the package in a checkout, inside it in an installed wheel."""
    package = Path(__file__).resolve().parent
    return package / "_shipped" if (package / "_shipped").is_dir() else package.parent


def forms() -> tuple[Form, ...]:
    """All forms, shipped ones first, in their order."""
    root = library_root()
    templates = (path for path in (root / "templates").glob("*.toml") if "." not in path.stem)
    shipped = [*sorted(templates), *sorted((root / "forms").glob("*/form.toml"))]
    own = sorted((home() / "forms").glob("*/form.toml"))
    read = sorted((_read(path, is_own=False) for path in shipped), key=lambda form: form.order)
    return (*read, *(_read(path, is_own=True) for path in own))


def find(form_id: str) -> Form:
    """The form of that id; an own form goes before a shipped one. Raises FormUnknown, naming what there is."""
    if 0 < len(form_id) < 200 and not set(form_id) & set("/\\\0"):
        root = library_root()
        own = home() / "forms" / form_id / "form.toml"
        if own.is_file():
            return _read(own, is_own=True)
        for path in (root / "templates" / f"{form_id}.toml", root / "forms" / form_id / "form.toml"):
            if "." not in form_id and path.is_file():
                return _read(path, is_own=False)
    raise FormUnknown(
        f'There is no form "{form_id}", and no file of that name. See the forms there are with: planscribe forms'
    )


def find_file(sha256: str) -> Form | None:
    """The form whose blank has this content, own ones first; None where no confirmed map is kept for it."""
    return next((form for form in reversed(forms()) if form.sha256 == sha256), None)


def aliases() -> dict[str, str]:
    """The agency's own words, caption → path: what people corrected when they confirmed maps."""
    try:
        data = tomllib.loads((home() / "aliases.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    kept = data.get("aliases")
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def _read(path: Path, *, is_own: bool) -> Form:
    try:
        about = path.stat()
        data = _table(path, about.st_mtime_ns, about.st_size)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise MapNotValid(f"{path.parent.name}/{path.name} is not a form's file{line}.") from None
    form_id = path.parent.name if path.name.startswith("form.") else path.stem.partition(".")[0]
    blanks = [path.with_suffix(suffix) for suffix in (".docx", ".pdf")]
    blank = next((candidate for candidate in blanks if candidate.is_file()), None)
    if blank is None:
        raise BlankNotReadable(f"The form {form_id} has no file: {path.stem}.docx or {path.stem}.pdf is missing.")
    languages = data.get("languages")
    spoken = tuple(str(code) for code in languages) if isinstance(languages, list) else ("en",)
    beside = {code: path.with_name(f"{path.stem}.{code}.toml") for code in spoken}
    return Form(
        id=form_id,
        title=str(data.get("title", form_id)),
        kind=str(data.get("kind", "word-tags" if blank.suffix == ".docx" else "pdf-fields")),
        path=blank,
        languages=spoken,
        edition=str(data.get("edition", "")),
        source=str(data.get("source", "")),
        licence=str(data.get("licence", "")),
        sha256=str(data.get("sha256", "")),
        is_own=is_own,
        confirmed_by=str(data.get("confirmed_by", "")),
        confirmed_on=str(data.get("confirmed_on", "")),
        order=order if isinstance(order := data.get("order"), int) else 100,
        map={key: data[key] for key in ("fields", "rows") if key in data},
        others={code: _read(other, is_own=is_own) for code, other in beside.items() if other.is_file()},
    )


@lru_cache(maxsize=512)
def _table(path: Path, _changed_at: int, _size: int) -> dict[str, object]:
    """The .toml as it was at that time: the library's maps are long, and are asked for at every turn. Not to be changed."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
