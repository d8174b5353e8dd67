--liquibase formatted sql

--changeset concierge:idempotency-keys
-- What clients call their requests. A key is kept for as long as the call it was used for.
CREATE TABLE idempotency_keys (
    name VARCHAR(255) NOT NULL PRIMARY KEY,
    fingerprint VARCHAR(64) NOT NULL,
    call_id VARCHAR(36) NOT NULL
);
CREATE INDEX idempotency_keys_of_call ON idempotency_keys (call_id);
