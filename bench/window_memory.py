"""How much memory a process takes."""

from pathlib import Path


def memory_mib() -> float:
    """Return the share of memory that is this process's own, shared pages by their share (PSS)."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this kernel does not tell the proportional share")
