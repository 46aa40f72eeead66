--
-- PostgreSQL database dump
--

\restrict DUgOuUEvIxboQ2OkRDxtBgH6vbcvjsC9zMJJg8kAp8d875u70JiPLLSoWMdrA7s

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: pgseal; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA pgseal;


ALTER SCHEMA pgseal OWNER TO postgres;

--
-- Name: river_job_state; Type: TYPE; Schema: pgseal; Owner: postgres
--

CREATE TYPE pgseal.river_job_state AS ENUM (
    'available',
    'cancelled',
    'completed',
    'discarded',
    'pending',
    'retryable',
    'running',
    'scheduled'
);


ALTER TYPE pgseal.river_job_state OWNER TO postgres;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'rows of ' || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME || ' are never changed or deleted';
END $$;


ALTER FUNCTION pgseal.refuse_change() OWNER TO postgres;

--
-- Name: refuse_event_change(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_event_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('pgseal.forgetting', true) = 'on' THEN
        RETURN OLD; -- pgseal key events --forget-before, which leaves a signed record of it
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'rows of pgseal.event are never changed, and deleted by pgseal key events --forget-before alone';
END $$;


ALTER FUNCTION pgseal.refuse_event_change() OWNER TO postgres;

--
-- Name: refuse_head_change(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_head_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF NEW.writer <> OLD.writer OR NEW.seq <= OLD.seq THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'a head of the event log only moves on';
    END IF;
    RETURN NEW;
END $$;


ALTER FUNCTION pgseal.refuse_head_change() OWNER TO postgres;

--
-- Name: refuse_plaintext(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_plaintext() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'KP003',
        MESSAGE = format('a plaintext was refused: column %I of %I.%I holds sealed values only', TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME),
        HINT = 'Write to this column through pgseal.',
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0], CONSTRAINT = 'plaintext_refused';
END
$$;


ALTER FUNCTION pgseal.refuse_plaintext() OWNER TO postgres;

--
-- Name: river_job_state_in_bitmask(bit, pgseal.river_job_state); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.river_job_state_in_bitmask(bitmask bit, state pgseal.river_job_state) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE state
        WHEN 'available' THEN get_bit(bitmask, 7)
        WHEN 'cancelled' THEN get_bit(bitmask, 6)
        WHEN 'completed' THEN get_bit(bitmask, 5)
        WHEN 'discarded' THEN get_bit(bitmask, 4)
        WHEN 'pending'   THEN get_bit(bitmask, 3)
        WHEN 'retryable' THEN get_bit(bitmask, 2)
        WHEN 'running'   THEN get_bit(bitmask, 1)
        WHEN 'scheduled' THEN get_bit(bitmask, 0)
        ELSE 0
    END = 1;
$$;


ALTER FUNCTION pgseal.river_job_state_in_bitmask(bitmask bit, state pgseal.river_job_state) OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: backup; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.backup (
    "position" bigint NOT NULL,
    sha256 bytea NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    size bigint NOT NULL,
    made_at timestamp with time zone,
    archive boolean NOT NULL,
    needs text NOT NULL,
    sealed bigint NOT NULL,
    plaintext bigint NOT NULL,
    problems bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    forgotten_at timestamp with time zone,
    forgotten_by text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT backup_sha256_check CHECK ((octet_length(sha256) = 32))
);


ALTER TABLE pgseal.backup OWNER TO postgres;

--
-- Name: COLUMN backup.needs; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup.needs IS 'JSON: for each tenant its data keys and the master key that wraps them in the backup';


--
-- Name: COLUMN backup.forgotten_at; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup.forgotten_at IS 'when it was destroyed, by an operator''s word';


--
-- Name: backup_list; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.backup_list (
    singleton boolean DEFAULT true NOT NULL,
    complete_at timestamp with time zone,
    complete_by text NOT NULL,
    actor text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT backup_list_singleton_check CHECK (singleton)
);


ALTER TABLE pgseal.backup_list OWNER TO postgres;

--
-- Name: COLUMN backup_list.complete_at; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup_list.complete_at IS 'as of when somebody has said that every backup is in pgseal.backup; NULL: nobody has';


--
-- Name: COLUMN backup_list.mac; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup_list.mac IS 'covers all rows of pgseal.backup too';


--
-- Name: bulk; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.bulk (
    column_state uuid NOT NULL,
    status text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
    round integer NOT NULL,
    pass integer NOT NULL,
    relation bigint NOT NULL,
    "position" text[] NOT NULL,
    triggers text NOT NULL,
    settings text NOT NULL,
    actor text NOT NULL,
    total bigint NOT NULL,
    seen bigint NOT NULL,
    written bigint NOT NULL,
    skipped bigint NOT NULL,
    verified bigint NOT NULL,
    count bigint NOT NULL,
    count_after bigint NOT NULL,
    sum bytea NOT NULL,
    sum_after bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    version bigint NOT NULL,
    mac bytea NOT NULL
)
WITH (fillfactor='50');


ALTER TABLE pgseal.bulk OWNER TO postgres;

--
-- Name: TABLE bulk; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.bulk IS 'how far work on all rows of a column has come; what is to be done follows from column_state';


--
-- Name: column_pin; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.column_pin (
    tenant uuid NOT NULL,
    column_id bytea NOT NULL,
    key_number bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.column_pin OWNER TO postgres;

--
-- Name: column_state; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.column_state (
    id uuid NOT NULL,
    schema_name text NOT NULL,
    table_name text NOT NULL,
    column_name text NOT NULL,
    origin text NOT NULL,
    relation bigint NOT NULL,
    attnum integer NOT NULL,
    column_id bytea NOT NULL,
    family text NOT NULL,
    type_oid bigint NOT NULL,
    typmod integer NOT NULL,
    mode smallint NOT NULL,
    domain text NOT NULL,
    "normalize" text[] NOT NULL,
    unicode text NOT NULL,
    pad integer NOT NULL,
    state text NOT NULL,
    wanted text NOT NULL,
    next_mode smallint NOT NULL,
    round integer NOT NULL,
    turned boolean NOT NULL,
    before text[] NOT NULL,
    scrubbed_at timestamp with time zone,
    retired boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.column_state OWNER TO postgres;

--
-- Name: COLUMN column_state.origin; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.column_state.origin IS 'the database in which relation and attnum mean what they say';


--
-- Name: data_key; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.data_key (
    key_number bigint NOT NULL,
    tenant uuid NOT NULL,
    wrapped_by bigint,
    wrapped bytea NOT NULL,
    key_arn text NOT NULL,
    material_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT data_key_key_number_check CHECK (((key_number >= 1) AND (key_number <= '4294967295'::bigint)))
);


ALTER TABLE pgseal.data_key OWNER TO postgres;

--
-- Name: COLUMN data_key.wrapped_by; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.data_key.wrapped_by IS 'NULL: the customer''s master key; else the current generation';


--
-- Name: event; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.event (
    writer uuid NOT NULL,
    seq bigint NOT NULL,
    epoch bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    tenant uuid,
    kind text NOT NULL,
    actor text NOT NULL,
    detail text NOT NULL,
    key_arn text NOT NULL,
    requests text[] NOT NULL,
    witness bytea NOT NULL,
    previous bytea NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT event_seq_check CHECK ((seq > 0))
);


ALTER TABLE pgseal.event OWNER TO postgres;

--
-- Name: COLUMN event.requests; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.event.requests IS 'the ids that the key service gave to the calls in question';


--
-- Name: COLUMN event.witness; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.event.witness IS 'heads of other writers'' chains: id (16 bytes), number (8), beginning of the MAC (16)';


--
-- Name: COLUMN event.previous; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.event.previous IS 'the MAC of the writer''s event before this one; empty for its first';


--
-- Name: event_head; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.event_head (
    writer uuid NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.event_head OWNER TO postgres;

--
-- Name: TABLE event_head; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.event_head IS 'the last event of each writer; its number is the record''s version';


--
-- Name: key_history; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_history (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    tenant uuid NOT NULL,
    "position" bigint NOT NULL,
    key_number bigint NOT NULL,
    action text NOT NULL,
    provider text NOT NULL,
    configured text NOT NULL,
    role_arn text NOT NULL,
    key_arn text NOT NULL,
    material_id text NOT NULL,
    actor text NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_history OWNER TO postgres;

--
-- Name: COLUMN key_history."position"; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.key_history."position" IS '1, 2, 3 .. for each tenant, so that a row that is taken away leaves a gap';


--
-- Name: COLUMN key_history.configured; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.key_history.configured IS 'the key as it was named, perhaps by an alias; key_arn is the one that it was';


--
-- Name: key_hold; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_hold (
    holder uuid NOT NULL,
    tenant uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_hold OWNER TO postgres;

--
-- Name: TABLE key_hold; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.key_hold IS 'until when a serving process may use a tenant''s key, by the clock of the database; written before it does';


--
-- Name: key_material; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_material (
    tenant uuid NOT NULL,
    key text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    noticed_at timestamp with time zone,
    problem text NOT NULL,
    key_arn text NOT NULL,
    material_id text NOT NULL,
    rotated_at timestamp with time zone,
    how text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_material OWNER TO postgres;

--
-- Name: TABLE key_material; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.key_material IS 'what the KMS last said that each tenant''s master key is made of';


--
-- Name: key_refusal; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_refusal (
    tenant uuid NOT NULL,
    code text NOT NULL,
    tenant_version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_refusal OWNER TO postgres;

--
-- Name: COLUMN key_refusal.tenant_version; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.key_refusal.tenant_version IS 'of the record that was tried: a later one may be under another key';


--
-- Name: migration; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.migration (
    version integer NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


ALTER TABLE pgseal.migration OWNER TO postgres;

--
-- Name: proposal; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.proposal (
    id uuid NOT NULL,
    tenant uuid NOT NULL,
    tenant_version bigint NOT NULL,
    kind text NOT NULL,
    provider text NOT NULL,
    key_arn text NOT NULL,
    role_arn text NOT NULL,
    external_id text NOT NULL,
    endpoint text NOT NULL,
    cache_ms bigint NOT NULL,
    proposer text NOT NULL,
    actor text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp with time zone,
    outcome text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.proposal OWNER TO postgres;

--
-- Name: COLUMN proposal.tenant_version; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.proposal.tenant_version IS 'of the record that it was made for: once the tenant has a later one it is void';


--
-- Name: COLUMN proposal.proposer; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.proposal.proposer IS 'whose name must not be the one that approves it';


--
-- Name: proxy; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.proxy (
    id uuid NOT NULL,
    name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    heartbeat_at timestamp with time zone NOT NULL,
    policy bytea NOT NULL,
    acks json NOT NULL,
    keys json NOT NULL,
    keys_digest bytea NOT NULL,
    seen json NOT NULL,
    seen_digest bytea NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.proxy OWNER TO postgres;

--
-- Name: COLUMN proxy.keys; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.proxy.keys IS 'what this proxy holds of each tenant''s key, and until when';


--
-- Name: COLUMN proxy.mac; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.proxy.mac IS 'covers keys and seen by their digests (SHA-256)';


--
-- Name: river_job; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_job (
    id bigint NOT NULL,
    state pgseal.river_job_state DEFAULT 'available'::pgseal.river_job_state NOT NULL,
    attempt smallint DEFAULT 0 NOT NULL,
    max_attempts smallint DEFAULT 25 NOT NULL,
    attempted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finalized_at timestamp with time zone,
    scheduled_at timestamp with time zone DEFAULT now() NOT NULL,
    priority smallint DEFAULT 1 NOT NULL,
    args jsonb NOT NULL,
    attempted_by text[],
    errors jsonb[],
    kind text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    queue text DEFAULT 'default'::text NOT NULL,
    tags character varying(255)[] DEFAULT '{}'::character varying[] NOT NULL,
    unique_key bytea,
    unique_states bit(8),
    CONSTRAINT finalized_or_finalized_at_null CHECK ((((finalized_at IS NULL) AND (state <> ALL (ARRAY['cancelled'::pgseal.river_job_state, 'completed'::pgseal.river_job_state, 'discarded'::pgseal.river_job_state]))) OR ((finalized_at IS NOT NULL) AND (state = ANY (ARRAY['cancelled'::pgseal.river_job_state, 'completed'::pgseal.river_job_state, 'discarded'::pgseal.river_job_state]))))),
    CONSTRAINT kind_length CHECK (((char_length(kind) > 0) AND (char_length(kind) < 128))),
    CONSTRAINT max_attempts_is_positive CHECK ((max_attempts > 0)),
    CONSTRAINT priority_in_range CHECK (((priority >= 1) AND (priority <= 4))),
    CONSTRAINT queue_length CHECK (((char_length(queue) > 0) AND (char_length(queue) < 128)))
);


ALTER TABLE pgseal.river_job OWNER TO postgres;

--
-- Name: river_job_id_seq; Type: SEQUENCE; Schema: pgseal; Owner: postgres
--

CREATE SEQUENCE pgseal.river_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE pgseal.river_job_id_seq OWNER TO postgres;

--
-- Name: river_job_id_seq; Type: SEQUENCE OWNED BY; Schema: pgseal; Owner: postgres
--

ALTER SEQUENCE pgseal.river_job_id_seq OWNED BY pgseal.river_job.id;


--
-- Name: river_leader; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE UNLOGGED TABLE pgseal.river_leader (
    elected_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    leader_id text NOT NULL,
    name text DEFAULT 'default'::text NOT NULL,
    CONSTRAINT leader_id_length CHECK (((char_length(leader_id) > 0) AND (char_length(leader_id) < 128))),
    CONSTRAINT name_length CHECK ((name = 'default'::text))
);


ALTER TABLE pgseal.river_leader OWNER TO postgres;

--
-- Name: river_migration; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_migration (
    line text NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT line_length CHECK (((char_length(line) > 0) AND (char_length(line) < 128))),
    CONSTRAINT version_gte_1 CHECK ((version >= 1))
);


ALTER TABLE pgseal.river_migration OWNER TO postgres;

--
-- Name: river_notification; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_notification (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    payload text NOT NULL,
    topic text NOT NULL,
    CONSTRAINT topic_length CHECK (((length(topic) > 0) AND (length(topic) < 128)))
);


ALTER TABLE pgseal.river_notification OWNER TO postgres;

--
-- Name: river_notification_id_seq; Type: SEQUENCE; Schema: pgseal; Owner: postgres
--

CREATE SEQUENCE pgseal.river_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE pgseal.river_notification_id_seq OWNER TO postgres;

--
-- Name: river_notification_id_seq; Type: SEQUENCE OWNED BY; Schema: pgseal; Owner: postgres
--

ALTER SEQUENCE pgseal.river_notification_id_seq OWNED BY pgseal.river_notification.id;


--
-- Name: river_queue; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_queue (
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    paused_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE pgseal.river_queue OWNER TO postgres;

--
-- Name: scrub; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.scrub (
    column_state uuid NOT NULL,
    of_version bigint NOT NULL,
    files text[] NOT NULL,
    until_lsn text NOT NULL,
    actor text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.scrub OWNER TO postgres;

--
-- Name: TABLE scrub; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.scrub IS 'how far what a column''s old values left behind has been removed; column_state says whether it is done';


--
-- Name: store; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.store (
    singleton boolean DEFAULT true NOT NULL,
    id uuid NOT NULL,
    tag bytea NOT NULL,
    family uuid NOT NULL,
    epoch bigint NOT NULL,
    policy bytea,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT store_policy_check CHECK ((octet_length(policy) = 32)),
    CONSTRAINT store_singleton_check CHECK (singleton),
    CONSTRAINT store_tag_check CHECK ((octet_length(tag) = 2))
);


ALTER TABLE pgseal.store OWNER TO postgres;

--
-- Name: TABLE store; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.store IS 'one row: the store itself, and the hash of the policy in force';


--
-- Name: COLUMN store.family; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.store.family IS 'what stores have in common that were joined: tag, tenants, data keys; the first one''s id';


--
-- Name: tenant; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.tenant (
    id uuid NOT NULL,
    name text NOT NULL,
    provider text NOT NULL,
    key_arn text NOT NULL,
    resolved_arn text NOT NULL,
    role_arn text NOT NULL,
    external_id text NOT NULL,
    endpoint text NOT NULL,
    cache_ms bigint NOT NULL,
    locked boolean NOT NULL,
    locked_since timestamp with time zone,
    locked_by text NOT NULL,
    retired boolean NOT NULL,
    drill_id uuid,
    drill_ordered timestamp with time zone,
    drill_until timestamp with time zone,
    drill_by text NOT NULL,
    drill_proxies text[] NOT NULL,
    probes bigint NOT NULL,
    current_key bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.tenant OWNER TO postgres;

--
-- Name: COLUMN tenant.drill_until; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.tenant.drill_until IS 'until then the key counts as denied, in drill_proxies or, where that is empty, in every proxy';


--
-- Name: COLUMN tenant.probes; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.tenant.probes IS 'rises when every proxy is to ask the key service now';


--
-- Name: COLUMN tenant.mac; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.tenant.mac IS 'covers the rows of data_key of this tenant too';


--
-- Name: tenant_state; Type: VIEW; Schema: pgseal; Owner: postgres
--

CREATE VIEW pgseal.tenant_state AS
 SELECT t.name AS tenant,
        CASE
            WHEN t.retired THEN 'retired'::text
            WHEN t.locked THEN 'locked'::text
            ELSE COALESCE(k.state, 'unused'::text)
        END AS state,
        CASE
            WHEN t.locked THEN t.locked_since
            ELSE k.since
        END AS since,
        CASE
            WHEN t.locked THEN 'KU009'::text
            ELSE k.code
        END AS code,
    ( SELECT max(h.until) AS max
           FROM pgseal.key_hold h
          WHERE ((h.tenant = t.id) AND (h.until > clock_timestamp()))) AS readable_until,
        CASE
            WHEN ((NOT t.retired) AND (t.drill_until > clock_timestamp())) THEN t.drill_until
            ELSE NULL::timestamp with time zone
        END AS drill_until
   FROM (pgseal.tenant t
     LEFT JOIN ( SELECT DISTINCT ON (r.tenant) r.tenant,
            r.state,
            r.since,
            NULLIF(r.code, ''::text) AS code
           FROM pgseal.proxy p,
            LATERAL json_to_recordset(p.keys) r(tenant text, state text, since timestamp with time zone, code text)
          WHERE (p.heartbeat_at > (clock_timestamp() - '00:00:10'::interval))
          ORDER BY r.tenant, (r.code = ''::text), r.since DESC) k ON ((k.tenant = t.name)));


ALTER TABLE pgseal.tenant_state OWNER TO postgres;

--
-- Name: VIEW tenant_state; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON VIEW pgseal.tenant_state IS 'the state of each tenant''s key; anybody may read it';


--
-- Name: usage; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.usage (
    tenant uuid NOT NULL,
    day date NOT NULL,
    proxy uuid NOT NULL,
    proxy_name text NOT NULL,
    sealed bigint NOT NULL,
    opened bigint NOT NULL,
    fetched bigint NOT NULL,
    failed bigint NOT NULL,
    refused bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.usage OWNER TO postgres;

--
-- Name: TABLE usage; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.usage IS 'values sealed and opened, fetches of the key that the KMS granted and did not, statements refused';


--
-- Name: cases; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.cases (
    id bigint NOT NULL,
    firm text NOT NULL,
    note text,
    void text,
    nothing text,
    code text,
    whole bytea,
    big bytea,
    fee bytea,
    ratio bytea,
    yes bytea,
    born bytea,
    moment bytea,
    instant bytea,
    ident bytea,
    raw bytea,
    doc bytea,
    tags bytea,
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x0104e2'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x0204e2'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x0104e2'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x0204e2'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x0104e2'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x0204e2'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x0104e2'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x0204e2'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x0104e2'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x0204e2'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x0104e2'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x0204e2'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x0104e2'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x0204e2'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x0104e2'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x0204e2'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x0104e2'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x0204e2'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x0104e2'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x0204e2'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x0104e2'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x0204e2'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x0104e2'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x0204e2'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(body) >= 52))))
);


ALTER TABLE public.notes OWNER TO postgres;

--
-- Name: river_job id; Type: DEFAULT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_job ALTER COLUMN id SET DEFAULT nextval('pgseal.river_job_id_seq'::regclass);


--
-- Name: river_notification id; Type: DEFAULT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_notification ALTER COLUMN id SET DEFAULT nextval('pgseal.river_notification_id_seq'::regclass);


--
-- Data for Name: backup; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.backup ("position", sha256, name, kind, size, made_at, archive, needs, sealed, plaintext, problems, checked_at, actor, forgotten_at, forgotten_by, version, mac) FROM stdin;
\.


--
-- Data for Name: backup_list; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.backup_list (singleton, complete_at, complete_by, actor, version, mac) FROM stdin;
\.


--
-- Data for Name: bulk; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.bulk (column_state, status, code, reason, kind, phase, round, pass, relation, "position", triggers, settings, actor, total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac) FROM stdin;
827c9111-d150-4bd2-bbac-accaff623448	done			encrypt	verifying	0	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\x9a1529ea154c4de56ce7c2191d1dfc3060235a2b74ce53b3e1b20cb5fcb0825c	\\x9a1529ea154c4de56ce7c2191d1dfc3060235a2b74ce53b3e1b20cb5fcb0825c	2026-11-27 08:19:46.63865+00	2026-11-27 08:19:46.821204+00	2026-11-27 08:19:46.821016+00	5	\\x6b6764c1ac6fd8d83365b2192ed84657a950842feddc11babc1841b2c29caadb
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x0000000670677365616c0000000373756d000000203832376339313131643135303462643262626163616363616666363233343438	397362325	2026-11-27 08:19:46.681862+00	1	\\x23bf9402718833da86f2df5bad2b0746dd7520d6fc255fd1e9e5a26f90b7a540
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x0000000670677365616c0000000373756d000000203832376339313131643135303462643262626163616363616666363233343438	918074910	2026-11-27 08:19:46.684941+00	1	\\xd035e86133b5c97544b6c702f1aa51bceec45f44be0a82de58a0ec1d8d6ed123
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000004636f6465	918074910	2026-11-27 08:19:47.053655+00	1	\\x9519627d2d8479b8c7804b0801c14a024cf1223a8fa8470c1c9b69b9fe63c7e8
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000003626967	918074910	2026-11-27 08:19:47.054693+00	1	\\xe6d2c954f52bf98fab1c8230fad163bb5d00fe6b2cb79d325bcd21fcbe1dfb83
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000003666565	918074910	2026-11-27 08:19:47.055292+00	1	\\x1ca7580d751a149fcdce0db20a983af406452fe98ae420afcf0532765ded91f4
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000003796573	918074910	2026-11-27 08:19:47.055871+00	1	\\x9865c893630eb442f08252386f4cc88f7aee75a25d190f624397cbdac2f35cc7
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000004626f726e	918074910	2026-11-27 08:19:47.056337+00	1	\\x9bc4cfa50695b942d5e72da45cf28fd6138be31d3a9e33775ab489d9010eae43
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000007696e7374616e74	918074910	2026-11-27 08:19:47.056919+00	1	\\x1070f038e119b0767120294a4ee7e889da8050ef60d206f09b4ae1c2affcf328
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c6963000000056361736573000000056964656e74	918074910	2026-11-27 08:19:47.057358+00	1	\\xb8a03e7785e0ec2725297c7cc0d43b9ab63fec50a65910f3576ec194d37cfbf7
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\\x000000067075626c696300000005636173657300000003726177	918074910	2026-11-27 08:19:47.057751+00	1	\\x97f462340265608b4dba542bd45384866a4b1240f3ea261cb39ea579a34b8ee2
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000004636f6465	397362325	2026-11-27 08:19:47.06905+00	1	\\xc7068bf5ab80d5ae3c18144b46300449f2805bb4f8941ae12dc439090a92c246
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000003626967	397362325	2026-11-27 08:19:47.06942+00	1	\\x1b4ed232d213abb1cdf58beba49e1ddca323de15a38116fe740df419e2c6bd89
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000003666565	397362325	2026-11-27 08:19:47.069736+00	1	\\x08c41e27dd25cec4fb7f2f1b3e520e3efd80aca6c20daa26c40a57348bba96d8
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000003796573	397362325	2026-11-27 08:19:47.070222+00	1	\\xa5fff22257322d3d94a6d914ef31ae07fbeae8e3f8a07f950ebb3a4b1bbfa5f8
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000004626f726e	397362325	2026-11-27 08:19:47.070533+00	1	\\x2efcef6caf56829db3d7a4506ca0087e284b5a7a71b94e04d317a43f1ad78537
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000007696e7374616e74	397362325	2026-11-27 08:19:47.070844+00	1	\\x159a9fbe301f9ed6df9cdc10853c2c135ff12540ba0c5d81c42dc02ca8371416
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c6963000000056361736573000000056964656e74	397362325	2026-11-27 08:19:47.071131+00	1	\\xf4b1e889fa659074745c8cbb26fe3cbf96c9a80477ec83577a5b365825c28803
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\\x000000067075626c696300000005636173657300000003726177	397362325	2026-11-27 08:19:47.071433+00	1	\\xbf8fcdac18f9b9f30b8199704531d65695c051c3e2010cb4a43f3ffb33467f31
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
5673bb85-ba2d-4ffe-a449-8da7860de751	public	cases	doc	7712763039965141234/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.228532+00	4	\\x9599587cd61108700bc1f878c4d792b034e70033f2e61e352af619f866ce1847
39ed2dc1-14d7-42dc-86b4-90490f838029	public	cases	whole	7712763039965141234/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:46.384361+00	4	\\x16ed49712248595504c572257c9d5c61e082d51097b408fec241fdd605455b93
59877054-68e3-432f-88d3-23c70560db80	public	cases	fee	7712763039965141234/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.344356+00	4	\\x3b39af788b2e72e490af08af73ad4eb9533c165aa4e8da2ac7eadef81cc359f2
5ee1b054-667e-4f91-bf53-3bad6e58c160	public	cases	ident	7712763039965141234/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.458088+00	4	\\xe56bb27969cf1dc019f547d74354da72076fa37e1a5823672cd2911b80433275
4824d45a-0089-4016-ac91-5c62d07b1b14	public	cases	instant	7712763039965141234/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.568764+00	4	\\xda11062464e3efd4f976858bb3990d04a49c932c4109a57f4350f8d40b96ae17
827c9111-d150-4bd2-bbac-accaff623448	public	notes	body	7712763039965141234/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:46.712244+00	4	\\x2290461dde5b3dd2154c26933dce2a0dd86c5f65c76791e7b1ab5f0bdbc77399
d97c2373-469e-44e7-bc1f-df46e9b2728e	public	cases	moment	7712763039965141234/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.687199+00	4	\\xe5931698a9b594cf227cd780411a39a984ba9581911e701c81affcaf77162d4d
6a1f3a87-0152-4e11-8bf2-f8cf8f183640	public	cases	ratio	7712763039965141234/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:44.327901+00	4	\\x6c288e72001861d02e871cf561abdbe5b156e1bc8eb95aa5f5a8fa1bdbf7f271
79a1fac4-d5be-42aa-aa11-7af3da396c94	public	cases	note	7712763039965141234/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.803088+00	4	\\xb94b7f6973fd2270a2e3f249c646c0d8a88a3dd0fad91e43855630e1b0c95acb
d82e8d91-4f97-476f-9580-eaaf79202969	public	cases	yes	7712763039965141234/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:44.62391+00	4	\\x51e41ad6de20c574b42cfc25bca9cf7f577292404cdd75a0e40ee355f2ccd499
88802433-3091-42cb-8f14-8e3fe26f106f	public	cases	nothing	7712763039965141234/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.914073+00	4	\\x5815003118143fc5b544184973d7795d4378f0798a6a43b770e1d152bf052f0e
990fe8d3-7fcc-47a2-b0c9-8b439250d400	public	cases	big	7712763039965141234/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:44.740947+00	4	\\xf54dbad55ffa16aabe94bcb79df54daf7975228dba70f40d46ebb302a4954217
d6b1bf7c-f3c8-4668-9923-46ad3ce944ef	public	cases	born	7712763039965141234/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:44.994025+00	4	\\x3cefbe0828d2f6747baffe663a7d7236f3f09d2a46776dd57868a057784ccf1e
7c3754f2-1f77-49b1-977c-3afbd4134923	public	cases	code	7712763039965141234/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:45.110409+00	4	\\x69f9da41352fdeb89084b20ee6ddd96500b9bbd3d928eb8a0be5adaa18a13bcb
e8e57beb-9ae1-4cbf-a4d7-06adaa18b8fd	public	cases	raw	7712763039965141234/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:46.036229+00	4	\\x3e621a7358e0ebe0c2c4e70f7294b2a666f8f5d7c3511128245e27ebea9c9b42
799cdaed-d557-448b-a38b-70d98dcc20b4	public	cases	tags	7712763039965141234/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:46.149954+00	4	\\x97667d615dd16a5e9ee7e166305e36e3e7603028bb53270ec360e0c1f2cfb646
ab8fe528-c8b6-4158-bb47-6e66b1161c94	public	cases	void	7712763039965141234/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 08:19:46.267049+00	4	\\xfd2c29b0e263508854a998694f848e0ebdcacf8bda34abd2b5f096705e7121e9
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
397362325	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	\N	\\x01a5d12cfa8290886f8150cb795523b6576e96fc8379ef65aec1a2b5d67fc289ac37e6afb82c35ddbdfcb414ee47179e63c2ee565452f7bd01f3a87aa3	local:master.key	b8c5c0a28103d17c	2026-11-27 08:19:46.563607+00	1	\\xca7e03be6bef3f64f94b9ffc8b410d3f93539cbc8c887ac95351fa27beb66ab2
918074910	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	3472073574	\\x01cab71bd5ea98d85b6c5cf682368a1713e7cb053b86fd3fa538b3d9d221301072ed0a23f6756c098a85d4b58e3cb4ae4c85f4db1f808d55cda628f6ee	local:master.key		2026-11-27 08:19:46.527886+00	2	\\x6166766cbee69a166207451a0c0d208f2d47d7764a2e872681d4e717d24ad8d8
3472073574	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	\N	\\x0195e7dc661f15e84ad9762cd4d90c80fade8e20434bb5970b761fd3fc12ae2dfefe31add5e1f9cdc4c0720b7e6758786e68ddbeaeba025101861f09e7	local:master.key	b8c5c0a28103d17c	2026-11-27 08:19:47.102721+00	1	\\x614d32312b75334388686593793bed85383fec53e31421aae3785ef5509d2f96
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	1	1	2026-11-27 08:19:43.957363+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\x497aebbffbe13a20382039bb5d09b4caa795f3fa784111d98a87e93c2386ca8c
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	2	1	2026-11-27 08:19:43.992124+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\x497aebbffbe13a20382039bb5d09b4caa795f3fa784111d98a87e93c2386ca8c	\\xf56902ef6ad4219ddadc71bcf1948650a1578d6accae73d459743248b550e9fc
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	3	1	2026-11-27 08:19:43.999608+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\xf56902ef6ad4219ddadc71bcf1948650a1578d6accae73d459743248b550e9fc	\\xb232456a6851fa038f7562af3794fab7203999cb3f0b4d932e6271896e77b81a
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	4	1	2026-11-27 08:19:44.005087+00	\N	guard function made	pgseal			{}	\\x	\\xb232456a6851fa038f7562af3794fab7203999cb3f0b4d932e6271896e77b81a	\\x4d1965d81c8f96e612d8cf3fca6ddd5958ca1e87aa5d45530bfc7ec7a447af7a
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	5	1	2026-11-27 08:19:44.006657+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\x4d1965d81c8f96e612d8cf3fca6ddd5958ca1e87aa5d45530bfc7ec7a447af7a	\\xad5b8d1bb4cdabf5c515099950eb46cd0225b6aa5d55425036586ebc0e994221
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	6	1	2026-11-27 08:19:44.020822+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\xad5b8d1bb4cdabf5c515099950eb46cd0225b6aa5d55425036586ebc0e994221	\\x4af0c4df603845d62b6a5f55a1e12fb9325b3be39809710f7e3535df41e56a04
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	7	1	2026-11-27 08:19:44.027287+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x4af0c4df603845d62b6a5f55a1e12fb9325b3be39809710f7e3535df41e56a04	\\x775bf29b4336fd1d2fcd9c75094dade005dfeccbbe95e64f5445545ed8a29ea5
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	8	1	2026-11-27 08:19:44.033042+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x775bf29b4336fd1d2fcd9c75094dade005dfeccbbe95e64f5445545ed8a29ea5	\\x56637c4f8bab7ea123310b28b789da02b55d93eaa0580b94691248855bbf7874
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	9	1	2026-11-27 08:19:44.047007+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\x56637c4f8bab7ea123310b28b789da02b55d93eaa0580b94691248855bbf7874	\\x6218adae7a26e605a8cb4552d4f7070fd541095bf8b3d99a9171b11d9ecd58c1
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	10	1	2026-11-27 08:19:44.051052+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\x6218adae7a26e605a8cb4552d4f7070fd541095bf8b3d99a9171b11d9ecd58c1	\\x3eebe89f93350fe9e67747f3ff484eac76cfc6f00621a821f1bec1d44ee1b34a
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	11	1	2026-11-27 08:19:44.054768+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x3eebe89f93350fe9e67747f3ff484eac76cfc6f00621a821f1bec1d44ee1b34a	\\x94badebc9eb341eab27221f53b630d487dd1fc4e58f2416f7d5f57c60bad5214
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	12	1	2026-11-27 08:19:44.072534+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\x94badebc9eb341eab27221f53b630d487dd1fc4e58f2416f7d5f57c60bad5214	\\x0a8bd839ea9af66c538278c0cc1f1e48518796b6d7f23349539d29fd10115219
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	13	1	2026-11-27 08:19:44.087983+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\x0a8bd839ea9af66c538278c0cc1f1e48518796b6d7f23349539d29fd10115219	\\x26de1a63b224ba755e2f7abb8a3c04c010f8eacb509e0bfed5a07f905161c5f8
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	14	1	2026-11-27 08:19:44.094715+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\x26de1a63b224ba755e2f7abb8a3c04c010f8eacb509e0bfed5a07f905161c5f8	\\x229eba2a8a84a4686d44e2474a2f840cab1316e60a472254ec0e24185d804630
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	15	1	2026-11-27 08:19:44.113509+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\x229eba2a8a84a4686d44e2474a2f840cab1316e60a472254ec0e24185d804630	\\x7a30821f9767695ef7c181d12d3002cd13a9f6f33046a6c00433ecbcdc83d4fb
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	16	1	2026-11-27 08:19:44.12341+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x7a30821f9767695ef7c181d12d3002cd13a9f6f33046a6c00433ecbcdc83d4fb	\\x563a7630fe19f9da0f2eae4f4c7d79778b6c495c6a86578a3a3357de7b9fb1f7
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	17	1	2026-11-27 08:19:44.130285+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x563a7630fe19f9da0f2eae4f4c7d79778b6c495c6a86578a3a3357de7b9fb1f7	\\xa562b01dc158d9d5b9c45d3f06a5f8b9a73526be53894f1b1fcdee4e884f3899
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	18	1	2026-11-27 08:19:44.146771+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\xa562b01dc158d9d5b9c45d3f06a5f8b9a73526be53894f1b1fcdee4e884f3899	\\x1552ef080259df0ee70e7fc2416a269d38a8392c6b9b35f37a3b0405caf2bd34
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	19	1	2026-11-27 08:19:44.157018+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\x1552ef080259df0ee70e7fc2416a269d38a8392c6b9b35f37a3b0405caf2bd34	\\xda4e08f7a77693312421d2a7fca94a2bd48304473dc1c98a3b578f2eb139a6e3
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	20	1	2026-11-27 08:19:44.165859+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\xda4e08f7a77693312421d2a7fca94a2bd48304473dc1c98a3b578f2eb139a6e3	\\xd56c8489ae763b2e79a0fc2b489481d4e2ae3ecd9bdf83802a3b0becf13a9f78
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	21	1	2026-11-27 08:19:44.184648+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\xd56c8489ae763b2e79a0fc2b489481d4e2ae3ecd9bdf83802a3b0becf13a9f78	\\x792f16ccb7dcc605fd987332f1f412c0ccebf609bcdbe493f82a14fa707d6a40
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	22	1	2026-11-27 08:19:44.19297+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\x792f16ccb7dcc605fd987332f1f412c0ccebf609bcdbe493f82a14fa707d6a40	\\x4deb0184cd1c6ba0eb19f0c37659c75621c21984e640b09e7b5cb393f1b3a586
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	23	1	2026-11-27 08:19:44.197996+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\x4deb0184cd1c6ba0eb19f0c37659c75621c21984e640b09e7b5cb393f1b3a586	\\xab0389b546aeeb455d03af1a2b7fdd00be9deaf04c6b2585ef95014db2535f8b
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	24	1	2026-11-27 08:19:44.2092+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\xab0389b546aeeb455d03af1a2b7fdd00be9deaf04c6b2585ef95014db2535f8b	\\xfbca4c4d8e2a5fb9684c2f359932141dc22799173e78f9a98ebe7c8c745505cb
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	25	1	2026-11-27 08:19:44.214189+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\xfbca4c4d8e2a5fb9684c2f359932141dc22799173e78f9a98ebe7c8c745505cb	\\xfdeac9c41d9565288ae0d5754de83e7cca3f1f72fc9a52ed6e8aa4bef0e5e680
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	26	1	2026-11-27 08:19:44.217973+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\xfdeac9c41d9565288ae0d5754de83e7cca3f1f72fc9a52ed6e8aa4bef0e5e680	\\xc615a09fd1624ae2427582ff7aea89f8ccbb260f6df21ee32f34226c21032865
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	27	1	2026-11-27 08:19:44.230168+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\xc615a09fd1624ae2427582ff7aea89f8ccbb260f6df21ee32f34226c21032865	\\x3d7f4c853a0e6b22e067f246b695a80fd4c46e6cf491cad51e3ef403d1fe38c9
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	28	1	2026-11-27 08:19:44.232686+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\x3d7f4c853a0e6b22e067f246b695a80fd4c46e6cf491cad51e3ef403d1fe38c9	\\xa296344445927528052a09e7b14fbaa850898f7585e008b4ee935fe0b7a5a399
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	29	1	2026-11-27 08:19:44.233899+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\xa296344445927528052a09e7b14fbaa850898f7585e008b4ee935fe0b7a5a399	\\xebe32bfcd66dd3b978e12ae71de5efcf6523397bca402fe055edc875a6f12c38
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	30	1	2026-11-27 08:19:44.251168+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\xebe32bfcd66dd3b978e12ae71de5efcf6523397bca402fe055edc875a6f12c38	\\xce349bde9ee7cc8371bc88a07198485b092732132b64036d375439deeab02647
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	31	1	2026-11-27 08:19:44.252605+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\xce349bde9ee7cc8371bc88a07198485b092732132b64036d375439deeab02647	\\x8669e7c08c6ff2fe65bb198bb5b49ac3e2ee26fc4536bfaf0f2481e5a6247d71
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	32	1	2026-11-27 08:19:44.253427+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\x8669e7c08c6ff2fe65bb198bb5b49ac3e2ee26fc4536bfaf0f2481e5a6247d71	\\x4aaf2a0e839e780d1559c076ebf9b357a27f073a6a6486ace84fd6f13f519716
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	33	1	2026-11-27 08:19:44.271691+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\x4aaf2a0e839e780d1559c076ebf9b357a27f073a6a6486ace84fd6f13f519716	\\xca6a068b9c8c25f54bd1abd3065a19636df52131f51fa5f23776f02c50b1b690
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	34	1	2026-11-27 08:19:44.280909+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\xca6a068b9c8c25f54bd1abd3065a19636df52131f51fa5f23776f02c50b1b690	\\x93e6ec8cd3837df17e852a279a8cb97d090d75731aa7507abefde3a284d41fe1
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	35	1	2026-11-27 08:19:44.288835+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\x93e6ec8cd3837df17e852a279a8cb97d090d75731aa7507abefde3a284d41fe1	\\xdc88fb2cf5e17221cdbd4e23be76482e4e70b59457863eeb29b5f2a9a6153138
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	36	1	2026-11-27 08:19:44.304659+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\xdc88fb2cf5e17221cdbd4e23be76482e4e70b59457863eeb29b5f2a9a6153138	\\x673f911fb68ede7adae1f41cbcf97f55682e88fb2c515349323c6654718a5eca
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	37	1	2026-11-27 08:19:44.306457+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\x673f911fb68ede7adae1f41cbcf97f55682e88fb2c515349323c6654718a5eca	\\x81485621f892f4b66059cee1e1eef70ab32ce6f766a58664b5d5033fecc67992
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	38	1	2026-11-27 08:19:44.30729+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x81485621f892f4b66059cee1e1eef70ab32ce6f766a58664b5d5033fecc67992	\\x5ae2691f2ce0d3d7cabc6008728d8c299df2ecaf642286e224a574c1e7598dce
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	39	1	2026-11-27 08:19:44.327901+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\x5ae2691f2ce0d3d7cabc6008728d8c299df2ecaf642286e224a574c1e7598dce	\\x1bef1dac6c14bdb18aada96fdcc90987138ae22bd3aa7a335c07a4750be9952f
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	40	1	2026-11-27 08:19:44.44941+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\x1bef1dac6c14bdb18aada96fdcc90987138ae22bd3aa7a335c07a4750be9952f	\\xabdee0c8574e5cf56026021cde3ad72491c0a8475f72ee98bf26280b99f67624
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	41	1	2026-11-27 08:19:44.462055+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\xabdee0c8574e5cf56026021cde3ad72491c0a8475f72ee98bf26280b99f67624	\\x65616892bc6a6b1c3498084bb3fc78a2ded4c0cea3715123e954c188dec81547
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	42	1	2026-11-27 08:19:44.469681+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\x65616892bc6a6b1c3498084bb3fc78a2ded4c0cea3715123e954c188dec81547	\\x59cba92f750616abdc7310570cbec30de8f7e4197855349811a80703234becd7
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	43	1	2026-11-27 08:19:44.493051+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\x59cba92f750616abdc7310570cbec30de8f7e4197855349811a80703234becd7	\\x4736a2f4beb7fb5540393716be6d2663712345a86b37a6c453f9b62d98f3f557
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	44	1	2026-11-27 08:19:44.497159+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\x4736a2f4beb7fb5540393716be6d2663712345a86b37a6c453f9b62d98f3f557	\\xfea95b6fb93cc609404f56418b6cd8f3361252032e9aa8818ca59803e136f5ed
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	45	1	2026-11-27 08:19:44.498227+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xfea95b6fb93cc609404f56418b6cd8f3361252032e9aa8818ca59803e136f5ed	\\xc34fe880e9dbcabf5284cd848d5b29b364670e6d74f622d72ceb864773a260fc
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	46	1	2026-11-27 08:19:44.525151+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\xc34fe880e9dbcabf5284cd848d5b29b364670e6d74f622d72ceb864773a260fc	\\x862bef2757f3c8811bdb97caae1c819f0d0f68063de6ad7b1b311228bc42a97f
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	47	1	2026-11-27 08:19:44.535043+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\x862bef2757f3c8811bdb97caae1c819f0d0f68063de6ad7b1b311228bc42a97f	\\x1490b1cf51ddea803b36126452352d8b4b076b0fec3790ac50787b24d3bc8340
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	48	1	2026-11-27 08:19:44.542562+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\x1490b1cf51ddea803b36126452352d8b4b076b0fec3790ac50787b24d3bc8340	\\x9f51bbb62864d8641f84189bd2ab85190b9e7e6da868c4a38f564dd34ad06ea8
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	49	1	2026-11-27 08:19:44.567293+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\x9f51bbb62864d8641f84189bd2ab85190b9e7e6da868c4a38f564dd34ad06ea8	\\xe5f212c428a69d6371674619fecb480c16f656da50324db2afdc13c876dcbc79
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	50	1	2026-11-27 08:19:44.576248+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\xe5f212c428a69d6371674619fecb480c16f656da50324db2afdc13c876dcbc79	\\xccb88dc95ca8145a4b215d5a247c64bccc82177fb599ab344f6ecdf78543125f
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	51	1	2026-11-27 08:19:44.583298+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\xccb88dc95ca8145a4b215d5a247c64bccc82177fb599ab344f6ecdf78543125f	\\xf5de58e6f7e54e7f6f6ec064d55efebeb57af4a664a58e0f7d371bd37727fdd6
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	52	1	2026-11-27 08:19:44.611205+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\xf5de58e6f7e54e7f6f6ec064d55efebeb57af4a664a58e0f7d371bd37727fdd6	\\x8ceab38e2eec4b60e5c51c0942f57fd4d20ee5e10c638291945287222782fd5d
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	53	1	2026-11-27 08:19:44.62391+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x8ceab38e2eec4b60e5c51c0942f57fd4d20ee5e10c638291945287222782fd5d	\\xdb5ad04571312c4e6b64118bda4524786a993282000575639962ea249e27eb26
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	55	1	2026-11-27 08:19:44.857347+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\x85a56b737c9fbf6326ac22386912d9f0bba36a66a332cb34bd02a91bcd56575a	\\x52d82c89716214e375b7cf6988c7687868b53d9b22321b540384761209234eff
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	56	1	2026-11-27 08:19:44.858613+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\x52d82c89716214e375b7cf6988c7687868b53d9b22321b540384761209234eff	\\xc045595f1761964dfb5888b3e9d5ff83f47ee48a1d958a367d9494e8fcbbab3a
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	54	1	2026-11-27 08:19:44.740947+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\xdb5ad04571312c4e6b64118bda4524786a993282000575639962ea249e27eb26	\\x85a56b737c9fbf6326ac22386912d9f0bba36a66a332cb34bd02a91bcd56575a
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	57	1	2026-11-27 08:19:44.994025+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\xc045595f1761964dfb5888b3e9d5ff83f47ee48a1d958a367d9494e8fcbbab3a	\\xc6a4297e058a4d87f8811d583a4a57f51676dc643ddc8b62ecd4579f14c00a38
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	58	1	2026-11-27 08:19:45.110409+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\xc6a4297e058a4d87f8811d583a4a57f51676dc643ddc8b62ecd4579f14c00a38	\\xb78b1f544d83fee825a653ef745d2a1c70e1c5710addab966f90148109c4835d
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	59	1	2026-11-27 08:19:45.228532+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\xb78b1f544d83fee825a653ef745d2a1c70e1c5710addab966f90148109c4835d	\\x31e75c533117d8692d58bbbf940628f3c6fddda7c76c2f311649db59b2afc052
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	60	1	2026-11-27 08:19:45.344356+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\x31e75c533117d8692d58bbbf940628f3c6fddda7c76c2f311649db59b2afc052	\\x28ed3d3ddd3b66e1776525049698b7f857ae25eb54610ce72793c56012ce26fd
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	61	1	2026-11-27 08:19:45.458088+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\x28ed3d3ddd3b66e1776525049698b7f857ae25eb54610ce72793c56012ce26fd	\\x45fd20775e5bf56eb6bb7959ba0b4d579cb71c4040cf8ab5845a8b37ee12b202
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	62	1	2026-11-27 08:19:45.568764+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\x45fd20775e5bf56eb6bb7959ba0b4d579cb71c4040cf8ab5845a8b37ee12b202	\\xcb778f061d673622f93206ce411e263b04b29294f6cb19f7784654b19487732b
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	63	1	2026-11-27 08:19:45.687199+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\xcb778f061d673622f93206ce411e263b04b29294f6cb19f7784654b19487732b	\\xb5c319957cb5556655efcb93246174b1724fd5095870cff54e9176cb7dd98919
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	64	1	2026-11-27 08:19:45.803088+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\xb5c319957cb5556655efcb93246174b1724fd5095870cff54e9176cb7dd98919	\\x24b5fb247d2a1f85205242512d1f9e630d72a4eaaafc758ee36b8c97e27900b3
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	65	1	2026-11-27 08:19:45.914073+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\x24b5fb247d2a1f85205242512d1f9e630d72a4eaaafc758ee36b8c97e27900b3	\\x99859580f86b382de7d12cc29ed17fd6d0e82912e45fbf65a0158d2b0127ff1d
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	66	1	2026-11-27 08:19:46.036229+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\x99859580f86b382de7d12cc29ed17fd6d0e82912e45fbf65a0158d2b0127ff1d	\\xee97f066e1a29f733d180c1b50f6d984e096da48b37341977e378dc9161e93bb
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	67	1	2026-11-27 08:19:46.149954+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\xee97f066e1a29f733d180c1b50f6d984e096da48b37341977e378dc9161e93bb	\\x6e06d0867b23c3538d11fc57944fdcfcc9dbd8087134b3d82ab2e12e3df154e2
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	68	1	2026-11-27 08:19:46.267049+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x6e06d0867b23c3538d11fc57944fdcfcc9dbd8087134b3d82ab2e12e3df154e2	\\x1a545f487dca5b6a5951c5a90c7d0d3b1c6db1f3fd97ca0131f4566cdcb522d2
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	69	1	2026-11-27 08:19:46.384361+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\x1a545f487dca5b6a5951c5a90c7d0d3b1c6db1f3fd97ca0131f4566cdcb522d2	\\x8ac985de09eab9a072d1a9babec552acc6d27157d52d940ff801ad6092e27f49
09580a8c-5fe8-402b-8dc2-decfff7c9d75	1	1	2026-11-27 08:19:46.527886+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	tenant added	root@vm	provider local	local:master.key	{}	\\x95c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\x3e06e93b9920b63f1d4891119ba1b1e337c2dff252edd8ed03795f79fc6b0dd7
931d1007-8844-471e-8036-32038e2530f6	1	1	2026-11-27 08:19:46.563607+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	tenant added	root@vm	provider local	local:master.key	{}	\\x09580a8c5fe8402b8dc2decfff7c9d7500000000000000013e06e93b9920b63f1d4891119ba1b1e395c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\xb45d9721f0b168b1753256b72c3d6a8d9cb1f8f7f2f2f131bc7032f2464fb4da
4f031d11-0eb6-44ac-bcac-61da577d9305	1	1	2026-11-27 08:19:46.642697+00	\N	checkpoint	root@vm			{}	\\x931d10078844471e803632038e2530f60000000000000001b45d9721f0b168b1753256b72c3d6a8d09580a8c5fe8402b8dc2decfff7c9d7500000000000000013e06e93b9920b63f1d4891119ba1b1e395c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\x649dfd9b6909d0eeae59048c1c6f213bd8521342c645b32026c4f4bc66bb3460
4f031d11-0eb6-44ac-bcac-61da577d9305	2	1	2026-11-27 08:19:46.712244+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\x649dfd9b6909d0eeae59048c1c6f213bd8521342c645b32026c4f4bc66bb3460	\\xdc70d0755159c5c4cab00494adffdf7ff571aca2aa68a8b5e0d216d0a2a968c5
4f031d11-0eb6-44ac-bcac-61da577d9305	3	1	2026-11-27 08:19:46.681778+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	key fetched	root@vm	held until 2026-11-27T08:24:46Z	local	{}	\\x	\\xdc70d0755159c5c4cab00494adffdf7ff571aca2aa68a8b5e0d216d0a2a968c5	\\x3317ec9f4bd946f2ba70e68cc6e22f0effb64956dd700a717ce620896bb865bc
4f031d11-0eb6-44ac-bcac-61da577d9305	4	1	2026-11-27 08:19:46.684885+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	key fetched	root@vm	held until 2026-11-27T08:24:46Z	local	{}	\\x	\\x3317ec9f4bd946f2ba70e68cc6e22f0effb64956dd700a717ce620896bb865bc	\\x2d820495a58e7403cea410e7afcffd45ed6df878b7098a188c4901f9ee65af59
4f031d11-0eb6-44ac-bcac-61da577d9305	5	1	2026-11-27 08:19:46.924876+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	key evicted	root@vm	the process ends	local	{}	\\x	\\x2d820495a58e7403cea410e7afcffd45ed6df878b7098a188c4901f9ee65af59	\\x1c38ed7a8e33bbc579fb2970a9f258508c128ceaa8e02e16307ee99f1d990fe8
4f031d11-0eb6-44ac-bcac-61da577d9305	6	1	2026-11-27 08:19:46.924892+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	key evicted	root@vm	the process ends	local	{}	\\x	\\x1c38ed7a8e33bbc579fb2970a9f258508c128ceaa8e02e16307ee99f1d990fe8	\\x064b07a2ee210de1e99aa622792603e4887dffcebfa1f7b7590d6f0763555ce8
81e38252-b76c-472e-b78b-7a583d15af37	1	1	2026-11-27 08:19:46.976441+00	\N	checkpoint	vm:22828			{}	\\x4f031d110eb644acbcac61da577d93050000000000000006064b07a2ee210de1e99aa622792603e4931d10078844471e803632038e2530f60000000000000001b45d9721f0b168b1753256b72c3d6a8d09580a8c5fe8402b8dc2decfff7c9d7500000000000000013e06e93b9920b63f1d4891119ba1b1e395c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\xd702b7d468854200b91491619bbc4e1b6f718305ab1be348a5c93d5708fc032e
ba012ec5-23c3-4e62-9736-22c5ca0d3c7d	1	1	2026-11-27 08:19:47.102721+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	new data key	root@vm	data key cef3a366 after 36b8b61e	local:master.key	{}	\\x81e38252b76c472eb78b7a583d15af370000000000000001d702b7d468854200b91491619bbc4e1b4f031d110eb644acbcac61da577d93050000000000000006064b07a2ee210de1e99aa622792603e4931d10078844471e803632038e2530f60000000000000001b45d9721f0b168b1753256b72c3d6a8d09580a8c5fe8402b8dc2decfff7c9d7500000000000000013e06e93b9920b63f1d4891119ba1b1e395c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\xac74c43998917999d62bb3a06590b24e6061ea305c7b5ced56a0097d4f156420
ca39e50c-0121-4199-8e4f-242e053bace4	1	1	2026-11-27 08:19:47.266797+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	cache time set	root@vm	2m0s		{}	\\xba012ec523c34e62973622c5ca0d3c7d0000000000000001ac74c43998917999d62bb3a06590b24e81e38252b76c472eb78b7a583d15af370000000000000001d702b7d468854200b91491619bbc4e1b4f031d110eb644acbcac61da577d93050000000000000006064b07a2ee210de1e99aa622792603e4931d10078844471e803632038e2530f60000000000000001b45d9721f0b168b1753256b72c3d6a8d09580a8c5fe8402b8dc2decfff7c9d7500000000000000013e06e93b9920b63f1d4891119ba1b1e395c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\x0414d3e6fed1923684d7dad38d174ac75000761cc36904482046e5fc9a972668
e1dcb2bb-1513-4f1b-9210-9450d9bb1444	1	1	2026-11-27 08:19:47.338138+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	locked	root@vm			{}	\\xca39e50c012141998e4f242e053bace400000000000000010414d3e6fed1923684d7dad38d174ac7ba012ec523c34e62973622c5ca0d3c7d0000000000000001ac74c43998917999d62bb3a06590b24e81e38252b76c472eb78b7a583d15af370000000000000001d702b7d468854200b91491619bbc4e1b4f031d110eb644acbcac61da577d93050000000000000006064b07a2ee210de1e99aa622792603e4931d10078844471e803632038e2530f60000000000000001b45d9721f0b168b1753256b72c3d6a8d09580a8c5fe8402b8dc2decfff7c9d7500000000000000013e06e93b9920b63f1d4891119ba1b1e395c9dc35c4694b6a8edd3ce00ee7ca3e00000000000000458ac985de09eab9a072d1a9babec552ac	\\x	\\x0c54cd4eb7314787f12d1c1ebb4e9503881696423a69e32c5882f2b07ebad2a2
81e38252-b76c-472e-b78b-7a583d15af37	2	1	2026-11-27 08:19:47.053585+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	key fetched	vm:22828	held until 2026-11-27T08:24:47Z	local	{}	\\x	\\xd702b7d468854200b91491619bbc4e1b6f718305ab1be348a5c93d5708fc032e	\\x48c5d24ddd8dfe878c7937383fdd7b0c96ab1f41ad1c7cc114b3dc9aceb18dbc
81e38252-b76c-472e-b78b-7a583d15af37	3	1	2026-11-27 08:19:47.068973+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	key fetched	vm:22828	held until 2026-11-27T08:24:47Z	local	{}	\\x	\\x48c5d24ddd8dfe878c7937383fdd7b0c96ab1f41ad1c7cc114b3dc9aceb18dbc	\\x079b5e69c99686191b8e0ab23c96025199177e4aef53c83b736de60ed0500c3a
81e38252-b76c-472e-b78b-7a583d15af37	4	1	2026-11-27 08:19:47.117079+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	key fetched	vm:22828	held until 2026-11-27T08:24:47Z	local	{}	\\x	\\x079b5e69c99686191b8e0ab23c96025199177e4aef53c83b736de60ed0500c3a	\\x584122bab74564026b4daf9d612be0e049e8b5b460f74028ff8e45bb65d3ad3d
81e38252-b76c-472e-b78b-7a583d15af37	5	1	2026-11-27 08:19:48.003651+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	key evicted	vm:22828	KU009 key_locked since 2026-11-27T08:19:47Z	local	{}	\\x	\\x584122bab74564026b4daf9d612be0e049e8b5b460f74028ff8e45bb65d3ad3d	\\xdfd2908e6aed5bc91501bd78771dc8ac2d404c137e03d52bd1a559a19778c9ba
81e38252-b76c-472e-b78b-7a583d15af37	6	1	2026-11-27 08:19:48.061506+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	key evicted	vm:22828	the process ends	local	{}	\\x	\\xdfd2908e6aed5bc91501bd78771dc8ac2d404c137e03d52bd1a559a19778c9ba	\\x5e3172505b26638dfeb0a1a9d1a3ccb280ff77377156fdb092e11cc481f30fa5
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
95c9dc35-c469-4b6a-8edd-3ce00ee7ca3e	69	\\x8ac985de09eab9a072d1a9babec552acc6d27157d52d940ff801ad6092e27f49	2026-11-27 08:19:46.39194+00	\\x06f300d5047d7f2d479397efed8d53f4502aed3472ce002f5349de56c3ab6e95
09580a8c-5fe8-402b-8dc2-decfff7c9d75	1	\\x3e06e93b9920b63f1d4891119ba1b1e337c2dff252edd8ed03795f79fc6b0dd7	2026-11-27 08:19:46.530525+00	\\xae382ae28a79500a71ba0d5d73abc881a225185413b98ae7427f5649716e7d10
931d1007-8844-471e-8036-32038e2530f6	1	\\xb45d9721f0b168b1753256b72c3d6a8d9cb1f8f7f2f2f131bc7032f2464fb4da	2026-11-27 08:19:46.565741+00	\\xb2e51455a32cff9e74d8a06cba7bb239ba95c7948f7677e16804c3b0703cc3a9
4f031d11-0eb6-44ac-bcac-61da577d9305	6	\\x064b07a2ee210de1e99aa622792603e4887dffcebfa1f7b7590d6f0763555ce8	2026-11-27 08:19:46.92563+00	\\x4b618451b5b40a9e74639989a8c19a0f152099d436f7bdfa10e30bc6cc0936a9
ba012ec5-23c3-4e62-9736-22c5ca0d3c7d	1	\\xac74c43998917999d62bb3a06590b24e6061ea305c7b5ced56a0097d4f156420	2026-11-27 08:19:47.105256+00	\\x77dd278af7e4ffc37eb5cdff44a612901faa526fe1bc3bbce8270aef10d4c2b9
ca39e50c-0121-4199-8e4f-242e053bace4	1	\\x0414d3e6fed1923684d7dad38d174ac75000761cc36904482046e5fc9a972668	2026-11-27 08:19:47.271084+00	\\xb04e0b193504419ec8d9ad68fe79e4ccc3871a234c14142b2e2f640abf8c31a8
e1dcb2bb-1513-4f1b-9210-9450d9bb1444	1	\\x0c54cd4eb7314787f12d1c1ebb4e9503881696423a69e32c5882f2b07ebad2a2	2026-11-27 08:19:47.342051+00	\\xd21d526d29f890c4169415600ccf229d7a0402d8f784de7fcf144b3b2ad7142c
81e38252-b76c-472e-b78b-7a583d15af37	6	\\x5e3172505b26638dfeb0a1a9d1a3ccb280ff77377156fdb092e11cc481f30fa5	2026-11-27 08:19:48.064199+00	\\xd12095e21e003969749b208c94c34d6e31da52b6fd296b00cf37bfa913c9b9e4
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
169249f2-03f9-45b2-8661-31690f8b51bf	2026-11-27 08:19:46.527886+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	1	918074910	created	local			local:master.key	b8c5c0a28103d17c	root@vm	\\x34fb31b6971d8263f5ddc3a555ea7346d571fd94c35e47485508cc39b2ac0ea2
d340acc2-6f0e-4db9-8443-c4c4df3500d7	2026-11-27 08:19:46.563607+00	bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	1	397362325	created	local			local:master.key	b8c5c0a28103d17c	root@vm	\\x879170b4912f945bb834fab0a930d1f060ca15d629d213776ce4c3f28117d249
1d158abf-a44d-43c1-99dc-ebe1026635bb	2026-11-27 08:19:47.102721+00	65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	2	3472073574	rotated	local			local:master.key	b8c5c0a28103d17c	root@vm	\\xd377c8775aff0355641914db125cf558bcf07b5662ef52dc35fe9aef725c1cc0
\.


--
-- Data for Name: key_hold; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_hold (holder, tenant, until, version, mac) FROM stdin;
\.


--
-- Data for Name: key_material; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_material (tenant, key, checked_at, noticed_at, problem, key_arn, material_id, rotated_at, how, version, mac) FROM stdin;
\.


--
-- Data for Name: key_refusal; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_refusal (tenant, code, tenant_version, at, version, mac) FROM stdin;
\.


--
-- Data for Name: migration; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.migration (version, applied_at) FROM stdin;
1	2026-11-27 08:19:43.895211+00
\.


--
-- Data for Name: proposal; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.proposal (id, tenant, tenant_version, kind, provider, key_arn, role_arn, external_id, endpoint, cache_ms, proposer, actor, proposed_at, expires_at, state, decided_by, decided_at, outcome, version, mac) FROM stdin;
\.


--
-- Data for Name: proxy; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.proxy (id, name, started_at, heartbeat_at, policy, acks, keys, keys_digest, seen, seen_digest, version, mac) FROM stdin;
\.


--
-- Data for Name: river_job; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_job (id, state, attempt, max_attempts, attempted_at, created_at, finalized_at, scheduled_at, priority, args, attempted_by, errors, kind, metadata, queue, tags, unique_key, unique_states) FROM stdin;
1	completed	1	32767	2026-11-27 08:19:46.652864+00	2026-11-27 08:19:46.639817+00	2026-11-27 08:19:46.821912+00	2026-11-27 08:19:46.639817+00	1	{"column": "827c9111d1504bd2bbacaccaff623448"}	{vm_2026_11_27T08_19_46_642697}	\N	pgseal_column	{}	pgseal	{}	\\x9106f40e35e941b7b663ec7b02482044f0b92ddbb813252b09b4ae8dc5c1cc8a	11110001
\.


--
-- Data for Name: river_leader; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_leader (elected_at, expires_at, leader_id, name) FROM stdin;
\.


--
-- Data for Name: river_migration; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_migration (line, version, created_at) FROM stdin;
main	1	2026-11-27 08:19:43.910088+00
main	2	2026-11-27 08:19:43.91471+00
main	3	2026-11-27 08:19:43.926509+00
main	4	2026-11-27 08:19:43.928175+00
main	5	2026-11-27 08:19:43.933245+00
main	6	2026-11-27 08:19:43.944234+00
main	7	2026-11-27 08:19:43.947049+00
main	8	2026-11-27 08:19:43.953688+00
\.


--
-- Data for Name: river_notification; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_notification (id, created_at, payload, topic) FROM stdin;
\.


--
-- Data for Name: river_queue; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_queue (name, created_at, metadata, paused_at, updated_at) FROM stdin;
pgseal	2026-11-27 08:19:46.650168+00	{}	\N	2026-11-27 08:19:46.989883+00
\.


--
-- Data for Name: scrub; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.scrub (column_state, of_version, files, until_lsn, actor, started_at, changed_at, finished_at, version, mac) FROM stdin;
\.


--
-- Data for Name: store; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.store (singleton, id, tag, family, epoch, policy, created_at, version, mac) FROM stdin;
t	9101f23b-d1c1-130b-21c4-eb8c9a9338ac	\\x04e2	9101f23b-d1c1-130b-21c4-eb8c9a9338ac	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-27 08:19:43.851677+00	2	\\xa07425ad8406226dd3f216c87bfedc2eca023d2644e7ff8396722a2d157158f6
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	3472073574	2026-11-27 08:19:46.527575+00	3	\\xab78866a516f922dac31898f48bcca131a31b36bde65d0bb39e4ed49230e9182
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	globex	local		local:master.key				300000	t	2026-11-27 08:19:47.338138+00	root@vm	f	\N	\N	\N		{}	0	397362325	2026-11-27 08:19:46.563332+00	2	\\x30155da9a664d710a3a7893e0218f8aa15d1d30c479c6692b3e127824e7d1266
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	2026-11-27	6e6336ad-8700-446b-8832-ef15ab057344	vm:22816	60	40	1	0	0	2026-11-27 08:19:46.920254+00	1	\\xb99fc48822dd7899d3f09563d078afa350a8c784a33fdaedf139c46cbb641021
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	2026-11-27	6e6336ad-8700-446b-8832-ef15ab057344	vm:22816	60	40	1	0	0	2026-11-27 08:19:46.920254+00	1	\\xcbf09bc35dd827b9092aca990977ea2e0a326043a9d18cde71a86d950befa464
65a416ff-67c3-4f71-a1ba-b71a14ebfe2e	2026-11-27	6aa75aa8-029d-42c6-a36f-431abe23cb9a	vm:22828	32	51	2	0	0	2026-11-27 08:19:48.061548+00	1	\\x9fac9022130d54c5202c30ba249537fced06fd0d8eee76177fae365c7c696e06
bfd36f0a-39c4-4e4c-8884-9e0c447ecbde	2026-11-27	6aa75aa8-029d-42c6-a36f-431abe23cb9a	vm:22828	15	47	1	0	1	2026-11-27 08:19:48.061549+00	1	\\xdf28fe7ce2c1221869c4f88e7d5919e0b6cb68f77ac228b7948f174994098803
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_AQTiNri2Hs5q6uuAHKzCluveSLF9q3_KG4Nz1alTExHCZz_KWJ66kHSgQ0ezOrZXTNRxgSjzlkuWiYWdDFS3mVM97Gb7QShI0GtQ7wKiH9tO97Rijx8MhgHGTJRyReQ6gfJ4	pgs1_AQTiNri2HiYm5eCb6Of7FNJ8iEmqZCMALqCcQxktXkv5HFoAhEN4pjIj1fxiEEU	\N	pgs1_AgTiNri2HotzCK_DJMZ7ftkRf1ygC6WvAKjEGRKCmg8xzG9XkqX5RdKFLYaOzAX82fs	\\x0104e236b8b61eecb21bd19807a6144da7fd352acff212904d9ebb53f97a330c282f921c0a3f0192fc3575fc6d5b473b0aa78944f3e9bf	\\x0204e236b8b61e32dd5d3eddd7e679ce3796201c2465417b0f3c413b12ca24bea9dbc9234c887eac464d50	\\x0204e236b8b61e915f35aa3314f099c2d83cd617616bf6ff0be8a4cd05451c6291967ed082f2a6ce	\\x0104e236b8b61e69da07b503d5aea3d4a327d0945ba8b08d36d07ed5e92386d64ac35da97c06c97a6f5dbf951f52e5450b90670568c39d	\\x0204e236b8b61e63692745799bbc7a0ea07895b949021d68d2edcbaa62fefba66c47dd22	\\x0204e236b8b61ebd100f563da83f15547356a2c97d5e84e0d2097244aa028bffe9451c61167adb	\\x0104e236b8b61ebef1dcd2055fe96a09e3ad96761036f46d8f6367f7628fd47ea6d2908cdaa6c555189010410e2fd33d92aff1b53fff67	\\x0204e236b8b61e1f9da792814fc4b2f4432b243a97df65719f988d59418a9cc9414127f9b5e9285dae557e	\\x0204e236b8b61e9e1147d6e386112e82e86e40b71168cc124bdbda2f4326b407cedae580b64eeccc4ded1a71b978ab6537e80e	\\x0204e236b8b61e4391c3fa493de8334ae30a6e3435dda6421c69e10fb75dfe63c92f2b271ff3	\\x0104e236b8b61e33fc6f37b7e0e97e1c56debf4066cfafef5609f4a6b77f077946464990f8d0edb0dad24126af5fe5890a777b3e56c82df877b6d2883c317174bbece7e4c975ed8b535682f712be7e	\\x0104e236b8b61ebb1f20145655bc43b0ae5016de1bea6c3555e13eb46ce82461535814669d55784265c160a4d3192e0851b7823f9e522537deb93ed56e2d25358479a837c36bbf456e427f6b22c72b56137996e295a7026785f4
2	globex	pgs1_AQTiF69ElYrkyey4-TeL_hAqvzgzTbwfdP1zELtMZYwIBiPwL3jeHrO4Oa5QV3t00ZKKFYfo96w8BHKZLTuSjwFUDbu2NefOCLlbLwWZrdBHjlOgJd7-ACI1nRs0ohlTlcV8	pgs1_AQTiF69ElZNbxn8n3UWxUNrSsYilCoywP_uMZ97-7f6AEaQI-kW_OaxDRfTsi10	\N	pgs1_AgTiF69ElS6LQ7ZRBk9vXtSqIQdmTbvtrZx4Emr5J_rh4iOVl-sKL3bv4CN_zUJzKAU	\\x0104e217af4495897cc152b9342bddd9cb9e78fa014bbcd3242618e136c5939da2a0766c56dc5c46e951a6a873abcfbe4fa9c0fdf5437d	\\x0204e217af449536ef69eb428e70cd87d6994aad940107f37b55dce1fd84ccff7f49667223fe92fb9a7a3a	\\x0204e217af4495c0359ec2fe5c78db89361e7d7a2ed7bd89c7ddeccb271c3c4b82faad6677f9c023	\\x0104e217af44957ab6d88b3da2138bebede4625ff0c4c92086b6c0455a97ebba3e3740ff87b997923a9e22882c6798470a5784b2a261d6	\\x0204e217af4495ab8ad4b52d107358eac7e43249d2c7712cc15baec9162e728aea159938	\\x0204e217af4495205c2c684b30abc61d61f13d4f863744cbee2f93eb9583843622d1d74fce316c	\\x0104e217af4495de9c98519a6d672a763494f47445c9a5646692bdf4fce82e10b485d4b6f9a354b750afd4a5be2318eb887b360fe6dc9c	\\x0204e217af44955ca35c771b8d6aeaf88f0c2f2fc43677af7149d1aac95694b427becf88b5affd47825e1c	\\x0204e217af4495e9ea95d4a8f31677a44ec9f3c4348a96681f93a90157ff3d106b93631fa054ebb7475f1917c2c4cb38aea638	\\x0204e217af4495e8182c80fed00d05b31b3a800a5131053a5ee76dd0c4841e723babce5e6195	\\x0104e217af4495e86329383176446b82fc28cde4a72226c0d1b79310cf499943c4b51ce8d9f69b532b95816d21f0a7b50637b268c6ac7665c774b5a585aff887da844f4ed08c87d417e4a1e2e15fc0	\\x0104e217af44950b4dddd989b504f08cf87d868df4efdcad2801f31a2efc128cb652d63e8097ecc6a426f563046efa63269604c7d6daf674bf24268fa88004612861bd4ad505c854f186240ffb4a54541c1999f1eee006887e10
3	acme	pgs1_AQTizvOjZlJTI2cF6LGaGrp9pJvy73iroUe3k_7CAOG1rPVbrL0QlljNBmbrlqpRgML9Z-d6ZTfTPuKuliLZe6A5J7F8JAEwXPfl-Rd3CNsxdwLJ70cK5j-r3ElLm8DyaXn-	pgs1_AQTizvOjZifmGcuvJPLDlpjoXPvt4AK9pkYrxptV-PuywmVGWd5HkUmTNFKjK0k	\N	pgs1_AgTiNri2HotzCK_DJMZ7ftkRf1ygC6WvAKjEGRKCmg8xzG9XkqX5RdKFLYaOzAX82fs	\\x0104e2cef3a366e1dcbe4a83c88e7765f32ac19955a8c437a5fe4a19379c0638e978dcff4b22634376253356652263b94f024eff3521d3	\\x0204e236b8b61e32dd5d3eddd7e679ce3796201c2465417b0f3c413b12ca24bea9dbc9234c887eac464d50	\\x0204e236b8b61e915f35aa3314f099c2d83cd617616bf6ff0be8a4cd05451c6291967ed082f2a6ce	\\x0104e2cef3a3665a98387173018b9da93da95a1ac5ef56117ba6002595de480a94c03ed90fd50c8050067f70f03d8a1218080daa24667c	\\x0204e236b8b61e63692745799bbc7a0ea07895b949021d68d2edcbaa62fefba66c47dd22	\\x0204e236b8b61ebd100f563da83f15547356a2c97d5e84e0d2097244aa028bffe9451c61167adb	\\x0104e2cef3a3663b2f3f24ccfbee9e978b23016835dede9cf580d1ae606c3f3981916064422144f13483cd49dab2f25ad901360be03f00	\\x0204e236b8b61e1f9da792814fc4b2f4432b243a97df65719f988d59418a9cc9414127f9b5e9285dae557e	\\x0204e236b8b61e9e1147d6e386112e82e86e40b71168cc124bdbda2f4326b407cedae580b64eeccc4ded1a71b978ab6537e80e	\\x0204e236b8b61e4391c3fa493de8334ae30a6e3435dda6421c69e10fb75dfe63c92f2b271ff3	\\x0104e2cef3a366c80a33ed0311840a74dfe1a6cb025c22c3d6198d200bd2638a43d26f2d6962abf9740f4f3ce07a72295495a0c656681ac728501a014083d1b63629f38b61ad73ab157a8d99e8034e	\\x0104e2cef3a3663dc101f6b7165b3abe9e465d45f71a6d038a123185f54a33fe9a41f0bcd09c5cd52d6e1c86163a057b283b1aa830c982a88d27a6871c188b349f4651085cde86a0af89eb2b74d0e979169be14c70f183880374
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwkwG4IlTE_O5HUVvylWISdU0nGAmXjIXONuHLw6JNcwJcG-yPbPSV7BUT2w
2	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuak1p7ljHnDLVLF-pFOsWCBuwzEyMuJr7fyj01Y0zJrW-yaXSfYHV--NaA
3	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk0OqcKTjEXPfXUgQYQUeo8oINwnkjBxxI1r0XP-fXafc0wZ5ytiFqdQWMg
4	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuc7T8DMS4Apvgv77H1H0NZGuT972uIAW9dB6yVjr4A-EnaxnYQHZwj-8ww
5	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk7kpE5i7As0byEsw4NpHgtgl8421OfjUuDO6CHZ5o-JadujYlxonjGTH1Q
6	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuW6nR4osjF1OEkQiSC0zxOjFCh9DiiK3ZBWn4gUmfCjX6pK7xLHexzn08g
7	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk0ZccnqqQuT_ENIzttVnKolWHR8b28NuxVRiWKhs31MAX-kykRWpXBbOAw
8	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuXB8Ob0LR1XCsc991w5M963W1HnvHPy4tZOiZoZ-Pfq4yDsNAQhwoCPxxQ
9	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk6YHPSo96PWmMt2hFYxSVaFA3hqSUq--ToF_xRTWzF2xskPQto1Pu6IbWA
10	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuaBlnqY2QL4eZvCtIrqu9dgc8O5ghYnpLCPjGte9hBS0NHEY_zd8TJ-Tz7E
11	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwkwEA3kFBMck03rAvDnRWKPMVJtn_HfphFEXw_fl7JLOm9PMYe-Mwg1nPo_k
12	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuTKIJFOm0qE4sAFB-GeWtWu4V6DiJymG-zhu000KuJh7wj3EbFvhqJYSWG0
13	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk0oNDuiR8VeEGab6uGtR_q8twcm76vCVa0wAL3MpoSQCinmsv2DCfPSxyak
14	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuX_6sRECmqKxkzVpvRVLFXf1lu7QdR2JYruRq6xH3AtsBIIu3NBmZQItJlg
15	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk4nCKi7p0X6O6zk5sky_bBHSxUi4ZE5MoAgpMKQNYdRrXkt6odaq7hefK48
16	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuZsITZ5IpRApORmtnszPkpADGO3HNgk8IuRcagoCIY-y4uHFjJEQaoTWGLc
17	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwkxby0qc5nZDHRlHhj9poRbbENMC2q1AzgWKPcp-YQfTunIz5QbLVSVM91GA
18	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVudeDp2MKqgIFLGPWNqd1nKHBwf8ZDerhiUOexVaZRnmj-AsSm3xWqj9mU0Q
19	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk6vyhCL4FeYbubZywhPZD5_SCIy_xJudVwSanaJLKuYW7DIogmR_qZl_x7g
20	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuaCuLmVatLu9SITVyr5oLD9VPSw4RF5c40Pw5KRgfIAfstNLWtKyT4Qr2Og
21	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk-v0mH9-9hWLwZINhmi8kmQfYhHlj-zvk2-SIWaBGBnbCqp-hp6snt0Rsr0
22	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuRg77XA6zL2sc9NchzUspJ-BnJZA3rE4tJfPFPTW5-4ZgdP7VfjGEyHmHnU
23	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk035WS_Ez7zzweYF2xbqUJVZMrsG0F__tgNsDnqzyDhNloC52-jfgP1F3Ws
24	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuYy1rw7bGYAmatOj861yeRS6Ec6NKo2LaJG0i3px8mSi2A26BGE2HcR_9wA
25	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk9C_FgjMWkX90arZ2OUw0gOPLwEKXeHhW76jjDSKeUQAxKzvFR8wRNrGOds
26	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuZXUeIfFZv_ExTd7zzs2uXu3JiykUDRRA46-_bkZA9n_eXeKlLHotwunlp8
27	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk19nzS4n56IpL0-XseP0-WkWbWFiOU831Zh4elpEPPt27ihE9tH6G8ZOu1o
28	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuatIhW9dBJS-hcciBNOkkYgj7JsYVcU2fcNxHq1puUjNHLzTrpfzjuNUNkI
29	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwkzJv7AJ2E4S_-caMJq3dpkevm92MVyNuq3GZSq6phSWL3nU5sqK5IWOVIk4
30	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuaLFiV_VLWowQJCD5TQ0V4aAEBpLlBWx6du1nWgQSVwRdSHTLxkA1tl8H2o
31	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwkxtaOcbnxDOBDDgndAiKxom_ZGuba6uQs-arjYsrS_HJKJMC4sJ0amwlGTo
32	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVucqG5UqQy1HfsPwi_PqwPQyQqPA5IFKQKCp7Dakeh0f_MojnVwDkdjyuNm4
33	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwkz0g_YyVUEsKHOa4KCEhWdXZ5POec9oeRrlZfZLLGTYglso1lMooc-K4oWk
34	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVudl1VInkcdu-Jf9dVr6BEe-VvaABtgqbirT9FnvA2_7xMUibxCUJLU-DPLc
35	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk2lAUSETL6aruHTtgSI2pSGj4XJ_BGsz-Syx88eUpToXoWGVtiS-V8maqg4
36	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVubgAx4uMklQOC8TfskzCgaVzPo8xc-PF56_N4xynlxeUrcNd5N2QN32D_8E
37	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk1peR_ypkpINXLBtTb2jD-HzC2tUj-fClKj0-Lm9HCTNH4ectug8KuNjevI
38	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuW-p1gly8zNYZorp2ndoB3AqdgG0oSPtDlEb83HHFSIzR00Tf5yGW4QZzoM
39	globex	pgs1_AQTiF69ElT8oQJ_T1REWmtPwk6ulhLsNDCNEQHoNZXBZOPTS4L6Of8jMNZaCROZe1_p7Gz3Lnn24397Cl2I
40	acme	pgs1_AQTiNri2Hrvfkj7VD-FSUFwVuROvyfYFsJEk9wAAnzAMO3BKTih2N2j7a-P-wjw1xw9cieKys3YICsbFkOg
100	acme	pgs1_AQTizvOjZgEdjqoQVyxecNdKk7rFPakg3c2S67db8BjQQ57EnF2MWJgY3L8EgjeVMhiTZsvzV9oFC3-NqY1E
\.


--
-- Name: river_job_id_seq; Type: SEQUENCE SET; Schema: pgseal; Owner: postgres
--

SELECT pg_catalog.setval('pgseal.river_job_id_seq', 1, true);


--
-- Name: river_notification_id_seq; Type: SEQUENCE SET; Schema: pgseal; Owner: postgres
--

SELECT pg_catalog.setval('pgseal.river_notification_id_seq', 1, false);


--
-- Name: backup_list backup_list_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.backup_list
    ADD CONSTRAINT backup_list_pkey PRIMARY KEY (singleton);


--
-- Name: backup backup_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.backup
    ADD CONSTRAINT backup_pkey PRIMARY KEY ("position");


--
-- Name: backup backup_sha256_key; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.backup
    ADD CONSTRAINT backup_sha256_key UNIQUE (sha256);


--
-- Name: bulk bulk_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.bulk
    ADD CONSTRAINT bulk_pkey PRIMARY KEY (column_state);


--
-- Name: column_pin column_pin_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_pin
    ADD CONSTRAINT column_pin_pkey PRIMARY KEY (tenant, column_id);


--
-- Name: column_state column_state_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_state
    ADD CONSTRAINT column_state_pkey PRIMARY KEY (id);


--
-- Name: data_key data_key_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.data_key
    ADD CONSTRAINT data_key_pkey PRIMARY KEY (key_number);


--
-- Name: event_head event_head_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.event_head
    ADD CONSTRAINT event_head_pkey PRIMARY KEY (writer);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (writer, seq);


--
-- Name: key_history key_history_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_history
    ADD CONSTRAINT key_history_pkey PRIMARY KEY (id);


--
-- Name: key_hold key_hold_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_hold
    ADD CONSTRAINT key_hold_pkey PRIMARY KEY (holder, tenant);


--
-- Name: key_material key_material_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_material
    ADD CONSTRAINT key_material_pkey PRIMARY KEY (tenant);


--
-- Name: key_refusal key_refusal_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_refusal
    ADD CONSTRAINT key_refusal_pkey PRIMARY KEY (tenant);


--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);


--
-- Name: proposal proposal_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (id);


--
-- Name: proxy proxy_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.proxy
    ADD CONSTRAINT proxy_pkey PRIMARY KEY (id);


--
-- Name: river_job river_job_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_job
    ADD CONSTRAINT river_job_pkey PRIMARY KEY (id);


--
-- Name: river_leader river_leader_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_leader
    ADD CONSTRAINT river_leader_pkey PRIMARY KEY (name);


--
-- Name: river_migration river_migration_pkey1; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_migration
    ADD CONSTRAINT river_migration_pkey1 PRIMARY KEY (line, version);


--
-- Name: river_notification river_notification_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_notification
    ADD CONSTRAINT river_notification_pkey PRIMARY KEY (id);


--
-- Name: river_queue river_queue_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_queue
    ADD CONSTRAINT river_queue_pkey PRIMARY KEY (name);


--
-- Name: scrub scrub_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.scrub
    ADD CONSTRAINT scrub_pkey PRIMARY KEY (column_state);


--
-- Name: store store_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.store
    ADD CONSTRAINT store_pkey PRIMARY KEY (singleton);


--
-- Name: tenant tenant_name_key; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.tenant
    ADD CONSTRAINT tenant_name_key UNIQUE (name);


--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);


--
-- Name: usage usage_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.usage
    ADD CONSTRAINT usage_pkey PRIMARY KEY (tenant, day, proxy);


--
-- Name: cases cases_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);


--
-- Name: notes notes_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);


--
-- Name: data_key_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX data_key_tenant ON pgseal.data_key USING btree (tenant);


--
-- Name: event_at; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_at ON pgseal.event USING btree (at);


--
-- Name: event_head_changed; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_head_changed ON pgseal.event_head USING btree (changed_at);


--
-- Name: event_session_ended; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_session_ended ON pgseal.event USING btree (at) WHERE (kind = 'session ended'::text);


--
-- Name: event_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_tenant ON pgseal.event USING btree (tenant, at);


--
-- Name: key_history_number; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX key_history_number ON pgseal.key_history USING btree (key_number);


--
-- Name: key_history_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX key_history_tenant ON pgseal.key_history USING btree (tenant, "position");


--
-- Name: key_hold_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX key_hold_tenant ON pgseal.key_hold USING btree (tenant, until);


--
-- Name: proposal_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX proposal_tenant ON pgseal.proposal USING btree (tenant, proposed_at);


--
-- Name: river_job_args_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_args_index ON pgseal.river_job USING gin (args);


--
-- Name: river_job_kind; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_kind ON pgseal.river_job USING btree (kind);


--
-- Name: river_job_metadata_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_metadata_index ON pgseal.river_job USING gin (metadata);


--
-- Name: river_job_prioritized_fetching_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_prioritized_fetching_index ON pgseal.river_job USING btree (state, queue, priority, scheduled_at, id);


--
-- Name: river_job_state_and_finalized_at_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_state_and_finalized_at_index ON pgseal.river_job USING btree (state, finalized_at) WHERE (finalized_at IS NOT NULL);


--
-- Name: river_job_unique_idx; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE UNIQUE INDEX river_job_unique_idx ON pgseal.river_job USING btree (unique_key) WHERE ((unique_key IS NOT NULL) AND (unique_states IS NOT NULL) AND pgseal.river_job_state_in_bitmask(unique_states, state));


--
-- Name: river_notification_created_at_idx; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_notification_created_at_idx ON pgseal.river_notification USING btree (created_at);


--
-- Name: river_notification_topic_id_idx; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_notification_topic_id_idx ON pgseal.river_notification USING btree (topic, id);


--
-- Name: cases_code_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX cases_code_idx ON public.cases USING btree (code);


--
-- Name: event refuse_change; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON pgseal.event FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_event_change();

ALTER TABLE pgseal.event ENABLE ALWAYS TRIGGER refuse_change;


--
-- Name: key_history refuse_change; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON pgseal.key_history FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_change;


--
-- Name: event_head refuse_delete; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_delete BEFORE DELETE ON pgseal.event_head FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_delete;


--
-- Name: event_head refuse_return; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_return BEFORE UPDATE ON pgseal.event_head FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_head_change();

ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_return;


--
-- Name: event refuse_truncate; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.event FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.event ENABLE ALWAYS TRIGGER refuse_truncate;


--
-- Name: event_head refuse_truncate; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.event_head FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_truncate;


--
-- Name: key_history refuse_truncate; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.key_history FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_truncate;


--
-- Name: cases   pgseal after insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AQTi'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AgTi'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x0104e2'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x0204e2'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update yes 8a798890";


--
-- Name: bulk bulk_column_state_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.bulk
    ADD CONSTRAINT bulk_column_state_fkey FOREIGN KEY (column_state) REFERENCES pgseal.column_state(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: column_pin column_pin_key_number_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_pin
    ADD CONSTRAINT column_pin_key_number_fkey FOREIGN KEY (key_number) REFERENCES pgseal.data_key(key_number) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: column_pin column_pin_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_pin
    ADD CONSTRAINT column_pin_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: data_key data_key_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.data_key
    ADD CONSTRAINT data_key_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: data_key data_key_wrapped_by_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.data_key
    ADD CONSTRAINT data_key_wrapped_by_fkey FOREIGN KEY (wrapped_by) REFERENCES pgseal.data_key(key_number) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: key_hold key_hold_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_hold
    ADD CONSTRAINT key_hold_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: key_material key_material_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_material
    ADD CONSTRAINT key_material_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: key_refusal key_refusal_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_refusal
    ADD CONSTRAINT key_refusal_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: proposal proposal_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.proposal
    ADD CONSTRAINT proposal_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: scrub scrub_column_state_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.scrub
    ADD CONSTRAINT scrub_column_state_fkey FOREIGN KEY (column_state) REFERENCES pgseal.column_state(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: SCHEMA pgseal; Type: ACL; Schema: -; Owner: postgres
--

GRANT USAGE ON SCHEMA pgseal TO PUBLIC;


--
-- Name: TABLE tenant_state; Type: ACL; Schema: pgseal; Owner: postgres
--

GRANT SELECT ON TABLE pgseal.tenant_state TO PUBLIC;


--
-- Name: TABLE cases; Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON TABLE public.cases TO acme;
GRANT ALL ON TABLE public.cases TO globex;


--
-- Name: TABLE notes; Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON TABLE public.notes TO acme;
GRANT ALL ON TABLE public.notes TO globex;


--
-- PostgreSQL database dump complete
--

\unrestrict DUgOuUEvIxboQ2OkRDxtBgH6vbcvjsC9zMJJg8kAp8d875u70JiPLLSoWMdrA7s

