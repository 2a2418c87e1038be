-- Says that the tables for reading are of no version any more: core was written without one.
DELETE FROM analytics.reading_state
