"""What stories are told with: a house on a machine of its own, and the people in it."""
