"""Speed and memory beside what a reader would use otherwise; ``make bench`` runs all of it."""
