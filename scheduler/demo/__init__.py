"""The demo city: real sites with what is known and what is assumed of them, and guests by their posts."""
