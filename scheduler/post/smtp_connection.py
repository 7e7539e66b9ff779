"""A connection to a mail server: greeted, encrypted and logged in, or not had at all."""

import smtplib

from scheduler.post.server import Encryption, SmtpServer


def connect(server: SmtpServer) -> smtplib.SMTP:
    """A connection ready for letters.

    Raises OSError (`smtplib.SMTPException` is one) when the server cannot be reached, does not encrypt
    as it must or does not let us in, and ValueError when the library cannot log in as it asks.
    """
    connection = _reached(server)
    try:
        connection.ehlo_or_helo_if_needed()
        if _needs_starttls(server, connection):
            connection.starttls(context=server.tls_context())
            connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _reached(server: SmtpServer) -> smtplib.SMTP:
    if server.encryption is Encryption.FROM_THE_START:
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_seconds, context=server.tls_context()
        )
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)


def _needs_starttls(server: SmtpServer, connection: smtplib.SMTP) -> bool:
    """Where it is required and not offered, asking for it all the same raises what is right."""
    if server.encryption is Encryption.OFFERED:
        return connection.has_extn("starttls")
    return server.encryption is Encryption.REQUIRED
