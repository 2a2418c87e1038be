-- What ended on the days of the factory from $1 up to and without $4, of which $2 up to and without $3 are whole months;
-- the columns' comments say how it is written.
SELECT phases, durations
FROM analytics.phase_period
WHERE unit = 'month' AND begins >= $2::date AND begins < $3::date
UNION ALL
SELECT phases, durations
FROM analytics.phase_period
WHERE unit = 'day' AND (begins >= $1::date AND begins < $2::date OR begins >= $3::date AND begins < $4::date)
