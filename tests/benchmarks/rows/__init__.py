"""The table's rows, each of which can be run alone."""
