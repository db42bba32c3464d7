# Every target makes or refreshes its virtual environment by itself; system programs are found or
# installed. PYTHON=python3.12 works in an environment of its own, made with that interpreter.
.DEFAULT_GOAL := help
PYTHON :=
VENV := .venv$(if $(PYTHON),-$(notdir $(PYTHON)))
RUN := $(VENV)/bin/python

.PHONY: help environment lab demo school test prove bench build wheels pictures lock

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

environment:
	@tools/environment.sh $(VENV) $(PYTHON)

lab: environment  ## open JupyterLab with formgrader, its file browser at the notebooks
	@$(RUN) -m jupyter lab --ServerApp.preferred_dir=course/notebooks

demo: environment  ## release, grade a made-up class, show the table and the report
	@tools/programs.sh bubblewrap
	@$(RUN) -m autograder demo 00 01

school: environment  ## as root: bring up JupyterHub with ten made-up accounts; docs/school.md
	@tools/programs.sh bubblewrap
	@$(RUN) -m autograder school up --demo

# T=tests/exam/test_values.py, T=browser or T=tests/exam/test_values.py::test_name: these alone.
ifdef T
test: environment
	@tools/programs.sh chromium bubblewrap postgresql
	@$(RUN) -m pytest --numprocesses auto $(if $(wildcard $(firstword $(subst ::, ,$(T)))),$(T),tests/$(T))
else
test: environment  ## run the gates and all tests; T=tests/course or T=browser runs those alone
	@tools/programs.sh chromium bubblewrap postgresql
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@tools/javascript.sh $(VENV)
	@$(RUN) -m autograder build --check
	@$(RUN) -m pytest --numprocesses auto -m "not slow" tests/test_*.py tests/hidden_tests tests/course \
		tests/explore tests/exam/test_*.py tests/sandbox tests/selftest tests/kit tests/school
	@$(RUN) -m pytest --numprocesses $$(($$(nproc) * 3 / 2)) --dist loadfile --no-loadscope-reorder -m "not slow" \
		tests/grading tests/forkserver tests/kernels tests/authoring tests/browser
endif

# NumPy and its BLAS compute with what the oldest 64-bit processors have.
OLD_PROCESSOR := $(if $(filter x86_64,$(shell uname -m)),OPENBLAS_CORETYPE=Prescott \
	NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR")

prove: environment  ## run the long proofs: an old processor, the sandbox, walls between accounts, a school of real accounts, a Slurm of one node, a kit without a network, hostile work, killed runs, nbgrader's own tests, fuzzing, fresh examples of every property, every answer's verdict and rewrites
	@tools/programs.sh chromium bubblewrap slurm-wlm
	@$(OLD_PROCESSOR) $(RUN) -m pytest --numprocesses auto tests/test_answers.py
	@$(RUN) -m pytest --numprocesses auto tests/exam/outside tests/exam/fuzzing
	@$(RUN) -m pytest --numprocesses auto -m "not slow" --hypothesis-profile prove \
		$$(grep -rl --include='test_*.py' '^from hypothesis' tests)
	@$(RUN) -m pytest -m slow tests/exam/test_*.py tests/sandbox tests/hidden_tests tests/selftest tests/kit tests/school \
		tests/grading/pool
	@$(RUN) -m tests.exam.fuzzing.fuzz
	@$(RUN) -m autograder verdicts
	@$(RUN) -m autograder selftest rewrites

bench: environment  ## measure every figure of docs/performance.md and the README
	@tools/programs.sh chromium bubblewrap
	@$(RUN) -m benchmarks

build: environment  ## derive notebooks, solutions and check values from source/
	@$(RUN) -m autograder build

wheels: environment  ## build both distributions into build/wheels: staff's, and students' without a grader
	@$(RUN) -m hatchling build -t wheel -d build/wheels
	@cd distributions/course && ../../$(RUN) -m hatchling build -t wheel -d ../../build/wheels

pictures: environment  ## draw the README's picture of each unit
	@tools/programs.sh chromium
	@$(RUN) -m tools.pictures

# No address of an index is written: packages come from wherever a computer's own pip finds them.
COMPILE = $$(command -v uv || echo $(VENV)/bin/uv) pip compile --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet

lock: environment  ## resolve requirements.lock anew from pyproject.toml, students' and a school's from it
	@$(COMPILE) --extra clusters --extra dev --output-file requirements.lock pyproject.toml
	@$(COMPILE) --no-annotate --extra school --constraint requirements.lock \
		--output-file distributions/school/requirements.lock pyproject.toml
	@$(COMPILE) --no-annotate --no-build-isolation --python $(RUN) --constraint requirements.lock \
		--output-file distributions/course/requirements.lock distributions/course/pyproject.toml
