"""First steps: a newcomer is led through the work, step by step, until they know the way."""
