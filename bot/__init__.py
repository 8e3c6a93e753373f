"""What happens: the door, the people's subjects (membership, care, house), delivery, and the edges."""
