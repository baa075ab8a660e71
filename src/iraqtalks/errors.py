"""Faults that a user can mend. The command line shows their message alone, no traceback, and ends with code 1."""

from collections.abc import Sequence


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


class KnowledgeError(IraqTalksError):
    """A folder does not hold a knowledge base."""


class ReleaseError(IraqTalksError):
    """A release cannot be made of a dataset as it is, or as it was asked for; nothing has been released."""


class FetchError(IraqTalksError):
    """A page may or can not be fetched."""


class CorrectionError(IraqTalksError):
    """Corrections are faulty, or no longer fit what is extracted."""

    def __init__(self, problem: str, faults: Sequence[str]) -> None:
        super().__init__("\n  ".join([f"{problem}; nothing has been published:", *faults]))
        self.problem = problem
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[type["CorrectionError"], tuple[str, tuple[str, ...]]]:
        """Rebuild the error from its parts where it crosses a process boundary."""
        return type(self), (self.problem, self.faults)


class ChangedCodeError(IraqTalksError):
    """Code or data files differ from what the build began with; its rows would be of neither version."""

    def __init__(self) -> None:
        super().__init__(
            "the code or the knowledge base has changed during the build, or a worker runs another version; nothing is"
            " published. Have the same version everywhere, start the workers of a cluster anew, and build again"
        )


class ClusterError(IraqTalksError):
    """The Prefect server or the Dask cluster that a build was to run on does not serve."""
