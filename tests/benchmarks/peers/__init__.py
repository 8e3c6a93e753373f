"""The same check-in, as other libraries' own examples would write it. Each is run as a process of its own."""
