"""What is fast and how we know: each measurement prints a table, none is a test."""
