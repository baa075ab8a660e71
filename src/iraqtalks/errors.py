"""Faults that a user can mend. The command line shows their message alone, no traceback, and ends with code 1."""


class IraqTalksError(Exception):
    """A fault that the user can mend; its message says what is wrong and what to do next."""


class RawFolderError(IraqTalksError):
    """The raw folder is not there."""


class NoUsableArticleError(IraqTalksError):
    """The raw folder holds nothing that a dataset can be made of."""


class PublishError(IraqTalksError):
    """The dataset cannot be written where the user wants it; what is there has not been touched."""


class DatasetError(IraqTalksError):
    """A folder does not hold a dataset that can be read."""


class FetchError(IraqTalksError):
    """A page may or can not be fetched."""


class ChangedCodeError(IraqTalksError):
    """The code or its data files changed while a build ran; its rows would be of neither version."""

    def __init__(self) -> None:
        super().__init__(
            "the code or the knowledge base has changed during the build; nothing is published. Build again"
        )
