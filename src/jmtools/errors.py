"""The errors that jmtools raises: each knows its exit code, and is also the built-in that a caller would expect."""


class JmtoolsError(Exception):
    """Base of every error that is not a bug; the command line prints it as one line and exits with `exit_code`."""

    exit_code = 70


class OptionError(JmtoolsError, ValueError):
    """An option, or a combination of options, makes no sense."""

    exit_code = 2


class RecordError(JmtoolsError, ValueError):
    """One input record is bad; the reader adds file, line and byte."""

    exit_code = 65


class DataError(JmtoolsError, ValueError):
    """The input as a whole is bad: mixed segmentations, or a stop list, dictionary or page that cannot be read."""

    exit_code = 65


class ModelError(JmtoolsError, ValueError):
    """A model, IDF table, profile or configuration is unusable: wrong kind, version or checksum."""

    exit_code = 66


class StatisticError(JmtoolsError, ValueError):
    """A statistic was requested for counts that cannot occur."""

    exit_code = 70


class LimitError(JmtoolsError, MemoryError):
    """Memory or a stated limit ran out, or a worker was killed."""

    exit_code = 71


class FileError(JmtoolsError, OSError):
    """A file cannot be read or written."""

    exit_code = 74
