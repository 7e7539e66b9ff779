"""The shapes of the API: what may be asked and what is answered, one file a noun."""
