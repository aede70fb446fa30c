r"""The derivation, line by line: what each equation says, why it holds, what it computes.

Numbers 1 to 15 are those of the exercise; what the book adds is A.1, A.2, ... The lines stand
in the order in which the book displays them, one section a chapter. The notebooks' LaTeX is
held to this table, and the table to calculus, by ``tests/test_derivation.py``.

An ``expression`` is the equation's value in plain Python syntax, operation for operation as
the equation prints it. Its names are

=======  ==============================================================================
``z``    the score w·x of one sample
``w_j``  weight j
``x_j``  feature j of the sample (``x_k`` is feature k)
``y``    the sample's label
``p``    a free number in (0, 1) in 5 and A.12 to A.16; elsewhere ``1 / (1 + exp(-z))``
``t``    ``(1 - 2*y)*z``, for a label that is 0 or 1
``s``    the softmax probability of a class, in A.45 and A.47; ``y`` is then its label
=======  ==============================================================================

and its functions ``exp``, ``log``, ``max`` and ``abs``. A vector cannot be written in them, so
``part`` says what the expression is of the right side: its ``value``; its ``component`` j; the
``term`` that a sum over components or samples adds; the ``component term``, which is both
(component (j, k) in A.21 and A.47). An equation has no expression where these names cannot
say it: 2 and 6 only name the partial derivatives that a gradient stacks, others speak of any
function f, of matrices, of a step, or of all classes at once.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Equation:
    """One numbered line.

    Attributes
    ----------
    number : str
        The number that the book prints: "7" or "A.1".
    latex : str
        The equation with its full left side, without the tag.
    rule : str
        The rule that leads to the line, in one sentence.
    follows : str or None
        The line it is derived from; None for a definition and for what stands alone, as A.12.
    expression : str or None
        What the right side computes, see the module's own description.
    part : str
        What of the right side the expression is.
    """

    number: str
    latex: str
    rule: str
    follows: str | None
    expression: str | None
    part: str = "value"


_LOGISTIC_FUNCTION = (
    Equation(
        number="A.1",
        latex=r"z_i = \vec w^\top \vec x_i = \sum_{j=1}^{d} w_j (\vec x_i)_j",
        rule="Definition of the dot product: multiply component by component, then add.",
        follows=None,
        expression="w_j*x_j",
        part="term",
    ),
    Equation(
        number="A.2",
        latex=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        rule="Definition of the logistic function of one number.",
        follows=None,
        expression="1/(1 + exp(-z))",
    ),
    Equation(
        number="1",
        latex=r"p_i(\vec w) = \frac{1}{1 + e^{-\vec w^\top \vec x_i}}",
        rule="Substitution: the logistic function at the score of sample i.",
        follows="A.2",
        expression="1/(1 + exp(-z))",
    ),
    Equation(
        number="A.3",
        latex=r"1 - \sigma(z) = \frac{e^{-z}}{1 + e^{-z}}",
        rule="Common denominator: write 1 as the denominator over itself, then subtract.",
        follows="A.2",
        expression="exp(-z)/(1 + exp(-z))",
    ),
    Equation(
        number="A.4",
        latex=r"\sigma(-z) = 1 - \sigma(z)",
        rule="Expand the fraction: multiply numerator and denominator by the same exponential.",
        follows="A.3",
        expression="1 - p",
    ),
    Equation(
        number="A.5",
        latex=r"\frac{\sigma(z)}{1 - \sigma(z)} = e^{z}",
        rule="Divide fractions: the common denominator cancels.",
        follows="A.3",
        expression="exp(z)",
    ),
    Equation(
        number="A.6",
        latex=r"z = \log\left(\frac{\sigma(z)}{1 - \sigma(z)}\right)",
        rule="Inverse function: take the natural logarithm of both sides.",
        follows="A.5",
        expression="log(p/(1 - p))",
    ),
)

_GRADIENT_OF_THE_LOGISTIC_FUNCTION = (
    Equation(
        number="2",
        latex=(
            r"\nabla p_i(\vec w) = \begin{bmatrix}"
            r" \dfrac{\partial p_i}{\partial w_1}(\vec w) \\ \vdots \\"
            r" \dfrac{\partial p_i}{\partial w_d}(\vec w)"
            r" \end{bmatrix}"
        ),
        rule="Definition of the gradient: the column of all partial derivatives.",
        follows=None,
        expression=None,
        part="component",
    ),
    Equation(
        number="A.7",
        latex=r"\frac{\partial}{\partial w_j}\left(-\vec w^\top \vec x_i\right) = -(\vec x_i)_j",
        rule="Derivative of a linear function: only the term with this weight depends on it.",
        follows="A.1",
        expression="-x_j",
    ),
    Equation(
        number="A.8",
        latex=(
            r"\frac{\partial}{\partial w_j}\left(1 + e^{-\vec w^\top \vec x_i}\right)"
            r" = -(\vec x_i)_j\, e^{-\vec w^\top \vec x_i}"
        ),
        rule="Chain rule: the exponential is its own derivative, times that of its exponent.",
        follows="A.7",
        expression="-x_j*exp(-z)",
    ),
    Equation(
        number="3",
        latex=(
            r"\frac{\partial p_i}{\partial w_j}(\vec w)"
            r" = \frac{(\vec x_i)_j\, e^{-\vec w^\top \vec x_i}}"
            r"{(1 + e^{-\vec w^\top \vec x_i})^2}"
        ),
        rule="Reciprocal rule: minus the derivative of the denominator over its square.",
        follows="1",
        expression="x_j*exp(-z)/(1 + exp(-z))**2",
    ),
    Equation(
        number="4",
        latex=(
            r"\nabla p_i(\vec w) = \vec x_i \cdot \frac{e^{-\vec w^\top \vec x_i}}"
            r"{(1 + e^{-\vec w^\top \vec x_i})^2}"
        ),
        rule="Stack the components: the factor that is the same for every j stands outside.",
        follows="3",
        expression="x_j*(exp(-z)/(1 + exp(-z))**2)",
        part="component",
    ),
    Equation(
        number="A.9",
        latex=r"\frac{d\sigma}{dz}(z) = \frac{e^{-z}}{(1 + e^{-z})^2}",
        rule="Reciprocal rule: minus the derivative of the denominator over its square.",
        follows="A.2",
        expression="exp(-z)/(1 + exp(-z))**2",
    ),
    Equation(
        number="A.10",
        latex=r"\frac{d\sigma}{dz}(z) = \sigma(z)\,(1 - \sigma(z))",
        rule="Split the fraction into two factors: they are the function and one minus it.",
        follows="A.9",
        expression="p*(1 - p)",
    ),
    Equation(
        number="A.11",
        latex=r"\nabla p_i(\vec w) = p_i(\vec w)\,(1 - p_i(\vec w))\,\vec x_i",
        rule="Substitution: the common factor is the slope of the logistic function.",
        follows="4",
        expression="p*(1 - p)*x_j",
        part="component",
    ),
    Equation(
        number="A.12",
        latex=r"p\,(1 - p) = \frac{1}{4} - \left(p - \frac{1}{2}\right)^2",
        rule="Complete the square.",
        follows=None,
        expression="1/4 - (p - 1/2)**2",
    ),
)

_CROSS_ENTROPY = (
    Equation(
        number="5",
        latex=r"H_i(p) = -y_i \log(p) - (1 - y_i) \log(1 - p)",
        rule="Definition of the cross entropy of a probability against a label.",
        follows=None,
        expression="-y*log(p) - (1 - y)*log(1 - p)",
    ),
    Equation(
        number="A.13",
        latex=r"H_i(p) = -\log(p) \quad \text{if } y_i = 1",
        rule="Substitution of the label 1: the second term vanishes.",
        follows="5",
        expression="-log(p)",
    ),
    Equation(
        number="A.14",
        latex=r"H_i(p) = -\log(1 - p) \quad \text{if } y_i = 0",
        rule="Substitution of the label 0: the first term vanishes.",
        follows="5",
        expression="-log(1 - p)",
    ),
    Equation(
        number="A.15",
        latex=(
            r"\frac{\partial H_i}{\partial p}(p)"
            r" = -\left[\frac{y_i}{p} - \frac{1 - y_i}{1 - p}\right]"
        ),
        rule="Derivative of the logarithm: 1 - p brings an inner derivative of -1.",
        follows="5",
        expression="-(y/p - (1 - y)/(1 - p))",
    ),
    Equation(
        number="A.16",
        latex=r"\frac{\partial H_i}{\partial p}(p) = \frac{p - y_i}{p\,(1 - p)}",
        rule="Common denominator: bring both fractions over the same product and add.",
        follows="A.15",
        expression="(p - y)/(p*(1 - p))",
    ),
)

_GRADIENT_OF_THE_LOSS = (
    Equation(
        number="6",
        latex=(
            r"\nabla_{\vec w} \ell_i(\vec w) = \begin{bmatrix}"
            r" \dfrac{\partial \ell_i}{\partial w_1}(\vec w) \\ \vdots \\"
            r" \dfrac{\partial \ell_i}{\partial w_d}(\vec w)"
            r" \end{bmatrix}"
        ),
        rule="Definition of the gradient: the column of all partial derivatives.",
        follows=None,
        expression=None,
        part="component",
    ),
    Equation(
        number="7",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = \left[\frac{\partial H_i}{\partial p}(p_i(\vec w))\right]"
            r" \left[\frac{\partial p_i}{\partial w_j}(\vec w)\right]"
        ),
        rule=(
            "Chain rule: the derivative of the outer function at the inner one,"
            " times the derivative of the inner one."
        ),
        follows="6",
        expression="(-(y/p - (1 - y)/(1 - p)))*(x_j*exp(-z)/(1 + exp(-z))**2)",
    ),
    Equation(
        number="8",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = -\left[\frac{y_i}{p_i(\vec w)} - \frac{1 - y_i}{1 - p_i(\vec w)}\right]"
            r" \left[\frac{(\vec x_i)_j\, e^{-\vec w^\top \vec x_i}}"
            r"{(1 + e^{-\vec w^\top \vec x_i})^2}\right]"
        ),
        rule="Substitution: put in the derivative of H in p and the derivative of p in the weight.",
        follows="7",
        expression="-(y/p - (1 - y)/(1 - p))*(x_j*exp(-z)/(1 + exp(-z))**2)",
    ),
    Equation(
        number="9",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = -\left[\frac{y_i}{1 / (1 + e^{-\vec w^\top \vec x_i})}"
            r" - \frac{1 - y_i}{e^{-\vec w^\top \vec x_i}"
            r" / (1 + e^{-\vec w^\top \vec x_i})}\right]"
            r" \left[\frac{(\vec x_i)_j\, e^{-\vec w^\top \vec x_i}}"
            r"{(1 + e^{-\vec w^\top \vec x_i})^2}\right]"
        ),
        rule="Substitution: write p and 1 - p as fractions of exponentials.",
        follows="8",
        expression=(
            "-(y/(1/(1 + exp(-z))) - (1 - y)/(exp(-z)/(1 + exp(-z))))"
            "*(x_j*exp(-z)/(1 + exp(-z))**2)"
        ),
    ),
    Equation(
        number="10",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = -\left[y_i\,(1 + e^{-\vec w^\top \vec x_i})"
            r" - \frac{(1 - y_i)\,(1 + e^{-\vec w^\top \vec x_i})}"
            r"{e^{-\vec w^\top \vec x_i}}\right]"
            r" \left[\frac{(\vec x_i)_j\, e^{-\vec w^\top \vec x_i}}"
            r"{(1 + e^{-\vec w^\top \vec x_i})^2}\right]"
        ),
        rule="Divide by a fraction: multiply by its reciprocal.",
        follows="9",
        expression=(
            "-(y*(1 + exp(-z)) - (1 - y)*(1 + exp(-z))/exp(-z))*(x_j*exp(-z)/(1 + exp(-z))**2)"
        ),
    ),
    Equation(
        number="11",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = -(\vec x_i)_j \left["
            r"y_i\, \frac{e^{-\vec w^\top \vec x_i}}{1 + e^{-\vec w^\top \vec x_i}}"
            r" - (1 - y_i)\, \frac{1}{1 + e^{-\vec w^\top \vec x_i}}\right]"
        ),
        rule="Distribute the second bracket and cancel the factors that numerators share.",
        follows="10",
        expression="-x_j*(y*(exp(-z)/(1 + exp(-z))) - (1 - y)*(1/(1 + exp(-z))))",
    ),
    Equation(
        number="12",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = -(\vec x_i)_j\, [y_i\,(1 - p_i(\vec w)) - (1 - y_i)\, p_i(\vec w)]"
        ),
        rule="Substitution back: the two fractions are 1 - p and p.",
        follows="11",
        expression="-x_j*(y*(1 - p) - (1 - y)*p)",
    ),
    Equation(
        number="13",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = -(\vec x_i)_j\, [y_i - p_i(\vec w)]"
        ),
        rule="Expand the products: the two terms with the product of y and p cancel.",
        follows="12",
        expression="-x_j*(y - p)",
    ),
    Equation(
        number="14",
        latex=(
            r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
            r" = (\vec x_i)_j\, [p_i(\vec w) - y_i]"
        ),
        rule="Move the minus sign inside: it turns the difference around.",
        follows="13",
        expression="x_j*(p - y)",
    ),
    Equation(
        number="15",
        latex=r"\nabla_{\vec w} \ell_i(\vec w) = \vec x_i\, [p_i(\vec w) - y_i]",
        rule="Stack the components: the factor that is the same for every j stands outside.",
        follows="14",
        expression="x_j*(p - y)",
        part="component",
    ),
    Equation(
        number="A.17",
        latex=(
            r"\ell_i(\vec w) = \log\left(1 + e^{\vec w^\top \vec x_i}\right)"
            r" - y_i\, \vec w^\top \vec x_i"
        ),
        rule="Laws of logarithms: the logarithms of p and of 1 - p differ by the score.",
        follows="5",
        expression="log(1 + exp(z)) - y*z",
    ),
    Equation(
        number="A.18",
        latex=r"L(\vec w) = \frac{1}{n} \sum_{i=1}^{n} \ell_i(\vec w)",
        rule="Definition of the mean loss over the n samples.",
        follows=None,
        expression="log(1 + exp(z)) - y*z",
        part="term",
    ),
    Equation(
        number="A.19",
        latex=r"\nabla L(\vec w) = \frac{1}{n} \sum_{i=1}^{n} \vec x_i\, [p_i(\vec w) - y_i]",
        rule="Sum rule: the gradient of a mean is the mean of the gradients.",
        follows="A.18",
        expression="x_j*(p - y)",
        part="component term",
    ),
    Equation(
        number="A.20",
        latex=r"\nabla L(\vec w) = \frac{1}{n} X^\top (\mathbf p - \mathbf y)",
        rule="Matrix times vector: the rows of X, each times its residual, added up.",
        follows="A.19",
        expression="x_j*(p - y)",
        part="component term",
    ),
    Equation(
        number="A.21",
        latex=(
            r"\nabla^2 L(\vec w) = \frac{1}{n} \sum_{i=1}^{n}"
            r" p_i(\vec w)\,(1 - p_i(\vec w))\, \vec x_i \vec x_i^\top"
        ),
        rule="Differentiate once more: only p depends on the weights, and its gradient is known.",
        follows="A.19",
        expression="p*(1 - p)*x_j*x_k",
        part="component term",
    ),
)

_CHECKING_A_GRADIENT = (
    Equation(
        number="A.22",
        latex=(
            r"\frac{\partial f}{\partial w_j}(\vec w)"
            r" \approx \frac{f(\vec w + h \vec e_j) - f(\vec w - h \vec e_j)}{2 h}"
        ),
        rule="Central difference: one small step each way along axis j, rise over run.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.23",
        latex=(
            r"\frac{f(w + h) - f(w - h)}{2 h}"
            r" = f'(w) + \frac{h^2}{6} f'''(w) + O(h^4)"
        ),
        rule="Taylor expansion: in the difference of the two values all even powers of h cancel.",
        follows="A.22",
        expression=None,
    ),
    Equation(
        number="A.24",
        latex=r"E(h) = \frac{h^2}{6} |f'''(w)| + \frac{\varepsilon}{h} |f(w)|",
        rule="Add two bounds: the first neglected term, and the rounding of two values over 2h.",
        follows="A.23",
        expression=None,
    ),
    Equation(
        number="A.25",
        latex=(
            r"\frac{\partial f}{\partial w_j}(\vec w)"
            r" \approx \frac{\operatorname{Im} f(\vec w + i h \vec e_j)}{h}"
        ),
        rule="Complex step: after an imaginary step, h times the slope is the imaginary part.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.26",
        latex=r"(a + a' \epsilon)(b + b' \epsilon) = a b + (a' b + a b') \epsilon",
        rule="Multiply out, with the rule that the square of epsilon is zero.",
        follows=None,
        expression=None,
    ),
)

_FLOATING_POINT = (
    Equation(
        number="A.27",
        latex=r"\sigma(z) = \frac{e^{z}}{1 + e^{z}}",
        rule="Expand the fraction: multiply numerator and denominator by the same exponential.",
        follows="A.2",
        expression="exp(z)/(1 + exp(z))",
    ),
    Equation(
        number="A.28",
        latex=r"\log\left(1 + e^{z}\right) = \max(z, 0) + \log\left(1 + e^{-|z|}\right)",
        rule="Take the larger of the two terms out: the exponent that stays is never positive.",
        follows=None,
        expression="max(z, 0) + log(1 + exp(-abs(z)))",
    ),
    Equation(
        number="A.29",
        latex=r"\ell_i(\vec w) = \max(t_i, 0) + \log\left(1 + e^{-|t_i|}\right)",
        rule="Substitution: for a label 0 or 1 the loss is the logarithm of 1 plus e to the t.",
        follows="A.28",
        expression="max(t, 0) + log(1 + exp(-abs(t)))",
    ),
    Equation(
        number="A.30",
        latex=r"p_i(\vec w) - y_i = (1 - 2 y_i)\,\sigma(t_i)",
        rule="Symmetry of the logistic function: for the label 1, p - 1 is minus its value at -z.",
        follows="A.4",
        expression="(1 - 2*y)*(1/(1 + exp(-t)))",
    ),
)

_LOSS_SURFACE = (
    Equation(
        number="A.31",
        latex=(
            r"\vec v^\top \nabla^2 L(\vec w)\,\vec v = \frac{1}{n} \sum_{i=1}^{n}"
            r" p_i(\vec w)\,(1 - p_i(\vec w))\,(\vec x_i^\top \vec v)^2"
        ),
        rule="Multiply by v from both sides: each sample gives the square of one dot product.",
        follows="A.21",
        expression=None,
    ),
    Equation(
        number="A.32",
        latex=r"0 \preceq \nabla^2 L(\vec w) \preceq \frac{1}{4 n} X^\top X",
        rule="Bound each sample's factor: p(1 - p) is at least 0 and at most one quarter.",
        follows="A.31",
        expression=None,
    ),
    Equation(
        number="A.33",
        latex=r"q(z) = (1 - \sigma(z))^2",
        rule="Definition of the squared loss at the label 1, as a function of the score.",
        follows=None,
        expression="(1 - p)**2",
    ),
    Equation(
        number="A.34",
        latex=r"\frac{d^2 q}{dz^2}(z) = 2\,\sigma(z)\,(1 - \sigma(z))^2\,(3\,\sigma(z) - 1)",
        rule="Differentiate twice: chain rule, then product rule, with the slope p(1 - p).",
        follows="A.33",
        expression="2*p*(1 - p)**2*(3*p - 1)",
    ),
    Equation(
        number="A.35",
        latex=r"X^\top (\mathbf p - \mathbf y) = \vec 0",
        rule="Set the gradient of the mean loss to zero, then multiply by n.",
        follows="A.20",
        expression=None,
    ),
)

_DESCENT = (
    Equation(
        number="A.36",
        latex=r"\vec w_{k+1} = \vec w_k - \eta\,\nabla L(\vec w_k)",
        rule="Definition of a step of gradient descent: against the gradient, times a step size.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.37",
        latex=r"\eta = \frac{4 n}{\|X\|^2}",
        rule="One over the largest curvature: the norm squared is the bound's top eigenvalue.",
        follows="A.32",
        expression=None,
    ),
    Equation(
        number="A.38",
        latex=(
            r"\vec w_{k+1} = \vec w_k"
            r" - \left[\nabla^2 L(\vec w_k)\right]^{-1} \nabla L(\vec w_k)"
        ),
        rule="Newton's step: go to where the gradient of the quadratic model is zero.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.39",
        latex=r"L_\lambda(\vec w) = L(\vec w) + \frac{\lambda}{2} \|\vec w\|^2",
        rule="Definition of the regularised loss: large weights cost something.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.40",
        latex=(
            r"\nabla L_\lambda(\vec w)"
            r" = \frac{1}{n} X^\top (\mathbf p - \mathbf y) + \lambda \vec w"
        ),
        rule="Sum rule: half the squared norm has the weights themselves as its gradient.",
        follows="A.39",
        expression=None,
    ),
)

_SOFTMAX = (
    Equation(
        number="A.41",
        latex=r"s_k = \frac{e^{a_k}}{\sum_{m=1}^{K} e^{a_m}}",
        rule="Definition of softmax: exponentials, divided by their sum.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.42",
        latex=r"H = -\sum_{k=1}^{K} y_k \log(s_k)",
        rule="Definition of the cross entropy of K probabilities against K labels.",
        follows=None,
        expression=None,
    ),
    Equation(
        number="A.43",
        latex=r"\frac{\partial s_m}{\partial a_k} = s_m\,(\delta_{mk} - s_k)",
        rule="Quotient rule: the numerator depends on its own score, the sum on every score.",
        follows="A.41",
        expression=None,
    ),
    Equation(
        number="A.44",
        latex=(
            r"\frac{\partial H}{\partial a_k}"
            r" = \left(\sum_{m=1}^{K} y_m\right) s_k - y_k"
        ),
        rule="Chain rule: add over all classes m, and the probability of class m cancels.",
        follows="A.43",
        expression=None,
    ),
    Equation(
        number="A.45",
        latex=(
            r"\frac{\partial H}{\partial a_k} = s_k - y_k"
            r" \quad \text{if } \sum_{m=1}^{K} y_m = 1"
        ),
        rule="Substitution of labels that add up to 1.",
        follows="A.44",
        expression="s - y",
    ),
    Equation(
        number="A.46",
        latex=r"s_1 = \sigma(a_1 - a_2) \quad \text{if } K = 2",
        rule="Divide numerator and denominator by the first exponential.",
        follows="A.41",
        expression=None,
    ),
    Equation(
        number="A.47",
        latex=r"\nabla L(W) = \frac{1}{n} X^\top (S - Y)",
        rule="Matrix times matrix: column k is the gradient in the weights of class k.",
        follows="A.45",
        expression="x_j*(s - y)",
        part="component term",
    ),
)

SECTIONS = {
    "01_logistic_function": _LOGISTIC_FUNCTION,
    "02_gradient_of_the_logistic_function": _GRADIENT_OF_THE_LOGISTIC_FUNCTION,
    "03_cross_entropy": _CROSS_ENTROPY,
    "04_gradient_of_the_loss": _GRADIENT_OF_THE_LOSS,
    "05_checking_a_gradient": _CHECKING_A_GRADIENT,
    "06_from_formula_to_floating_point": _FLOATING_POINT,
    "07_the_loss_surface": _LOSS_SURFACE,
    "08_learning_by_descent": _DESCENT,
    "09_softmax": _SOFTMAX,
}
"""The numbered equations of each chapter, in the order of the book."""

EQUATIONS = {equation.number: equation for section in SECTIONS.values() for equation in section}
"""Every numbered equation by its number, in the order of the book."""

PRINTED_7 = Equation(
    number="7",
    latex=(
        r"\frac{\partial \ell_i}{\partial w_j}(\vec w)"
        r" = -\left[\frac{\partial H_i}{\partial p}(p_i(\vec w))\right]"
        r" \left[\frac{\partial p_i}{\partial w_j}(\vec w)\right]"
    ),
    rule="A slip, as the exercise prints it: the chain rule has no leading minus sign.",
    follows="6",
    expression="-(-(y/p - (1 - y)/(1 - p)))*(x_j*exp(-z)/(1 + exp(-z))**2)",
)
"""Line 7 with the sign error of the exercise; the book shows it without a number."""


def as_json():
    """Return the table as plain dictionaries that ``json.dumps`` accepts.

    Examples
    --------
    >>> as_json()["14"]["expression"]
    'x_j*(p - y)'
    """
    return {number: asdict(equation) for number, equation in EQUATIONS.items()}
