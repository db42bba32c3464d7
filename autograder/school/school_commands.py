"""The commands `autograder school …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from autograder.school.school_config import SchoolConfig

app = typer.Typer(no_args_is_help=True, help="A school on this machine: hub, accounts, exchange.")

ConfigPath = Annotated[Path, typer.Option("--config", help="The school's file.")]
DEFAULT = Path("/etc/descent/school.toml")


@app.command()
def up(
    config: ConfigPath = DEFAULT,
    demo: Annotated[
        bool, typer.Option("--demo", help="Write a file for a school of ten made-up students.")
    ] = False,
) -> None:
    """Set up what is missing and start it; run as root. It can be run again at any time."""
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.school import demo_school, processes, school_config

    try:
        if demo:
            demo_school.write_demo(config)
        school = school_config.load_config(config)
        running = processes.hub_answers(school)
        if found := school_config.problems(school, running):
            raise school_config.SchoolError("\n".join(found) + "\nNothing was done.")
        _set_up(school)
        processes.start(school, config)
    except (school_config.SchoolError, GradingError) as error:
        raise console.report_error(error) from error
    except OSError as error:
        raise _report_stop(error) from error
    typer.echo(f"\nThe school is open at {school.address}\n{_next_step(school)}")


def update(config: ConfigPath = DEFAULT) -> None:
    """Give every student of the school the mended notebooks; what they wrote stays. Run as root.

    On a computer of one's own `course update` does the same.
    """
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.school import processes, school_config
    from autograder.school.homes import update_homes

    try:
        school = school_config.load_config(config)
        if found := school_config.problems(school, processes.hub_answers(school)):
            raise school_config.SchoolError("\n".join(found) + "\nNothing was done.")
        _set_up(school)
        for student, said in update_homes(school):
            for line in said.splitlines():
                typer.echo(f"{student}: {line}")
    except (school_config.SchoolError, GradingError) as error:
        raise console.report_error(error) from error
    except OSError as error:
        raise _report_stop(error) from error


def _report_stop(error: OSError) -> typer.Exit:
    """Say where a step was stopped, as by a disk that is full."""
    from autograder import console

    what = f"{error.filename or 'this machine'}: {error.strerror}"
    return console.report_error(f"stopped at {what}; run this again to go on")


def _set_up(school: "SchoolConfig") -> None:
    """Do the steps that are not done."""
    from autograder.school.steps import steps

    for step in steps(school):
        if not step.is_done():
            typer.echo(f"… {step.what}")
            step.do()
        typer.echo(f"✓ {step.what}")


def _next_step(school: "SchoolConfig") -> str:
    listed = school.place / "passwords.csv"
    lines = [
        f"Accounts and passwords: {listed}, which root alone can read. Log in as one of them.",
        f"{school.staff} finds the menu Nbgrader, Formgrader; grades by `autograder grade` in "
        f"{school.staff_folder}.",
    ]
    if not school.certificate:
        lines.append(
            "There is no certificate: passwords and work travel readable for everybody on this "
            "network. Name one in the school's file before anybody but you uses it."
        )
    return "\n".join(lines)


@app.command()
def plan(
    config: ConfigPath = DEFAULT,
    files: Annotated[bool, typer.Option("--files", help="Print the files' content too.")] = False,
) -> None:
    """Print what `up` would do, each step with the commands that do it by hand; change nothing."""
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.school import hub_files, processes, school_config
    from autograder.school.steps import steps

    try:
        school = school_config.load_config(config)
        found = school_config.problems(school, processes.hub_answers(school))
        for problem in found:
            typer.echo(f"in the way: {problem}")
        for number, step in enumerate(steps(school), 1):
            done = "done" if step.is_done() else "to do"
            typer.echo(f"{number}. {step.what} ({done})")
            typer.echo("".join(f"     {line}\n" for line in step.by_hand.splitlines()), nl=False)
    except (school_config.SchoolError, GradingError) as error:
        raise console.report_error(error) from error
    except PermissionError as error:
        raise console.report_error(f"{error.filename} is root's: run this with sudo") from error
    way = "units of systemd's" if processes.has_systemd() else "plain processes, kept running"
    typer.echo(f"Then it starts {way}: {', '.join(s.name for s in processes.services(school))}")
    if files:
        for path, text in hub_files.public_files(school).items():
            typer.echo(f"\n# {path}\n{text}")
        typer.echo(f"\n# {school.place}/hub/jupyterhub_config.py\n{hub_files.hub_file(school)}")
        for service in processes.services(school):
            typer.echo(f"\n# descent-{service.name}.service\n{processes.unit(service)}")


@app.command()
def status(config: ConfigPath = DEFAULT) -> None:
    """Say what runs, and what is wrong; exit with an error if anything is."""
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.school import school_config
    from autograder.school.school_status import examine

    try:
        found = examine(school_config.load_config(config))
    except (school_config.SchoolError, GradingError) as error:
        raise console.report_error(error) from error
    except PermissionError as error:
        raise console.report_error(f"{error.filename} is root's: run this with sudo") from error
    typer.echo(repr(found))
    raise typer.Exit(0 if found.ready else 1)


@app.command()
def down(config: ConfigPath = DEFAULT) -> None:
    """Stop the school. Accounts, homes, hand-ins and grades stay; `up` starts it again."""
    from autograder import console
    from autograder.school import processes, school_config

    try:
        school = school_config.load_config(config)
        processes.stop(school)
    except school_config.SchoolError as error:
        raise console.report_error(error) from error
    except PermissionError as error:
        raise console.report_error("the processes are root's: run this with sudo") from error
    typer.echo(f"The school is closed. All files are where they were, in {school.place}")
