"""Who works alone learns whether he was right: prompts are answered, below them and folded.

An *Explain* has its answer right below it, or below the one picture that it is about. A *Predict*
has one too, unless a cell that shows something follows before the next heading.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import paths
from autograder.authoring.unit_text import read_unit

SENTENCES = {"Explain": range(2, 6), "Predict": range(1, 6)}
"""How many an answer may have, by its prompt."""

TOKEN = re.compile(
    r"<details><summary>(?P<summary>.*?)</summary>\n\n(?P<folded>.*?)\n\n</details>"
    r"|\*\*(?P<prompt>Predict|Explain|[A-Z]\w+, then explain)\b"
    r"|^(?P<heading>#+ )",
    re.S | re.M,
)
FORMULA_OR_CODE = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`", re.S)
ADDRESS = re.compile(r"\]\([^)]*\)")
END = re.compile(r"[.!?…](?=[\s)*\]\"'”]|$)")


class Part(NamedTuple):
    """What matters of a cell: a prompt, something folded, a heading, or code."""

    kind: str
    text: str


def unquoted(source: str) -> str:
    return re.sub(r"^> ?", "", source, flags=re.M)


def parts(cells: list[NotebookNode]) -> list[Part]:
    """Return the parts of a notebook in the order in which they are read."""
    return [part for cell in cells for part in _parts(cell)]


def _parts(cell: NotebookNode) -> Iterator[Part]:
    if cell.cell_type == "code":
        kept = cell.metadata.get("nbgrader", {})
        yield Part("exercise" if kept.get("solution") or kept.get("grade") else "shown", "")
        return
    text = unquoted(cell.source)
    for found in TOKEN.finditer(text):
        if found["heading"]:
            yield Part("heading", "")
        elif found["prompt"]:
            kind = "Predict" if found["prompt"] == "Predict" else "Explain"
            first = text[found.start() :].partition("\n\n")[0]
            yield Part(kind, first[:60].replace("\n", " "))
        elif found["summary"].startswith("Derivation"):
            yield Part("derivation", found["folded"])
        else:
            yield Part("folded", found["folded"])


def is_answered(place: int, read: list[Part]) -> bool:
    """Tell whether the prompt at a place is answered below it, or shown."""
    after = [part.kind for part in read[place + 1 :]]
    if read[place].kind == "Explain":
        return after[:1] == ["folded"] or after[:2] == ["shown", "folded"]
    stops = [k for k, kind in enumerate(after) if kind in ("heading", "exercise", "Predict")]
    section = after[: min(stops, default=len(after))]
    return "shown" in section or "folded" in section


def unanswered(read: list[Part]) -> list[str]:
    """Return the beginnings of the prompts whose answer is nowhere."""
    prompts = [k for k, part in enumerate(read) if part.kind in SENTENCES]
    return [read[k].text for k in prompts if not is_answered(k, read)]


def answers(read: list[Part]) -> list[tuple[str, str]]:
    """Return what is folded right below a prompt, or below the picture that follows one.

    Each answer comes with the kind of its prompt.
    """
    found = []
    kinds = ["", "", *(part.kind for part in read)]
    for part, before, last in zip(read, kinds, kinds[1:], strict=False):
        prompt = before if last == "shown" else last
        if part.kind == "folded" and prompt in SENTENCES:
            found.append((prompt, part.text))
    return found


def count_sentences(text: str) -> int:
    return len(END.findall(ADDRESS.sub("]", FORMULA_OR_CODE.sub("x", text)).strip()))


@pytest.mark.parametrize("unit", paths.units())
def test_every_prompt_is_answered(unit: str) -> None:
    assert not unanswered(parts(read_unit(paths.SOURCE / f"{unit}.py").cells))


@pytest.mark.parametrize("unit", paths.units())
def test_answers_are_short_and_more_than_a_word(unit: str) -> None:
    for prompt, answer in answers(parts(read_unit(paths.SOURCE / f"{unit}.py").cells)):
        assert count_sentences(answer) in SENTENCES[prompt], answer


@pytest.mark.parametrize("unit", paths.units())
def test_what_is_folded_opens_and_closes_so_that_formulas_are_set(unit: str) -> None:
    """Without the empty lines the text inside would be taken for HTML, formulas and all."""
    for cell in read_unit(paths.SOURCE / f"{unit}.py").cells:
        folded = [found for found in TOKEN.finditer(unquoted(cell.source)) if found["folded"]]
        for tag in ("<details>", "<summary>", "</summary>", "</details>"):
            assert cell.source.count(tag) == len(folded), f"{tag} in {cell.source[:200]}"


ANSWER = (
    "<details><summary>Answer</summary>\n\nThe first. The second, in $x. y$ only.\n\n</details>"
)
SHOWS, WRITTEN = new_code_cell("1"), new_code_cell("1", metadata={"nbgrader": {"solution": True}})


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([f"**Explain.** Why?\n\n{ANSWER}"], []),
        ([f"> **Explain.** Why?\n\n{ANSWER}"], []),
        (["**Move, then explain.** Why?", SHOWS, ANSWER], []),
        (["**Explain.** Why?", SHOWS], ["**Explain.** Why?"]),
        (["**Explain.** Why?", SHOWS, SHOWS, ANSWER], ["**Explain.** Why?"]),
        ([f"**Explain.** Why?\n\n## Next\n\n{ANSWER}"], ["**Explain.** Why?"]),
        ([f"**Explain.** Why?\n\n{ANSWER.replace('Answer', 'Derivation')}"], ["**Explain.** Why?"]),
        (["**Predict.** What?", SHOWS], []),
        ([f"**Predict.** What?\n\n**Explain.** Why?\n\n{ANSWER}", SHOWS], []),
        (["**Predict.** What?\n\n## Next", SHOWS], ["**Predict.** What?"]),
        (["Now **predict** it. **Predict:** what?", WRITTEN, SHOWS], ["**Predict:** what?"]),
    ],
)
def test_a_prompt_without_an_answer_is_found(
    cells: list[str | NotebookNode], found: list[str]
) -> None:
    made = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    assert unanswered(parts(made)) == found


def test_an_answer_is_what_is_folded_below_its_prompt() -> None:
    one, two, map_ = (f"<details><summary>A</summary>\n\n{k}\n\n</details>" for k in "12m")
    cells = [f"**Predict.** {one}\n\n{map_}", SHOWS, "**Explain.** Why?", SHOWS, two, SHOWS, map_]
    made = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    assert answers(parts(made)) == [("Predict", "1"), ("Explain", "2")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One word", 0),
        ("It is 0.5 here. See [there](#a.b?c=1).", 2),
        ("Of $a. b$ and `c. d` (all of it!). Or *not?*", 3),
    ],
)
def test_sentences_are_counted_outside_of_formulas_and_addresses(text: str, sentences: int) -> None:
    assert count_sentences(text) == sentences
