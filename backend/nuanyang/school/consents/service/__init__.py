"""Use cases of consents. Other slices ask the gate: `require(session, caller, student_id, purpose)`."""

from nuanyang.school.consents.service.gate import Urgent, is_given, missing, require

__all__ = ["Urgent", "is_given", "missing", "require"]
