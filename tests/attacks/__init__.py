"""Attempts on what Hearth promises; each ends in a kind refusal or in silence."""
