"""Numbers with what they count, for people."""


def counted(count: int, noun: str) -> str:
    """Return the number with the noun, in the plural where it is not one."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
