"""What happens: the door, the people's subjects (membership, care, house), delivery, and the edges."""

import gc

# What is imported stays, and at 700 new objects a time Python looks through all of it for garbage again and again:
# that was an eighth of the start.
gc.set_threshold(10_000, 20, 20)
