"""What can stand in the way of a delegation.

NotFound: DelegationNotFound, NothingToLend    Invalid: NoDeputy, NotPossible    Conflict: Over    Forbidden: PrincipalsOwn
"""

from nuanyang.kit.errors import Conflict, Forbidden, Invalid, NotFound


class DelegationNotFound(NotFound):
    """No such delegation, or none of the caller's business."""

    code, zh, en = "delegation_not_found", "没有找到这项授权，或与您无关。", "No such delegation, or none that concerns you."


class NothingToLend(NotFound):
    """The assignment is not the caller's, or not in force any more."""

    code, zh, en = "nothing_to_lend", "没有找到可以授权的岗位或个案。", "No such role or case that you could hand to a deputy."


class NoDeputy(Invalid):
    """The deputy has no account here."""

    code, zh, en = "no_deputy", "这位教职工没有在用的账号，不能代班。", "This member of staff has no account in use and cannot stand in."


class NotPossible(Invalid):
    """What is lent is not more than what is held."""

    code, zh, en = "delegation_not_possible", "不能这样授权。", "This cannot be delegated like that."


class Over(Conflict):
    """It has lapsed already."""

    code, zh, en = "delegation_over", "这项授权已经结束。", "This delegation is over."


class PrincipalsOwn(Forbidden):
    """Approvals in the principal's place are given by the principal, cases by who holds them."""

    code, zh, en = (
        "only_its_holder",
        "校长的审批权和个案只能由本人授权。",
        "The principal's approvals and single cases are delegated by who holds them.",
    )
