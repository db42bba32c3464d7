"""What answers give is stored one observation a line, so that a change of one can be reviewed."""

import json
from dataclasses import replace

import numpy as np
import pytest

from autograder import paths
from autograder.forkserver import client
from course.checks import stored_outcomes
from course.checks.check import instant_checks
from course.checks.diagnosis import Mistake
from course.checks.observation import Outcome
from course.checks.stored_outcomes import FOLDER, StoredOutcomes, dump, encode

MOST_LINES = 17_000
"""About nine a mistake. It grows with the catalogue, now some 1,400 wrong answers, and with
nothing else: arrays stay on their observation's line."""


def stored(unit: str) -> dict[str, StoredOutcomes]:
    return {
        exercise: stored_outcomes.load_outcomes(unit, exercise) for exercise in instant_checks(unit)
    }


@pytest.mark.parametrize("unit", paths.units())
def test_each_line_is_one_observation_and_all_is_read(unit: str) -> None:
    text = (FOLDER / f"{unit}.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.split("\n")[:-1]]
    heads = {("exercise",), ("mistake", "hint")}
    observations = [line for line in lines if tuple(line) not in heads]
    kinds = {("value",), ("raised", "message"), ("right",)}
    assert all(tuple(line) in kinds for line in observations)
    kept = stored(unit).values()
    answers = [
        answer for each in kept for answer in (each.right, *(m.outcomes for m in each.mistakes))
    ]
    assert sum(line.get("right", 1) for line in observations) == sum(map(len, answers))
    assert dump(stored(unit)) == text


def test_the_stored_outcomes_can_be_read_by_a_person() -> None:
    lines = sum(path.read_text(encoding="utf-8").count("\n") for path in FOLDER.iterdir())
    assert lines < MOST_LINES


def test_another_observation_is_another_line() -> None:
    unit = paths.units()[1]
    before = stored(unit)
    exercise, kept = list(before.items())[1]
    mistake = kept.mistakes[2]
    pairs = zip(mistake.outcomes, kept.right, strict=True)
    place = next(i for i, (own, right) in enumerate(pairs) if encode(own) != encode(right))
    other = Outcome({"a": (np.arange(3.0), "two\nlines\u2028")})
    outcomes = (*mistake.outcomes[:place], other, *mistake.outcomes[place + 1 :])
    changed = replace(
        kept, mistakes=(*kept.mistakes[:2], replace(mistake, outcomes=outcomes), *kept.mistakes[3:])
    )
    old, new = (dump(each).split("\n") for each in (before, {**before, exercise: changed}))
    assert len(old) == len(new)
    differing = [line for line, was in zip(new, old, strict=True) if line != was]
    assert [json.loads(line) for line in differing] == [encode(other)]


def test_an_exercise_is_read_whatever_stands_around_it(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Outcome({"exercise": '\n{"exercise": "second"}\n'})
    unit = {
        "first": StoredOutcomes((words, Outcome(raised="KeyError")), ()),
        "second": StoredOutcomes((Outcome(1.0),), (Mistake("m", "a \u2028 hint\x85", (words,)),)),
        "second_order": StoredOutcomes((Outcome(2),), ()),
    }
    (tmp_path / "90_made_up.jsonl").write_text(dump(unit), encoding="utf-8")
    monkeypatch.setattr(stored_outcomes, "FOLDER", tmp_path)
    assert {
        exercise: stored_outcomes.load_outcomes("90_made_up", exercise) for exercise in unit
    } == unit
    with pytest.raises(KeyError, match="third"):
        stored_outcomes.load_outcomes("90_made_up", "third")


def test_preloaded_interpreters_are_replaced_when_it_changes() -> None:
    assert str(FOLDER / f"{paths.units()[0]}.jsonl") in dict(client._changes())
