"""The office: one function per thing a person can do, one transaction each."""
