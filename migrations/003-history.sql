--liquibase formatted sql

-- What calls are listed, searched, counted and followed by. The same statements run on H2 and on
-- PostgreSQL.

--changeset concierge:call-figures
-- What reports count, repeated from the document. NULL where no conversation has ended.
ALTER TABLE calls ADD COLUMN answered BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE calls ADD COLUMN talk_ms BIGINT;
ALTER TABLE calls ADD COLUMN first_audio_ms BIGINT;
-- Numbers with a space between; bounded, or it would not fit into an index.
ALTER TABLE calls ADD COLUMN response_ms VARCHAR(700);
ALTER TABLE calls ADD COLUMN barge_ins INTEGER;
ALTER TABLE calls ADD COLUMN input_text_tokens BIGINT;
ALTER TABLE calls ADD COLUMN input_audio_tokens BIGINT;
ALTER TABLE calls ADD COLUMN cached_text_tokens BIGINT;
ALTER TABLE calls ADD COLUMN cached_audio_tokens BIGINT;
ALTER TABLE calls ADD COLUMN output_text_tokens BIGINT;
ALTER TABLE calls ADD COLUMN output_audio_tokens BIGINT;

--changeset concierge:calls-in-order
-- Each filter has an index that ends in the order of the list: a page is read from where the page
-- before ended, and no further than it is long. The first one holds all that a report reads, so
-- that the documents, which are large, are left alone.
DROP INDEX calls_newest;
CREATE INDEX calls_by_time ON calls (created_at DESC, id DESC, status, outcome, ended_reason,
    to_number, restaurant_folded, answered, talk_ms, first_audio_ms, response_ms, barge_ins,
    input_text_tokens, input_audio_tokens, cached_text_tokens, cached_audio_tokens,
    output_text_tokens, output_audio_tokens);
CREATE INDEX calls_by_status ON calls (status, created_at DESC, id DESC);
CREATE INDEX calls_by_outcome ON calls (outcome, created_at DESC, id DESC);
CREATE INDEX calls_by_ended_reason ON calls (ended_reason, created_at DESC, id DESC);
CREATE INDEX calls_by_number ON calls (to_number, created_at DESC, id DESC);
CREATE INDEX calls_by_restaurant ON calls (restaurant_folded, created_at DESC, id DESC);

--changeset concierge:restaurants
-- Every restaurant that was called, so that a part of a name is looked for among names and not
-- among calls.
CREATE TABLE restaurants (
    folded VARCHAR NOT NULL PRIMARY KEY
);

--changeset concierge:call-terms
-- Which words were said in a call and which labels it bears. A word that is in every call is found
-- as fast as one that is in few: the calls of a term lie in the order of the list.
CREATE TABLE call_terms (
    term VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    call_id UUID NOT NULL
);
CREATE UNIQUE INDEX call_terms_in_order ON call_terms (term, created_at DESC, call_id DESC);

--changeset concierge:call-changes
-- A call that changed has no number until one is given, after the change was committed and by one
-- reader at a time.
ALTER TABLE calls ADD COLUMN change_number BIGINT;
CREATE INDEX calls_by_change ON calls (change_number, heard_of_at, id);
CREATE TABLE change_counter (
    last_number BIGINT NOT NULL
);
INSERT INTO change_counter (last_number) VALUES (0);
