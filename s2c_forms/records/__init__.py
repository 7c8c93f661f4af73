"""WHAT WAS ANSWERED: answers judged, compared and merged. Pure again."""
