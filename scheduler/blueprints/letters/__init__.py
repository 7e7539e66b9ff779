"""The room `letters`: what was written to whom, what of it arrived, and what needs help."""
