"""Finished documents as one ZIP file. File names come from forms, never from a patient."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day a ZIP knows: the same documents give the same file


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files by their names, in their order. Raises ValueError for a name that leads out of its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            if "/" in name or "\\" in name or name in ("", ".", ".."):
                raise ValueError(f"{name!r} is not the plain name of a file")
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
