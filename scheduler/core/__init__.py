"""The rules: values in, verdicts out. Imports the standard library and itself, nothing else."""
