"""Paper forms as people send them back: printed, marked by hand, scanned or photographed.

    printed → marks → wear → devices → corpus

All of it is seeded, and none of it knows how paper is read: it is what the reader is judged by.
Lengths are millimetres from the top left corner of the page unless said otherwise.
"""
