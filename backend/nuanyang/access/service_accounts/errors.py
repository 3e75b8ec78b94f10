"""What can go wrong with programs' accounts.

NotSignedIn: InvalidClient    Conflict: TwoSecretsLive, ServiceRevoked    Invalid: ScopeNotHeld, NotANetwork
"""

from nuanyang.kit.errors import Conflict, Invalid, NotSignedIn


class InvalidClient(NotSignedIn):
    """Unknown, wrong, lapsed, revoked, or from an address that is not on its list: which of them is not told."""

    code, zh, en = "invalid_client", "客户端凭证无效。", "The client's credentials are not valid."


class TwoSecretsLive(Conflict):
    """A third secret would be one too many to keep an eye on."""

    code, zh, en = "two_secrets_live", "已有两个有效密钥，请先停用一个。", "Two secrets are live already; revoke one first."


class ServiceRevoked(Conflict):
    """A revoked account gets no new secret."""

    code, zh, en = "service_revoked", "该程序账号已停用。", "This service account is revoked."


class ScopeNotHeld(Invalid):
    """A token can carry no more than its account."""

    code, zh, en = "scope_not_held", "申请的权限范围超出该账号所有。", "The account does not hold this scope."


class NotANetwork(Invalid):
    """An address list holds IP addresses and networks only."""

    code, zh, en = "not_a_network", "请填写 IP 地址或网段，如 10.1.2.0/24。", "Enter IP addresses or networks such as 10.1.2.0/24."
