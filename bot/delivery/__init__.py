"""What must still be said, how hard we try, and in what order: pure parts, and the postman."""
