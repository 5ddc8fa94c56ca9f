"""How the form and the list of tasks are arranged."""

from embassy_desk.desktop.kit.plans import (
    KEEPING,
    TAGS,
    Column,
    FormPlan,
    RowsPlan,
    Section,
    TablePlan,
)
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("What is to be done"),
            fields=(
                "title",
                "kind",
                "priority",
                "assignee",
                "start_on",
                "due_on",
                "due_at",
                "zone",
                "detail",
            ),
        ),
        RowsPlan(
            part="checklist_item",
            title=N_("Checklist"),
            columns=("text", "is_done"),
            fields=("text", "is_done", "place"),
        ),
        RowsPlan(
            part="task_parent",
            title=N_("Serves"),
            columns=("record_id",),
            fields=("record_id",),
        ),
        Section(
            title=N_("Waiting and outcome"),
            fields=(
                "waiting_on",
                "waiting_on_contact_id",
                "waiting_since",
                "deferred_until",
                "delegated_by",
                "effort_minutes",
                "outcome",
            ),
        ),
        Section(title=N_("Recurrence"), fields=("recurrence", "recurs_from"), is_folded=True),
        RowsPlan(
            part="task_reminder",
            title=N_("Reminders"),
            columns=("days_before",),
            fields=("days_before",),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=36, title=N_("Task")),
        Column(field="due_on", width=12),
        Column(field="state", width=13),
        Column(field="priority", width=10),
        Column(field="assignee", width=18),
        Column(field="ref", width=18),
    ),
    sort="due_on",
)
