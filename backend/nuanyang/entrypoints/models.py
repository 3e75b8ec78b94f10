"""Every model of the program, imported once so that the metadata is whole (migrations, drift check, mapper configuration)."""

import importlib
import pkgutil

import nuanyang
from nuanyang.kit.db.models import Base

for module in pkgutil.walk_packages(nuanyang.__path__, "nuanyang."):
    if module.name.endswith(".models") and not module.name.startswith("nuanyang.entrypoints"):
        importlib.import_module(module.name)
importlib.import_module("nuanyang.kit.db.idempotency")

metadata = Base.metadata
