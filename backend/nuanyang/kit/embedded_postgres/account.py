"""The operating-system account that the server runs under: ours, or an unprivileged one when we are root."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

SERVER_ACCOUNT = "nuanyang-pg"
SHARED_HOME = Path("/var/lib/nuanyang")


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """Who owns the cluster and runs its programs (PostgreSQL refuses to run as root)."""

    name: str
    uid: int
    gid: int
    is_other: bool

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a program of the server to its end and return its output."""
        return subprocess.run(list(command), capture_output=True, text=True, check=False, **self._identity())

    def spawn(self, command: Sequence[str | Path], log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the server in a session of its own: the terminal's Ctrl-C is for us, we stop it in order."""
        return subprocess.Popen(list(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **self._identity())

    def own(self, path: Path) -> None:
        """Give a path to the account."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def _identity(self) -> dict[str, Any]:
        if not self.is_other:
            return {"umask": 0o077}
        environment = {"PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8"}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "umask": 0o077, "cwd": "/", "env": environment}


def server_account() -> ServerAccount:
    """Return our own account, or as root the server's, made at need (else `nobody`)."""
    if os.geteuid() != 0:
        mine = pwd.getpwuid(os.geteuid())
        return ServerAccount(mine.pw_name, mine.pw_uid, mine.pw_gid, is_other=False)
    entry = _entry(SERVER_ACCOUNT) or _made(SERVER_ACCOUNT) or pwd.getpwnam("nobody")
    return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid, is_other=True)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made(name: str) -> pwd.struct_passwd | None:
    maker = shutil.which("useradd")
    if not maker:
        return None
    options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    subprocess.run([maker, *options, name], capture_output=True, check=False)
    return _entry(name)


def reachable_state(state: Path, account: ServerAccount) -> Path:
    """Return a state folder the server's account can enter.

    A project under root's private home is closed to the unprivileged account. We never open such parents: the state then
    lies under /var/lib and the place asked for becomes a link to it.
    """
    state = state.resolve()
    if not account.is_other or all(parent.stat().st_mode & 0o001 for parent in state.parents if parent.exists()):
        return state
    if state.exists():
        raise PermissionError(f"{state} lies under a private folder that {account.name} cannot enter; choose another NUANYANG_VAR")
    home = SHARED_HOME / hashlib.sha256(str(state).encode()).hexdigest()[:12]
    home.mkdir(parents=True, exist_ok=True)
    state.parent.mkdir(parents=True, exist_ok=True)
    state.symlink_to(home)
    return home
