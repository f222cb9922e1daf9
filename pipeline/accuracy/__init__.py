"""How far any part of a dataset can be trusted, from gold annotations of reports like it.

Outcomes on gold become counts (`counts`, measured by `measure`, kept in `models/accuracy.json`);
partial pooling (`pooling`) turns these into the precision and recall of any cell, however little
gold it has; a subset chosen by SQL (`subset`) is a mixture of cells (`estimate`). `agencies` fits
how many agencies a section has, given how many were found there (`pipeline.ranges` looks that up
for the panel). `held_out` checks both on countries that were left out.
"""
