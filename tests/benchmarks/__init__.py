"""How fast Hearth is, beside the bots that people would write instead: `python -m tests.benchmarks`."""
