"""`python -m nonlin`: the same as the console script."""

from nonlin.cli import main

if __name__ == "__main__":
    main()
