#!/bin/sh
# nbgrader releases every page of feedback, and lets the student fetch only some of them.
#
# Expected: what `nbgrader release_feedback` puts into the exchange is what `nbgrader fetch_feedback`
# brings. Seen with nbgrader 0.9.6: release copies every .html of the folder, an overview named
# index.html too, under a name made of the hand-in's secret and the file's; fetch asks only for the
# names of the notebooks that were handed in. Nobody is told of the others, on either side.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbgrader==0.9.6
cat > "$folder/look.py" <<'PYTHON'
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import (
    ExchangeFetchFeedback,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    ExchangeSubmit,
)
from traitlets.config import Config

place = Path.cwd()


def run(kind):
    c = Config()
    c.CourseDirectory.root, c.CourseDirectory.course_id = str(place / "course"), "c"
    c.CourseDirectory.student_id, c.CourseDirectory.assignment_id = "ada", "ps1"
    c.Exchange.root, c.Exchange.cache = str(place / "exchange"), str(place / "cache")
    c.Exchange.assignment_dir = str(place / "home")
    directory = CourseDirectory(config=c)
    kind(coursedir=directory, authenticator=Authenticator(config=c), config=c).start()


for top in (place / "course" / "release" / "ps1", place / "home" / "ps1"):
    top.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(), top / "problem.ipynb")
run(ExchangeReleaseAssignment)
run(ExchangeSubmit)
feedback = place / "course" / "feedback" / "ada" / "ps1"
feedback.mkdir(parents=True)
(cached,) = (place / "cache" / "c").iterdir()
for name in ("timestamp.txt", "submission_secret.txt"):
    (feedback / name).write_text((cached / name).read_text())
for name in ("problem.html", "index.html"):
    (feedback / name).write_text(name)
run(ExchangeReleaseFeedback)
run(ExchangeFetchFeedback)
print("nbgrader", version("nbgrader"))
released = sorted(path.read_text() for path in (place / "exchange" / "c" / "feedback").iterdir())
print("released:", *released)
print("fetched:", *sorted(path.name for path in (place / "home").rglob("*.html")))
PYTHON
cd "$folder"
umask 022
"$folder/venv/bin/python" look.py >"$folder/seen" 2>"$folder/log" || { tail -5 "$folder/log"; exit 1; }
cat "$folder/seen"
grep -q "^released: index.html problem.html$" "$folder/seen"
grep -q "^fetched: problem.html$" "$folder/seen"
echo "As described: two pages are released, one can be fetched."
