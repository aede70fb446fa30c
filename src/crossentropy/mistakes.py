r"""The classic mistakes in what a student derives or codes: names, hints, and executable forms.

A `Target` is something that a student writes: a scalar of the derivation, or a function of arrays.
Each of its mistakes has a key that never changes, and one or more forms, each an expression in the
language of `crossentropy.derivation`.  No two mistakes of a target compute the same, and none
computes the truth.

=================  ================  ======================================================
target             arguments         what it is
=================  ================  ======================================================
``dp_dw``          ``z, x_j``        the partial derivative of the probability, (3)
``dH_dp``          ``p, y``          the slope of the cross entropy in a free ``p``, (A.15)
``bracket``        ``z, x_j, y``     the bracket of (11): what ``-x_j`` multiplies
``dl_dw``          ``z, x_j, y``     the partial derivative of the loss, (14)
others             ``w, x`` to       the function of this name in `crossentropy`, where ``x`` is
                   ``w, X, y``       one sample
=================  ================  ======================================================

A form gives the whole value or, of a function, what its value is made of: see
`crossentropy.derivation` for the parts of an equation.  The names in a whole value of a function
are its arguments and ``z``, ``p``, ``n`` samples, ``d`` features and ``np``.
"""

from dataclasses import asdict, dataclass

from crossentropy._forms import Form
from crossentropy.derivation import EQUATIONS

__all__ = ["GENERAL", "TARGETS", "Form", "Mistake", "Target", "as_json"]


@dataclass(frozen=True)
class Mistake:
    """One mistake: its key, its name and a hint in words for a student, and its forms."""

    key: str
    name: str
    hint: str
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True)
class Target:
    """Something that a student writes.

    Attributes
    ----------
    name : str
        Its key in `TARGETS`.
    arguments : tuple of str
        What it is a function of, in this order.
    truth : Form
        What it should compute, right to rounding for moderate logits.
    scale : str
        The size of what rounding leaves, as a value: a tolerance is a multiple of it.
    mistakes : dict
        The mistakes by their keys.
    """

    name: str
    arguments: tuple[str, ...]
    truth: Form
    scale: str
    mistakes: dict[str, Mistake]

    @property
    def n_axes(self):
        """How many axes the components have, 2 for the Hessian and 1 for the others."""
        return 2 if "x_k" in self.truth.expression else 1


_WORDS = {
    "sign": (
        "the sign is turned around",
        "Count the minus signs: name the rule that brings each of them, and see which ones meet.",
    ),
    "inner-sign": (
        "a sign is lost in the derivative of log(1 − p)",
        "The logarithm of 1 − p is a function of a function. What is the derivative of 1 − p?",
    ),
    "first-sign": (
        "a sign is lost in the derivative of −y log p",
        "The cost begins with −y log p. Which sign does the derivative of this term have?",
    ),
    "no-inner-derivative": (
        "the inner derivative is missing: the features do not appear",
        "The chain rule goes on into the exponent. What is the derivative of wᵀx in one weight?",
    ),
    "no-square": (
        "the denominator is not squared",
        "Write the reciprocal rule down for 1/u. What does it do to the denominator?",
    ),
    "no-exponential": (
        "the exponential is missing from the numerator",
        "The numerator is the derivative of 1 + e^{−z}. Which factor survives differentiation?",
    ),
    "p-for-slope": (
        "the probability stands where its slope belongs",
        "p and its slope are two functions: where p is nearly 1, how steep is its curve?",
    ),
    "denominator-only": (
        "only the denominator is differentiated",
        "You have the derivative of 1 + e^{−z}. The function is one over that: which rule is next?",
    ),
    "p-constant": (
        "p is treated as a constant",
        "Does p change when a weight changes? Then its derivative is not zero.",
    ),
    "weights-for-features": (
        "the weights stand where the features belong",
        "Which of the two is held fixed? The derivative of wᵀx in w is what multiplies w.",
    ),
    "swapped-labels": (
        "the two labels are swapped",
        "Put in y = 1: which of the two terms of the cross entropy should be left?",
    ),
    "swapped-arguments": (
        "the arguments of H are swapped",
        "What stands under the logarithm: the forecast or the label?",
    ),
    "wrong-exponent": (
        "the exponent in p has the wrong sign",
        "A large score should make p nearly 1. What does your p do when z grows?",
    ),
    "exponential-sign": (
        "one exponential has the wrong sign in its exponent",
        "Follow the exponent from line to line: where does its sign change, and by which rule?",
    ),
    "term-sign": (
        "one of the two terms has the wrong sign",
        "For p between 0 and 1, neither term of the cross entropy is negative. Is one of yours?",
    ),
    "plus-for-minus": (
        "a plus stands where a minus belongs",
        "Put in numbers, p = 3/4 for example: which of your factors comes out larger than 1?",
    ),
    "score-sign": (
        "the term with the score has the wrong sign",
        "Put in two good forecasts, z = 3 with y = 1 and z = −3 with y = 0. Is your loss small?",
    ),
    "no-logistic": (
        "the score stands where the probability belongs",
        "A score may be any number, a probability lies between 0 and 1. What leads from z to p?",
    ),
    "term-lost": (
        "only one of the two labels is counted",
        "The cross entropy has a term for each label. Put in y = 0 and y = 1, one after the other.",
    ),
    "labels-forgotten": (
        "the label makes no difference",
        "The same forecast should cost different amounts for y = 0 and y = 1.",
    ),
    "derivative-in-z": (
        "the derivative in the score stands for the one in p",
        "The variable is p itself here; the slope of p in the score comes in with the next factor.",
    ),
    "derivative-in-p": (
        "the derivative in p stands for the one in the weights",
        "You know how the cost changes with p. How does p change with a weight?",
    ),
    "extra-slope": (
        "one factor p(1 − p) too many",
        "The chain rule brings the slope of p once. Where a logarithm is differentiated as well, it"
        " cancels; with the squared loss it stays. How often does your formula have it?",
    ),
    "divided-by-slope": (
        "the factor p(1 − p) is left in the denominator",
        "One bracket is still to be multiplied in: it brings the slope of p. What cancels?",
    ),
    "squared-loss": (
        "this belongs to the squared loss, not to the cross entropy",
        "What costs log here? Start from the cross entropy (5), not from (p − y)².",
    ),
    "wrong-cancellation": (
        "the exponential of the second fraction is not cancelled",
        "In (10) the second fraction has e^{−z} below, and the factor behind it has one above.",
    ),
    "exponential-lost": (
        "the exponential of the first fraction is lost",
        "The first term of (10) has no e^{−z} below. Does the e^{−z} of the factor behind cancel?",
    ),
    "p-for-1-p": (
        "p and 1 − p are exchanged",
        "Which of the two fractions, 1/(1 + e^{−z}) and e^{−z}/(1 + e^{−z}), is p?",
    ),
    "square-kept": (
        "the denominators are still squared",
        "Each term has a factor 1 + e^{−z} above and its square below. What is left of the square?",
    ),
    "features-inside": (
        "the feature is still inside the bracket",
        "In (11) the feature stands outside: what is left for the bracket?",
    ),
    "plus-minus-labels": (
        "labels of −1 and 1 in a formula for 0 and 1",
        "What does the formula give for a label −1? Ask which labels it was derived for.",
    ),
    "zero-one-labels": (
        "labels of 0 and 1 in a formula for −1 and 1",
        "log(1 + e^{−tz}) is for labels t of −1 and 1. What does it give for t = 0?",
    ),
    "wrong-base": (
        "the logarithm has another base than e",
        "The derivative of log p is 1/p for one base only.",
    ),
    "value-for-gradient": (
        "this is the function itself, not its gradient",
        "A gradient has one component for each weight, and says how the value changes.",
    ),
    "gradient-for-value": (
        "this is the gradient, not the loss",
        "The loss is one number for the whole data set; what you return has one for each weight.",
    ),
    "gradient-for-hessian": (
        "this is the gradient, not the Hessian",
        "Differentiate once more: the Hessian has a row and a column for each weight.",
    ),
    "scalar-sum": (
        "the components are added up to one number",
        "A gradient has one component for each weight. Over what does your sum run?",
    ),
    "row": (
        "a row in place of a vector of shape (d,)",
        "The components are right. Look at the shape of w, and of what you return.",
    ),
    "column": (
        "a matrix of one column in place of a vector of shape (d,)",
        "The components are right. Look at the shape of w, and of what you return.",
    ),
    "sum-not-mean": (
        "the sum over the samples in place of their mean",
        "Repeat every sample twice: should the value double?",
    ),
    "not-averaged": (
        "the samples are not averaged",
        "You have one value for each sample. What is asked for is one for the whole data set.",
    ),
    "divided-by-d": (
        "divided by the number of features, d",
        "A mean over the samples divides by their number. Which axis of X counts the samples?",
    ),
    "means-multiplied": (
        "a product of means in place of a mean of products",
        "Each sample's error belongs to its own features. Multiply first, then average.",
    ),
    "not-transposed": (
        "X stands where its transpose belongs",
        "Write the shapes of the factors next to each other. Which index is summed over?",
    ),
    "column-labels": (
        "labels of shape (n, 1) against probabilities of shape (n,)",
        "Print the shape of p − y: with one of them as a column, NumPy pairs all with all.",
    ),
    "no-slope": (
        "the factor p(1 − p) is missing",
        "The gradient contains p. What does one more derivative make of it?",
    ),
    "bound": (
        "the bound 1/4 stands where p(1 − p) belongs",
        "One quarter is the largest value of p(1 − p). What is it for the p of each sample?",
    ),
    "outer-of-gradients": (
        "products of gradients in place of second derivatives",
        "A second derivative is the derivative of the gradient, not its square.",
    ),
    "residual-for-slope": (
        "the error p − y stands where p(1 − p) belongs",
        "Differentiate p − y in the weights: what is left of it?",
    ),
    "diagonal-only": (
        "only the diagonal of the Hessian",
        "Two different weights have a second derivative, too.",
    ),
    "overflow": (
        "an exponential is too large for floating point, or so small that it becomes 0",
        "Right on paper. What does e^z become for z = 800, or e^{−z} for z = −800, and can you do"
        " without it?",
    ),
    "saturated": (
        "p is rounded to 0 or 1, and what is computed from it has no value",
        "Right on paper. For z = 40, p is 1 in floating point. What are log(1 − p) and 1/(1 − p)"
        " then, and can you compute from the score instead?",
    ),
    "clipped": (
        "the probability is clipped",
        "Where p is clipped, the loss no longer changes with the weights."
        " Compute the loss from the score, and nothing needs to be clipped.",
    ),
    "lost-digits": (
        "small losses lose their digits",
        "Two large numbers that are nearly equal are subtracted. Chapter 6 has a form without it.",
    ),
}

_GENERAL = {
    "wrong-at-extremes": (
        "wrong for larger scores",
        "Which step of the computation gets a very large or a very small number?",
    ),
    "raises": ("an error is raised", "Call your function yourself with these arguments."),
    "endless": (
        "no result comes in time",
        "Does every loop come to its end? Print its variable in each round, for a few rounds.",
    ),
    "nothing-returned": ("nothing is returned", "Does the function end with `return`?"),
    "not-numbers": (
        "what is returned is not made of real numbers",
        "Return a number or a NumPy array of floats.",
    ),
    "wrong-shape": (
        "the result has another shape than expected",
        "Write down the shape of each step, from the arguments to the result.",
    ),
    "not-finite": (
        "a value is infinite or no number at all, for moderate scores already",
        "Print each step: where does a logarithm or a denominator first become 0 or negative?",
    ),
    "constant-factor": (
        "every value is off by the same factor",
        "The shape of the formula is right. Where could one number more, or less, come in?",
    ),
    "wrong-factor": (
        "what multiplies the features is wrong, in a way that is not known here",
        "The features are in their place. Compute the number in front of them by hand, at w = 0.",
    ),
    "one-label": (
        "right for one label, wrong for the other",
        "One of the two terms of the cross entropy has come out right. Look at the other one.",
    ),
    "one-sample": (
        "right for one sample, wrong for several",
        "Do it by hand for two samples: how do their contributions come together?",
    ),
    "changes-arguments": (
        "the function changes its arguments",
        "`a += b` writes into the caller's array; `a = a + b` makes a new one.",
    ),
    "not-deterministic": (
        "two calls with the same arguments give different results",
        "Does the function draw random numbers, or keep something from one call to the next?",
    ),
    "approximate": (
        "the first digits are right, the others are not",
        "It looks like a numerical derivative or like float32. The formula gives all digits.",
    ),
    "hard-labels-only": (
        "right for the labels 0 and 1, not between them",
        "The formula holds for every label from 0 to 1: no case distinction is needed.",
    ),
}

GENERAL = {key: Mistake(key, *words) for key, words in _GENERAL.items()}
"""What may be wrong with any function, whatever it computes; found by calling it."""

_P = "1/(1 + exp(-z))"
_Q = "exp(-z)/(1 + exp(-z))"
_LOSS = "-y*log(p) - (1 - y)*log(1 - p)"

_DP_DW = {
    "sign": "-x_j*exp(-z)/(1 + exp(-z))**2",
    "no-inner-derivative": "exp(-z)/(1 + exp(-z))**2",
    "no-square": "x_j*exp(-z)/(1 + exp(-z))",
    "no-exponential": "x_j/(1 + exp(-z))**2",
    "p-for-slope": "x_j*p",
    "denominator-only": ("-x_j*exp(-z)", "x_j*exp(-z)"),
    "extra-slope": "x_j*(p*(1 - p))**2",
    "exponential-sign": ("x_j*exp(z)/(1 + exp(-z))**2", "x_j*exp(-z)/(1 + exp(z))**2"),
    "plus-for-minus": "x_j*p*(1 + p)",
    "p-constant": "0",
}

_DH_DP = {
    "sign": "y/p - (1 - y)/(1 - p)",
    "inner-sign": "-y/p - (1 - y)/(1 - p)",
    "first-sign": "y/p + (1 - y)/(1 - p)",
    "swapped-labels": "-(1 - y)/p + y/(1 - p)",
    "swapped-arguments": "log(1 - y) - log(y)",
    "term-lost": ("-y/p", "(1 - y)/(1 - p)"),
    "labels-forgotten": ("-1/p", "1/(1 - p)", "-1/p + 1/(1 - p)"),
    "derivative-in-z": "p - y",
    "squared-loss": "2*(p - y)",
}

_BRACKET = {
    "sign": "p - y",
    "inner-sign": f"y*({_Q}) + (1 - y)*({_P})",
    "swapped-labels": f"(1 - y)*({_Q}) - y*({_P})",
    "p-for-1-p": f"y*({_P}) - (1 - y)*({_Q})",
    "wrong-cancellation": f"y*({_Q}) - (1 - y)*({_Q})",
    "exponential-lost": f"y*({_P}) - (1 - y)*({_P})",
    "square-kept": "y*exp(-z)/(1 + exp(-z))**2 - (1 - y)/(1 + exp(-z))**2",
    "extra-slope": "(y - p)*p*(1 - p)",
    "divided-by-slope": "y*(1 + exp(-z)) - (1 - y)*(1 + exp(-z))/exp(-z)",
    "term-lost": (f"y*({_Q})", f"-(1 - y)*({_P})"),
    "features-inside": "x_j*(y - p)",
}

_DL_DW = {
    "sign": "x_j*(y - p)",
    "inner-sign": "-x_j*(y*(1 - p) + (1 - y)*p)",
    "first-sign": "x_j*(y*(1 - p) + (1 - y)*p)",
    "no-inner-derivative": "p - y",
    "no-square": "x_j*(p - y)/p",
    "no-exponential": "x_j*(p - y)*p/(1 - p)",
    "extra-slope": ("x_j*(p - y)*p*(1 - p)", "2*x_j*(p - y)*p*(1 - p)"),
    "divided-by-slope": "x_j*(p - y)/(p*(1 - p))",
    "derivative-in-p": "(p - y)/(p*(1 - p))",
    "p-constant": "0",
    "swapped-labels": "x_j*(p - (1 - y))",
    "swapped-arguments": "x_j*p*(1 - p)*(log(1 - y) - log(y))",
    "term-lost": ("-x_j*y*(1 - p)", "x_j*(1 - y)*p"),
    "labels-forgotten": ("x_j*p", "-x_j*(1 - p)"),
    "plus-minus-labels": "x_j*(p - (2*y - 1))",
    "wrong-exponent": "x_j*(1 - p - y)",
    "plus-for-minus": "x_j*(p + y)",
    "no-logistic": "x_j*(z - y)",
}

_AT_EXTREMES_DL_DW = {
    "saturated": EQUATIONS["8"].expression,
    "overflow": "x_j*(exp(z)/(1 + exp(z)) - y)",
    "clipped": "x_j*(p - y)*(abs(p - 1/2) < 1/2 - 1e-15)",
}

_LOSS_TERMS = {
    "sign": "y*log(p) + (1 - y)*log(1 - p)",
    "term-sign": ("-y*log(p) + (1 - y)*log(1 - p)", "y*log(p) - (1 - y)*log(1 - p)"),
    "swapped-labels": "-(1 - y)*log(p) - y*log(1 - p)",
    "swapped-arguments": "-p*log(y) - (1 - p)*log(1 - y)",
    "term-lost": ("-y*log(p)", "-(1 - y)*log(1 - p)"),
    "labels-forgotten": ("-log(p)", "-log(1 - p)"),
    "squared-loss": ("(p - y)**2", "(p - y)**2/2"),
    "plus-minus-labels": "-(2*y - 1)*log(p) - (2 - 2*y)*log(1 - p)",
    "zero-one-labels": "log(1 + exp(-y*z))",
    "score-sign": ("log(1 + exp(z)) + y*z", "log(1 + exp(-z)) - (1 - y)*z"),
    "exponential-sign": (
        "log(1 + exp(-z)) - y*z",
        "log(1 + exp(z)) + (1 - y)*z",
        "max(z, 0) + log(1 + exp(abs(z))) - y*z",
    ),
    "wrong-base": (f"({_LOSS})/log(2)", f"({_LOSS})/log(10)"),
    "saturated": f"-y*log({_P}) - (1 - y)*log(1 - {_P})",
    "overflow": "log(1 + exp(z)) - y*z",
    "clipped": tuple(
        f"-y*log(max(p, {tiny})) - (1 - y)*log(max(1 - p, {tiny}))" for tiny in (1e-15, 1e-7)
    ),
    "lost-digits": "max(z, 0) + log(1 + exp(-abs(z))) - y*z",
}

_HESSIAN_TERMS = {
    "sign": "-p*(1 - p)*x_j*x_k",
    "no-slope": "x_j*x_k",
    "p-for-slope": "p*x_j*x_k",
    "no-square": "(1 - p)*x_j*x_k",
    "no-exponential": "p**2*x_j*x_k",
    "exponential-sign": (
        "exp(z)/(1 + exp(-z))**2*x_j*x_k",
        "exp(-z)/(1 + exp(z))**2*x_j*x_k",
    ),
    "plus-for-minus": "p*(1 + p)*x_j*x_k",
    "extra-slope": "(p*(1 - p))**2*x_j*x_k",
    "no-inner-derivative": ("p*(1 - p)*x_j", "p*(1 - p)"),
    "outer-of-gradients": "(p - y)**2*x_j*x_k",
    "residual-for-slope": "(p - y)*x_j*x_k",
    "gradient-for-hessian": "(p - y)*x_j",
    "bound": "x_j*x_k/4",
    "squared-loss": (
        "2*p*(1 - p)*(p*(1 - p) + (p - y)*(1 - 2*p))*x_j*x_k",
        "p*(1 - p)*(p*(1 - p) + (p - y)*(1 - 2*p))*x_j*x_k",
    ),
    "p-constant": "0",
    "overflow": f"{EQUATIONS['A.9'].expression}*x_j*x_k",
}

_SHAPES = {"scalar-sum": "np.sum({})", "row": "({})[np.newaxis]", "column": "({})[:, np.newaxis]"}


def _rows(expressions, part="value"):
    """Return forms by key; several expressions of a key stand in a tuple."""
    as_tuples = {k: (e,) if isinstance(e, str) else e for k, e in expressions.items()}
    return {k: tuple(Form(e, part) for e in several) for k, several in as_tuples.items()}


def _wrapped(expression, **others):
    """Return the forms that have a vector's components right and its shape wrong, and others."""
    return _rows({k: wrap.format(expression) for k, wrap in _SHAPES.items()} | others)


def _target(name, arguments, truth, scale, *tables):
    """Build a target; tables later in the list add forms to those before."""
    forms = {}
    for table in tables:
        for key, more in table.items():
            forms[key] = forms.get(key, ()) + more
    mistakes = {key: Mistake(key, *_WORDS[key], forms[key]) for key in forms}
    return Target(name, tuple(arguments.split()), truth, scale, mistakes)


_MEAN_GRADIENT_VALUES = {
    "weights-for-features": "np.mean(p - y)*w",
    "sum-not-mean": "X.T @ (p - y)",
    "not-averaged": ("(p - y)[:, np.newaxis]*X", "(p - y)[:, np.newaxis]*X/n"),
    "divided-by-d": ("X.T @ (p - y)/d", "X.T @ (p - y)/(n*d)"),
    "means-multiplied": "np.mean(X, axis=0)*np.mean(p - y)",
    "not-transposed": "X @ (p - y)/n",
    "column-labels": (
        "X.T @ (p - y[:, np.newaxis])/n",
        "X.T @ (p[:, np.newaxis] - y)/n",
        "np.mean(X.T @ (p - y[:, np.newaxis])/n, axis=1)",
        "np.mean(X.T @ (p[:, np.newaxis] - y)/n, axis=1)",
    ),
}

_MEAN_LOSS_VALUES = {
    "sum-not-mean": f"np.sum({_LOSS})",
    "not-averaged": _LOSS,
    "divided-by-d": (f"np.sum({_LOSS})/d", f"np.sum({_LOSS})/(n*d)"),
    "gradient-for-value": "X.T @ (p - y)/n",
    "column-labels": "np.mean(-y[:, np.newaxis]*log(p) - (1 - y[:, np.newaxis])*log(1 - p))",
}

_HESSIAN_VALUES = {
    "sum-not-mean": "X.T @ ((p*(1 - p))[:, np.newaxis]*X)",
    "not-averaged": "(p*(1 - p)*X.T).T[:, :, np.newaxis]*X[:, np.newaxis, :]",
    "divided-by-d": (
        "X.T @ ((p*(1 - p))[:, np.newaxis]*X)/d",
        "X.T @ ((p*(1 - p))[:, np.newaxis]*X)/(n*d)",
    ),
    "not-transposed": (
        "((p*(1 - p))[:, np.newaxis]*X) @ X.T/n",
        "X @ ((p*(1 - p))[:, np.newaxis]*X.T)/n",
    ),
    "diagonal-only": ("(p*(1 - p)) @ X**2/n", "np.diag((p*(1 - p)) @ X**2/n)"),
    "scalar-sum": "np.sum(X.T @ ((p*(1 - p))[:, np.newaxis]*X)/n)",
}

TARGETS = {
    target.name: target
    for target in (
        _target("dp_dw", "z x_j", Form(EQUATIONS["3"].expression), "abs(x_j)", _rows(_DP_DW)),
        _target("dH_dp", "p y", Form(EQUATIONS["A.15"].expression), "1/(p*(1 - p))", _rows(_DH_DP)),
        _target("bracket", "z x_j y", Form(f"y*({_Q}) - (1 - y)*({_P})"), "1", _rows(_BRACKET)),
        _target("dl_dw", "z x_j y", Form(EQUATIONS["14"].expression), "abs(x_j)", _rows(_DL_DW)),
        _target(
            "logistic_gradient",
            "w x",
            Form(EQUATIONS["4"].expression, "component"),
            "np.max(abs(x))",
            _rows(_DP_DW | {"value-for-gradient": "p"}, "component"),
            _rows({"overflow": EQUATIONS["4"].expression}, "component"),
            _wrapped("p*(1 - p)*x", **{"weights-for-features": "p*(1 - p)*w"}),
        ),
        _target(
            "loss_gradient",
            "w x y",
            Form(EQUATIONS["15"].expression, "component"),
            "np.max(abs(x))",
            _rows(_DL_DW | {"value-for-gradient": _LOSS} | _AT_EXTREMES_DL_DW, "component"),
            _wrapped("(p - y)*x", **{"weights-for-features": "(p - y)*w"}),
        ),
        _target(
            "mean_loss",
            "w X y",
            Form(EQUATIONS["A.18"].expression, "term"),
            "1 + np.max(abs(z))",
            _rows(_LOSS_TERMS, "term"),
            _rows(_MEAN_LOSS_VALUES),
        ),
        _target(
            "mean_loss_gradient",
            "w X y",
            Form(EQUATIONS["A.19"].expression, "component term"),
            "np.max(abs(X))",
            _rows(_DL_DW | {"value-for-gradient": _LOSS} | _AT_EXTREMES_DL_DW, "component term"),
            _wrapped("X.T @ (p - y)/n", **_MEAN_GRADIENT_VALUES),
            _rows({"scalar-sum": "np.mean((p - y)[:, np.newaxis]*X)"}),
        ),
        _target(
            "mean_loss_hessian",
            "w X y",
            Form(EQUATIONS["A.21"].expression, "component term"),
            "np.max(abs(X))**2",
            _rows(_HESSIAN_TERMS, "component term"),
            _rows(_HESSIAN_VALUES),
        ),
    )
}
"""Every target by its name."""


def as_json():
    """Return the targets whose mistakes are expressions of scalars, for ``json.dumps``.

    Their expressions hold for labels from 0 to 1, but for `swapped-arguments`, which is infinite
    at 0 and 1.

    Examples
    --------
    >>> as_json()["dl_dw"]["mistakes"][0]["expressions"]
    ['x_j*(y - p)']
    """
    scalars = [target for target in TARGETS.values() if not {"x", "X"} & set(target.arguments)]
    return {target.name: _scalar_as_json(target) for target in scalars}


def _scalar_as_json(target):
    mistakes = [asdict(mistake) for mistake in target.mistakes.values()]
    for mistake in mistakes:
        mistake["expressions"] = [form["expression"] for form in mistake.pop("forms")]
    return {
        "arguments": list(target.arguments),
        "truth": target.truth.expression,
        "mistakes": mistakes,
    }
