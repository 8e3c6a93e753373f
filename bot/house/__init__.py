"""What people of a house do together: they invite, and they announce."""
