"""Documents name what exists: links, commands, paths, packages; the workflow runs the README's."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from autograder.paths import ROOT
from tests.documents import broken_links, exists, missing_paths, unknown_commands
from tests.test_imports import graph, modules

DOCUMENTS = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / ".github").rglob("*.md")),
    ROOT / "answers" / "README.md",
    ROOT / "attacks" / "README.md",
)
README = DOCUMENTS[0].read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAX_LINES = 110


def names(documents: tuple[Path, ...] = DOCUMENTS) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in documents]


@pytest.mark.parametrize("name", names())
def test_every_link_leads_somewhere(name: str) -> None:
    path = ROOT / name
    assert not broken_links(path.read_text(encoding="utf-8"), path.parent)


@pytest.mark.parametrize("name", names())
def test_every_command_exists(name: str) -> None:
    assert not unknown_commands((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", names())
def test_every_path_and_module_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    if name == "CHANGELOG.md":  # which names what there was before
        text = "\n".join(line for line in text.splitlines() if not line.startswith("  |"))
        text = text.replace("`course.arrays`", "")
    assert not missing_paths(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](docs/exam.md#what-is-promised), [b](https://example.org/none)", []),
        ("[a](docs/none.md) and [b](docs/exam.md#none)", ["docs/none.md", "docs/exam.md#none"]),
        ("`[a](#none)` in code", []),
        ("[a](docs/exam.md)\n```\n[a](b)\n```", ["b"]),
    ],
)
def test_a_broken_link_is_found(text: str, found: list[str]) -> None:
    assert broken_links(text, ROOT) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`make test T=browser PYTHON=python3.12`, `autograder grade --again 01`", []),
        ("`make tset`", ["make tset"]),
        ("`make test T=none`", ["make test T=none"]),
        ("```sh\nautograder grad 01  # a class\n```", ["autograder grad 01"]),
        ("`autograder grade --agian`", ["autograder grade --agian"]),
        ("`.venv/bin/course data minst`", [".venv/bin/course data minst"]),
        ("`python -m tools.none`, `python -m tools.pictures`", ["python -m tools.none"]),
        ("the course imports, and make haste", []),
    ],
)
def test_an_unknown_command_is_found(text: str, found: list[str]) -> None:
    assert unknown_commands(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`autograder/exam`, `roles.py`, `sealing/scratch.py`, `source/NN_name.py`", []),
        ("`autograder/exams`", ["autograder/exams"]),
        ("`conduct.py` and `inside/shell.py`", ["conduct.py", "inside/shell.py"]),
        ("`answers/UNIT/EXERCISE/wrong/`, `answers/<unit>/none/`", ["answers/<unit>/none/"]),
        ("`course.models.rbm`, `course.explore.Ising`, `course.arrays`", ["course.arrays"]),
        ("`classroom/secret`, `I/O`, `a / b`", []),
    ],
)
def test_a_missing_path_is_found(text: str, found: list[str]) -> None:
    assert missing_paths(text) == found


def test_the_readme_is_short_and_has_three_doors() -> None:
    assert len(README.splitlines()) < MAX_LINES
    doors = re.findall(r"^## I .*$", README, re.M)
    assert len(doors) == 3
    for name in ("docs/performance.md", "docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md"):
        assert f"]({name})" in README


def gates(makefile: str) -> set[str]:
    """Return what `make test` runs before the tests."""
    recipe = re.search(r"^test: environment  ##.*\n((?:\t.*\n)+)", makefile, re.M)
    assert recipe
    lines = recipe[1].replace("\\\n", "").splitlines()
    commands = {
        re.sub(r"^@?(\$\(RUN\) -m )?", "", line.strip()).replace(" $(VENV)", "") for line in lines
    }
    return {line for line in commands if line and not re.match(r"pytest|tools/programs", line)}


def test_contributors_read_of_every_gate() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = contributing.split("## The gates")[1].split("\n## ")[0]
    assert {"ruff check .", "autograder build --check"} <= gates(makefile)
    missing = [gate for gate in gates(makefile) if f"`{gate}`" not in section]
    assert not missing, "CONTRIBUTING.md does not list what `make test` runs"


def test_a_gate_that_is_new_is_seen() -> None:
    makefile = (
        "test: environment  ## all\n\t@$(RUN) -m mypy\n\t@tools/a.sh $(VENV)\n\t@$(RUN) -m pytest\n"
    )
    assert gates(makefile) == {"mypy", "tools/a.sh"}


def layers(text: str = ARCHITECTURE) -> dict[str, int]:
    """Return the line of each package in the page's figure of imports; the top has 0."""
    figure = re.search(r"^## Packages\n.*?^```\n(.*?)^```", text, re.M | re.S)
    assert figure
    found: dict[str, int] = {}
    top = ""
    for number, line in enumerate(figure[1].splitlines()):
        if not line.startswith(" "):
            top = line.strip()
        else:
            found |= {f"{top}.{name}": number for name in line.split()}
    return found


def upward(line: dict[str, int], edges: dict[str, set[str]]) -> list[str]:
    """Return the imports between packages that do not lead further down."""

    def package(module: str) -> str:
        return ".".join(module.split(".")[:2])

    arrows = {
        (package(name), package(target)) for name, targets in edges.items() for target in targets
    }
    return [
        f"{name} → {target}"
        for name, target in sorted(arrows)
        if name in line and target in line and name != target and line[name] >= line[target]
        if name.split(".")[0] == target.split(".")[0]
    ]


def test_the_page_has_every_package_where_it_belongs() -> None:
    known = {".".join(name.split(".")[:2]) for name in modules() if "." in name}
    assert layers().keys() == known - {"autograder.__main__"}
    assert not upward(layers(), graph())
    for name in known - {"autograder.__main__"}:
        assert re.search(rf"`{name.replace('.', '/')}(\.py)?`", ARCHITECTURE), name


def test_an_arrow_upwards_is_found() -> None:
    line = {"course.explore": 1, "course.data": 2, "course.models": 2}
    edges = {"course.explore.base": {"course.data.mnist"}, "course.data.mnist": {"course.explore"}}
    assert upward(line, edges) == ["course.data → course.explore"]
    edges = {"course.data.mnist": {"course.models.rbm"}}
    assert upward(line, edges) == ["course.data → course.models"]


def test_the_glossary_has_the_words_in_order() -> None:
    section = ARCHITECTURE.split("## Glossary")[1].split("\n## ")[0]
    words = re.findall(r"^\| ([a-z][^|]*?) \|", section, re.M)[1:]
    assert words == sorted(words)
    assert set(words) >= {
        "candidate", "catalogue", "examiner", "explorable", "fingerprint", "ghost", "hint",
        "limits", "mistake", "probe", "provisioner", "readout", "role", "scratch", "seal",
        "timeline", "unit", "verdict",
    }  # fmt: skip
    assert len(re.findall(r"^## Journey \d: ", ARCHITECTURE, re.M)) == 4


def test_the_changelog_knows_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## \[(.+?)\]", changes, re.M)
    assert heads[0] == "Unreleased"
    assert project["version"] in heads


def test_the_workflow_runs_the_command_of_the_readme() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    command = job["steps"][-1]["run"]
    assert re.search(r"^make test +#", README, re.M)
    assert command == "make test PYTHON=python${{ matrix.python }}"
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").strip().endswith("exec make test")
    *others, last = job["strategy"]["matrix"]["python"]
    assert f"Python {', '.join(others)} or {last};" in README
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    after = f"3.{int(last.split('.')[1]) + 1}"
    assert project["requires-python"] == f">={others[0]},<{after}"


def test_hooks_are_local_and_their_programs_exist() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = {pin.partition("==")[0] for pin in project["optional-dependencies"]["dev"]}
    programs = pins | project["scripts"].keys()
    (local,) = config["repos"]
    assert local["repo"] == "local"
    hooks = {hook["id"]: hook for hook in local["hooks"]}
    assert len(hooks) == len(local["hooks"])
    for hook in hooks.values():
        assert hook["language"] == "system"
        program, *rest = hook["entry"].split()
        if program.startswith(".venv/bin/"):
            assert program.removeprefix(".venv/bin/") in programs, hook["entry"]
            assert exists(" ".join([program, *rest]))
        else:
            assert (ROOT / program).is_file(), hook["entry"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*")), ids=lambda path: path.name
)
def test_an_issue_form_says_what_it_is_for(path: Path) -> None:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert yaml.safe_load(head).keys() >= {"name", "about", "title"}
    assert "**" in body
