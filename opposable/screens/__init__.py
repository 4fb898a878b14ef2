"""The window and its screens."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
# A scaled window fills whatever size it is given, smoothly, and not only whole multiples of its own.
os.environ.setdefault("SDL_HINT_RENDER_SCALE_QUALITY", "1")
os.environ.setdefault("SDL_RENDER_SCALE_QUALITY", "linear")
