"""Question 5: the mean loss (A.18), to the last digits and for every finite score."""

import itertools

import numpy as np

import crossentropy
from autograder.marks import Mark, Question, Student
from autograder.questions.answers import agrees, mark, numbers_of
from autograder.questions.data import costly_data, favourable_data, near_data
from autograder.questions.slips import explain_function

NAME = "mean_loss"
FAR = (1e3, 1e5, 1e30)
FAR_ON_THE_RIGHT_SIDE = ((1e2, 1e3), (1e4, 1e6))
TINY = ((20, 24), (33, 36), (37, 40))  # the loss is about e^{-z}: 1e-9 to 1e-18
FORMULA, EVERYWHERE, DIGITS = 2, 1, 2  # points
NO_LOSS = 1e-25  # times TOLERANCE: what may be returned as 0


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """Give points for the formula, for scores of any size, and for the digits of small losses."""

    def is_right(data):
        truth = crossentropy.mean_loss(*data)
        return agrees(numbers_of(student, NAME, *data), truth, truth + NO_LOSS)

    near = near_data(rng)
    if not all(map(is_right, near)):
        slip = explain_function(student, NAME)
        return mark(QUESTION, FORMULA * slip.share, slip.name, slip.feedback)
    far = [costly_data(rng, 6, 3, largest=largest) for largest in FAR]
    far += [_favourable(rng, *bounds) for bounds in FAR_ON_THE_RIGHT_SIDE]
    everywhere = all(map(is_right, far))
    digits = all(is_right(_favourable(rng, *bounds)) for bounds in TINY)
    points = FORMULA + EVERYWHERE * everywhere + DIGITS * digits
    names, feedback = [], []
    if not everywhere:
        slip = explain_function(student, NAME)
        names, feedback = [slip.name], [slip.feedback]
    if not digits:
        names.append("lost-digits")
        feedback.append(_of_lost_digits(student))
    return mark(QUESTION, points, ", ".join(names), " ".join(feedback))


def _favourable(rng, smallest, largest):
    return favourable_data(rng, 5, 2, smallest=smallest, largest=largest)


def _of_lost_digits(student):
    student = student.unaware()
    example = ""
    for z, label in itertools.product((40.0, 34.0, 22.0), (1, 0)):
        data = np.array([z if label else -z]), np.array([[1.0]]), np.array([label])
        loss, truth = numbers_of(student, NAME, *data), crossentropy.mean_loss(*data)
        if not agrees(loss, truth, truth):
            came = "no number" if loss is None or loss.size != 1 else f"{loss.item():.7g}"
            example = f": for the score {data[0][0]:g} and the label {label} the loss is "
            example += f"{truth:.7g}, and yours is {came}"
            break
    return (
        f"Small losses lose their digits{example}. Hint: where a tiny number is added to 1, or two "
        "nearly equal numbers are subtracted, its digits are gone; chapter 6 has a form without "
        "either."
    )


QUESTION = Question(5, "The mean loss, to the last digits", "q5", 5, judge)
