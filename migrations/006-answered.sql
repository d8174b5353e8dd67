--liquibase formatted sql

--changeset concierge:answered-when-completed
-- What was completed was answered, also where the report of the answer never came.
UPDATE calls SET answered = TRUE WHERE status = 'completed' AND answered = FALSE;
