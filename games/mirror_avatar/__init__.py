"""Mirror-avatar: two hands on the table, one of which may be the other's reflection; they take poses and follow."""

from engine.play.game import Game
from games.mirror_avatar.cue import cue
from games.mirror_avatar.level import MirrorAvatarLevel
from games.mirror_avatar.rules import done, resting, start, step
from games.mirror_avatar.state import State
from games.mirror_avatar.view import draw

GAME: Game[MirrorAvatarLevel, State] = Game("mirror_avatar", MirrorAvatarLevel, start, step, cue, draw, done, resting)
