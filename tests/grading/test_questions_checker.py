"""What question 6 hands to a student's checker."""

import numpy as np
import pytest

from autograder.questions.data import costly_data
from autograder.questions.gradient_checker import _loss_of
from crossentropy import mean_loss

W, X, Y = costly_data(np.random.default_rng(0), 12, 3, largest=1)


@pytest.mark.parametrize(
    "w", [W, -20 * W, 1e5 * W, 1e300 * W, W + 1e-20j, W.astype("f4"), list(W), [0, 1, 2]]
)
def test_the_loss_is_that_of_the_package(w):
    assert _loss_of(X, Y)(w) == pytest.approx(mean_loss(w, X, Y), rel=1e-15)


@pytest.mark.parametrize("w", [W[:2], W[:, np.newaxis], W * np.nan, W * np.inf, "w", None, 1.0])
def test_the_loss_refuses_what_the_package_refuses_in_its_words(w):
    said = []
    for function in (_loss_of(X, Y), lambda w: mean_loss(w, X, Y)):
        with np.errstate(all="ignore"), pytest.raises(ValueError, match="must") as caught:
            function(w)
        said.append(str(caught.value))
    assert said[0] == said[1]
