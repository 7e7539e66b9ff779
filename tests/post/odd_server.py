"""A server that speaks IMAP as no good one does, to see what we make of it. Good manners: imap_server.py."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# What it answers to commands that begin so, before it says that all is done. Tests change some of it.
MANNERS = {
    b"": b"* OK ready\r\n",
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1 MOVE\r\n",
    b"LIST": b'* LIST () "/" Taken\r\n',
    b"SELECT": b"* 1 EXISTS\r\n",
    b"UID SEARCH": b"* SEARCH 7\r\n",
    b"UID FETCH 7 (RFC822.SIZE)": b"* 1 FETCH (UID 7 RFC822.SIZE 5)\r\n",
    b"UID FETCH 7 (BODY": b"* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n",
}


@contextmanager
def odd_server(odd: Mapping[bytes, bytes], *, echoes: bytes = b"?") -> Iterator[str]:
    """The address of a server that answers one connection, these commands oddly.

    An odd answer that ends without a line break is the last it says. A command that begins with `echoes` is
    refused by repeating it.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = threading.Thread(target=_answer, args=(listener, MANNERS | odd, echoes))
        answering.start()
        yield f"imap://desk:open%22sesame@127.0.0.1:{listener.getsockname()[1]}?starttls=never"
        answering.join()


def _answer(listener: socket.socket, answers: Mapping[bytes, bytes], echoes: bytes) -> None:
    with listener.accept()[0] as connection, connection.makefile("rwb", buffering=0) as lines:
        lines.write(answers[b""])
        for line in lines:
            tag, command = line.strip().split(b" ", 1)
            said = next((told for start, told in answers.items() if start and command.startswith(start)), b"")
            lines.write(said)
            if said and not said.endswith(b"\n"):
                return
            refused = b" NO " + command if command.startswith(echoes) else b" OK done"
            if b" NO " not in said:
                lines.write(tag + refused + b"\r\n")
