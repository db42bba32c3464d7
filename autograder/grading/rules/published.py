"""What students' programs may know of the rules: a file in nbgrader's exchange.

`course submit` reads it, to ask before a hand-in that is late. It names no student: who has an
extension is nobody else's business.
"""

import json
from pathlib import Path

from nbgrader.exchange.default import Exchange

from autograder import nbgrader_bridge
from autograder.grading.rules.late_rule import RulesError
from autograder.grading.rules.unit_rules import load_rules
from autograder.whole_file import write_whole

FILE = "rules.json"


def exchange_folder() -> Path:
    """Return the course's folder in nbgrader's exchange; it need not be there."""
    settings = nbgrader_bridge.config()
    return Path(Exchange(config=settings).root, settings.CourseDirectory.course_id)


def publish() -> bool:
    """Write the rules for students, if there is an exchange; tell whether anything was new.

    Raises
    ------
    RulesError
        If the file cannot be written.
    """
    there = exchange_folder() / FILE
    if not there.parent.is_dir():
        return False
    rules = {
        unit: {
            "due": f"{item.due.isoformat()}+00:00" if item.due else None,
            "late": item.late,
            "attempts": item.attempts,
            "counts": item.counts,
        }
        for unit, item in load_rules().items()
    }
    text = json.dumps(rules, indent=1) + "\n"
    try:
        if there.exists() and there.read_text(encoding="utf-8") == text:
            return False
        write_whole(there, text, 0o644)
    except OSError as error:
        raise RulesError(
            f"the rules are set, but {there} cannot be written ({error.strerror}), so students are "
            "not told"
        ) from error
    return True
