-- Removes what was filled aside: of a load that is over it is needed no more, of a killed one it was never put in place.
SELECT core.drop_builds()
