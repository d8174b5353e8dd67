--liquibase formatted sql

--changeset concierge:idempotency-keys
-- What clients call their requests. A key is kept for as long as the call it was used for.
CREATE TABLE idempotency_keys (
    name VARCHAR(255) NOT NULL PRIMARY KEY,
    fingerprint VARCHAR(64) NOT NULL,
    call_id VARCHAR(36) NOT NULL
);
CREATE INDEX idempotency_keys_of_call ON idempotency_keys (call_id);

--changeset concierge:chains
-- The facts of a call are a chain: "digest" is over a fact and the digest of the one before it.
-- It holds the body's digest rather than the body, and that is salted, so that a body can be erased.
ALTER TABLE facts ADD COLUMN salt VARCHAR(32);
ALTER TABLE facts ADD COLUMN body_digest VARCHAR(64);
ALTER TABLE facts ADD COLUMN digest VARCHAR(64);
-- Where the chain ends, and a digest over that and the document.
ALTER TABLE calls ADD COLUMN chain_length BIGINT;
ALTER TABLE calls ADD COLUMN chain_end VARCHAR(64);
ALTER TABLE calls ADD COLUMN seal VARCHAR(64);
