"""`python -m opposable`."""

from opposable.cli import main

if __name__ == "__main__":
    main()
