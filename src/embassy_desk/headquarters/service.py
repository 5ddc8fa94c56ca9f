"""What every route needs, in one piece."""

from dataclasses import dataclass

from fastapi import Request

from embassy_desk.headquarters.contents import Contents
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.journal import Journal
from embassy_desk.headquarters.limits import RateLimit, shared_limit
from embassy_desk.headquarters.signing_in import SignIn
from embassy_desk.headquarters.snapshots import Snapshots

ENROLMENTS_AT_ONCE, ENROLMENTS_PER_HOUR = 10, 10
ALL_ENROLMENTS_AT_ONCE, ALL_ENROLMENTS_PER_HOUR = 100, 100


@dataclass
class Service:
    """An open headquarters with what it remembers while it runs.

    Attributes:
        hub: The headquarters.
        sign_in: Checks who asks.
        journal: Has on disk what came in before it is answered.
        contents: Takes in and gives out what is in files of records.
        snapshots: Makes and finds the files that new laptops begin with.
        enrolments: How often one address may fail to enrol.
        all_enrolments: How often everybody together may.
    """

    hub: Hub
    sign_in: SignIn
    journal: Journal
    contents: Contents
    snapshots: Snapshots
    enrolments: RateLimit
    all_enrolments: RateLimit


def service_for(hub: Hub, processes: int = 1) -> Service:
    """Return what serves an open headquarters, alone or as one of several processes."""
    journal = Journal(hub.journal, hub.keys.recovery)
    return Service(
        hub,
        SignIn(hub, processes),
        journal,
        Contents(hub, journal),
        Snapshots(hub),
        shared_limit(ENROLMENTS_AT_ONCE, ENROLMENTS_PER_HOUR, processes),
        shared_limit(ALL_ENROLMENTS_AT_ONCE, ALL_ENROLMENTS_PER_HOUR, processes),
    )


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    service: Service = request.app.state.service
    return service
