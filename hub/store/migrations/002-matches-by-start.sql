-- For lists of the newest matches, and for what was scored since a moment.
CREATE INDEX matches_by_start ON matches (started_at);
