"""Guards of the routes that read or set a cookie: they answer to our own pages, never to a form on another site."""

from urllib.parse import urlsplit

from fastapi import Request

from nuanyang.kit.errors import Forbidden


async def not_from_another_site(request: Request) -> None:
    """Refuse what a browser says comes from elsewhere, a sibling host included; programs send neither header."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin") or (origin is not None and origin not in _own_origins(request)):
        raise Forbidden


async def from_our_pages(request: Request) -> None:
    """For routes that act on a cookie alone: also ask for a header that no form and no cross-site request can carry without our leave."""
    await not_from_another_site(request)
    if request.headers.get("x-requested-with") != "nuanyang":
        raise Forbidden


def _own_origins(request: Request) -> set[str]:
    own = {f"{request.url.scheme}://{request.url.netloc}"}
    if public := request.app.state.settings.public_url:
        parts = urlsplit(public)
        own.add(f"{parts.scheme}://{parts.netloc}")
    return own
