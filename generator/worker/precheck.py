"""What every file given to a worker must pass before a task sees it, whatever the task. No library opens it yet."""

from generator.zip_limits import checked_entries

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def refuse_unsafe(data: bytes) -> None:
    """Nothing for a file that a task may open. Raises what `zip_limits` raises for a zip that no office program wrote."""
    if data.startswith(_ZIP):
        checked_entries(data)
