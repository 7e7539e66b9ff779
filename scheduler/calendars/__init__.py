"""The craft of calendar files: invitations, cancellations, downloads and feeds (RFC 5545, RFC 5546)."""
