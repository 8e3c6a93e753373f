"""The house and its own experience: what its people tell each other."""
