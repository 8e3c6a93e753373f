"""A house's own dialogs: read by the checker of ours, held to what a house may use, tried out without a trace."""
