"""The catalogue of everything that can be wrong with an answer. Findings are values."""

from dataclasses import dataclass

from s2c_forms.words import mark, say

# code → what is wrong, what to do
PROBLEMS: dict[str, tuple[str, str]] = {
    "not_on_scale": (
        mark("“{raw}” is not on the scale."),
        mark("Look at the form, and ask who scored it."),
    ),
    "not_a_score": (
        mark("“{raw}” is not a score."),
        mark("Look at the form: which score is meant?"),
    ),
    "two_marked": (
        mark("Two answers are marked: {raw}."),
        mark("Look at the form: which one is meant?"),
    ),
    "not_a_tick": (
        mark("“{raw}” says neither ticked nor not ticked."),
        mark("Look at the form: is the box ticked?"),
    ),
    "not_a_number": (
        mark("“{raw}” is not a whole number."),
        mark("Look at the form: which number is meant?"),
    ),
    "below_minimum": (
        mark("“{raw}” is too low a number."),
        mark("Look at the form: which number is meant?"),
    ),
    "not_a_date": (
        mark("“{raw}” is not a date."),
        mark("Write the date as dd-mm-yyyy."),
    ),
    "impossible_date": (
        mark("“{raw}” is a day that doesn't exist."),
        mark("Look at the form: which day is meant?"),
    ),
    "unlikely_year": (
        mark("“{raw}” is in a year that can't be meant."),
        mark("Look at the form: which day is meant?"),
    ),
    "ambiguous_date": (
        mark("“{raw}” can be read as more than one date."),
        mark("Write the date as dd-mm-yyyy."),
    ),
    "not_a_choice": (
        mark("“{raw}” is none of the choices."),
        mark("Look at the form: which one is meant?"),
    ),
    "formula_error": (
        mark("A formula stands here that failed: {raw}."),
        mark("Look at the form, and type the answer itself."),
    ),
    "formula": (
        mark("A formula stands here without a result: {raw}."),
        mark("Open the form, look what it says, and type the answer itself."),
    ),
    "places_differ": (
        mark("The form gives different answers to the same question: {raw}."),
        mark("Look at the form: which answer is meant?"),
    ),
    "place_lost": (
        mark("The place of this answer is gone from the form."),
        mark("Look at the form: was a row or field deleted?"),
    ),
    "places_lost": (
        mark("Most places of this form are gone: {raw} answers are nowhere to be found."),
        mark("Ask for the form itself, not for cells that were copied out of it."),
    ),
    "typed_over": (
        mark("Text was typed on top of the form: “{raw}”."),
        mark("Look at the form, and decide what it answers."),
    ),
    "drawn_over": (
        mark("Something was drawn or pasted on top of the form."),
        mark("Look at the form, and decide what it answers."),
    ),
    "marked_by_hand": (
        mark("Something is highlighted or struck out here: “{raw}”."),
        mark("Look at the form: what is meant by it?"),
    ),
    "stamps_differ": (
        mark("The form carries the stamps of two forms: {raw}."),
        mark("Look whether two forms were copied into one."),
    ),
    "fields_astray": (
        mark("Something is filled in that belongs to no question of this form: {raw}."),
        mark("Look at the form: was a field added, or another form put into the same file?"),
    ),
    "unsure_mark": (
        mark("It isn't clear whether this box is marked."),
        mark("Look at the picture, or at the form: is it marked?"),
    ),
    "circled": (
        mark("Something is drawn round or beside this box, and nothing in it."),
        mark("Look at the picture, or at the form: is it marked?"),
    ),
    "blackened": (
        mark("A box is black all over, which means “not this one”, and no other one is marked."),
        mark("Look at the picture, or at the form: what is meant?"),
    ),
    "handwritten": (
        mark("Something is written here by hand."),
        mark("Look at the picture, and type what it says."),
    ),
    "written_beside": (
        mark("Something is written by hand over what was printed here: “{raw}”."),
        mark("Look at the picture, and type what holds."),
    ),
    "page_missing": (
        mark("Of this form these pages didn't come in yet: {raw}."),
        mark("Scan them and merge; or agree that they won't come."),
    ),
    "page_unreadable": (
        mark("Of this form these pages can't be read: {raw}. Too bent, torn, blurred or cut off."),
        mark("Scan them again, flat and whole, and merge; or type the answers in the form's row."),
    ),
    "photocopied": (
        mark("Form {raw} was photocopied: its code came in more than once, filled in differently."),
        mark("Each is kept. Look which pages belong together; next time, print a form for each."),
    ),
    "nothing_filled_in": (
        mark("Nothing is filled in on this form."),
        mark("Ask whether the right file was sent."),
    ),
    "copied_form": (
        mark("Form {raw} came back before, with another head: it was copied and filled in again."),
        mark("Look whether both are right; both are kept."),
    ),
    "fuller_version": (
        mark("Versions of this form are not equally full. Missing in one of them: {raw}."),
        mark("The answers of the fuller one are used. Look whether one was taken out on purpose."),
    ),
    "too_long_for_cell": (
        mark("This answer is too long for a cell of a workbook: {raw}."),
        mark("The workbook shows how it starts. The whole stands in the form, and in the store."),
    ),
    "name_for_code": (
        mark("A name stands where a code belongs; it was left out."),
        mark("Look at the form whose it is, and answer with the code."),
    ),
    "near_name": (
        mark("The name here looks like one in the key, of code {raw}; it was left out."),
        mark("Answer with the code, or write the name in the key as it is on the form."),
    ),
    "name_in_text": (
        mark("A name stands in this text: “{raw}”"),
        mark("It was left out. Agree, or type the text as it should be, without the name."),
    ),
    "name_in_file_name": (
        mark("The name of this file, or of its folder, holds a name of somebody."),
        mark("It is shown by its form and codes. Give the file another name."),
    ),
    "name_in_properties": (
        mark("The properties of this file, such as its author, hold a name of somebody."),
        mark("They are shown nowhere. Take care when you pass the file itself on."),
    ),
    "not_a_code": (
        mark("“{raw}” is not a code."),
        mark("Type a code; names stay out of the workbook."),
    ),
    "maybe_same": (
        mark("This may be the same conversation as form {raw}: nothing in their heads differs."),
        mark("Look at both. Fill in what lacks in the heads, or leave one of them out."),
    ),
    "conflict": (
        mark("Two versions of this form differ: {raw}."),
        mark("Decide which one holds."),
    ),
    "score_missing": (
        mark("There are ticks here, but no score."),
        mark("Give the score, or choose that it isn't scored."),
    ),
    "decided_otherwise": (
        mark("A form that came later says otherwise than was decided: {raw}."),
        mark("What was decided still holds. Choose what holds from now on."),
    ),
    "correction_refused": (
        mark("“{raw}” was typed in the row of this form, and can't be its answer."),
        mark("Nothing was changed. Choose or type what holds."),
    ),
    "answered_twice": (
        mark("“{raw}” was typed, but something else in another place of the workbook."),
        mark("Answer it in one place."),
    ),
    "row_deleted": (
        mark("The row of this form was deleted from the workbook."),
        mark("It was put back. Leave the form out here, if that is what you meant."),
    ),
    "is_left_out": (
        mark("This form was left out, as was decided."),
        mark("Nothing to do. If it was a slip, take it back in here."),
    ),
    "left_out_differs": (
        mark("This form was left out, and now came back with other answers."),
        mark("Choose whether it counts."),
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an answer, or with a whole form where `field_id` is None.

    Attributes:
        code: a key of PROBLEMS.
        field_id: the field it is about.
        where: the place in words that a person can find.
        raw: what stood there.
    """

    code: str
    field_id: str | None
    where: str
    raw: str = ""

    def what(self, language: str | None = None) -> str:
        """Return what is wrong, in `language`."""
        return say(PROBLEMS[self.code][0], language, raw=shortened(self.raw))

    def mend(self, language: str | None = None) -> str:
        """Return what to do about it, in `language`."""
        return say(PROBLEMS[self.code][1], language)

    def message(self, language: str | None = None) -> str:
        """Return what is wrong and what to do, in `language`."""
        return f"{self.what(language)} {self.mend(language)}"


def shortened(text: str, length: int = 120) -> str:
    """Return a text on one line and no longer than `length`, with a mark where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
