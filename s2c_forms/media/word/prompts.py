"""What stands in an empty control. Written by one side, and known by heart by the other.

Pure: reading a form needs no library that writes one.
"""

from s2c_forms.form.fields import Field
from s2c_forms.words import say

TICKED, UNTICKED = "☒", "☐"
_LOCALES = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "fr": "fr-FR", "fy": "fy-NL"}
# Wide enough to click on, and nothing to see on paper, where a pen writes over it.
_BLANK = "\u2002" * 12


def locale_of(language: str) -> str:
    """Return a language's code as Word wants it: with a country."""
    return _LOCALES.get(language, language)


def prompt_of(field: Field, language: str) -> str:
    """Return what stands in an empty control: on paper it is ringed or written over."""
    if field.kind == "tick":
        return UNTICKED
    if field.kind == "date":
        return say("dd-mm-yyyy", language)
    if field.kind == "score":
        return "   ".join(str(option.value) for option in field.options)
    if field.kind == "choice":
        return " / ".join(option.label for option in field.options)
    return _BLANK


def is_prompt(text: str, field: Field, language: str) -> bool:
    """Return whether a text is the field's prompt, however its blanks were rewritten."""
    return "".join(text.split()) == "".join(prompt_of(field, language).split())
