"""One article → what is found in it: pure functions, no files, no network."""
