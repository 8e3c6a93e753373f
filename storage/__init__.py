"""What is remembered: tables, repositories and the keys that seal what people tell."""
