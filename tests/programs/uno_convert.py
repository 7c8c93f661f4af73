"""Open a document in LibreOffice and save it under other endings.

Arguments: address, source, target …
"""

import sys

from tests.programs.uno_desktop import connect, open_document, save_document


def main(address: str, source: str, *targets: str) -> None:
    document = open_document(connect(address), source)
    try:
        for target in targets:
            save_document(document, target)
    finally:
        document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
