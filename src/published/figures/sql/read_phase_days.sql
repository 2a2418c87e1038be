-- What ended on the days of the factory from $1 up to and without $2; the columns' comments say how it is written.
SELECT phases, durations FROM analytics.phase_day WHERE day >= $1::date AND day < $2::date
