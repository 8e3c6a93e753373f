"""Storage, told as stories on both databases."""
