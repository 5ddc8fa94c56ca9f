"""A PostgreSQL of our own: made in a temporary folder, spoken to by a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine

PORT = 5432  # names the socket only; nothing listens on the network
DEBIAN = Path("/usr/lib/postgresql")
OWNER = "embassy"
_SETTINGS = (
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=120",
    "shared_buffers=32MB",
)


@dataclass
class Cluster:
    """A running PostgreSQL server.

    Attributes:
        folder: Its folder, with data and socket.
        programs: Folder of `initdb` and `pg_ctl`.
        account: Who runs it; `initdb` refuses to work for root.
    """

    folder: Path
    programs: Path
    account: str | None
    _numbers: "count[int]"

    @classmethod
    def started(cls) -> "Cluster":
        """Make a cluster and start it."""
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        account = _account() if os.geteuid() == 0 else None
        if account is not None:
            shutil.chown(folder, account)
        cluster = cls(folder, _programs(), account, count(1))
        cluster._run(
            "initdb", "-D", "data", "-A", "trust", "-U", "admin", "-E", "UTF8", "--no-sync"
        )
        cluster.start()
        cluster.execute(f"CREATE ROLE {OWNER} LOGIN")
        return cluster

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = " ".join(
            f"-c {each}" for each in (*_SETTINGS, f"unix_socket_directories={self.folder}")
        )
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop the server as a power cut would, and remove everything."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """Return the address of a new empty database, for a role that may not override rows."""
        name = f"hub{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        return self.url(name)

    def url(self, name: str, role: str = OWNER) -> str:
        """Return the address of a database for a role."""
        return f"postgresql+psycopg://{role}@/{name}?host={self.folder}&port={PORT}"

    def execute(self, statement: str, name: str = "postgres") -> None:
        """Run one statement as the administrator."""
        engine = create_engine(self.url(name, "admin"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def _run(self, program: str, *words: str) -> None:
        answer = subprocess.run(
            [str(self.programs / program), *words],
            cwd=self.folder,
            user=self.account,
            extra_groups=[] if self.account else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would be held open by the server
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PGPORT": str(PORT)},
            check=False,
        )
        assert answer.returncode == 0, self._log()

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text(encoding="utf-8") if log.exists() else "initdb failed"


def _account() -> str:
    """Return an account that is not root's: the one of Debian's package, or nobody's."""
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _programs() -> Path:
    """Return the folder of the newest PostgreSQL, where Debian or the PATH has it."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda each: float(each.parts[-3]))
    program = found[-1] if found else shutil.which("initdb")
    assert program is not None, "PostgreSQL is missing; make setup installs it"
    return Path(program).resolve().parent
