"""Mail servers for the tests of the post."""

import pytest

from tests.post.smtp_server import Certificate, LocalSmtpServer


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Certificate:
    """A certificate for localhost, of an authority of its own."""
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def smtp_server():
    """A plain SMTP server that takes every letter until told otherwise."""
    with LocalSmtpServer() as server:
        yield server
