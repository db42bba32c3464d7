"""Names of files and folders, as people and their computers alter them."""

import re
import unicodedata

ARCHIVES = (
    *(".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".zst"),
    *(".7z", ".rar", ".lzma"),
)
SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "lost+found"}
"""Made by operating systems, besides the hidden ones; nobody hands them in on purpose."""

_COPY = re.compile(
    r"[\s_-]*\(\d+\)$"  # a browser's second download
    r"|[\s_-]*(?<![a-z])(?:copy|kopie|copie|copia)(?:[\s_-]*\d+)?$"  # Jupyter's, the desktop's
    r"|^(?:copy|kopie|copie|copia)\s+(?:of|von|de|di)\s+"
    r"|\s+\d+$"  # macOS's
)
_SEPARATORS = re.compile(r"[\s_.-]+")
_DOWNLOADED = re.compile(r"\.ipynb(?:\.(?:txt|json|download))?$")
"""The ending of a notebook, and what browsers add to it."""


def is_system_file(name: str) -> bool:
    """Tell whether a name is hidden or an operating system's own, such as macOS's `._` files."""
    return name.startswith(".") or name.casefold() in SYSTEM_FILES


def is_archive(name: str) -> bool:
    """Tell whether a file's name is that of an archive."""
    return name.casefold().endswith(ARCHIVES)


def is_notebook(name: str) -> bool:
    """Tell whether a file's name is a notebook's, in any case and with what browsers append."""
    return not is_system_file(name) and bool(_DOWNLOADED.search(name.casefold()))


def means_unit(name: str, unit: str) -> bool:
    """Tell whether a name without its ending can mean nothing but this unit.

    It may differ from the unit's in case, in what stands between the words, and by the mark of a
    copy; or it is the unit's number.
    """
    plain = _plain(name)
    return plain in (_plain(unit), unit.partition("_")[0])


def notebook_means_unit(name: str, unit: str) -> bool:
    """Tell the same of a notebook's name with its ending."""
    return is_notebook(name) and means_unit(_DOWNLOADED.sub("", name.casefold()), unit)


def _plain(name: str) -> str:
    """Return a name in lower case with single underscores, without the marks of copies."""
    left = unicodedata.normalize("NFKC", name).casefold().strip()
    while (shorter := _COPY.sub("", left).strip()) != left:
        left = shorter
    return _SEPARATORS.sub("_", left).strip("_")
