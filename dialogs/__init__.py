"""What is said: conversations as data, and the pure engine that advances them."""
