"""The notebook that instructors and students see after grading: what was handed in, and marks.

It is made anew from the text of the cells; outputs, metadata and cells of the assignment that came
with the submission are never taken over.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode, from_dict

from autograder.grading import Graded
from autograder.marks import Mark, Question
from autograder.submission import Cell, Submission
from autograder.text import without_gaps, writable

__all__ = ["MasterCell", "autograded"]

LOST = "*This cell was missing from the submission; the answer may stand in another cell.*"
ELSEWHERE = "*Nothing stands here; the answer may stand in another cell, which the student added.*"
MOST_SHOWN = 20_000  # characters of a cell: ten times as many as an answer has
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


@dataclass(frozen=True)
class MasterCell:
    """A cell of the assignment as it was given out, with nbgrader's metadata."""

    kind: str
    source: str
    nbgrader: dict[str, Any]

    @property
    def name(self) -> str:
        """What nbgrader calls it."""
        return self.nbgrader["grade_id"]

    def lost(self) -> str:
        """Return the text that stands for it where a submission has no such cell."""
        if self.nbgrader["locked"]:
            return self.source
        return f"# {LOST}" if self.kind == "code" else LOST


def autograded(
    submission: Submission,
    masters: Sequence[MasterCell],
    questions: Sequence[Question],
    graded: Graded,
    given: Container[str] = (),
) -> NotebookNode:
    """Return a submission with the assignment's own cells restored and the marks in them.

    A cell of a question that the grader judges shows the feedback, and the points as the result of
    the cell, which is where nbgrader looks for them.  A written answer that was not begun waits for
    a person where the notebook has text of its own, none of what was `given`, in another cell.
    """
    runs = iter(graded.runs)
    places = places_of(submission.cells, {master.name: master for master in masters})
    by_place = {place: master for master, place in places}
    cells = []
    for place, cell in enumerate(submission.cells):
        outputs = outputs_of(next(runs, None)) if cell.kind == "code" else []
        cells.append(rebuilt(cell, by_place.get(place), outputs))
    if adds_text(submission.cells, by_place, given):
        for place, master in by_place.items():
            if is_written_by_hand(master) and cells[place]["source"] == master.source:
                cells[place]["source"] += f"\n\n{ELSEWHERE}"
    cells = with_lost_cells(cells, places)
    names = {question.number: question.grade_id for question in questions}
    marks = {names[mark.question]: mark for mark in graded.marks}
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"
        mark = marks.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if mark and cell["cell_type"] == "code":
            cell["outputs"] = outputs_of_mark(mark)
    whole = {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return from_dict(whole)


def places_of(cells, masters):
    """Return each cell of the assignment with the index of the submitted one, or None.

    Of copies under the same name, the last one counts that was changed, else the last one.
    """
    places = dict.fromkeys(masters)
    for place, cell in enumerate(cells):
        if cell.grade_id in masters:
            before, original = places[cell.grade_id], masters[cell.grade_id].source
            if before is None or cell.source != original or cells[before].source == original:
                places[cell.grade_id] = place
    return [(masters[name], place) for name, place in places.items()]


def adds_text(cells, by_place, given):
    """Return whether a submission has text in cells that the assignment lacks."""
    added = (cell for place, cell in enumerate(cells) if place not in by_place)
    texts = (cell.source.strip() for cell in added if cell.kind != "code")
    return any(text and text not in given for text in texts)


def is_written_by_hand(master):
    """Return whether a cell holds text that a person grades."""
    return master.kind == "markdown" and master.nbgrader["grade"] and master.nbgrader["solution"]


def rebuilt(cell: Cell, master, outputs):
    """Return a cell of the new notebook; what students must not change is what was given out."""
    source = master.source if master and master.nbgrader["locked"] else shortened(cell)
    kind = master.kind if master else cell.kind
    made = {
        "cell_type": kind,
        "metadata": {"nbgrader": master.nbgrader} if master else {},
        "source": source,
    }
    if kind == "code":
        return {**made, "outputs": outputs, "execution_count": None}
    return {**made, "attachments": cell.attachments} if cell.attachments else made


def shortened(cell):
    """Return the text of a student's cell, cut off where it would take too long to show it."""
    text = without_gaps(writable(cell.source))
    if len(text) <= MOST_SHOWN:
        return text
    note = f"Cut off here: the cell has {len(text):,} characters. All are in what was handed in."
    return f"{text[:MOST_SHOWN]}\n\n{f'# {note}' if cell.kind == 'code' else f'*{note}*'}"


def with_lost_cells(cells, places):
    """Return the cells with those that the submission lacks, each behind the one before it."""
    after, added = len(cells) - 1, []
    for master, place in places:
        if place is None:
            added.append((after, rebuilt(Cell(master.kind, master.lost()), master, [])))
        else:
            after = place
    result = list(cells)
    for after, cell in reversed(added):
        result.insert(after + 1, cell)
    return result


def outputs_of(run):
    """Return what a student's cell shows: text alone, whatever it was."""
    if run is None:
        return []
    failed = [
        {"output_type": "error", "ename": "", "evalue": "", "traceback": text.splitlines()}
        for text in run.failures
    ]
    stream = {"output_type": "stream", "name": "stdout", "text": run.printed}
    return [stream, *failed] if run.printed else failed


def outputs_of_mark(mark: Mark):
    """Return what a judged cell shows: feedback and points, or why there are none."""
    text = mark.feedback or ("Right." if mark.points == mark.max_points else "")
    data = {"text/markdown": text, "text/plain": text}
    feedback = {"output_type": "display_data", "data": data, "metadata": {}}
    outputs = [feedback] if text else []
    if mark.points is None:
        return outputs
    result = {"output_type": "execute_result", "data": {"text/plain": f"{mark.points:g}"}}
    return [*outputs, {**result, "metadata": {}, "execution_count": None}]
