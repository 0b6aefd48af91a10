"""Make an agency's own form fillable: a flat PDF gets fields. The file given is never changed."""

from pathlib import Path

from generator.blanks.tasks import Seen
from generator.errors import FormUnsupported
from generator.files import write_whole
from generator.make import adopt_pdf, inspect, read_blank


def adopt_file(path: Path, output: Path, *, map_file: Path | None = None) -> Seen:
    """Write the fillable form and give what it holds now.

    Raises FormUnsupported where the form is fillable already or offers no place for an answer.
    """
    data = read_blank(path)
    seen = inspect(data)
    if seen.kind != "pdf-flat":
        raise FormUnsupported(f"{path.name} can be filled as it is ({seen.kind}). Next: planscribe map {path.name}")
    made = adopt_pdf(data)
    write_whole(output, made)
    return inspect(made)
