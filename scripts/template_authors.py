"""Write docs/template-authors.md anew from the model; with --check, only say whether it is current."""

import sys
from pathlib import Path

from generator.mapping.author_page import author_page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "template-authors.md"


def main() -> int:
    """Write or check the page."""
    page = author_page()
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
