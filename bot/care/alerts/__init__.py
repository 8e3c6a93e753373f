"""Calls for help: who is asked, who has it, and what is told to whom."""
