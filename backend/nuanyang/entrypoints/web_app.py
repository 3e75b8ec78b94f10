"""The built web app as static files, compressed beforehand: a small school runs without a proxy that would do it."""

import mimetypes
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse

from nuanyang.access.guards import public
from nuanyang.kit.errors import NotFound

# What a browser may accept, the smallest first, and the ending of the twin that the build wrote.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


def serve_web_app(app: FastAPI, folder: Path) -> None:
    """Hashed assets for ever, index.html for every other path that is not the API's."""
    root = folder.resolve()

    @app.get("/{path:path}", include_in_schema=False, dependencies=[public])
    def web(path: str, request: Request) -> Response:  # plain def: looking at files happens in a thread
        if path.startswith("api/"):
            raise NotFound
        file = (root / path).resolve()
        accepted = request.headers.get("accept-encoding", "")
        if path and file.is_relative_to(root) and file.is_file():
            return _file(file, accepted, "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache")
        index = root / "index.html"
        if path.startswith("assets/") or not index.is_file():
            raise NotFound
        return _file(index, accepted, "no-cache")


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
