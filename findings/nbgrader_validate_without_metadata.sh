#!/bin/sh
# nbgrader's Validate passes a notebook that has lost all of its grading metadata.
#
# Expected: "Success" says that the tests of the assignment were run and passed; a notebook without
# any is worth a word. Seen with nbgrader 0.9.6 and jupytext 1.19.6: a student who keeps notebooks
# as scripts with cell metadata filtered out (a common setting, for small diffs) hands in a notebook
# with no nbgrader cell in it. `nbgrader validate` prints "Success! Your notebook passes all the
# tests." although the assertion is still in it and fails: cells without nbgrader metadata run, and
# their errors are not reported.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbgrader==0.9.6 jupytext==1.19.6
cd "$folder"
cat > make.py <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
grading = dict(schema_version=3, task=False)
answer = new_code_cell("def square(x):\n    return 2 * x")
answer.metadata.nbgrader = grading | dict(
    grade_id="square", grade=False, solution=True, locked=False
)
test = new_code_cell("assert square(3) == 9")
test.metadata.nbgrader = grading | dict(
    grade_id="test-square", grade=True, solution=False, locked=True, points=1
)
nbformat.write(new_notebook(cells=[answer, test], metadata={"kernelspec": kernel}), "handed_in.ipynb")
PYTHON
venv/bin/python make.py
export PATH="$folder/venv/bin:$PATH"
jupytext --quiet --to py:percent --opt cell_metadata_filter=-all handed_in.ipynb -o kept.py
jupytext --quiet --to ipynb kept.py -o lost.ipynb
for name in handed_in lost; do
	echo "== $name"
	nbgrader validate "$name.ipynb" 2>/dev/null | tee "$name.txt"
done
grep -q "AssertionError" handed_in.txt
grep -q "^Success! Your notebook passes all the tests.$" lost.txt
grep -q "assert square(3) == 9" lost.ipynb
echo "As described: the failing test is called a success once its metadata is gone."
