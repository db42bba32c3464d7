"""Students' wheel is made of staff's: its version, its pins, its files of `course`."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.wheel import WheelBuilder
from hatchling.metadata.plugin.interface import MetadataHookInterface

LICENCES = ("LICENSE", "LICENSE-TEXT")


def staff(root: str) -> WheelBuilder:
    """Return what builds staff's wheel, from the folder of this project."""
    return WheelBuilder(str(Path(root).resolve().parents[1]))


class Pins(MetadataHookInterface):
    """Takes version, Python and the pins of the packages named as `requires`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in what the project leaves open."""
        project = staff(self.root).metadata.core
        metadata["version"] = project.version
        metadata["requires-python"] = project.requires_python
        pins = {pin.partition("==")[0]: pin for pin in project.dependencies}
        metadata["dependencies"] = [pins[name] for name in self.config["requires"]]


class Files(BuildHookInterface):
    """Takes the files of `course` that staff's wheel has, and the licences."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files, each with its place in the wheel."""
        main = staff(self.root)
        taken = {
            file.path: file.distribution_path
            for file in main.recurse_included_files()
            if file.distribution_path.startswith("course/")
        }
        build_data["force_include"].update(taken)
        for name in LICENCES:
            build_data["extra_metadata"][str(Path(main.root, name))] = name
