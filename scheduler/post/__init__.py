"""The craft of mail: letters made and carried, and what comes back read (RFC 5321, RFC 5322, RFC 6047)."""
