"""`autograder school status`: what runs, who is there, and what is wrong."""

import os
import shutil
from collections.abc import Iterator

from autograder.doctor import LEAST_FREE
from autograder.forkserver.server.account_group import limits_here
from autograder.school import processes
from autograder.school.school_config import SchoolConfig
from autograder.school.steps import steps
from course.readiness import Finding, Report


def examine(config: SchoolConfig) -> Report:
    """Look at the steps, the processes and the machine; change nothing."""
    return Report(tuple(_findings(config)))


def _findings(config: SchoolConfig) -> Iterator[Finding]:
    again = "sudo autograder school up"
    for step in steps(config):
        if not step.is_done():
            yield Finding("set up", False, f"missing: {step.what}", again)
    for service in processes.services(config):
        runs = processes.is_running(config, service)
        yield Finding(service.name, runs, "runs" if runs else "does not run", "" if runs else again)
    answers = processes.hub_answers(config)
    where = config.address if answers else f"no answer at {config.address}"
    yield Finding("address", answers, where, "" if answers else f"look into {config.place}/log")
    kernels = config.kernels.exists()
    found = f"forked from {config.kernels}" if kernels else "no fork server: they start slowly"
    yield Finding("kernels", kernels, found, "" if kernels else again)
    yield Finding("at work", True, f"{len(processes.servers(config))} servers")
    limits = f"{config.memory} MB and {config.processes} processes for each student"
    held = len(limits_here()) == 2
    yield Finding("limits", True, limits if held else "none: this machine has no control groups")
    secure = "https" if config.certificate else "no certificate: all travels readable"
    yield Finding("network", True, secure)
    free = shutil.disk_usage(config.place if config.place.exists() else "/").free
    fits = free >= LEAST_FREE
    fix = "" if fits else "make room: notebooks are not saved on a full disk"
    yield Finding("disk", fits, f"{free / 1e9:.1f} GB free at {config.place}", fix)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    yield Finding("memory", True, f"{memory:.0f} GB; docs/school.md says for how many")
