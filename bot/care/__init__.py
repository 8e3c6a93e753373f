"""Check-ins, skills, calls for help, and the numbers that always answer."""
