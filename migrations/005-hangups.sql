--liquibase formatted sql

--changeset concierge:wished-hangups
-- Whether a call is to be ended, repeated from the document: a wish that the carrier did not hear is
-- told again, also while people talk.
ALTER TABLE calls ADD COLUMN hangup_requested BOOLEAN DEFAULT FALSE NOT NULL;
