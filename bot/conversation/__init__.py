"""The one door: what comes in, who it is from, the dialog it goes to, and the one commit at the end."""
