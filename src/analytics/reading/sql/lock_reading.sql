-- One preparation at a time; taken before the snapshot, so that the second sees what the first one wrote.
LOCK TABLE analytics.reading_state IN EXCLUSIVE MODE
