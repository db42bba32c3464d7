"""The steps that make a school, each of which can be asked whether it is done."""

from autograder.school import class_steps, machine_steps
from autograder.school.school_config import SchoolConfig
from autograder.school.step import Step


def steps(config: SchoolConfig) -> list[Step]:
    """Return all steps, in the order in which they are done."""
    return [
        machine_steps.folders(config),
        machine_steps.environment(config),
        machine_steps.proxy(config),
        machine_steps.accounts(config),
        machine_steps.walls(config),
        machine_steps.files(config),
        class_steps.data(config),
        class_steps.classroom(config),
        class_steps.exchange(config),
        class_steps.homes(config),
    ]
