"""The archive: tables, and the questions asked of them."""
