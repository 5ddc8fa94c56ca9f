"""`init` and `serve`."""

import os
import socket
import sys

from embassy_desk.cli.desk import now, print_json
from embassy_desk.cli.hq_desk import home_of, opened_hub, refuse, say, words_for
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.headquarters.hub import init_hub
from embassy_desk.headquarters.keys import OFFLINE
from embassy_desk.headquarters.serving import Listening, serve_hub
from embassy_desk.headquarters.settings import Deployment
from embassy_desk.texts import N_

_ALWAYS = ("localhost", "127.0.0.1", "::1")


def run(arguments: HubArguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        return _init(arguments) if arguments.command == "init" else _serve(arguments)
    except DeskError as error:
        return refuse(arguments, error)


def _init(arguments: HubArguments) -> int:
    named = arguments.hosts or [socket.gethostname()]
    address_host = arguments.address.rpartition(":")[0].strip("[]")
    hosts = tuple(dict.fromkeys([*filter(None, [address_host]), *named, *_ALWAYS]))
    home = home_of(arguments)
    deployment = Deployment(
        address=arguments.address,
        hosts=hosts,
        database=arguments.database,
        journal=arguments.journal,
    )
    init_hub(home, deployment, now, os.environ)
    if arguments.json:
        print_json({"home": str(home), "hosts": list(hosts), "offline": str(home / OFFLINE)})
        return 0
    say(arguments, N_("Headquarters was made in {folder}.", folder=str(home)))
    say(
        arguments,
        N_(
            "Carry the keys in {folder} away from this machine: they open backups and journal and"
            " sign wipe orders and policy.",
            folder=str(home / OFFLINE),
        ),
    )
    return 0


def _serve(arguments: HubArguments) -> int:
    words = words_for(arguments)

    def announce(address: str) -> None:
        print(words(N_("Headquarters answers at {address}.", address=address)), file=sys.stderr)
        sys.stderr.flush()

    listening = Listening(arguments.host, arguments.port, arguments.plain, arguments.processes)
    with opened_hub(arguments) as hub:
        serve_hub(hub, listening, announce)
    return 0
