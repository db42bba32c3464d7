"""Steps about the class: data, classroom, exchange, homes."""

import os
import pwd
import shutil
import tempfile
from pathlib import Path

from autograder import paths
from autograder.grading.roster import write_roster
from autograder.school.school_config import SchoolConfig, find_account
from autograder.school.step import Step, run


def data(config: SchoolConfig) -> Step:
    """Copy the data that all share."""
    there = config.place / "data" / "mnist.npz"

    def is_done() -> bool:
        if not config.mnist:
            return True
        return there.exists() and there.stat().st_size == Path(config.mnist).stat().st_size

    def do() -> None:
        half = there.with_suffix(".part")
        shutil.copyfile(config.mnist, half)
        half.chmod(0o644)
        half.replace(there)

    what = f"MNIST, once for all, in {there}" if config.mnist else "no MNIST: `mnist` names no file"
    return Step(what, f"install -m 644 {config.mnist or 'mnist.npz'} {there}", is_done, do)


def classroom(config: SchoolConfig) -> Step:
    """Make staff's folder and its gradebook."""
    kept = config.staff_folder / "classroom" / "roster.csv"
    settings = config.staff_folder / "nbgrader_config.py"

    def do() -> None:
        owner = pwd.getpwnam(config.staff)
        config.staff_folder.mkdir(mode=0o700, exist_ok=True)
        if not settings.exists():  # a school's own settings stand in it
            written = config.place / "jupyter" / "staff" / "nbgrader_config.py"
            shutil.copyfile(written, settings)
        for path in (config.staff_folder, settings):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as listed:
            write_roster(config.students(), Path(listed.name))
            os.chown(listed.name, owner.pw_uid, owner.pw_gid)
            grader = [str(config.python), "-m", "autograder", "roster", listed.name]
            run(grader, "the roster was not taken", config.staff, folder=config.staff_folder)

    def is_done() -> bool:
        if not (kept.exists() and settings.exists()):
            return False
        with tempfile.TemporaryDirectory() as folder:
            write_roster(config.students(), Path(folder, "roster.csv"))
            return Path(folder, "roster.csv").read_bytes() == kept.read_bytes()

    return Step(
        f"the classroom in {config.staff_folder}, {config.staff}'s alone, with the roster in it",
        f"install -d -m 700 -o {config.staff} {config.staff_folder}\n"
        f"cp {config.place}/jupyter/staff/nbgrader_config.py {config.staff_folder}\n"
        f"cd {config.staff_folder} && sudo -u {config.staff} {config.python} -m autograder roster "
        "ROSTER",
        is_done,
        do,
    )


def exchange(config: SchoolConfig) -> Step:
    """Release the notebooks."""
    course = config.exchange / "descent"
    # As nbgrader makes them: students cannot list what is handed in, nor the pages of feedback.
    modes = {
        course: 0o755,
        course / "outbound": 0o755,
        course / "inbound": 0o2733,
        course / "feedback": 0o711,
    }

    def is_done() -> bool:
        released = {path.name for path in (course / "outbound").glob("*")}
        owner = find_account(config.staff)
        return (
            released >= set(paths.units())
            and owner is not None
            and all(
                path.stat().st_mode & 0o7777 == mode and path.stat().st_uid == owner.pw_uid
                for path, mode in modes.items()
                if path.exists()
            )
            and all(_same_release(course, unit) for unit in released & set(paths.units()))
        )

    def do() -> None:
        for path, mode in modes.items():
            if path.is_dir():
                path.chmod(mode)
        program = "from autograder.school.exchange_release import release_all; release_all()"
        what = "the notebooks cannot be released to the exchange"
        run([config.python, "-c", program], what, config.staff, folder=config.staff_folder)

    return Step(
        f"all units released in nbgrader's exchange {config.exchange}, which takes hand-ins",
        f"cd {config.staff_folder} && for unit in {' '.join(paths.units())}; do\n"
        f"  sudo -u {config.staff} {config.environment}/bin/nbgrader release_assignment --force "
        "$unit; done",
        is_done,
        do,
    )


def _same_release(course: Path, unit: str) -> bool:
    here = paths.RELEASED / unit / f"{unit}.ipynb"
    there = course / "outbound" / unit / f"{unit}.ipynb"
    return there.exists() and there.read_bytes() == here.read_bytes()


def homes(config: SchoolConfig) -> Step:
    """Put the notebooks into homes."""

    def lacking() -> list[str]:
        wanted = [f"{unit}/{unit}.ipynb" for unit in paths.units()]
        found = []
        for entry in config.students():
            account = find_account(entry.id)
            folder = Path(account.pw_dir if account else "/nowhere", "descent")
            if not all((folder / name).exists() for name in wanted):
                found.append(entry.id)
        return found

    def do() -> None:
        for name in lacking():
            folder = Path(pwd.getpwnam(name).pw_dir, "descent")
            command = [str(config.environment / "bin" / "course"), "notebooks", str(folder)]
            run(command, f"{name} gets no notebooks", name)

    return Step(
        "the notebooks in each student's home, in the folder descent",
        f"sudo -u NAME {config.environment}/bin/course notebooks /home/NAME/descent",
        lambda: not lacking(),
        do,
    )
