"""A logo made ready for print: PNG or JPEG made small, SVG drawn. Opens foreign pictures, so it runs in a worker."""

import io
import re
import tempfile
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from generator.errors import BlankNotReadable, FileTooLarge

_LARGEST_SIDE = 900
_MOST_PIXELS = 160_000_000


def ready_logo(data: bytes) -> bytes:
    """A PNG no larger than 900 pixels a side.

    Raises BlankNotReadable where it is no PNG, JPEG or SVG, FileTooLarge where it has more than 160 million pixels.
    """
    if re.match(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg\b", data[:4000], re.DOTALL):
        data = _drawn(data)
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise FileTooLarge("The picture has more than 160 million pixels. Save a smaller copy and use that.")
            picture.draft("RGB", (_LARGEST_SIDE * 2, _LARGEST_SIDE * 2))
            # A palette cannot be made smaller smoothly; anything else is made small before it takes more memory.
            small: Image.Image = picture.convert("RGBA") if picture.mode in ("P", "1") else picture
            small.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE), Image.Resampling.LANCZOS)
            small = small.convert("RGBA")
    except Image.DecompressionBombError:
        raise FileTooLarge("The picture has more than 160 million pixels. Save a smaller copy and use that.") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError):
        raise BlankNotReadable("This is not a PNG, JPEG or SVG picture, or it is damaged.") from None
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(svg: bytes) -> bytes:
    """The SVG as a picture. Typst's reader follows no link to another file and runs no script."""
    import typst

    page = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", width: 300pt)'
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        main = Path(folder) / "main.typ"
        main.write_text(page, encoding="utf-8")
        main.with_name("logo.svg").write_bytes(svg)
        drawn = main.with_suffix(".png")
        try:
            typst.compile(str(main), output=str(drawn), format="png", ppi=216.0)
        except RuntimeError:
            raise BlankNotReadable("This SVG picture cannot be drawn. Save it as PNG and use that.") from None
        return drawn.read_bytes()
