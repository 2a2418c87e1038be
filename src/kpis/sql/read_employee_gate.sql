-- How many of the phases that assignments name exist, as the load counted over every row of the workbook.
-- $1 run
SELECT matches, total, rate, threshold, status FROM ops.match_rates WHERE run_id = $1 AND name = 'employee_productivity'
