"""The built web app as static files, compressed beforehand: a small school runs without a proxy that would do it."""

import mimetypes
import secrets
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from nuanyang.access.guards import public
from nuanyang.entrypoints.contract import methods_of
from nuanyang.entrypoints.middleware import STYLE_NONCE
from nuanyang.kit.errors import NotFound

# What a browser may accept, the smallest first, and the ending of the twin that the build wrote.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


def serve_web_app(app: FastAPI, folder: Path) -> None:
    """Hashed assets for ever, index.html for every other path that is not the API's."""
    root = folder.resolve()
    page = _Page(root / "index.html")

    @app.get("/{path:path}", include_in_schema=False, dependencies=[public])
    def web(path: str, request: Request) -> Response:  # plain def: looking at files happens in a thread
        if path.startswith("api/"):
            # This page answers every GET: an address that has other methods only ends here, too.
            raise HTTPException(405) if methods_of(app, f"/{path}") else NotFound()
        file = (root / path).resolve()
        if path and path != "index.html" and file.is_relative_to(root) and file.is_file():
            cache = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return _file(file, request.headers.get("accept-encoding", ""), cache)
        if path.startswith("assets/"):
            raise NotFound
        nonce = request.scope[STYLE_NONCE] = secrets.token_urlsafe(18)
        return HTMLResponse(page.with_nonce(nonce), headers={"Cache-Control": "no-store"})


class _Page:
    """The web app's one page (1.5 kB), read again when a new build has replaced it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.read_at, self.text = -1, ""

    def with_nonce(self, nonce: str) -> str:
        """The page with a meta element where React Aria looks for the nonce of its style element."""
        try:
            changed_at = self.file.stat().st_mtime_ns
        except OSError:
            raise NotFound from None
        if changed_at != self.read_at:
            self.text, self.read_at = self.file.read_text(encoding="utf-8"), changed_at
        return self.text.replace("<head>", f'<head>\n    <meta property="csp-nonce" nonce="{nonce}" />', 1)


def _file(file: Path, accepted: str, cache: str) -> Response:
    """The file in the best form that the browser takes."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    kind = mimetypes.guess_type(file.name)[0]
    for encoding, ending in ENCODINGS:
        twin = file.with_name(file.name + ending)
        if _takes(accepted, encoding) and twin.is_file():
            return FileResponse(twin, media_type=kind, headers=headers | {"Content-Encoding": encoding})
    return FileResponse(file, media_type=kind, headers=headers)


def _takes(accepted: str, encoding: str) -> bool:
    """Whether the header names this encoding and does not refuse it (`gzip;q=0`)."""
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() == encoding:
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
