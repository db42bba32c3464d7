# Every target makes or refreshes .venv by itself; system programs are found or installed.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python

.PHONY: help environment lab demo test prove bench build pictures lock

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

environment:
	@tools/environment.sh

lab: environment  ## open JupyterLab on the notebooks
	@$(PYTHON) -m jupyter lab --ServerApp.root_dir=course/notebooks

demo: environment  ## release, grade a made-up class, show the table and the report
	@tools/programs.sh bubblewrap
	@$(PYTHON) -m autograder demo 00 01

test: environment  ## run the tests: pages, checks, answers, grading, notebooks in JupyterLab
	@tools/programs.sh chromium bubblewrap postgresql
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m autograder build --check
	@$(PYTHON) -m pytest --numprocesses auto tests/test_*.py tests/hidden_tests tests/course tests/explore
	@$(PYTHON) -m pytest --numprocesses $$(($$(nproc) * 3 / 2)) --dist loadfile --no-loadscope-reorder \
		--reruns 1 -rR tests/grading tests/forkserver tests/kernels tests/authoring tests/browser

# NumPy and its BLAS compute with what the oldest 64-bit processors have.
OLD_PROCESSOR := $(if $(filter x86_64,$(shell uname -m)),OPENBLAS_CORETYPE=Prescott \
	NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR")

prove: environment  ## run the long proofs: an old processor, the sandbox, hostile work, killed runs, nbgrader's own tests, fuzzing, every answer's verdict
	@tools/programs.sh bubblewrap
	@$(OLD_PROCESSOR) $(PYTHON) -m pytest --numprocesses auto tests/test_answers.py
	@$(PYTHON) -m pytest --numprocesses auto tests/exam/outside tests/exam/fuzzing
	@$(PYTHON) -m pytest tests/exam/test_*.py tests/sandbox tests/selftest
	@$(PYTHON) -m tests.exam.fuzzing.fuzz
	@$(PYTHON) -m autograder verdicts

bench: environment  ## measure every figure the README quotes
	@tools/programs.sh chromium bubblewrap
	@$(PYTHON) -m benchmarks

build: environment  ## derive notebooks, solutions and check values from source/
	@$(PYTHON) -m autograder build

pictures: environment  ## draw the README's picture of each unit
	@tools/programs.sh chromium
	@$(PYTHON) -m tools.pictures

lock: environment  ## resolve requirements.lock anew from pyproject.toml
	@$$(command -v uv || echo .venv/bin/uv) pip compile --universal --generate-hashes --all-extras --no-header \
		--no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet \
		--output-file requirements.lock pyproject.toml
