"""Speed and memory beside what a reader would use otherwise; ``make bench`` runs all of it.

Peers take turns, run by run, in one process. pytest-benchmark and asv finish one peer before they
start the next, so that a machine that slows down for a minute favours whoever ran before; a ratio
of two medians then says more about the minute than about the code. Hence `measure.times`.
"""
