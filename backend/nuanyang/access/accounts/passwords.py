"""Passwords: argon2id in threads of their own, as many as there are cores, 64 MiB each."""

import asyncio
import os
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from passlib.context import CryptContext

from nuanyang.access.accounts.commonness import is_common

# 4,096 is where passlib stops; nothing is cut off before.
LONGEST, SHORTEST = 4096, 8
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: it is read from paper


@cache
def _context() -> CryptContext:
    cost = int(os.environ.get("NUANYANG_ARGON2_MEMORY_KIB", "65536"))
    rounds = 3 if cost >= 65536 else 1
    return CryptContext(
        schemes=["argon2"], argon2__type="ID", argon2__memory_cost=cost, argon2__time_cost=rounds, argon2__parallelism=1, deprecated="auto"
    )


@cache
def _code_context() -> CryptContext:
    # One-time codes carry 40 random bits of their own: the smallest cost that OWASP names, so that a sheet of forty is made within a second.
    cost = min(int(os.environ.get("NUANYANG_ARGON2_MEMORY_KIB", "19456")), 19456)
    return CryptContext(schemes=["argon2"], argon2__type="ID", argon2__memory_cost=cost, argon2__time_cost=2, argon2__parallelism=1)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="argon2")


async def hash_password(password: str) -> str:
    """The argon2id hash of a new password."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), _context().hash, password)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; takes as long for an account that does not exist."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), _verify, password, password_hash)


def _verify(password: str, password_hash: str | None) -> bool:
    if password_hash is None or len(password) > LONGEST:
        _context().dummy_verify()
        return False
    try:
        return bool(_context().verify(password, password_hash))
    except (ValueError, TypeError):  # a broken hash, a lone surrogate: all of them are "no"
        return False


async def hash_codes(codes: Sequence[str]) -> list[str]:
    """The hashes of one-time codes, made side by side."""
    loop = asyncio.get_running_loop()
    return list(await asyncio.gather(*(loop.run_in_executor(_threads(), _code_context().hash, code) for code in codes)))


async def verify_code(code: str, code_hash: str | None) -> bool:
    """Whether a one-time code is right."""

    def verify() -> bool:
        if code_hash is None:
            _code_context().dummy_verify()
            return False
        return bool(_code_context().verify(code, code_hash))

    return await asyncio.get_running_loop().run_in_executor(_threads(), verify)


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's, so that the password should be hashed anew while it is known."""
    return bool(_context().needs_update(password_hash))


def first_password() -> str:
    """A one-time password that can be read out: 16 characters without look-alikes, about 78 bits."""
    return "-".join(letters(4) for _ in range(4))


def letters(count: int) -> str:
    """Random letters and digits that nobody mistakes for each other."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def weakness(password: str, context: Iterable[str | None] = ()) -> tuple[str, str, str] | None:
    """(code, zh, en) of why a new password is refused, or None. No composition rules: length, commonness and context words only."""
    if len(password) < SHORTEST:
        return "too_short", f"密码至少 {SHORTEST} 个字符。", f"At least {SHORTEST} characters."
    if len(password) > LONGEST:
        return "too_long", f"密码最多 {LONGEST} 个字符。", f"At most {LONGEST} characters."
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in password):
        return "unprintable", "密码不能包含换行等控制字符。", "The password must not hold line ends or other control characters."
    if is_common(password):
        return "too_common", "这个密码太常见，容易被猜到，请换一个。", "This password is too common and easily guessed."
    folded = password.lower()
    if any(word.lower() in folded for word in context if word and is_telling(word)):
        return (
            "context",
            "密码不要包含账号、姓名、学号、生日、电话或学校名。",
            "Do not use your account, name, number, birthday, phone or school.",
        )
    return None


def is_telling(word: str) -> bool:
    """Whether a word is long enough to mean the person: two Chinese letters, four Latin ones, six digits."""
    if word.isdecimal():
        return len(word) >= 6
    return len(word) >= (4 if word.isascii() else 2)
