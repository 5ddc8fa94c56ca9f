"""Names the machine on which the figures were taken."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

from sqlcipher3 import dbapi2

_PACKAGES = ("SQLAlchemy", "sqlmodel", "pydantic", "sqlcipher3", "PySide6-Essentials")


def machine() -> dict[str, str]:
    """Return processor, cores, memory, kernel, versions and the day, as the table's head."""
    connection = dbapi2.connect(":memory:")
    try:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{_memory_mib()} MiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": dbapi2.sqlite_version,
        "sqlcipher": str(cipher),
        "packages": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        "load before": load(),
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
    }


def load() -> str:
    """Return how many programs wanted the processor in the last 1, 5 and 15 minutes."""
    return " ".join(f"{each:.2f}" for each in os.getloadavg())


def memory_of(process: int) -> float:
    """Return how many MiB a running process holds in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def files_of(process: int) -> int:
    """Return how many descriptors a running process has open."""
    return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return platform.processor() or platform.machine()
    for line in cpuinfo.read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_mib() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
