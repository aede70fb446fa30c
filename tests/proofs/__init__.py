"""Proves the book's equations from definitions that are written down here once.

``notation`` and ``reading`` parse an equation's LaTeX, ``evaluation`` gives its symbols the
meaning that a world of definitions has for them (``samples``, ``functions``, ``classes``),
``agreement`` compares values, and ``checking`` says what each number must state and how it
is proved. Nothing here knows the table of the package.
"""
