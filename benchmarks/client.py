"""A client so light that the server is what is measured: kept-alive sockets, requests written beforehand."""

import json
import socket
import time
from collections.abc import Mapping
from typing import Any

Address = tuple[str, int]


class Connection:
    """One kept-alive connection."""

    def __init__(self, address: Address) -> None:
        self._socket = socket.create_connection(address)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""
        self._scrap = bytearray(1 << 20)

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def answer(self) -> tuple[int, bytes]:
        """The status and headers of the next answer, its body read past."""
        while b"\r\n\r\n" not in self._left:
            self._read()
        head, _, self._left = self._left.partition(b"\r\n\r\n")
        status = int(head[9:12])
        length = 0 if status == 304 else int(head.lower().partition(b"content-length:")[2].split(b"\r")[0])
        self._pass_over(length)
        return status, head

    def close(self) -> None:
        self._socket.close()

    def _pass_over(self, length: int) -> None:
        """A body is taken in, not put together: that would be the client's work, not the server's."""
        missing = length - len(self._left)
        self._left = self._left[length:]
        while missing > 0:
            taken = self._socket.recv_into(self._scrap, min(missing, len(self._scrap)))
            if not taken:
                raise ConnectionError("the server closed a connection within an answer")
            missing -= taken

    def _read(self) -> None:
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed a connection that was to be kept")
        self._left += part


def request_of(method: str, path: str, headers: Mapping[str, str], body: Any = None) -> bytes:
    """A request as bytes, its body as JSON."""
    data = b"" if body is None else json.dumps(body).encode()
    told = {"Host": "benchmark", "Content-Length": str(len(data)), **headers}
    if body is not None:
        told["Content-Type"] = "application/json"
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def seconds_of_each(address: Address, requests: list[bytes], status: int) -> list[float]:
    """One request after the other on one connection: how long each took."""
    connection, taken = Connection(address), []
    for request in requests:
        began = time.perf_counter()
        connection.send(request)
        answered, head = connection.answer()
        taken.append(time.perf_counter() - began)
        if answered != status:
            raise AssertionError(f"{answered} where {status} was expected: {head!r}")
    connection.close()
    return taken


def answer_of(address: Address, request: bytes) -> bytes:
    """The headers of one answer."""
    connection = Connection(address)
    connection.send(request)
    _status, head = connection.answer()
    connection.close()
    return head


def requests_a_second(address: Address, request: bytes, status: int, *, connections: int = 4) -> float:
    """The same request on a few connections for three seconds, each asked again as soon as it answered."""
    opened = [Connection(address) for _ in range(connections)]
    for connection in opened:
        connection.send(request)
    count, began = 0, time.perf_counter()
    while time.perf_counter() < began + 3:
        for connection in opened:
            answered, _ = connection.answer()
            assert answered == status, answered
            connection.send(request)
            count += 1
    rate = count / (time.perf_counter() - began)
    for connection in opened:
        connection.answer()
        connection.close()
    return rate
