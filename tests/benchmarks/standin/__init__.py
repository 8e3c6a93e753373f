"""A Bot API that is only fast: it checks nothing, and plays the people who talk to the bot under test."""
