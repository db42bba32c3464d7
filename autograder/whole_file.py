"""Files that are there as a whole, or as they were: a run may be killed at any moment."""

from pathlib import Path


def write_whole(path: Path, text: str, mode: int | None = None) -> None:
    """Write a text file in the place of the one that is there.

    Parameters
    ----------
    path : Path
    text : str
    mode : int, optional
        Who may read it, as `chmod` has it; as the process makes files otherwise.

    Raises
    ------
    OSError
        If it cannot be written; what was there before is there still.
    """
    fresh = path.with_suffix(".part")
    fresh.write_text(text, encoding="utf-8")
    if mode is not None:
        fresh.chmod(mode)
    fresh.replace(path)
