"""The archive's history, from empty to head and back."""
