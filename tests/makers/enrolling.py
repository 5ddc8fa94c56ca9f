"""A desk that is enrolled at its window with a service of headquarters on this machine."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from embassy_desk.store.outgoing import present_node
from makers.desks import Person
from makers.services import ServiceProcess, make_service


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(home: Path) -> Iterator[ServiceProcess]:
    """Serve a headquarters with TLS of its own, and stop in the end."""
    address = f"127.0.0.1:{free_port()}"
    made = make_service(home, "--address", address)
    made.start("--port", address.rpartition(":")[2])
    try:
        yield made
    finally:
        made.stop()


def node_of(person: Person) -> str:
    """Return the name of the device that a person sits at."""
    with person.desk.office.store.reading() as work:
        return present_node(work.raw).node_id


def standing(person: Person) -> str:
    """Return what the window says about headquarters."""
    return person.desk.page.standing.button.text()


async def goes_to(person: Person, section: str) -> None:
    """Show a section."""
    person.desk.page.sections.choose(section)
    await person.sees(lambda: person.desk.going.section == section, section)
    await person.rests()


async def enrols(person: Person, service: ServiceProcess) -> None:
    """Type the code of headquarters, and exchange once an officer has approved."""
    code = service.run("enrolment", "new", "--mission", "TOK", "--json")["code"]
    await goes_to(person, "headquarters")
    person.type_into(person.find(QLineEdit, "Enrolment code"), code)
    person.press("Return")
    await person.sees(lambda: "waiting for" in standing(person), "that it waits")
    service.run("devices", "approve", node_of(person), "--json")
    await exchanges(person)


async def exchanges(person: Person) -> None:
    """Press F5 and wait until the exchange has ended."""
    await person.rests()
    person.press("F5")
    await person.rests()
