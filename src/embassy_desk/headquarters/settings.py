"""What the operator sets: where things lie and under which address headquarters answers.

`hq.json` in the home, made by `init`. What differs between machines may come from the
environment instead, and wins: `EMBASSY_DESK_HQ_DATABASE`, `EMBASSY_DESK_HQ_DATABASE_KEY`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from embassy_desk.domain.errors import MissingError, StoreError
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_

HOME_VARIABLE = "EMBASSY_DESK_HQ_HOME"
DATABASE_VARIABLE = "EMBASSY_DESK_HQ_DATABASE"
DATABASE_KEY_VARIABLE = "EMBASSY_DESK_HQ_DATABASE_KEY"
FILE_NAME = "hq.json"


class Deployment(BaseModel):
    """The operator's settings.

    Attributes:
        address: `host:port` that laptops use; stands in enrolment codes. `http://` before it for
            trials on the loopback address.
        hosts: Names and addresses that the server's certificate is for.
        database: Address of a PostgreSQL database; empty for the encrypted file in the home.
        journal: Folder of the receive journal; empty for the one in the home. In production it
            lies on another volume than the database.
        requests_at_once: How many requests one device may send in a row.
        requests_per_hour: How many more each hour.
        content_gib: How many GiB the contents of one mission's attachments may take.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str
    hosts: tuple[str, ...]
    database: str = ""
    journal: str = ""
    requests_at_once: int = 120
    requests_per_hour: int = 7200
    content_gib: int = 20

    @classmethod
    def read(cls, home: Path, environment: Mapping[str, str]) -> Self:
        """Return the settings of a home.

        Raises:
            MissingError: Nothing was made there.
            StoreError: The file is damaged.
        """
        try:
            values = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
            values["database"] = environment.get(DATABASE_VARIABLE) or values.get("database", "")
            return cls.model_validate(values)
        except FileNotFoundError as error:
            raise MissingError(
                N_("There is no headquarters in {folder}; make one with init.", folder=str(home))
            ) from error
        except (OSError, ValueError, ValidationError, TypeError) as error:
            raise StoreError(N_("The settings in {file} are damaged.", file=FILE_NAME)) from error

    def write(self, home: Path) -> None:
        """Write the settings, whole or not at all.

        Raises:
            StoreError: The disk refuses.
        """
        text = json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False)
        write_whole(home / FILE_NAME, text.encode())
