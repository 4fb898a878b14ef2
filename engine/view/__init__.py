"""What a person sees and hears. The only rooms, with opposable/screens, that import pygame."""

import os

# A library's greeting on standard output would spoil what is printed there for programs.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
