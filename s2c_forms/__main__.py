"""`python -m s2c_forms` does what `s2c-forms` does."""

from s2c_forms.cli import main

if __name__ == "__main__":
    main()
