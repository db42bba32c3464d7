"""Lock files: which package in which version, for which systems, with the hashes of its files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement


@dataclass(frozen=True)
class LockedPackage:
    """A line of a lock file: what is pinned, and the files that may be installed for it."""

    pin: Requirement
    hashes: tuple[str, ...]

    def applies(self, system: Mapping[str, str]) -> bool:
        """Tell whether it is installed on a system, given as values of environment markers.

        Those that are not given are this interpreter's.
        """
        return self.pin.marker is None or self.pin.marker.evaluate({"extra": "", **system})


def read_lock(path: Path) -> list[LockedPackage]:
    """Return the packages of a lock file, as `make lock` writes it."""
    text = path.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)[1:]
    return [
        LockedPackage(
            Requirement(block.partition("\\")[0].strip()),
            tuple(re.findall(r"--hash=(sha256:[0-9a-f]+)", block)),
        )
        for block in blocks
    ]
