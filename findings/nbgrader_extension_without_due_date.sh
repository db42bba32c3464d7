#!/bin/sh
# nbgrader cannot tell how late a submission is once an assignment with an extension has lost its
# due date.
#
# Expected: without a due date nothing is late. Seen with nbgrader 0.9.6: a due date is given, one
# student an extension (`Gradebook.grant_extension`), then the date is taken away, as formgrader
# does with an emptied field; `SubmittedAssignment.duedate` adds the extension to None. So
# `nbgrader autograde` and the formgrader's autograde stop at this student with a TypeError.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbgrader==0.9.6
cat > "$folder/look.py" <<'PYTHON'
import sys
import warnings

warnings.simplefilter("ignore")
from nbgrader.api import Gradebook

with Gradebook(f"sqlite:///{sys.argv[1]}/gradebook.db") as book:
    book.add_assignment("one", duedate="2026-01-10 12:00:00 UTC")
    book.add_student("ada")
    book.add_submission("one", "ada", timestamp="2026-01-10 13:00:00 UTC")
    print("due:", book.find_submission("one", "ada").total_seconds_late)
    book.grant_extension("one", "ada", days=1)
    print("extended:", book.find_submission("one", "ada").total_seconds_late)
    book.update_or_create_assignment("one", duedate=None)
    try:
        print("without a date:", book.find_submission("one", "ada").total_seconds_late)
    except TypeError as error:
        print("without a date:", error)
PYTHON
PATH="$folder/venv/bin:$PATH" "$folder/venv/bin/python" "$folder/look.py" "$folder" | tee "$folder/seen"
cat > "$folder/described" <<'TEXT'
due: 3600.0
extended: 0
without a date: unsupported operand type(s) for +: 'NoneType' and 'datetime.timedelta'
TEXT
diff "$folder/described" "$folder/seen"
echo "As described: an extension that outlives its due date is an error."
