"""Two devices that use one code for enrolment at the same moment."""

import threading

from embassy_desk.domain.errors import DeskError
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.enrolling import enrol
from embassy_desk.headquarters.hub import Hub
from makers.hubs import Keys, make_code

RACERS = 2


def winners_of_race(hub: Hub) -> int:
    """Let both enrol with one code, each on a connection of its own; return how many got in."""
    code, start, won = make_code(hub), threading.Barrier(RACERS), []

    def run(keys: Keys) -> None:
        request = keys.request(code)
        start.wait()
        try:
            with hub.database.writing([EVERY_SCOPE]) as connection:
                enrol(hub, connection, request)
            won.append(keys.node)
        except DeskError:
            pass  # the other one was quicker

    threads = [threading.Thread(target=run, args=(Keys(),)) for _ in range(RACERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return len(won)
