"""A prediction as a widget: set or drawn, committed or skipped, and then compared."""

from __future__ import annotations

import html
import pathlib
from typing import Any
from uuid import uuid4

import anywidget
import numpy as np
import traitlets
from IPython.display import display, update_display

from course.colours import CIVIDIS, ROLES
from course.explore.base.controls import Slider
from course.explore.base.page import fill_page
from course.explore.base.picture import Axis, Curve, Panel, Points
from course.explore.base.script import STYLE, prediction_page_script, prediction_script
from course.grading_mode import is_graded
from course.predictions.prediction_record import (
    FILE,
    MIME,
    Given,
    as_record,
    check_given,
    keep,
    read_kept,
)
from course.predictions.question import (
    ChoiceQuestion,
    CurveQuestion,
    NumberQuestion,
    PredictionError,
    PredictionQuestion,
)

LINE_POINTS = 121
"""Of the answer's curve as it is drawn."""


class GivenTrait(traitlets.TraitType[Given, Given]):
    """What a reader has given, which the browser shares; once committed it stays."""

    def validate(self, prediction: Any, given: object) -> Given:
        """Return what is given, checked; raise TraitError if it cannot be, or is too late."""
        try:
            checked = check_given(prediction.question, given)
        except PredictionError as error:
            raise traitlets.TraitError(str(error)) from None
        before = prediction.given if prediction.trait_has_value("given") else {}
        if "value" in before and checked != before:
            raise traitlets.TraitError("a prediction that is committed stays as it is")
        return checked


class Prediction(anywidget.AnyWidget):
    """A question, what the reader predicts, and, once that is committed, how far off it is.

    The trait `given` is ``{}`` at first, then ``{"value": …}`` or ``{"skipped": True}``. It is kept
    in a file beside the notebook, so that a cell that is run again shows it, and in the output of
    the cell, so that it goes along when the notebook is handed in.

    Parameters
    ----------
    question
        What is asked.
    folder
        Where the file is kept; by default where the notebook runs.
    """

    _esm = traitlets.Unicode(prediction_script()).tag(sync=True)
    _css = traitlets.Unicode(STYLE).tag(sync=True)
    _spec = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode(help="why it is not kept, if it is not").tag(sync=True)
    given = GivenTrait({}, help="what the reader has given").tag(sync=True)

    def __init__(self, question: PredictionQuestion, folder: pathlib.Path | None = None) -> None:
        self.question = question
        self.folder = pathlib.Path.cwd() if folder is None else folder
        self._display_id = f"{question.name}-{uuid4().hex}"
        given = read_kept(question, self.folder)
        spec = {} if is_graded() else spec_of(question)
        super().__init__(given=given, _spec=spec)
        self.observe(self._keep, "given")

    def commit(self, value: object) -> str:
        """Commit to `value` as a reader would; return how far it is from the answer, in words.

        Raises
        ------
        TraitError
            If the question has no such answer, or another one is committed already.
        """
        self.given = {"value": value}
        return self.summary

    def skip(self) -> None:
        """Go on without a prediction; it can still be made."""
        self.given = {"skipped": True}

    @property
    def summary(self) -> str:
        """What has been given, and how far it is from the answer, in words."""
        if "value" in self.given:
            return self.question.compare(self.given["value"])
        return "Skipped." if self.given else "No prediction yet."

    def to_html(self, path: str | pathlib.Path | None = None) -> str:
        """Return one page that asks with no kernel and no network; nothing is kept there.

        Parameters
        ----------
        path
            Where to write the page as well, if given.
        """
        title = f"Prediction: {self.question.short}"
        page = fill_page(title, "", "", spec_of(self.question), "", prediction_page_script())
        if path is not None:
            pathlib.Path(path).write_text(page, encoding="utf-8")
        return page

    def __repr__(self) -> str:
        return f"{self.question.text} {self.summary}"

    def _ipython_display_(self) -> None:
        """Show the widget, and the record; while grading nothing, as nobody predicts."""
        if is_graded():
            return
        bundle, *_ = super()._repr_mimebundle_() or ({},)
        bundle["text/plain"] = self.question.text
        display(bundle, raw=True)
        display(self._record(), raw=True, display_id=self._display_id)

    def _keep(self, _: object) -> None:
        """Keep what was given, in the file and in the cell's output."""
        try:
            keep(self.question, self.given, self.folder)
        except OSError as error:
            self.notice = (
                f"This could not be kept in {FILE} ({error.strerror}): it is gone once the cell "
                "runs again."
            )
        update_display(self._record(), raw=True, display_id=self._display_id)

    def _record(self) -> dict[str, Any]:
        """Return the output that a saved notebook keeps: words, and the record for grading.

        The words hide where the widget itself is alive, which says the same.
        """
        words = f"{self.question.text} {self.summary}"
        shown = f'<p class="descent-predicted"><em>Prediction:</em> {html.escape(words)}</p>'
        bundle: dict[str, Any] = {"text/plain": words, "text/html": shown}
        if self.given:
            bundle[MIME] = as_record(self.question, self.given)
        return bundle


def spec_of(question: PredictionQuestion) -> dict[str, Any]:
    """Return all that the browser needs to know, the answer and every sentence about it included.

    The answer goes along, so that it is there at once, also while the kernel is busy and on a page
    without one. Whoever looks for it in there finds it, and gains nothing: nothing is graded.
    """
    common = {
        "kind": type(question).__name__.removesuffix("Question").lower(),
        "name": question.name,
        "text": question.text,
        "colours": ROLES,
        "cividis": CIVIDIS,
    }
    match question:
        case NumberQuestion():
            return common | _number_spec(question)
        case ChoiceQuestion():
            return common | _choice_spec(question)
        case CurveQuestion():
            return common | _curve_spec(question)
    raise TypeError(f"{type(question).__name__} has nothing to be shown by")


def _number_spec(question: NumberQuestion) -> dict[str, Any]:
    slider = Slider(
        key="value",
        name=question.quantity,
        symbol=question.symbol,
        unit=question.unit_of,
        low=question.low,
        high=question.high,
        steps=question.steps,
        log=question.log,
        whole=question.whole,
    )
    words = [question.compare(value) for value in slider.positions()]
    return {"slider": slider.spec(), "answer": question.truth, "words": words}


def _choice_spec(question: ChoiceQuestion) -> dict[str, Any]:
    return {
        "options": list(question.options),
        "answer": question.answer,
        "words": [question.compare(option) for option in question.options],
    }


def _curve_spec(question: CurveQuestion) -> dict[str, Any]:
    places = np.asarray(question.places, dtype=float)
    line = np.linspace(places[0], places[-1], LINE_POINTS)
    return {
        "panel": Panel(
            "Your curve",
            Axis(question.x_label, float(places[0]), float(places[-1])),
            Axis(question.y_label, question.low, question.high, log=question.log),
            [
                Curve("line", "truth", colour="model", label="the answer", outcome=True),
                Curve("places", "heights", colour="data", label="yours", dash=True),
                Points("places", "heights", colour="data", size=3.5),
            ],
        ).spec(),
        "places": places.tolist(),
        "answer": question.truth.tolist(),
        "line": line.tolist(),
        "truth": np.asarray(question.answer(line), dtype=float).tolist(),
        "means": question.means,
        "farthest": question.farthest,
    }
