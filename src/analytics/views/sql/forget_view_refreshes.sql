-- Lets all views count as out of date: their inputs were computed anew for a run that had computed them before.
DELETE FROM analytics.view_refreshes
