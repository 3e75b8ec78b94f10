"""Sign-in, the own account, and the administration of accounts."""

from fastapi import APIRouter

from nuanyang.access.accounts.routes import administration, own, signing_in

router = APIRouter(tags=["access"])
for part in (signing_in.router, own.router, administration.router):
    router.include_router(part)
