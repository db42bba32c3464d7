"""Commands about a unit's rules: when it is due, what late work costs, which hand-in counts."""

from typing import Annotated

import typer


def rules(
    unit: Annotated[str | None, typer.Argument(help="Its name or number; all if omitted.")] = None,
    due: Annotated[
        str | None,
        typer.Option(help="A date with its time zone, as 2026-01-10 14:30 +01:00, or none."),
    ] = None,
    late: Annotated[
        str | None,
        typer.Option(help="What late work costs: none, zero (all points), 20%, 10%/day, 5%/hour."),
    ] = None,
    attempts: Annotated[
        str | None, typer.Option(help="How many hand-ins can count, from the first; or any.")
    ] = None,
    counts: Annotated[
        str | None, typer.Option(help="Which hand-in counts: on-time, last or best.")
    ] = None,
    before_due: Annotated[
        str | None, typer.Option(help="What feedback shows before the due date: points or hints.")
    ] = None,
) -> None:
    """Show a unit's rules, or change them: due date, late work, attempts, what is shown.

    `--late default` leaves late work to nbgrader_config.py.
    """
    from autograder import console, paths
    from autograder.grading.gradebook import GradingError
    from autograder.grading.lateness import update_penalties
    from autograder.grading.lock import lock_classroom
    from autograder.grading.rules.attempts import place_counting
    from autograder.grading.rules.published import publish
    from autograder.grading.rules.unit_rules import extensions, load_rules, set_rules

    changes = {"due": due, "late": late, "attempts": attempts, "counts": counts}
    changes["before_due"] = before_due
    try:
        name = paths.unit_named(unit) if unit else ""
        if any(given is not None for given in changes.values()):
            if not name:
                raise GradingError("name the unit that is to have these rules; nothing was changed")
            paths.classroom().mkdir(mode=0o700, parents=True, exist_ok=True)
            with lock_classroom():
                set_rules(name, **changes)
                update_penalties([name])
                place_counting(name)
            publish()
        found = load_rules([name] if name else None)
        more = {name: extensions(name) for name in found}
        console.screen.print(console.rules_table(found, more))
    except (GradingError, paths.UnknownNameError) as error:
        raise console.report_error(error) from error


def extend(
    student: Annotated[str, typer.Argument(help="The student's id, as in the gradebook.")],
    unit: Annotated[str, typer.Argument(help="Its name or number.")],
    until: Annotated[
        str | None,
        typer.Option(help="The new date with its time zone, or none to take it back."),
    ] = None,
) -> None:
    """Show until when a student may hand in a unit, or give more time.

    If the unit's due date is moved later, the student's moves with it.
    """
    from autograder import console, forget, paths
    from autograder.grading.gradebook import GradingError
    from autograder.grading.lateness import update_penalties
    from autograder.grading.lock import lock_classroom
    from autograder.grading.rules.attempts import place_counting
    from autograder.grading.rules.unit_rules import due_dates, show_date
    from autograder.grading.rules.unit_rules import extend as give

    try:
        name = paths.unit_named(unit)
        known = forget.known_students()
        if student not in known:
            raise paths.UnknownNameError("student", student, sorted(known))
        if until is not None:
            with lock_classroom():
                give(student, name, until)
                update_penalties([name])
                place_counting(name)
        due, others = due_dates(name)
    except (GradingError, paths.UnknownNameError) as error:
        raise console.report_error(error) from error
    if due is None:
        typer.echo(f"{name} has no due date")
        return
    own = others.get(student)
    more = f", for everybody else {show_date(due)}" if own else ", as for everybody"
    typer.echo(f"{name} is due {show_date(own or due)} for {student}{more}")


COMMANDS = (rules, extend)
