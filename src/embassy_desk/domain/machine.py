"""State machines as frozen values: which steps there are, and what each still needs.

A machine works on a *file*: a frozen gathering of a record and what belongs to it. Every step is
checked against the guard of the state it leads to, and written down as one stage step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_, LabelledEnum, Text


class SubjectFile(Protocol):
    """What a machine needs to know of a file."""

    @property
    def record_id(self) -> UUID:
        """Identity of the record."""

    @property
    def heading(self) -> str:
        """What the record is called."""

    @property
    def state(self) -> LabelledEnum:
        """The state the record is in."""

    @property
    def stages(self) -> tuple[StageStep, ...]:
        """The steps taken so far, oldest first; empty where none are kept."""


FileType = TypeVar("FileType", bound=SubjectFile)


def nothing_needed(_file: SubjectFile) -> tuple[Text, ...]:
    """Guard of a state that needs nothing."""
    return ()


def lacking(*needs: tuple[object, Text]) -> tuple[Text, ...]:
    """Return the sentences of those needs that are not met; a need is met when it is true."""
    return tuple(text for is_met, text in needs if not is_met)


@dataclass(frozen=True, kw_only=True)
class Transition(Generic[FileType]):
    """A named step from one of some states to another.

    Attributes:
        name: Verb in snake case, such as `sign`.
        label: What the button says.
        sources: States it may be taken from.
        target: State it leads to.
        guard: Returns one sentence for each thing the target still needs.
        needs_reason: Whether a reason must be given.
    """

    name: str
    label: Text
    sources: tuple[LabelledEnum, ...]
    target: LabelledEnum
    guard: Callable[[FileType], tuple[Text, ...]] = nothing_needed
    needs_reason: bool = False


@dataclass(frozen=True, kw_only=True)
class Machine(Generic[FileType]):
    """The states of one kind and the steps between them.

    Besides the named steps a record may go back, and where `may_jump` allows forward past steps;
    both need a reason and meet the guard of their target. Off the main road lie the states
    `aside` (parked, abandoned): from there it returns to where it came from, and that alone asks
    for nothing. States in `by_name_only` are entered by their named steps alone.

    Attributes:
        kind: Name of the kind, for its stage steps.
        states: All states in order; going to an earlier one is going back.
        transitions: The named steps.
        aside: States off the main road.
        by_name_only: States that no jump reaches.
        may_jump: Whether steps may be jumped.
    """

    kind: str
    states: tuple[LabelledEnum, ...]
    transitions: tuple[Transition[FileType], ...]
    aside: frozenset[LabelledEnum] = frozenset()
    by_name_only: frozenset[LabelledEnum] = frozenset()
    may_jump: bool = False

    def steps_from(self, state: LabelledEnum) -> tuple[Transition[FileType], ...]:
        """Return the named steps that lead out of a state, in the order of the machine."""
        return tuple(each for each in self.transitions if state in each.sources)

    def steps(self, file: FileType) -> tuple[Transition[FileType], ...]:
        """Return the steps open to a file: the named ones, and the way back from aside."""
        before = self.state_before(file)
        named = self.steps_from(file.state)
        if before is None or any(each.target == before for each in named):
            return named
        back = Transition[FileType](
            name="take_up_again",
            label=N_("Take up again"),
            sources=(file.state,),
            target=before,
        )
        return (back, *named)

    def state_before(self, file: FileType) -> LabelledEnum | None:
        """Return the main-road state a file left when it was put aside.

        Nothing while it is not aside, or when it was entered there.
        """
        if file.state not in self.aside:
            return None
        known = {str(state): state for state in self.states if state not in self.aside}
        for step in reversed(file.stages):
            if step.from_state in known and step.to_state not in known:
                return known[step.from_state]
            if step.to_state in known:
                return None
        return None

    def missing(self, file: FileType, target: LabelledEnum) -> tuple[Text, ...]:
        """Return one sentence for each thing that `target` still needs, by whatever way.

        Nothing for a state that the file only returns to from aside.
        """
        if target == self.state_before(file):
            return ()
        return next((each.guard(file) for each in self.transitions if each.target == target), ())

    def needs_reason(self, file: FileType, target: LabelledEnum) -> bool:
        """Say whether going to a state needs a reason: going back, jumping, putting aside."""
        step = self._step(file, target)
        return step is None or step.needs_reason

    def check(self, file: FileType, target: LabelledEnum, reason: str = "") -> None:
        """Make sure that a file may go to a state now.

        Raises:
            RefusedError: It may not; says why and names everything that is missing.
        """
        self._refuse_impossible(file, target)
        missing = self.missing(file, target)
        if self.needs_reason(file, target) and not reason.strip():
            missing = (*missing, N_("The reason for this step is missing."))
        if missing:
            raise RefusedError(
                N_(
                    "“{heading}” cannot become “{state}” yet.",
                    heading=file.heading,
                    state=target.label,
                ),
                missing,
            )

    def move(
        self,
        file: FileType,
        target: LabelledEnum,
        *,
        on: date,
        by: UUID | None,
        at: datetime,
        reason: str = "",
    ) -> Mapping[str, Any]:
        """Check a step and return the values of the one `StageStep` that it writes.

        The identity of the row is left to the store.

        Raises:
            RefusedError: The file may not go there; says why and names what is missing.
        """
        self.check(file, target, reason)
        return self.written(file, target, on=on, by=by, at=at, reason=reason)

    def written(
        self,
        file: FileType,
        target: LabelledEnum,
        *,
        on: date,
        by: UUID | None,
        at: datetime,
        reason: str = "",
    ) -> Mapping[str, Any]:
        """Return the values of the stage step to a state, without asking whether it may be."""
        return {
            "record_kind": self.kind,
            "record_id": file.record_id,
            "from_state": str(file.state),
            "to_state": str(target),
            "on": on,
            "at": at,
            "by": by,
            "reason": reason,
            "is_registered": False,
        }

    def _step(self, file: FileType, target: LabelledEnum) -> Transition[FileType] | None:
        return next((each for each in self.steps(file) if each.target == target), None)

    def _refuse_impossible(self, file: FileType, target: LabelledEnum) -> None:
        if file.state not in self.states:
            raise RefusedError(
                N_("The state “{state}” comes from a newer version.", state=str(file.state))
            )
        if target == file.state:
            raise RefusedError(
                N_(
                    "“{heading}” already is “{state}”.",
                    heading=file.heading,
                    state=target.label,
                )
            )
        if self._step(file, target) is None and not self._may_go_unnamed(file, target):
            raise RefusedError(self._why_not(file, target))

    def _may_go_unnamed(self, file: FileType, target: LabelledEnum) -> bool:
        if target in self.aside or target in self.by_name_only or target not in self.states:
            return False
        if file.state in self.aside:
            return self.state_before(file) is None
        is_back = self.states.index(target) < self.states.index(file.state)
        return is_back or self.may_jump

    def _why_not(self, file: FileType, target: LabelledEnum) -> Text:
        before = self.state_before(file)
        if before is not None:
            return N_(
                "“{heading}” was put aside; it first goes back to “{state}”.",
                heading=file.heading,
                state=before.label,
            )
        return N_(
            "There is no step from “{source}” to “{target}”.",
            source=file.state.label,
            target=target.label,
        )


def registration(
    kind: str, record_id: UUID, state: LabelledEnum, *, on: date, by: UUID | None, at: datetime
) -> Mapping[str, Any]:
    """Return the values of the stage step of a record that is entered in some state.

    Such a record comes from an old register: the steps before are not known.
    """
    return {
        "record_kind": kind,
        "record_id": record_id,
        "from_state": "",
        "to_state": str(state),
        "on": on,
        "at": at,
        "by": by,
        "reason": "",
        "is_registered": True,
    }
