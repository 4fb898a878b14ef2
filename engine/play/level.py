"""What every level file may say, whatever its game: the model each game's own level extends."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.play.inputs import Role


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LevelBase(Strict):
    game: str
    title: Annotated[str, Field(max_length=60)]
    for_whom: Annotated[str, Field(max_length=300)]
    why: Annotated[str, Field(max_length=300)]
    stage: Literal[1, 2, 3]
    hand: Role = Role.AFFECTED
    reach: Literal["free", "carried"] = "carried"
