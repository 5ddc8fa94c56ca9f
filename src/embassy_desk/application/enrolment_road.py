"""The two questions of enrolment over the line."""

from embassy_desk.domain.errors import RefusedError
from embassy_desk.sealing.certificates import fingerprint
from embassy_desk.store.headquarters_link import HeadquartersLink
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.enrolment import EnrolmentAnswer, EnrolmentCode, EnrolmentRequest
from embassy_desk.texts import N_
from embassy_desk.transport.road import Road, RoadTimes, Signer, fetch_unproved, read_answer

ENROL_PATH = "/enrol"
STATUS_PATH = "/enrol/status"
ROOT_PATH = "/enrol/root.pem"
_LARGEST_ROOT_BYTES = 16 * 1024


def ask_enrolment(
    request: EnrolmentRequest,
    code: EnrolmentCode,
    times: RoadTimes,
    *,
    url: str = "",
    proxy: str | None = None,
) -> EnrolmentAnswer:
    """Hand the request over and return what headquarters answers.

    The root is fetched from whoever answers and proved by the code's fingerprint; only then the
    secret of the code goes out, to a server that the root has signed.

    Raises:
        RoadError: Headquarters was not reached.
        RequestRefusedError: It refuses the code.
        RefusedError: What answers has another root than the code names.
    """
    address = (url or code.url).rstrip("/")
    root = fetch_unproved(address, ROOT_PATH, largest=_LARGEST_ROOT_BYTES, proxy=proxy)
    if fingerprint(root) != code.root:
        raise RefusedError(N_("What answers there is not the headquarters of the code."))
    with Road(address, root.decode(), times, proxy=proxy) as road:
        return road.post_unsigned(ENROL_PATH, request.model_dump_json().encode(), EnrolmentAnswer)


def ask_status(
    store: Store, link: HeadquartersLink, times: RoadTimes, *, proxy: str | None = None
) -> EnrolmentAnswer:
    """Ask whether this device was approved meanwhile.

    Raises:
        RoadError: Headquarters was not reached.
        RequestRefusedError: It does not know this device any more.
    """
    with store.reading() as work:
        node = present_node(work.raw)
    with Road(link.url, link.root_certificate, times, proxy=proxy) as road:
        body = road.fetch(STATUS_PATH, Signer(node.node_id, node.key, link.offset_ms))
    return read_answer(body, EnrolmentAnswer)
