"""Make this folder an nbgrader course. Wiring only: what is named here lives in `autograder`."""

from autograder.layout import ROOT, classroom

c = get_config()  # noqa: F821  (nbgrader puts it here)

room = classroom()
room.mkdir(parents=True, exist_ok=True)

c.CourseDirectory.course_id = "descent"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.db_url = f"sqlite:///{room / 'gradebook.db'}"
c.CourseDirectory.source_directory = "build/source"
c.CourseDirectory.release_directory = "course/notebooks"
c.CourseDirectory.solution_directory = "solutions"
c.CourseDirectory.submitted_directory = str(room / "submitted")
c.CourseDirectory.autograded_directory = str(room / "autograded")
c.CourseDirectory.feedback_directory = str(room / "feedback")

# Derived notebooks are committed without outputs, so solutions are not run when they are made.
c.GenerateSolution.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.ClearMarkScheme",
]
