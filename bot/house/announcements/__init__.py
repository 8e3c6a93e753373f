"""Announcements: staff speak to a house, or several, see who heard, and hear what comes back."""
