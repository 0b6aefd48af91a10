"""The agency's brand as it is kept: what the page's stationery form writes, and templates are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import PlanNotReadable
from generator.files import home, write_whole
from generator.yaml_safe import TextNotReadable, read_yaml, write_yaml

_FILE, _LOGO = "brand.yaml", "logo"


@dataclass(frozen=True, slots=True)
class KeptBrand:
    """A brand's own words (the keys of brand.yaml), and the picture of its logo as it was given."""

    data: Mapping[str, object] = field(default_factory=dict)
    logo: bytes | None = field(default=None, repr=False)


def brand_path() -> Path:
    """Where the agency's brand file lies."""
    return home() / _FILE


def read_kept() -> KeptBrand:
    """The brand that is kept; an empty one where there is none. Raises PlanNotReadable for one that cannot be read."""
    try:
        data = read_yaml(brand_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return KeptBrand()
    except (OSError, UnicodeDecodeError, TextNotReadable):
        raise PlanNotReadable(
            f"The brand file {_FILE} of your agency cannot be read. Fill in the page again."
        ) from None
    known = data if isinstance(data, dict) else {}
    logo = brand_path().with_name(str(known.get("logo", "")) or _LOGO)
    return KeptBrand({str(k): v for k, v in known.items()}, logo.read_bytes() if logo.is_file() else None)


def keep(brand: KeptBrand) -> None:
    """Write it, the logo beside it; what is blank is left out. Raises OutputNotWritable."""
    data = {key: value for key, value in brand.data.items() if value and key != "logo"}
    if brand.logo is not None:
        write_whole(brand_path().with_name(_LOGO), brand.logo)
        data["logo"] = _LOGO
    write_whole(brand_path(), write_yaml(data).encode())
