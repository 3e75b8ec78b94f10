"""Passwords: argon2id in threads of their own, as many as there are cores, 64 MiB each."""

import asyncio
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from passlib.context import CryptContext

LONGEST, SHORTEST = 256, 10


@cache
def _context() -> CryptContext:
    cost = int(os.environ.get("NUANYANG_ARGON2_MEMORY_KIB", "65536"))
    rounds = 3 if cost >= 65536 else 1
    return CryptContext(
        schemes=["argon2"], argon2__type="ID", argon2__memory_cost=cost, argon2__time_cost=rounds, argon2__parallelism=1, deprecated="auto"
    )


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="argon2")


async def hash_password(password: str) -> str:
    """The argon2id hash of a new password."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), _context().hash, password)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; takes as long for an account that does not exist."""

    def verify() -> bool:
        if password_hash is None or len(password) > LONGEST:
            _context().dummy_verify()
            return False
        try:
            return bool(_context().verify(password, password_hash))
        except (ValueError, TypeError):  # a broken hash, a lone surrogate: all of them are "no"
            return False

    return await asyncio.get_running_loop().run_in_executor(_threads(), verify)


def first_password() -> str:
    """A one-time password that can be read out: 16 characters without look-alikes, about 78 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def weakness(password: str, *context: str | None) -> tuple[str, str, str] | None:
    """(code, zh, en) of why a new password is refused, or None. No composition rules: length, commonness and context words only."""
    lowered = password.lower()
    if len(password) < SHORTEST:
        return "too_short", f"密码至少 {SHORTEST} 个字符。", f"At least {SHORTEST} characters."
    if len(password) > LONGEST:
        return "too_long", f"密码最多 {LONGEST} 个字符。", f"At most {LONGEST} characters."
    if len(set(lowered)) < 4 or lowered in _COMMON or lowered.strip("0123456789!@#.") in _COMMON_STEMS:
        return "too_common", "这个密码太常见，请换一个。", "This password is too common."
    if any(word and len(word) >= 3 and word.lower() in lowered for word in context):
        return "context", "密码不要包含账号、姓名或学校名。", "Do not use your account, name or school."
    return None


_COMMON_STEMS = frozenset(
    [
        "password",
        "passw0rd",
        "qwerty",
        "qwertyuiop",
        "asdfgh",
        "asdfghjkl",
        "zxcvbn",
        "zxcvbnm",
        "admin",
        "administrator",
        "welcome",
        "letmein",
        "iloveyou",
        "woaini",
        "teacher",
        "xuexiao",
        "laoshi",
        "nuanyang",
        "school",
        "student",
    ]
)
_COMMON = frozenset(
    [
        "1234567890",
        "0123456789",
        "12345678910",
        "1q2w3e4r5t",
        "qwertyuiop",
        "1qaz2wsx3edc",
        "a123456789",
        "123456789a",
        "woaini1314",
        "5201314520",
        "1234554321",
        "0987654321",
        "9876543210",
        "1122334455",
        "abcd123456",
        "abc1234567",
        "q123456789",
        "qq123456789",
        "aa123456789",
        "1234qwerasdf",
        "qazwsxedcrfv",
    ]
)
