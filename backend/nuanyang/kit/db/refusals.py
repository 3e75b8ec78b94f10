"""What PostgreSQL says with a refusal: which constraint it was, and of what kind. Errors come wrapped twice, by the driver's adapter and by SQLAlchemy."""

from sqlalchemy.exc import DBAPIError


def constraint_of(refusal: DBAPIError) -> str | None:
    """The name of the constraint, or the one a trigger gives; None where there is none."""
    return getattr(getattr(refusal.orig, "__cause__", None), "constraint_name", None)


def sqlstate_of(refusal: DBAPIError) -> str | None:
    """The five letters of the kind of error."""
    return getattr(getattr(refusal.orig, "__cause__", None), "sqlstate", None)
