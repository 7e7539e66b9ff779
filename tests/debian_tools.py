"""What the tests need from Debian: a browser, libical, a mail server. Installs them, or says how."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

DOVECOT = Path("/usr/sbin/dovecot")
DOVECOT_IMAP = Path("/usr/lib/dovecot/imap")
UPDATE = ["apt-get", "update"]
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]


def main() -> None:
    packages = missing_packages()
    if not packages:
        return
    commands = [UPDATE, [*INSTALL, *packages]]
    as_text = " && ".join(" ".join(command) for command in commands)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests need {' and '.join(packages)} from Debian. As root: {as_text}")
    print(f"Installing what the tests need from Debian: {as_text}", flush=True)
    for command in commands:
        if subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode:
            sys.exit(f"That failed. Mend it with: {as_text}")


def missing_packages() -> list[str]:
    wanted = []
    if not shutil.which("chromium"):
        wanted.append("chromium")
    try:
        ctypes.CDLL("libical.so.3")
    except OSError:
        wanted.append("libical3")
    if not (DOVECOT.exists() and DOVECOT_IMAP.exists()):
        wanted.append("dovecot-imapd")
    return wanted


if __name__ == "__main__":
    main()
