"""A handful of system ticks. People's own times are rows."""
