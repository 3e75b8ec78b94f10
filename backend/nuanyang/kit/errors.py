"""Errors of the whole program, answered as RFC 9457 problem documents.

Problem
├── NotSignedIn 401      ├── Conflict 409            ├── PreconditionRequired 428
├── Forbidden 403        ├── PreconditionFailed 412  ├── TooManyRequests 429
├── NotFound 404         ├── Invalid 422             └── Unavailable 503
Each slice derives its own errors, which state the fact, from one of these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: a JSON pointer (or `#/query/name`), a stable code and a sentence in both languages."""

    pointer: str
    code: str
    zh: str
    en: str


class Problem(Exception):
    """An answer to the caller: status, stable code, and texts in Chinese (the default) and English."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    zh: ClassVar[str] = "系统出错了，请稍后再试。"
    en: ClassVar[str] = "Something went wrong. Please try again later."

    def __init__(
        self,
        zh: str | None = None,
        en: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        self.detail_zh, self.detail_en = zh or self.zh, en or (self.en if zh is None or self.en != Problem.en else zh)
        self.errors, self.headers, self.extra = tuple(errors), dict(headers or {}), dict(extra or {})
        super().__init__(self.detail_en)

    def body(self, language: str, instance: str) -> dict[str, object]:
        """The problem document in the caller's language ("en", anything else is Chinese)."""
        english = language == "en"
        document: dict[str, object] = {
            "type": f"/problems/{self.code}",
            "title": self.en if english else self.zh,
            "status": self.status,
            "detail": self.detail_en if english else self.detail_zh,
            "code": self.code,
            "instance": instance,
        }
        if self.errors:
            document["errors"] = [{"pointer": e.pointer, "code": e.code, "message": e.en if english else e.zh} for e in self.errors]
        return document | self.extra


class NotSignedIn(Problem):
    """Nobody, or nobody any more."""

    status, code, zh, en = 401, "not_signed_in", "请先登录。", "Please sign in."


class Forbidden(Problem):
    """The record may be seen, the action not."""

    status, code, zh, en = 403, "forbidden", "您没有进行此操作的权限。", "You are not allowed to do this."


class NotFound(Problem):
    """Not there, or not visible: the two are never told apart."""

    status, code, zh, en = 404, "not_found", "没有找到，或您无权查看。", "Not found, or not visible to you."


class Conflict(Problem):
    """The state of the record does not allow it."""

    status, code, zh, en = 409, "conflict", "当前状态不允许此操作。", "The current state does not allow this."


class PreconditionFailed(Problem):
    """Someone else changed the record in between (stale If-Match)."""

    status, code, zh, en = 412, "stale_version", "内容已被他人修改，请刷新后再试。", "Someone else changed this in the meantime."


class Invalid(Problem):
    """The request is well-formed but wrong; `errors` says where."""

    status, code, zh, en = 422, "invalid", "提交的内容有误，请检查标出的项目。", "Some fields are not valid."


class PreconditionRequired(Problem):
    """A change without If-Match would overwrite blindly."""

    status, code, zh, en = 428, "if_match_required", "修改时须带 If-Match 版本号。", "A change needs an If-Match header."


class TooManyRequests(Problem):
    """Slow down; `Retry-After` says how long."""

    status, code, zh, en = 429, "too_many_requests", "操作过于频繁，请稍后再试。", "Too many requests, please wait."


class Unavailable(Problem):
    """A resource is exhausted for the moment."""

    status, code, zh, en = 503, "unavailable", "系统繁忙，请稍后再试。", "Busy at the moment, please try again."


def invalid(pointer: str, code: str, zh: str, en: str) -> Invalid:
    """The common case: one field is wrong."""
    return Invalid(errors=[FieldError(pointer, code, zh, en)])
