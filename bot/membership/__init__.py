"""Who belongs to a house, how they came, what they agreed to, and the language and clock they live by."""
