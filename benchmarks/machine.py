"""What the figures were taken on: processors, Python, and how busy the machine was with other things."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """One line to stand above every table."""
    busy = "/".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}, load average {busy}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
