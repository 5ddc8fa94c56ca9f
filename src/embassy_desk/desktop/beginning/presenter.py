"""What the wizard of the first run knows, checks and sums up. No Qt, and nothing on the disk."""

from dataclasses import dataclass
from pathlib import Path

from embassy_desk.application.first_run import (
    Judgement,
    NewStore,
    ShippedMission,
    judged,
)
from embassy_desk.application.keys import problem_of_choice
from embassy_desk.desktop.kit.matching import match_rank
from embassy_desk.domain.errors import Problem
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.texts import N_, LabelledEnum, Text

DEMO_CONTACTS = 600


class Door(LabelledEnum):
    """Ways to begin."""

    NEW = "new", N_("Set up this desk")
    DEMO = "demo", N_("Look around first")
    RESTORE = "restore", N_("Bring a backup here")


DOOR_HINTS = {
    Door.NEW: N_(
        "An empty, encrypted store on this computer. You can join headquarters later; everything "
        "you enter until then goes with you."
    ),
    Door.DEMO: N_(
        "A made-up mission with contacts, agreements and tasks, kept apart from any real store. "
        "Nothing in it is ever sent."
    ),
    Door.RESTORE: N_(
        "Your records from another computer, or from before, out of the file of a backup. You "
        "need its passphrase."
    ),
}


@dataclass
class Answers:
    """What the person has answered so far.

    Attributes:
        door: The way to begin.
        mission: Three letters; empty until one is chosen.
        person: Name as written.
        passphrase: What will open the store.
        repeated: The passphrase once more.
        is_shown: Whether the passphrase is shown, so that it need not be repeated.
    """

    door: Door = Door.NEW
    mission: str = ""
    person: str = ""
    passphrase: str = ""
    repeated: str = ""
    is_shown: bool = False


class BeginningPresenter:
    """Checks the answers page by page and sums them up."""

    def __init__(self, missions: tuple[ShippedMission, ...], folder: Path, person: str) -> None:
        """Offer these missions.

        Args:
            missions: Those that came with the program.
            folder: Where the store will lie.
            person: A first guess at the person's name; may be empty.
        """
        self._missions = {each.code: each for each in missions}
        self._folder = folder
        self.answers = Answers(person=person)

    def missions_for(self, typed: str, language: str) -> tuple[ShippedMission, ...]:
        """Return the missions that fit what was typed, the best first, then by name."""
        found = []
        for each in self._missions.values():
            rank = match_rank(typed, (*each.names.values(), *each.cities, each.code))
            if rank is not None:
                found.append((rank, sort_key(each.names[language]), each))
        return tuple(each for _, _, each in sorted(found, key=lambda entry: entry[:2]))

    def who_problem(self) -> Problem | None:
        """Return what is missing about mission and person, or nothing."""
        if self.answers.mission not in self._missions:
            return Problem("mission", N_("Choose the mission where you work."))
        if not self.answers.person.strip():
            return Problem("person", N_("Say who works at this desk."))
        return None

    def judgement(self) -> Judgement:
        """Return what is thought of the passphrase."""
        return judged(self.answers.passphrase)

    def passphrase_problem(self) -> Problem | None:
        """Return what is wrong with the passphrase, or nothing."""
        typed = self.answers
        return problem_of_choice(typed.passphrase, typed.repeated, is_shown=typed.is_shown)

    def summary(self, language: str) -> tuple[tuple[Text, Text | str], ...]:
        """Return what Finish will do: what it is called, and what it is."""
        if self.answers.door is Door.DEMO:
            contacts = N_(
                "{count} made-up contact", "{count} made-up contacts", count=DEMO_CONTACTS
            )
            return (
                (N_("You will see"), contacts),
                (N_("It lies"), N_("Apart from any real store; it can be deleted at any time")),
            )
        mission = self._missions[self.answers.mission]
        return (
            (N_("Mission"), mission.names[language]),
            (N_("Person"), self.answers.person.strip()),
            (N_("The store lies in"), str(self._folder)),
            (N_("It is opened by"), N_("Your passphrase, and a code for the safe that comes next")),
        )

    def new_store(self) -> NewStore:
        """Return what the store is made from."""
        return NewStore(self.answers.mission, self.answers.person.strip(), self.answers.passphrase)
