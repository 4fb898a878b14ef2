"""What stands on the table of coin-drop: the places where coins belong, and the coins that were put there."""

from engine.play.helping import glow
from engine.play.table import Xy, distance_m, on_mat
from engine.view.scene import Coin, Metres3, Shape, Slot, Zone
from games.coin_drop.row import Piece, sample
from games.coin_drop.state import Phase, State

NEAR_M = 0.20
SAMPLE_AHEAD_M, PILED_UP_M = 0.06, 0.001


def table_of(state: State) -> tuple[Shape, ...]:
    """The coin boxes or the paper rounds; they warm as a coin comes near. Where coins are sorted, one of its kind lies
    before each."""
    trial, coin = state.trial, state.coin
    if trial.other_xy is None or coin is None:
        return (_place(state, trial.target_xy),)
    kinds = ((trial.target_xy, coin.far), (trial.other_xy, not coin.far))
    return tuple(shape for xy, far in kinds for shape in (_place(state, xy), _sample(state, xy, far)))


def _place(state: State, xy: Xy) -> Slot | Zone:
    trial = state.trial
    mine, lit = xy == trial.target_xy, 0.0
    if trial.assisted:
        shown = mine and state.phase not in (Phase.REST, Phase.DONE)
        lit = glow(state.phase_s, comes=state.phase is Phase.DEAL, goes=state.ended) if shown else 0.0
    elif state.phase is Phase.CARRY:
        lit = max(0.0, 1 - distance_m(state.hand_xy, xy) / NEAR_M)
    elif state.phase is Phase.LAND and mine:
        lit = max(0.0, 1 - state.phase_s)
    if state.level.target == "slot":
        return Slot(on_mat(xy), trial.target_width_mm, lit=lit)
    return Zone(on_mat(xy), trial.target_width_mm / 2, lit)


def _sample(state: State, xy: Xy, far: bool) -> Coin:
    """A coin of the kind that belongs into this place: big or gold into the far one, small or copper into the near."""
    x, y, z = on_mat(xy)
    ahead_m = (
        SAMPLE_AHEAD_M if state.level.target == "slot" else state.trial.target_width_mm / 2000 + SAMPLE_AHEAD_M / 2
    )
    easy = state.trial.assisted
    return coin_of(sample(state.level, 0.0 if easy else state.trial.difficulty, far=far), (x, y, z + ahead_m))


def put_away(state: State) -> tuple[Coin, ...]:
    """What was put on the table before, in a row beyond the middle of its place."""
    if state.level.target == "slot":
        return ()
    put = state.put[:-1] if state.phase is Phase.LAND else state.put
    return tuple(coin_of(piece, piled(state, n, piece)) for n, piece in enumerate(put))


def piled(state: State, n: int, piece: Piece) -> Metres3:
    """Where the n-th coin that was put on the table lies."""
    trial, xy = state.trial, state.trial.target_xy
    if trial.other_xy is not None and state.coin is not None and piece.far is not state.coin.far:
        xy = trial.other_xy
    x, y, z = on_mat(xy)
    step_m = min(piece.diameter_mm * 1.1, trial.target_width_mm * 0.8 / state.row) / 1000
    return x + (n - (state.row - 1) / 2) * step_m, y + n * PILED_UP_M, z - trial.target_width_mm / 2000 * 0.45


def coin_of(piece: Piece, at_m: Metres3, tilt_rad: float = 0.0, roll_rad: float = 0.0) -> Coin:
    """A coin of a row as it is drawn."""
    return Coin(at_m, piece.diameter_mm, piece.metal, tilt_rad, 0.0, roll_rad, piece.figure)
