"""What goes wrong on the road, by table and once: a sentence for people and a code for the state.

Whatever is raised here has changed nothing: an exchange may be repeated at any time.
"""

import ssl

import httpx

from embassy_desk.domain.errors import OfflineError, RefusedError
from embassy_desk.sync.problems import ProblemDocument
from embassy_desk.texts import N_, Text


class RoadError(OfflineError):
    """Headquarters was not reached, or what answered was not headquarters.

    Attributes:
        reason: A stable code, such as `unreachable`.
        may_retry: Whether trying again soon may help.
    """

    code = "offline"

    def __init__(self, reason: str) -> None:
        """Keep the reason; its sentence is looked up."""
        super().__init__(SENTENCES[reason])
        self.reason = reason
        self.may_retry = reason in _PASSING


class RequestRefusedError(RefusedError):
    """Headquarters refused the request as a whole, and said why."""

    code = "request_refused"

    def __init__(self, problem: ProblemDocument, retry_after_s: float | None = None) -> None:
        """Keep the problem document, and after how many seconds to come back, if it says so."""
        super().__init__(N_("Headquarters refused: {code}.", code=problem.code))
        self.problem = problem
        self.retry_after_s = retry_after_s


SENTENCES: dict[str, Text] = {
    "unreachable": N_("Headquarters cannot be reached. Work goes on; nothing is lost."),
    "stalled": N_("The line stands still. It will be tried again."),
    "broken": N_("The line broke. It will be tried again."),
    "untrusted": N_(
        "What answers is not headquarters: its certificate is not signed by the root that this"
        " desk knows. Somebody may be reading along; nothing was sent."
    ),
    "stranger": N_(
        "Something else than headquarters answers, perhaps the sign-in page of this network."
    ),
    "too_large": N_("An answer of headquarters was larger than allowed and was dropped."),
    "proxy": N_("The proxy of this network refuses. Check the proxy setting."),
}
_PASSING = frozenset({"unreachable", "stalled", "broken"})


def road_error(error: Exception) -> RoadError:
    """Return our error for one of the client's; certificates are told apart from silence."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return RoadError("untrusted")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return RoadError("unreachable")
    if isinstance(error, httpx.TimeoutException):
        return RoadError("stalled")
    if isinstance(error, httpx.ProxyError):
        return RoadError("proxy")
    return RoadError("broken")
