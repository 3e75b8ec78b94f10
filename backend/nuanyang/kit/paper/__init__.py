"""Word documents as Chinese offices hand them in."""

from nuanyang.kit.paper.document import MEDIA_TYPE, WIDTH, Paper

__all__ = ["MEDIA_TYPE", "WIDTH", "Paper"]
