-- The schema of a store. Every control record carries a version, which rises
-- with every change, and a MAC under the control key: see the package
-- documentation. Times are UTC. Every statement can be run again: an import runs
-- them to bring back what was dropped.

CREATE TABLE IF NOT EXISTS pgseal.store (
    singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    id         uuid NOT NULL,
    tag        bytea NOT NULL CHECK (octet_length(tag) = 2),
    family     uuid NOT NULL,
    epoch      bigint NOT NULL,
    policy     bytea CHECK (octet_length(policy) = 32),
    created_at timestamptz NOT NULL,
    version    bigint NOT NULL,
    mac        bytea NOT NULL
);
COMMENT ON TABLE pgseal.store IS 'one row: the store itself, and the hash of the policy in force';
COMMENT ON COLUMN pgseal.store.family IS 'what stores have in common that were joined: tag, tenants, data keys; the first one''s id';

CREATE TABLE IF NOT EXISTS pgseal.tenant (
    id           uuid PRIMARY KEY,
    name         text NOT NULL UNIQUE,
    provider     text NOT NULL,
    key_arn      text NOT NULL,
    resolved_arn text NOT NULL,
    role_arn     text NOT NULL,
    external_id  text NOT NULL,
    endpoint     text NOT NULL,
    cache_ms     bigint NOT NULL,
    locked       boolean NOT NULL,
    locked_since timestamptz,
    locked_by    text NOT NULL,
    retired      boolean NOT NULL,
    drill_id      uuid,
    drill_ordered timestamptz,
    drill_until   timestamptz,
    drill_by      text NOT NULL,
    drill_proxies text[] NOT NULL,
    probes       bigint NOT NULL,
    current_key  bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    version      bigint NOT NULL,
    mac          bytea NOT NULL
);
COMMENT ON COLUMN pgseal.tenant.mac IS 'covers the rows of data_key of this tenant too';
COMMENT ON COLUMN pgseal.tenant.drill_until IS 'until then the key counts as denied, in drill_proxies or, where that is empty, in every proxy';
COMMENT ON COLUMN pgseal.tenant.probes IS 'rises when every proxy is to ask the key service now';

CREATE TABLE IF NOT EXISTS pgseal.data_key (
    key_number  bigint PRIMARY KEY CHECK (key_number BETWEEN 1 AND 4294967295),
    tenant      uuid NOT NULL REFERENCES pgseal.tenant DEFERRABLE INITIALLY DEFERRED,
    wrapped_by  bigint REFERENCES pgseal.data_key DEFERRABLE INITIALLY DEFERRED,
    wrapped     bytea NOT NULL,
    key_arn     text NOT NULL,
    material_id text NOT NULL,
    created_at  timestamptz NOT NULL,
    version     bigint NOT NULL,
    mac         bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS data_key_tenant ON pgseal.data_key (tenant);
COMMENT ON COLUMN pgseal.data_key.wrapped_by IS 'NULL: the customer''s master key; else the current generation';

CREATE TABLE IF NOT EXISTS pgseal.key_history (
    id          uuid PRIMARY KEY,
    at          timestamptz NOT NULL,
    tenant      uuid NOT NULL,
    position    bigint NOT NULL,
    key_number  bigint NOT NULL,
    action      text NOT NULL,
    provider    text NOT NULL,
    configured  text NOT NULL,
    role_arn    text NOT NULL,
    key_arn     text NOT NULL,
    material_id text NOT NULL,
    actor       text NOT NULL,
    mac         bytea NOT NULL
);
COMMENT ON COLUMN pgseal.key_history.position IS '1, 2, 3 .. for each tenant, so that a row that is taken away leaves a gap';
COMMENT ON COLUMN pgseal.key_history.configured IS 'the key as it was named, perhaps by an alias; key_arn is the one that it was';
CREATE INDEX IF NOT EXISTS key_history_tenant ON pgseal.key_history (tenant, position);
CREATE INDEX IF NOT EXISTS key_history_number ON pgseal.key_history (key_number);

CREATE OR REPLACE FUNCTION pgseal.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'rows of ' || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME || ' are never changed or deleted';
END $$;

DROP TRIGGER IF EXISTS refuse_change ON pgseal.key_history;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON pgseal.key_history
    FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_change();
DROP TRIGGER IF EXISTS refuse_truncate ON pgseal.key_history;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.key_history
    FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();
ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TABLE IF NOT EXISTS pgseal.event (
    writer   uuid NOT NULL,
    seq      bigint NOT NULL CHECK (seq > 0),
    epoch    bigint NOT NULL,
    at       timestamptz NOT NULL,
    tenant   uuid,
    kind     text NOT NULL,
    actor    text NOT NULL,
    detail   text NOT NULL,
    key_arn  text NOT NULL,
    requests text[] NOT NULL,
    witness  bytea NOT NULL,
    previous bytea NOT NULL,
    mac      bytea NOT NULL,
    PRIMARY KEY (writer, seq)
);
CREATE INDEX IF NOT EXISTS event_at ON pgseal.event (at);
CREATE INDEX IF NOT EXISTS event_tenant ON pgseal.event (tenant, at);
CREATE INDEX IF NOT EXISTS event_session_ended ON pgseal.event (at) WHERE kind = 'session ended';
COMMENT ON COLUMN pgseal.event.requests IS 'the ids that the key service gave to the calls in question';
COMMENT ON COLUMN pgseal.event.witness IS 'heads of other writers'' chains: id (16 bytes), number (8), beginning of the MAC (16)';
COMMENT ON COLUMN pgseal.event.previous IS 'the MAC of the writer''s event before this one; empty for its first';

CREATE TABLE IF NOT EXISTS pgseal.event_head (
    writer     uuid PRIMARY KEY,
    seq        bigint NOT NULL,
    hash       bytea NOT NULL,
    changed_at timestamptz NOT NULL,
    mac        bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS event_head_changed ON pgseal.event_head (changed_at);
COMMENT ON TABLE pgseal.event_head IS 'the last event of each writer; its number is the record''s version';

CREATE OR REPLACE FUNCTION pgseal.refuse_event_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('pgseal.forgetting', true) = 'on' THEN
        RETURN OLD; -- pgseal key events --forget-before, which leaves a signed record of it
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'rows of pgseal.event are never changed, and deleted by pgseal key events --forget-before alone';
END $$;

CREATE OR REPLACE FUNCTION pgseal.refuse_head_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.writer <> OLD.writer OR NEW.seq <= OLD.seq THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'a head of the event log only moves on';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS refuse_change ON pgseal.event;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON pgseal.event
    FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_event_change();
DROP TRIGGER IF EXISTS refuse_truncate ON pgseal.event;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.event
    FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();
DROP TRIGGER IF EXISTS refuse_return ON pgseal.event_head;
CREATE TRIGGER refuse_return BEFORE UPDATE ON pgseal.event_head
    FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_head_change();
DROP TRIGGER IF EXISTS refuse_delete ON pgseal.event_head;
CREATE TRIGGER refuse_delete BEFORE DELETE ON pgseal.event_head
    FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_change();
DROP TRIGGER IF EXISTS refuse_truncate ON pgseal.event_head;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.event_head
    FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();
ALTER TABLE pgseal.event ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE pgseal.event ENABLE ALWAYS TRIGGER refuse_truncate;
ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_return;
ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_delete;
ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TABLE IF NOT EXISTS pgseal.key_material (
    tenant      uuid PRIMARY KEY REFERENCES pgseal.tenant DEFERRABLE INITIALLY DEFERRED,
    key         text NOT NULL,
    checked_at  timestamptz NOT NULL,
    noticed_at  timestamptz,
    problem     text NOT NULL,
    key_arn     text NOT NULL,
    material_id text NOT NULL,
    rotated_at  timestamptz,
    how         text NOT NULL,
    version     bigint NOT NULL,
    mac         bytea NOT NULL
);
COMMENT ON TABLE pgseal.key_material IS 'what the KMS last said that each tenant''s master key is made of';

-- What proxies did with each tenant's key, by day (UTC). A row is written by one
-- process alone; it rewrites it with rising totals while the day lasts.
CREATE TABLE IF NOT EXISTS pgseal.usage (
    tenant     uuid NOT NULL,
    day        date NOT NULL,
    proxy      uuid NOT NULL,
    proxy_name text NOT NULL,
    sealed     bigint NOT NULL,
    opened     bigint NOT NULL,
    fetched    bigint NOT NULL,
    failed     bigint NOT NULL,
    refused    bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    version    bigint NOT NULL,
    mac        bytea NOT NULL,
    PRIMARY KEY (tenant, day, proxy)
);
COMMENT ON TABLE pgseal.usage IS 'values sealed and opened, fetches of the key that the KMS granted and did not, statements refused';

CREATE TABLE IF NOT EXISTS pgseal.column_pin (
    tenant     uuid NOT NULL REFERENCES pgseal.tenant DEFERRABLE INITIALLY DEFERRED,
    column_id  bytea NOT NULL,
    key_number bigint NOT NULL REFERENCES pgseal.data_key DEFERRABLE INITIALLY DEFERRED,
    created_at timestamptz NOT NULL,
    version    bigint NOT NULL,
    mac        bytea NOT NULL,
    PRIMARY KEY (tenant, column_id)
);

-- What proxies tell one another of tenants' keys. A no of the key service that
-- one proxy hears ends the use of the key in all of them.
CREATE TABLE IF NOT EXISTS pgseal.key_refusal (
    tenant         uuid PRIMARY KEY REFERENCES pgseal.tenant DEFERRABLE INITIALLY DEFERRED,
    code           text NOT NULL,
    tenant_version bigint NOT NULL,
    at             timestamptz NOT NULL,
    version        bigint NOT NULL,
    mac            bytea NOT NULL
);
COMMENT ON COLUMN pgseal.key_refusal.tenant_version IS 'of the record that was tried: a later one may be under another key';

CREATE TABLE IF NOT EXISTS pgseal.key_hold (
    holder  uuid NOT NULL,
    tenant  uuid NOT NULL REFERENCES pgseal.tenant DEFERRABLE INITIALLY DEFERRED,
    until   timestamptz NOT NULL,
    version bigint NOT NULL,
    mac     bytea NOT NULL,
    PRIMARY KEY (holder, tenant)
);
CREATE INDEX IF NOT EXISTS key_hold_tenant ON pgseal.key_hold (tenant, until);
COMMENT ON TABLE pgseal.key_hold IS 'until when a serving process may use a tenant''s key, by the clock of the database; written before it does';

-- What an operator may not do to a tenant's key by himself, where the tenant has
-- officers: one of them approves it, or nobody does.
CREATE TABLE IF NOT EXISTS pgseal.proposal (
    id             uuid PRIMARY KEY,
    tenant         uuid NOT NULL REFERENCES pgseal.tenant DEFERRABLE INITIALLY DEFERRED,
    tenant_version bigint NOT NULL,
    kind           text NOT NULL,
    provider       text NOT NULL,
    key_arn        text NOT NULL,
    role_arn       text NOT NULL,
    external_id    text NOT NULL,
    endpoint       text NOT NULL,
    cache_ms       bigint NOT NULL,
    proposer       text NOT NULL,
    actor          text NOT NULL,
    proposed_at    timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    state          text NOT NULL,
    decided_by     text NOT NULL,
    decided_at     timestamptz,
    outcome        text NOT NULL,
    version        bigint NOT NULL,
    mac            bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS proposal_tenant ON pgseal.proposal (tenant, proposed_at);
COMMENT ON COLUMN pgseal.proposal.tenant_version IS 'of the record that it was made for: once the tenant has a later one it is void';
COMMENT ON COLUMN pgseal.proposal.proposer IS 'whose name must not be the one that approves it';

CREATE TABLE IF NOT EXISTS pgseal.column_state (
    id          uuid PRIMARY KEY,
    schema_name text NOT NULL,
    table_name  text NOT NULL,
    column_name text NOT NULL,
    origin      text NOT NULL,
    relation    bigint NOT NULL,
    attnum      integer NOT NULL,
    column_id   bytea NOT NULL,
    family      text NOT NULL,
    type_oid    bigint NOT NULL,
    typmod      integer NOT NULL,
    mode        smallint NOT NULL,
    domain      text NOT NULL,
    normalize   text[] NOT NULL,
    unicode     text NOT NULL,
    pad         integer NOT NULL,
    state       text NOT NULL,
    wanted      text NOT NULL,
    next_mode   smallint NOT NULL,
    round       integer NOT NULL,
    turned      boolean NOT NULL,
    before      text[] NOT NULL,
    scrubbed_at timestamptz,
    retired     boolean NOT NULL,
    changed_at  timestamptz NOT NULL,
    version     bigint NOT NULL,
    mac         bytea NOT NULL
);
COMMENT ON COLUMN pgseal.column_state.origin IS 'the database in which relation and attnum mean what they say';

CREATE TABLE IF NOT EXISTS pgseal.bulk (
    column_state uuid PRIMARY KEY REFERENCES pgseal.column_state DEFERRABLE INITIALLY DEFERRED,
    status       text NOT NULL,
    code         text NOT NULL,
    reason       text NOT NULL,
    kind         text NOT NULL,
    phase        text NOT NULL,
    round        integer NOT NULL,
    pass         integer NOT NULL,
    relation     bigint NOT NULL,
    position     text[] NOT NULL,
    triggers     text NOT NULL,
    settings     text NOT NULL,
    actor        text NOT NULL,
    total        bigint NOT NULL,
    seen         bigint NOT NULL,
    written      bigint NOT NULL,
    skipped      bigint NOT NULL,
    verified     bigint NOT NULL,
    count        bigint NOT NULL,
    count_after  bigint NOT NULL,
    sum          bytea NOT NULL,
    sum_after    bytea NOT NULL,
    started_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    version      bigint NOT NULL,
    mac          bytea NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE pgseal.bulk IS 'how far work on all rows of a column has come; what is to be done follows from column_state';

CREATE TABLE IF NOT EXISTS pgseal.scrub (
    column_state uuid PRIMARY KEY REFERENCES pgseal.column_state DEFERRABLE INITIALLY DEFERRED,
    of_version   bigint NOT NULL,
    files        text[] NOT NULL,
    until_lsn    text NOT NULL,
    actor        text NOT NULL,
    started_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    version      bigint NOT NULL,
    mac          bytea NOT NULL
);
COMMENT ON TABLE pgseal.scrub IS 'how far what a column''s old values left behind has been removed; column_state says whether it is done';

-- Backups that pgseal backup check has looked into, and what each needs to be
-- read. A row is never deleted: the list's record has all of them in its MAC.
CREATE TABLE IF NOT EXISTS pgseal.backup (
    position     bigint PRIMARY KEY,
    sha256       bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
    name         text NOT NULL,
    kind         text NOT NULL,
    size         bigint NOT NULL,
    made_at      timestamptz,
    archive      boolean NOT NULL,
    needs        text NOT NULL,
    sealed       bigint NOT NULL,
    plaintext    bigint NOT NULL,
    problems     bigint NOT NULL,
    checked_at   timestamptz NOT NULL,
    actor        text NOT NULL,
    forgotten_at timestamptz,
    forgotten_by text NOT NULL,
    version      bigint NOT NULL,
    mac          bytea NOT NULL
);
COMMENT ON COLUMN pgseal.backup.needs IS 'JSON: for each tenant its data keys and the master key that wraps them in the backup';
COMMENT ON COLUMN pgseal.backup.forgotten_at IS 'when it was destroyed, by an operator''s word';

CREATE TABLE IF NOT EXISTS pgseal.backup_list (
    singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    complete_at timestamptz,
    complete_by text NOT NULL,
    actor       text NOT NULL,
    version     bigint NOT NULL,
    mac         bytea NOT NULL
);
COMMENT ON COLUMN pgseal.backup_list.complete_at IS 'as of when somebody has said that every backup is in pgseal.backup; NULL: nobody has';
COMMENT ON COLUMN pgseal.backup_list.mac IS 'covers all rows of pgseal.backup too';

CREATE TABLE IF NOT EXISTS pgseal.proxy (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    started_at   timestamptz NOT NULL,
    heartbeat_at timestamptz NOT NULL,
    policy       bytea NOT NULL,
    acks         json NOT NULL,
    keys         json NOT NULL,
    keys_digest  bytea NOT NULL,
    seen         json NOT NULL,
    seen_digest  bytea NOT NULL,
    version      bigint NOT NULL,
    mac          bytea NOT NULL
);
COMMENT ON COLUMN pgseal.proxy.keys IS 'what this proxy holds of each tenant''s key, and until when';
COMMENT ON COLUMN pgseal.proxy.mac IS 'covers keys and seen by their digests (SHA-256)';

-- For applications: how each tenant's key stands, as far as the store knows it
-- from its own records and from the live proxies. It shows no key.
CREATE OR REPLACE VIEW pgseal.tenant_state AS
SELECT t.name AS tenant,
       CASE WHEN t.retired THEN 'retired' WHEN t.locked THEN 'locked' ELSE coalesce(k.state, 'unused') END AS state,
       CASE WHEN t.locked THEN t.locked_since ELSE k.since END AS since,
       CASE WHEN t.locked THEN 'KU009' ELSE k.code END AS code,
       (SELECT max(h.until) FROM pgseal.key_hold h WHERE h.tenant = t.id AND h.until > clock_timestamp()) AS readable_until,
       CASE WHEN NOT t.retired AND t.drill_until > clock_timestamp() THEN t.drill_until END AS drill_until
FROM pgseal.tenant t
LEFT JOIN (
    SELECT DISTINCT ON (r.tenant) r.tenant, r.state, r.since, nullif(r.code, '') AS code
    FROM pgseal.proxy p, json_to_recordset(p.keys)
         AS r(tenant text, state text, since timestamptz, code text)
    WHERE p.heartbeat_at > clock_timestamp() - interval '10 seconds'
    ORDER BY r.tenant, r.code = '', r.since DESC
) k ON k.tenant = t.name;
COMMENT ON VIEW pgseal.tenant_state IS 'the state of each tenant''s key; anybody may read it';
