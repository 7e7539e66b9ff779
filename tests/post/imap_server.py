"""A real IMAP server (Dovecot) with one mailbox, that tests start, stop and start again on the same port."""

import grp
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import weakref
from pathlib import Path
from urllib.parse import quote

from tests.debian_tools import DOVECOT

SECONDS = 20
USER, PASSWORD = "desk@city.example", "wrong guesses only"
# Dovecot never serves mail to root. As root it is given to the user that its package makes.
IS_ROOT = os.geteuid() == 0
MAIL_USER = "dovecot" if IS_ROOT else pwd.getpwuid(os.geteuid()).pw_name
MAIL_GROUP = "dovecot" if IS_ROOT else grp.getgrgid(os.getegid()).gr_name

CONFIGURATION = """
base_dir = {short}/run
state_dir = {short}/state
log_path = {kept}/dovecot.log
instance_name = {name}
protocols = imap
listen = 127.0.0.1
default_internal_user = {mail_user}
default_internal_group = {mail_group}
default_login_user = {login_user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{short}/mail:UTF-8
mail_home = {short}/home
mail_plugins =
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
ssl = {ssl}
{more}
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {short}/users
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class ImapServer:
    """One mailbox behind a real Dovecot. `with ImapServer(tmp_path) as server:` starts and stops it.

    `path` keeps the configuration and Dovecot's log. `certificate` is a PEM file with the chain and the key:
    then STARTTLS is offered, and TLS from the first byte at `tls_url`. `capability` replaces what the server
    says it can do, such as "IMAP4rev1" for one that cannot MOVE. A `password` has no colon.

    `url` is its address without TLS, `stop()` and `start()` keep the port and the mail. Mail can be delivered
    and looked at whether it runs or not: both go past IMAP, to the files.
    """

    def __init__(
        self, path: Path, *, certificate: Path | None = None, capability: str = "", password: str = PASSWORD
    ) -> None:
        self.path, self.password = path, password
        # Sockets need short paths, and the mail user a way in: neither is true of pytest's directories.
        self.short = Path(tempfile.mkdtemp(prefix="imap-"))
        weakref.finalize(self, shutil.rmtree, self.short, ignore_errors=True)
        self.port, self.tls_port = _free_ports()
        self.delivered = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._make_mailbox()
        self._configure(certificate, capability)

    def __enter__(self) -> "ImapServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where the mailbox is, with its user and password, unencrypted."""
        return f"imap://{self.login}@127.0.0.1:{self.port}/INBOX?starttls=never&timeout={SECONDS}"

    @property
    def tls_url(self) -> str:
        """The same over TLS. The name is the one a certificate is made out to."""
        return f"imaps://{self.login}@localhost:{self.tls_port}/INBOX?timeout={SECONDS}"

    @property
    def login(self) -> str:
        """User and password as they stand in an address."""
        return f"{quote(USER, safe='')}:{quote(self.password, safe='')}"

    def start(self) -> None:
        """Serve until stopped, on the port of last time. Should the tests be killed, it ends with them."""
        command = [
            "setpriv",
            "--pdeathsig",
            "TERM",
            str(DOVECOT),
            "-F",
            "-c",
            str(self.path / "dovecot.conf"),
        ]
        self.process = subprocess.Popen(command, start_new_session=True)
        deadline = time.monotonic() + SECONDS
        while not self._greets():
            assert self.process.poll() is None, f"Dovecot ended: {self.log}"
            assert time.monotonic() < deadline, f"Dovecot does not answer: {self.log}"
            time.sleep(0.02)

    def stop(self) -> None:
        """End it and every connection to it at once, as a power cut would. The mail stays."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(SECONDS)
            self.process = None
            while self._greets():
                time.sleep(0.02)

    def deliver(self, raw: bytes, *, folder: str = "INBOX", flags: str = "") -> None:
        """Put a message into a folder, after all that were delivered before.

        `flags` are Maildir's letters: S seen, F flagged, R replied, D draft, T deleted.
        """
        self.delivered += 1
        name = f"{1_790_000_000 + self.delivered}.M{self.delivered:06}P1.tests"
        drop, place = self._directory(folder) / "tmp" / name, self._directory(folder) / "new" / name
        if flags:
            place = self._directory(folder) / "cur" / f"{name}:2,{''.join(sorted(flags))}"
        drop.write_bytes(raw)
        _give_to_mail_user(drop)
        drop.rename(place)

    def messages(self, folder: str = "INBOX") -> list[bytes]:
        """The messages of a folder, as they were delivered, oldest first. Of no folder: none."""
        return [path.read_bytes() for path in self._files(folder)]

    def flags(self, folder: str = "INBOX") -> list[str]:
        """Maildir's letters for the flags of each message of a folder, oldest first."""
        return [path.name.partition(":2,")[2] for path in self._files(folder)]

    @property
    def log(self) -> str:
        """What Dovecot said so far."""
        log = self.path / "dovecot.log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def _files(self, folder: str) -> list[Path]:
        directories = (self._directory(folder) / part for part in ("cur", "new"))
        return sorted((file for each in directories for file in each.glob("*")), key=_moment)

    def _directory(self, folder: str) -> Path:
        return self.short / "mail" if folder == "INBOX" else self.short / "mail" / f".{folder}"

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), SECONDS) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            return False

    def _make_mailbox(self) -> None:
        self.short.chmod(0o755)
        for part in ("home", "mail", "mail/cur", "mail/new", "mail/tmp"):
            (self.short / part).mkdir()
            _give_to_mail_user(self.short / part)
        (self.short / "users").write_text(f"{USER}:{{PLAIN}}{self.password}\n", encoding="utf-8")
        (self.short / "users").chmod(0o644)

    def _configure(self, certificate: Path | None, capability: str) -> None:
        more = f"imap_capability = {capability}\n" if capability else ""
        if certificate is not None:
            more += f"ssl_cert = <{certificate}\nssl_key = <{certificate}\n"
        text = CONFIGURATION.format(
            short=self.short,
            kept=self.path,
            name=self.short.name,
            mail_user=MAIL_USER,
            mail_group=MAIL_GROUP,
            login_user="dovenull" if IS_ROOT else MAIL_USER,
            port=self.port,
            tls_port=self.tls_port if certificate else 0,
            ssl="yes" if certificate else "no",
            more=more,
        )
        (self.path / "dovecot.conf").write_text(text, encoding="utf-8")


def _moment(file: Path) -> tuple[int, ...]:
    """The seconds and the microseconds in the name of a Maildir file; Dovecot does not pad them."""
    return tuple(int(number) for number in re.findall(r"\d+", file.name)[:2])


def _give_to_mail_user(path: Path) -> None:
    if IS_ROOT:
        owner = pwd.getpwnam(MAIL_USER)
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]
