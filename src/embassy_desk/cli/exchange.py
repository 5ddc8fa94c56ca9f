"""`enrol` and `sync`."""

from pathlib import Path

from embassy_desk.application.carrying import Carriage, Carried, carry_contents
from embassy_desk.application.enrolling import (
    device_words,
    read_enrolment_answer,
    request_enrolment,
    take_enrolment_answer,
)
from embassy_desk.application.enrolment_road import ask_enrolment, ask_status
from embassy_desk.application.exchange import RevokedError
from embassy_desk.application.exchanging import Report, road_to, synchronise
from embassy_desk.application.file_pace import BYTES_PER_KBIT, SMALLEST_LIMIT_KBIT
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.application.sync_state import sync_state
from embassy_desk.application.wiping import obey
from embassy_desk.cli.desk import now, opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError, StoreError
from embassy_desk.sealing.files import LARGEST_FILE_BYTES
from embassy_desk.settings.files import write_whole
from embassy_desk.store.headquarters_link import PENDING, headquarters_link
from embassy_desk.sync.enrolment import EnrolmentCode
from embassy_desk.texts import N_
from embassy_desk.transport.road import RoadTimes

_MIB = 1024 * 1024


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    act = _enrol if arguments.command == "enrol" else _sync
    try:
        with opened(arguments) as profile:
            act(arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _enrol(arguments: Arguments, profile: Profile) -> None:
    if arguments.enrolment_answer is not None:
        told = read_enrolment_answer(_content(arguments.enrolment_answer))
        status, _ = perform(profile.store, take_enrolment_answer, told)
        _print_status(arguments, status, "")
        return
    if not arguments.code:
        raise InvalidError([Problem("code", N_("Give the code, or a file with the answer."))])
    code = EnrolmentCode.parsed(arguments.code)
    is_demo = profile.store.identity.is_demo
    request, _ = perform(profile.store, request_enrolment, code, is_demo=is_demo)
    words = device_words(request)
    if arguments.request is not None:
        profile.refuse_own_file(arguments.request)
        write_whole(arguments.request, request.model_dump_json(indent=2).encode())
        _print_status(arguments, "requested", words)
        return
    told = ask_enrolment(request, code, _times(), url=arguments.url, proxy=arguments.proxy)
    status, _ = perform(profile.store, take_enrolment_answer, told)
    _print_status(arguments, status, words)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(N_("The file {path} cannot be read.", path=str(path))) from error


def _print_status(arguments: Arguments, status: str, device: str) -> None:
    if arguments.json:
        print_json({"status": status, "words": device})
        return
    words = words_of(arguments)
    sentences = {
        "requested": N_("The request is written. Carry it to headquarters."),
        "pending": N_("Headquarters has the request and must approve it."),
        "active": N_("This desk is enrolled."),
    }
    print(words(sentences.get(status, N_("Headquarters has closed this device out."))))
    if device and status != "active":
        print(words(N_("Read these words to headquarters: {words}", words=device)))


def _times() -> RoadTimes:
    return RoadTimes(now)


def _sync(arguments: Arguments, profile: Profile) -> None:
    store = profile.store
    link = answer(store, lambda work: headquarters_link(work.raw))
    if link is not None and link.status == PENDING:
        told = ask_status(store, link, _times(), proxy=arguments.proxy)
        status, _ = perform(store, take_enrolment_answer, told)
        if status == PENDING:
            raise RefusedError(N_("Headquarters has not approved this device yet."))
    carried = Carried()
    try:
        with answer(store, road_to, _times(), proxy=arguments.proxy) as road:
            report = synchronise(store, road, may_hide_many=arguments.allow_many_removals)
            if not arguments.no_files:
                carried = carry_contents(store, road, _carriage(arguments))
    except RevokedError as error:
        if not error.order:
            raise
        raise RefusedError(obey(profile, error.order)) from error
    _print_report(arguments, profile, report, carried)


def _carriage(arguments: Arguments) -> Carriage:
    """Return how files are carried, as the words of the command say.

    Raises:
        InvalidError: A number is out of range.
    """
    limit = arguments.limit_kbit
    if limit is not None and limit < SMALLEST_LIMIT_KBIT:
        text = N_("At least {count} kbit/s.", count=SMALLEST_LIMIT_KBIT)
        raise InvalidError([Problem("limit-kbit", text)])
    if not 0 <= arguments.files_up_to <= LARGEST_FILE_BYTES / _MIB:
        text = N_("From 0 to {count} MiB.", count=LARGEST_FILE_BYTES // _MIB)
        raise InvalidError([Problem("files-up-to", text)])
    return Carriage(
        fetched_up_to_bytes=int(arguments.files_up_to * _MIB),
        most_bytes_per_s=None if limit is None else limit * BYTES_PER_KBIT,
    )


def _print_report(arguments: Arguments, profile: Profile, report: Report, carried: Carried) -> None:
    state = answer(profile.store, sync_state)
    if arguments.json:
        print_json(
            {
                "exchanges": report.exchanges,
                "sent": report.sent,
                "received": report.received,
                "conflicts": state.decisions,
                "rejected": report.rejected,
                "repaired": report.repaired,
                "offered": report.offered,
                "waiting": state.waiting,
                "files_sent": carried.sent,
                "files_received": carried.fetched,
                "files_passed_over": carried.passed_over,
            }
        )
        return
    words = words_of(arguments)
    print(
        words(
            N_(
                "Sent: {sent}. Received: {received}.",
                sent=report.sent,
                received=report.received,
            )
        )
    )
    if carried.sent or carried.fetched:
        print(
            words(
                N_(
                    "Files sent: {sent}. Files received: {received}.",
                    sent=carried.sent,
                    received=carried.fetched,
                )
            )
        )
    if carried.passed_over:
        names = ", ".join(carried.passed_over)
        print(words(N_("Files that could not be carried now: {names}", names=names)))
    if report.rejected:
        print(words(N_("Not accepted by headquarters: {count}.", count=report.rejected)))
    if report.repaired:
        print(words(N_("Rows that differed and were repaired: {count}.", count=report.repaired)))
    if report.offered:
        text = N_("Given back to headquarters, which had lost it: {count}.", count=report.offered)
        print(words(text))
    print(words(state.sentence))
