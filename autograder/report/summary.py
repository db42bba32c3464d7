"""The figures of the report, from the gradebook and the verdicts."""

import statistics
from collections import defaultdict
from dataclasses import dataclass, field

from autograder.grading.gradebook import Entry, Score, read_entries, student_names
from autograder.grading.lateness import describe_lateness
from autograder.grading.roster import not_handed_in
from autograder.grading.verdict import Verdict, load_verdicts
from course.predictions.questions import questions_of

BINS = 10
WEAK_SHARE = 0.5
"""Below this share of the points a student may need help."""


@dataclass(frozen=True)
class ExerciseSummary:
    """A class's results in one exercise; shares are in [0, 1], `waiting` is the number ungraded."""

    name: str
    max_points: float
    mean: float
    share_right: float
    by_hand: bool
    waiting: int
    of: int


@dataclass(frozen=True)
class MistakeSummary:
    """A diagnosed mistake, or another message, and the students who got it."""

    exercise: str
    name: str
    hint: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class PredictionSummary:
    """What a class predicted before an answer was shown, and what became of the idea.

    Attributes
    ----------
    short : str
        The question in a few words.
    committed, skipped, right : int
        Students; all others have neither committed nor skipped.
    exercise : str
        The exercise that puts the same idea to work; empty if there is none.
    after, of_after : int
        Of those who committed: whose answer to that exercise is right, and whose was graded.
    """

    short: str
    committed: int
    skipped: int
    right: int
    exercise: str
    after: int
    of_after: int


@dataclass(frozen=True)
class StudentSummary:
    """One student's results in one unit, and reasons to look at the work.

    Attributes
    ----------
    points : float
        Less the penalty.
    share : float
        In [0, 1], of what is graded already; less the penalty too.
    late : str
        By how much it was late and what that costs; empty if it was not.
    """

    id: str
    name: str
    points: float
    max_points: float
    share: float
    reasons: tuple[str, ...]
    waiting: tuple[str, ...]
    wrong: tuple[str, ...]
    late: str
    read: bool
    sandboxed: bool


@dataclass(frozen=True)
class UnitSummary:
    """A unit's part of the report.

    Attributes
    ----------
    bins : list of int
        Submissions by share of the points, in `BINS` equal steps; full points are in the last.
    missing : dict of str to str
        Names of those in the class who have handed in nothing, by id.
    """

    name: str
    max_points: float
    students: list[StudentSummary]
    exercises: list[ExerciseSummary]
    mistakes: list[MistakeSummary]
    unrecognised: list[MistakeSummary]
    predictions: list[PredictionSummary] = field(default_factory=list)
    bins: list[int] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def read(self) -> list[StudentSummary]:
        """Students whose submission is a notebook."""
        return [student for student in self.students if student.read]

    @property
    def mean(self) -> float:
        """Mean share of the points of readable submissions."""
        return statistics.fmean([student.share for student in self.read] or [0.0])

    @property
    def median(self) -> float:
        """Median share of the points of readable submissions."""
        return statistics.median([student.share for student in self.read] or [0.0])

    @property
    def unusual(self) -> list[StudentSummary]:
        """Students whose submission was unusual."""
        return [student for student in self.students if student.reasons]

    @property
    def unsandboxed(self) -> list[StudentSummary]:
        """Students whose code ran without a sandbox."""
        return [student for student in self.students if not student.sandboxed]

    @property
    def late(self) -> list[StudentSummary]:
        """Students whose submission was late."""
        return [student for student in self.students if student.late]

    @property
    def waiting(self) -> list[StudentSummary]:
        """Students with answers that a person has yet to grade."""
        return [student for student in self.students if student.waiting]

    @property
    def weak(self) -> list[StudentSummary]:
        """Students with few points, the fewest first."""
        weak = [student for student in self.students if student.share < WEAK_SHARE]
        return sorted(weak, key=lambda student: student.share)


def summarise(unit: str) -> UnitSummary | None:
    """Summarise a unit; return None if none of its submissions was graded."""
    verdicts, entries, full_names = load_verdicts(unit), read_entries(unit), student_names()
    rows = [
        _student(verdicts[student], entries[student], full_names.get(student, student))
        for student in sorted(verdicts.keys() & entries.keys())
    ]
    if not rows:
        return None
    points = {student: entry.scores for student, entry in entries.items()}
    found = {name: item for name, item in verdicts.items() if name in points and item.read}
    known, unknown = _mistakes(found, full_names)
    return UnitSummary(
        name=unit,
        max_points=rows[0].max_points,
        students=rows,
        exercises=_exercises(found, points),
        mistakes=known,
        unrecognised=unknown,
        predictions=_predictions(unit, found, points),
        bins=_histogram([row for row in rows if row.read]),
        missing={student: full_names.get(student, student) for student in not_handed_in(unit)},
    )


def _student(verdict: Verdict, entry: Entry, name: str) -> StudentSummary:
    scores, total = entry.scores, entry.total
    graded = [score for score in scores.values() if not score.waits]
    of = sum(score.max_points for score in graded)
    return StudentSummary(
        id=verdict.student,
        name=name,
        points=total.points,
        max_points=total.max_points,
        share=max(0.0, sum(score.points for score in graded) - total.penalty) / of if of else 0.0,
        late=describe_lateness(entry),
        reasons=(*verdict.reasons, *verdict.details),
        read=verdict.read,
        sandboxed=verdict.sandboxed,
        waiting=tuple(name for name, score in scores.items() if score.waits),
        wrong=tuple(
            name
            for name in verdict.exercises
            if name in scores
            and not scores[name].waits
            and scores[name].points < scores[name].max_points
        ),
    )


def _exercises(
    verdicts: dict[str, Verdict], points: dict[str, dict[str, Score]]
) -> list[ExerciseSummary]:
    order = list(next(iter(verdicts.values())).exercises) if verdicts else []
    result = []
    for name in order:
        given = [points[student][name] for student in verdicts if name in points[student]]
        if not given:
            continue
        done = [score for score in given if not score.waits]
        most = given[0].max_points
        result.append(
            ExerciseSummary(
                name=name,
                max_points=most,
                mean=statistics.fmean(score.points for score in done) / most
                if done and most
                else 0.0,
                share_right=sum(s.points >= s.max_points for s in done) / len(done)
                if done
                else 0.0,
                by_hand=given[0].by_hand,
                waiting=len(given) - len(done),
                of=len(given),
            )
        )
    return result


def _predictions(
    unit: str, verdicts: dict[str, Verdict], points: dict[str, dict[str, Score]]
) -> list[PredictionSummary]:
    """Summarise a unit's predictions in the order of its text; none where nobody made any."""
    result = []
    for question in questions_of(unit):
        given = {
            student: item.right
            for student, verdict in verdicts.items()
            for item in verdict.predictions
            if item.name == question.name
        }
        committed = {student: right for student, right in given.items() if right is not None}
        after = [
            score
            for student in committed
            if (score := points[student].get(question.exercise)) and not score.waits
        ]
        result.append(
            PredictionSummary(
                short=question.short,
                committed=len(committed),
                skipped=len(given) - len(committed),
                right=sum(committed.values()),
                exercise=question.exercise,
                after=sum(score.points >= score.max_points for score in after),
                of_after=len(after),
            )
        )
    return result if any(row.committed or row.skipped for row in result) else []


def _mistakes(
    verdicts: dict[str, Verdict], full_names: dict[str, str]
) -> tuple[list[MistakeSummary], list[MistakeSummary]]:
    """Group failures by hint, commonest first; the second list holds those without a diagnosis."""
    who: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for student, verdict in verdicts.items():
        for exercise, result in verdict.exercises.items():
            if result.message and not result.by_hand:
                key = (exercise, result.mistake or "", result.message)
                who[key].append(full_names.get(student, student))
    ranked = sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    found = [MistakeSummary(*key, tuple(sorted(students))) for key, students in ranked]
    return [item for item in found if item.name], [item for item in found if not item.name]


def _histogram(students: list[StudentSummary]) -> list[int]:
    bins = [0] * BINS
    for student in students:
        bins[min(int(student.share * BINS + 1e-9), BINS - 1)] += 1
    return bins
