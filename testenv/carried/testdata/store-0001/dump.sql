--
-- PostgreSQL database dump
--

\restrict NT2t3Md10fbqcW6D9HbV3IyCggedxDCP3cjHJ3bvhBvQ72tF0XSrGc6RGetaQsJ

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
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x014cab'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x024cab'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x014cab'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x024cab'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x014cab'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x024cab'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x014cab'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x024cab'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x014cab'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x024cab'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x014cab'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x024cab'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x014cab'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x024cab'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x014cab'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x024cab'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x014cab'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x024cab'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x014cab'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x024cab'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x014cab'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x024cab'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x014cab'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x024cab'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(body) >= 52))))
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
aeaa8773-9b8a-4431-9e6c-a0e1232f26bf	done			encrypt	verifying	0	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\x87d2c88cd3249d4646197a5100f7b6fbac6206df3a0b978769fad6cd8ae07054	\\x87d2c88cd3249d4646197a5100f7b6fbac6206df3a0b978769fad6cd8ae07054	2026-11-27 00:48:53.571299+00	2026-11-27 00:48:53.820269+00	2026-11-27 00:48:53.820046+00	5	\\x89351d74c997149d51105a1638d228b8b8d8f8e35b824db565ef3c77951ea4fd
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x0000000670677365616c0000000373756d000000206165616138373733396238613434333139653663613065313233326632366266	3115631920	2026-11-27 00:48:53.645953+00	1	\\x6836ba918428feeed8ade2e927b2f5fab9e1ac20685e5250eea47a07edd14e63
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x0000000670677365616c0000000373756d000000206165616138373733396238613434333139653663613065313233326632366266	22997466	2026-11-27 00:48:53.650154+00	1	\\xd6fc3e1e1a0a515daacbbfdd0338f1f02cf7e7edb0ad238f8b00c31094046d42
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000004636f6465	22997466	2026-11-27 00:48:54.22339+00	1	\\x85ee8048eee22ed44fac5de1b04cc38f71036f6b47bc520c2f74ac93c11446b7
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000003626967	22997466	2026-11-27 00:48:54.22428+00	1	\\x0498ee83a15ce492f7b96902f6e6ff08919fba71788f1f37efb6787e1369e1ba
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000003666565	22997466	2026-11-27 00:48:54.224814+00	1	\\x6793c31c6d16bbe3b0e0b530c8538327b8b17f2df461eef0e811877a682b459a
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000003796573	22997466	2026-11-27 00:48:54.225279+00	1	\\x2bf1a296215dff4c0f255aae24c9097c1411d7748c06ce00598b95976d59682e
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000004626f726e	22997466	2026-11-27 00:48:54.225829+00	1	\\x58e014bba1b9f5d1d5dcf53db88420c66075b16ac64738693d32252ba93f0ca1
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000007696e7374616e74	22997466	2026-11-27 00:48:54.226276+00	1	\\xca1d659f0770143258f2eb98add5994ff75415c7eab664a1844f7cf37b9e1cec
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c6963000000056361736573000000056964656e74	22997466	2026-11-27 00:48:54.226738+00	1	\\x11eddbbb2c6e103622249c2850260b9e28feaeb6da5767f771a2ab051c22bf6e
4d67f800-4340-48d2-93fc-c129edd2e94b	\\x000000067075626c696300000005636173657300000003726177	22997466	2026-11-27 00:48:54.227076+00	1	\\xc3bcdadbf000377ad60aa5b8749b8f2cde42c3131d84f4231045507adf0df891
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000004636f6465	3115631920	2026-11-27 00:48:54.254512+00	1	\\x077aa7f24acff1693676e040e2f5d18d36600a89ab057fd518f44c5fb7b6bae0
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000003626967	3115631920	2026-11-27 00:48:54.255224+00	1	\\x3189c7fa2d0c54d53abf3a37711f3d79ee29929f3d3b5d982352115de3d39083
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000003666565	3115631920	2026-11-27 00:48:54.25582+00	1	\\x4bab8f0ae954678247655ebb8a18972fdb99ac31677d773f785a1853efbb9897
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000003796573	3115631920	2026-11-27 00:48:54.256213+00	1	\\xecd6f9206b6f1c4aa16255f8039901fa8b9069801d01802c154e8b94e61d19fa
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000004626f726e	3115631920	2026-11-27 00:48:54.256661+00	1	\\x982bd1c254fdd8396d4a8884c46c5f81954b8db55ec62ca0c120a74c8a86d964
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000007696e7374616e74	3115631920	2026-11-27 00:48:54.257096+00	1	\\x6673c216d98abcf1ffc27db125fb10da25d974aacc7fd69f0517f2c8b2691aaf
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c6963000000056361736573000000056964656e74	3115631920	2026-11-27 00:48:54.2575+00	1	\\xd8a53402cc50816fa5f26fb74df8fba96d8f62eb822939b14ce925113ae2ae1e
674194ad-f4bb-4291-9dc0-784bb53fcd93	\\x000000067075626c696300000005636173657300000003726177	3115631920	2026-11-27 00:48:54.257788+00	1	\\x781cb072b8912ebc5d50f0c794f59f2a50546eea68ce7bddb7a90c58448f753a
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
c7427ca2-1999-4d7f-8e7e-d0ead224defc	public	cases	ident	7712646829763239877/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:51.825865+00	4	\\x95ae232e57ba548ecc39617b9bddd2e5c0aca75f4fcf595bce659788cbb9c0e7
7baa7772-57a2-4895-a3a1-5e59004cc2eb	public	cases	instant	7712646829763239877/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:51.960014+00	4	\\xcff5194831350a3105944b5652c2d2bed09ba8c235f173e5f94f72df1c4b2a85
aeaa8773-9b8a-4431-9e6c-a0e1232f26bf	public	notes	body	7712646829763239877/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:53.712884+00	4	\\xe6c6700d2c928152f6bccf9bd945d5b2ad2a909caaef0b3a94855ac0acf37398
df6ba2d6-b305-47ed-a6aa-0815dbf34f31	public	cases	moment	7712646829763239877/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.108988+00	4	\\xbf1415179542692e6f44a355ece508bd3c41c3ef7a556a087a25955b3a485778
d61cd6b4-2e18-40c3-af95-6638d0aa1a62	public	cases	note	7712646829763239877/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.272225+00	4	\\x842a42e6e8962f40c100e674017e4db10954b79782e49290a633911750ec7ca2
8e751225-5587-4996-a08a-92b916d4135d	public	cases	nothing	7712646829763239877/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.405736+00	4	\\xfe3de25b2e6f4f61b86f63e3cc0ceebdf40ba7b03a85c29f5a413f432beae59f
b4cc74c7-4073-4b1e-bf4a-c9cb4e26596a	public	cases	ratio	7712646829763239877/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.548089+00	4	\\x75413e61b73e61af926321e00e9ff36c3abfdfc79e359035711a5ca5b8bd43c2
a4bb71b9-a641-4127-8a0c-5c9e50e99663	public	cases	raw	7712646829763239877/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.694331+00	4	\\xb044a8c8e65f8a8a589a7f0516b9e75f32ab3f16419a785166a5a8d94f440e05
2ce0e5f8-a345-4fc3-805a-76fa3a19dcff	public	cases	tags	7712646829763239877/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.858017+00	4	\\x9366a77ec11afb0d059add6c0b9c92d53fb191b720343af5b5a5c0e2f865daba
540d6b60-190c-409b-b0e7-9a52766363c9	public	cases	yes	7712646829763239877/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:50.579265+00	4	\\xd737ece5be9b3995e738bd95a27ae0881765b49a51a627cb05b8d15c463e26d9
b72ded63-0acc-4b1a-ac85-fa62fa6e96d6	public	cases	big	7712646829763239877/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:50.728611+00	4	\\xf6776099adc65d0166fb6859baeb6eb263e924d594f882af8b47eb0888be73b8
3cd3f231-142f-4010-a430-bea3164041dd	public	cases	born	7712646829763239877/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:51.084447+00	4	\\x49725476646ec49b67762624fd33dac900f1abfe06228605ca2be567171e4250
9dd77f94-d43b-4f8c-8b12-025b9821c802	public	cases	code	7712646829763239877/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:51.245291+00	4	\\x44ab5dd467bd2b71dc9bb4f27bc99f91b1dc25fa8bcab0b20ea0d90680f71e27
95870bc0-7344-4eba-8aa2-f67e89fdaf04	public	cases	doc	7712646829763239877/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:51.587182+00	4	\\xef85e72610b2695bafa4fcb0292c1c9d74f9d85fe967cd2edf4614b78ff8127a
2c53fba4-5b83-4332-9723-6414cf0721fd	public	cases	fee	7712646829763239877/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:51.686253+00	4	\\x2508aad6730474383a5f6348e7f3289fafdd4cc689d3685457d7a0ec9de93445
8f666338-a5c7-4788-a1f1-7ed02ab141a1	public	cases	void	7712646829763239877/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:52.975078+00	4	\\x068e548ff515f0423ca8f3f58c926621405f40004de0c0a467c3ac38808b7643
616f5daa-ac84-45bf-8d70-a0fcb9774203	public	cases	whole	7712646829763239877/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-27 00:48:53.119809+00	4	\\x41a0e895240bd81ffc16931e14992e99145dee23912ca1f1ce967053b86cefa2
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
3115631920	674194ad-f4bb-4291-9dc0-784bb53fcd93	\N	\\x0155fd163fd9a7d7acbc38efd8bf22c47f958e843b1d25b9d496d3a70c1335dab438b867ae7ccde7bc6a01dacf3863dbacb357c71791ba26616e32c53e	local:master.key	f9ed867f6ad18838	2026-11-27 00:48:53.455235+00	1	\\xeab3e897624926f60122875de25ba7b70557c59a04b4b08c7a6d0a4dbb7f1708
22997466	4d67f800-4340-48d2-93fc-c129edd2e94b	320204808	\\x01d45e9ceccd7d1ba1120b5f9f29593e979f927efe0042916d2426dba6a6d57a70bb04af89c44c615e5741591a59bb72d1868a348d4d5774f3d189c2c3	local:master.key		2026-11-27 00:48:53.395357+00	2	\\xb4f230ba913a6c873a15681fecfadeddb31da7c6cb73d9646f90731f4c108402
320204808	4d67f800-4340-48d2-93fc-c129edd2e94b	\N	\\x0128888c58712f83d7704ff027b4ddb26074e0c1f94a6b53e0431c815fc485b308503c3f109d0f79ea7eda8224f0b6ca3aaea67757426e37587bb9c58d	local:master.key	f9ed867f6ad18838	2026-11-27 00:48:54.350111+00	1	\\xa8db36a9181116d1b304e20f87460afb255713c834a3c0f2a0bfafa0aab94da3
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
230155de-3348-4b7c-b735-b1fc6c54f7e3	1	1	2026-11-27 00:48:48.925756+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\x474025556093e3f6a4f9254960410f71029437b3ae93601a8de667562efcabe6
230155de-3348-4b7c-b735-b1fc6c54f7e3	2	1	2026-11-27 00:48:49.061731+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\x474025556093e3f6a4f9254960410f71029437b3ae93601a8de667562efcabe6	\\xa00447aeb5f15b57625925ab7179b4649bc345e814be52450c1cf96a86577f1f
230155de-3348-4b7c-b735-b1fc6c54f7e3	3	1	2026-11-27 00:48:49.092513+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\xa00447aeb5f15b57625925ab7179b4649bc345e814be52450c1cf96a86577f1f	\\x5b3d31c4cfaf7a0d0d20e1f2bac8f2e2901031ad5899a74be41690176d1bf279
230155de-3348-4b7c-b735-b1fc6c54f7e3	4	1	2026-11-27 00:48:49.123542+00	\N	guard function made	pgseal			{}	\\x	\\x5b3d31c4cfaf7a0d0d20e1f2bac8f2e2901031ad5899a74be41690176d1bf279	\\x994599c839d52c6932528c1a10b9022eb9ea91e01fafed169e716b33637cc731
230155de-3348-4b7c-b735-b1fc6c54f7e3	5	1	2026-11-27 00:48:49.127245+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\x994599c839d52c6932528c1a10b9022eb9ea91e01fafed169e716b33637cc731	\\xe8e1dd1791bd99e3a8605254dbb7eeaa36025c3b3844ff3b5d4af71045f77ef8
230155de-3348-4b7c-b735-b1fc6c54f7e3	6	1	2026-11-27 00:48:49.173434+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\xe8e1dd1791bd99e3a8605254dbb7eeaa36025c3b3844ff3b5d4af71045f77ef8	\\x4d0994cf2d2cf26aaaa6682251ce72b7931bb239e60a0458f322293af64f62b8
230155de-3348-4b7c-b735-b1fc6c54f7e3	7	1	2026-11-27 00:48:49.207208+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x4d0994cf2d2cf26aaaa6682251ce72b7931bb239e60a0458f322293af64f62b8	\\xe0a12de9968e456df080bbbcbe1344ff3ffb8f779c095109a1dea148815efe65
230155de-3348-4b7c-b735-b1fc6c54f7e3	8	1	2026-11-27 00:48:49.22727+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\xe0a12de9968e456df080bbbcbe1344ff3ffb8f779c095109a1dea148815efe65	\\xc3c3ccdf9a3b9fc1287fc7124856bd547e9b0ed438138f51ece374d7e36b125a
230155de-3348-4b7c-b735-b1fc6c54f7e3	9	1	2026-11-27 00:48:49.275897+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\xc3c3ccdf9a3b9fc1287fc7124856bd547e9b0ed438138f51ece374d7e36b125a	\\x9502c7b974da6e2c306c5c3cca49bdc5d358955732b5d3173585ac71a470c291
230155de-3348-4b7c-b735-b1fc6c54f7e3	10	1	2026-11-27 00:48:49.289472+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\x9502c7b974da6e2c306c5c3cca49bdc5d358955732b5d3173585ac71a470c291	\\x446a55f9082822f8db766ff59cdbd4d237e9b46a3907af11cb6b2ef2a445b6f6
230155de-3348-4b7c-b735-b1fc6c54f7e3	11	1	2026-11-27 00:48:49.302567+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x446a55f9082822f8db766ff59cdbd4d237e9b46a3907af11cb6b2ef2a445b6f6	\\x24a0499434b22d667e96690d3beba1e8b452035ba998f6c1536c6c4ef1f77c1d
230155de-3348-4b7c-b735-b1fc6c54f7e3	12	1	2026-11-27 00:48:49.37018+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\x24a0499434b22d667e96690d3beba1e8b452035ba998f6c1536c6c4ef1f77c1d	\\x7b4b4aebca0dd3b5f9fdc0ce687359faf61fca61f4b7c9865996f0335c8f6690
230155de-3348-4b7c-b735-b1fc6c54f7e3	13	1	2026-11-27 00:48:49.404469+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\x7b4b4aebca0dd3b5f9fdc0ce687359faf61fca61f4b7c9865996f0335c8f6690	\\x64b2fd6af832726514d85c561ff7d76c5385e418bf1dcb73ce47231370dda1bb
230155de-3348-4b7c-b735-b1fc6c54f7e3	14	1	2026-11-27 00:48:49.429674+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\x64b2fd6af832726514d85c561ff7d76c5385e418bf1dcb73ce47231370dda1bb	\\x5ed7eb6751409f0df2c6b2be4b01220daa48e863066545ec881e30aa75262aef
230155de-3348-4b7c-b735-b1fc6c54f7e3	15	1	2026-11-27 00:48:49.471346+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\x5ed7eb6751409f0df2c6b2be4b01220daa48e863066545ec881e30aa75262aef	\\x4d7f523ad79241072175612198c5c6c428675e69b52692a565a5c05092485345
230155de-3348-4b7c-b735-b1fc6c54f7e3	16	1	2026-11-27 00:48:49.48924+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x4d7f523ad79241072175612198c5c6c428675e69b52692a565a5c05092485345	\\x07fc37a3ae37e340d554c7f3f833be63fb35e8ce9dbcf302925b5629df520967
230155de-3348-4b7c-b735-b1fc6c54f7e3	17	1	2026-11-27 00:48:49.511551+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x07fc37a3ae37e340d554c7f3f833be63fb35e8ce9dbcf302925b5629df520967	\\xf0a0c177617fb048eb1cbd51ac795ba01e6c58a5eb1d7d85d4c98b039f10ec31
230155de-3348-4b7c-b735-b1fc6c54f7e3	18	1	2026-11-27 00:48:49.557906+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\xf0a0c177617fb048eb1cbd51ac795ba01e6c58a5eb1d7d85d4c98b039f10ec31	\\x6be2e6a7133e737167b2ee1d97e249d7549a7c11bcb9aea5b4ac57d2ed3ca2cb
230155de-3348-4b7c-b735-b1fc6c54f7e3	19	1	2026-11-27 00:48:49.587085+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\x6be2e6a7133e737167b2ee1d97e249d7549a7c11bcb9aea5b4ac57d2ed3ca2cb	\\xb307ffb3c0d95d683e472202ce6dcccb7b7880209ee366c4239f4d77962b8534
230155de-3348-4b7c-b735-b1fc6c54f7e3	20	1	2026-11-27 00:48:49.59819+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\xb307ffb3c0d95d683e472202ce6dcccb7b7880209ee366c4239f4d77962b8534	\\x34b1ccafb2d94467866599e07817f1799093667acb63de8f3252fc049c0068f0
230155de-3348-4b7c-b735-b1fc6c54f7e3	21	1	2026-11-27 00:48:49.636369+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\x34b1ccafb2d94467866599e07817f1799093667acb63de8f3252fc049c0068f0	\\x60107343da48bd57ac0af2741bef4da1e378f2d3a4a985df1a5087c833bbb148
230155de-3348-4b7c-b735-b1fc6c54f7e3	22	1	2026-11-27 00:48:49.660935+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\x60107343da48bd57ac0af2741bef4da1e378f2d3a4a985df1a5087c833bbb148	\\xe169c4746e406701c6bb0a6fb0c20daf6a4a6744be386061eaa74ab394b55752
230155de-3348-4b7c-b735-b1fc6c54f7e3	23	1	2026-11-27 00:48:49.678531+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\xe169c4746e406701c6bb0a6fb0c20daf6a4a6744be386061eaa74ab394b55752	\\x4a939e8d04b9daab891d566ae3c3c2a8a38ce92912a5f0b18b486c094888c00e
230155de-3348-4b7c-b735-b1fc6c54f7e3	24	1	2026-11-27 00:48:49.717933+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\x4a939e8d04b9daab891d566ae3c3c2a8a38ce92912a5f0b18b486c094888c00e	\\xf9de452c28161d50db8dbfb91a438bccffc515453996deb0846e584517c95946
230155de-3348-4b7c-b735-b1fc6c54f7e3	25	1	2026-11-27 00:48:49.738962+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\xf9de452c28161d50db8dbfb91a438bccffc515453996deb0846e584517c95946	\\x14aed36b7061b5c389919c06f9bace721040784d51e7fe573ec212977f26ac24
230155de-3348-4b7c-b735-b1fc6c54f7e3	26	1	2026-11-27 00:48:49.758246+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\x14aed36b7061b5c389919c06f9bace721040784d51e7fe573ec212977f26ac24	\\x14f2ea872c56f38b7ca69d2980ceec6c839abc41a45e8429777460495434c5c1
230155de-3348-4b7c-b735-b1fc6c54f7e3	27	1	2026-11-27 00:48:49.794875+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\x14f2ea872c56f38b7ca69d2980ceec6c839abc41a45e8429777460495434c5c1	\\x5c412b43dbb8b6a0855bb126b086320c11b1e33e26b1839347c411d7af012ccb
230155de-3348-4b7c-b735-b1fc6c54f7e3	28	1	2026-11-27 00:48:49.801849+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\x5c412b43dbb8b6a0855bb126b086320c11b1e33e26b1839347c411d7af012ccb	\\x8e5b88c3e50a48665d9d0f0dab72b17b314fbb43642468059d6d9874d06f4181
230155de-3348-4b7c-b735-b1fc6c54f7e3	29	1	2026-11-27 00:48:49.809726+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\x8e5b88c3e50a48665d9d0f0dab72b17b314fbb43642468059d6d9874d06f4181	\\x0aae8b64a65b964aa821506adf2c31b79735607f79363dd93f3927d9950631a2
230155de-3348-4b7c-b735-b1fc6c54f7e3	30	1	2026-11-27 00:48:49.854951+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\x0aae8b64a65b964aa821506adf2c31b79735607f79363dd93f3927d9950631a2	\\xbbdf868b50e61b5a759febaa8bdb2c3c576e4019d59e9dd158d496cdf33d0fa2
230155de-3348-4b7c-b735-b1fc6c54f7e3	31	1	2026-11-27 00:48:49.85971+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\xbbdf868b50e61b5a759febaa8bdb2c3c576e4019d59e9dd158d496cdf33d0fa2	\\x93a9fcd314750b3affecf5e4973e144407408b16033cdca9979c0bf64c32bf7e
230155de-3348-4b7c-b735-b1fc6c54f7e3	32	1	2026-11-27 00:48:49.860983+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\x93a9fcd314750b3affecf5e4973e144407408b16033cdca9979c0bf64c32bf7e	\\x2cd2c74ebc8062743bd62d4396196383202dc12b24f1d55d67a10a8febe8f0cd
230155de-3348-4b7c-b735-b1fc6c54f7e3	33	1	2026-11-27 00:48:49.946615+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\x2cd2c74ebc8062743bd62d4396196383202dc12b24f1d55d67a10a8febe8f0cd	\\x5e7c9780374ac48d161c4f55b1f7c6658b3105f28d7120b62312ac705d81d847
230155de-3348-4b7c-b735-b1fc6c54f7e3	34	1	2026-11-27 00:48:49.980059+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\x5e7c9780374ac48d161c4f55b1f7c6658b3105f28d7120b62312ac705d81d847	\\x36b0074effc2f19262728afbbe4ae592a101cafdb00fc72f07e8b51276fd9237
230155de-3348-4b7c-b735-b1fc6c54f7e3	35	1	2026-11-27 00:48:50.006543+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\x36b0074effc2f19262728afbbe4ae592a101cafdb00fc72f07e8b51276fd9237	\\xbdd5f4d95af29002da0eab75f700baf0ddc341a5f5638f9974b21459b2f924c4
230155de-3348-4b7c-b735-b1fc6c54f7e3	36	1	2026-11-27 00:48:50.07493+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\xbdd5f4d95af29002da0eab75f700baf0ddc341a5f5638f9974b21459b2f924c4	\\xb74670ac2c96cc56c0b23be92defe038ce754495370eab69e0b6ddcb5c344712
230155de-3348-4b7c-b735-b1fc6c54f7e3	37	1	2026-11-27 00:48:50.078626+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\xb74670ac2c96cc56c0b23be92defe038ce754495370eab69e0b6ddcb5c344712	\\x9791f1bd992af14434392fdab6c78c9935c476a2f0211083170e996357e6a87d
230155de-3348-4b7c-b735-b1fc6c54f7e3	38	1	2026-11-27 00:48:50.08621+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x9791f1bd992af14434392fdab6c78c9935c476a2f0211083170e996357e6a87d	\\xb7c54f53ff4baffa5ebcc795ec37f4206d5db523dbae3f8ecdfeaca14b95a6aa
230155de-3348-4b7c-b735-b1fc6c54f7e3	39	1	2026-11-27 00:48:50.152634+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\xb7c54f53ff4baffa5ebcc795ec37f4206d5db523dbae3f8ecdfeaca14b95a6aa	\\x70005d1e79651a549e20fa744bbdae7859c84264285fc29567fbcaa17b503b79
230155de-3348-4b7c-b735-b1fc6c54f7e3	40	1	2026-11-27 00:48:50.235162+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\x70005d1e79651a549e20fa744bbdae7859c84264285fc29567fbcaa17b503b79	\\x184349f050d1159a153c08caedb9d008a6d4b1a8192daa4308b5767ac6493e7f
230155de-3348-4b7c-b735-b1fc6c54f7e3	41	1	2026-11-27 00:48:50.274603+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\x184349f050d1159a153c08caedb9d008a6d4b1a8192daa4308b5767ac6493e7f	\\x08ab1b10cafa0553ac0d5df31de1675015078955a20dd3376ce8b07fe5af015e
230155de-3348-4b7c-b735-b1fc6c54f7e3	42	1	2026-11-27 00:48:50.335692+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\x08ab1b10cafa0553ac0d5df31de1675015078955a20dd3376ce8b07fe5af015e	\\xbdaade967c5b8fb5a320f918e3ebcb922fe6d513798afc609a82f081ea316812
230155de-3348-4b7c-b735-b1fc6c54f7e3	43	1	2026-11-27 00:48:50.337719+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\xbdaade967c5b8fb5a320f918e3ebcb922fe6d513798afc609a82f081ea316812	\\xc51d19419dc54a64bf5520ba4986a7b959ab18d77ba6bb2a96fe8c29b12ba280
230155de-3348-4b7c-b735-b1fc6c54f7e3	44	1	2026-11-27 00:48:50.33882+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xc51d19419dc54a64bf5520ba4986a7b959ab18d77ba6bb2a96fe8c29b12ba280	\\xba51ce07bb2d27cb6fa94a60cc6e58e850f6b57f38a809bc8ab4e0cc97f90fb6
230155de-3348-4b7c-b735-b1fc6c54f7e3	45	1	2026-11-27 00:48:50.365671+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\xba51ce07bb2d27cb6fa94a60cc6e58e850f6b57f38a809bc8ab4e0cc97f90fb6	\\x0effb6bbc8fe4e7e73792b6f418fcfdaf8c5f91770a2fc5deee0ad81cf4f7810
230155de-3348-4b7c-b735-b1fc6c54f7e3	46	1	2026-11-27 00:48:50.391186+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\x0effb6bbc8fe4e7e73792b6f418fcfdaf8c5f91770a2fc5deee0ad81cf4f7810	\\x99a800c19ad1187950912e7538c730cb71d175346d5b2c77ed7e8591c7bf0a42
230155de-3348-4b7c-b735-b1fc6c54f7e3	47	1	2026-11-27 00:48:50.41331+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\x99a800c19ad1187950912e7538c730cb71d175346d5b2c77ed7e8591c7bf0a42	\\xe90502b78b48897c52f598b89f382094faae930a3d24129f3f3d6d9959ead20e
230155de-3348-4b7c-b735-b1fc6c54f7e3	48	1	2026-11-27 00:48:50.451665+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\xe90502b78b48897c52f598b89f382094faae930a3d24129f3f3d6d9959ead20e	\\x3ae05f8b1b9ac0d35afd340f6a570227a110b5558171802b9fb3b7ca80b50b68
230155de-3348-4b7c-b735-b1fc6c54f7e3	49	1	2026-11-27 00:48:50.483304+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x3ae05f8b1b9ac0d35afd340f6a570227a110b5558171802b9fb3b7ca80b50b68	\\xceeb8a48e4252c3ebfd6c76af479cdb86588635e363c89e90e8f6664a8386323
230155de-3348-4b7c-b735-b1fc6c54f7e3	50	1	2026-11-27 00:48:50.504779+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\xceeb8a48e4252c3ebfd6c76af479cdb86588635e363c89e90e8f6664a8386323	\\xf8f161121bc08fab9caf347191f4ff77cc288708837216f5e395f9c302f45334
230155de-3348-4b7c-b735-b1fc6c54f7e3	51	1	2026-11-27 00:48:50.558758+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\xf8f161121bc08fab9caf347191f4ff77cc288708837216f5e395f9c302f45334	\\x1ad76b6f0a2c5aa96c05dfd52738c763dc33adb3631b8f7e2d631b47134f5d61
230155de-3348-4b7c-b735-b1fc6c54f7e3	52	1	2026-11-27 00:48:50.579265+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x1ad76b6f0a2c5aa96c05dfd52738c763dc33adb3631b8f7e2d631b47134f5d61	\\x3a42f6c7c501804220ef693b73d5ad9bde4f7785a95912e140f4774f2874db22
230155de-3348-4b7c-b735-b1fc6c54f7e3	54	1	2026-11-27 00:48:50.870743+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\x456c78438647f71f6358127d372a5757928b806a8a47822237ba0e75d053c958	\\xc393dae9c0ad13ef8983bfa5038e737988739f7dd7edef7891fdf0f461f2a62e
230155de-3348-4b7c-b735-b1fc6c54f7e3	55	1	2026-11-27 00:48:50.873819+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\xc393dae9c0ad13ef8983bfa5038e737988739f7dd7edef7891fdf0f461f2a62e	\\x3c570b8ccdd30726201044aafc42aacf297b7a5e02bcd3ac420b521397d3c56b
230155de-3348-4b7c-b735-b1fc6c54f7e3	53	1	2026-11-27 00:48:50.728611+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\x3a42f6c7c501804220ef693b73d5ad9bde4f7785a95912e140f4774f2874db22	\\x456c78438647f71f6358127d372a5757928b806a8a47822237ba0e75d053c958
230155de-3348-4b7c-b735-b1fc6c54f7e3	56	1	2026-11-27 00:48:51.084447+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\x3c570b8ccdd30726201044aafc42aacf297b7a5e02bcd3ac420b521397d3c56b	\\x572f21f1c39a4bdc7358469890ce6d0db22c95d9bc523d87cace1329d588eeae
230155de-3348-4b7c-b735-b1fc6c54f7e3	57	1	2026-11-27 00:48:51.245291+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\x572f21f1c39a4bdc7358469890ce6d0db22c95d9bc523d87cace1329d588eeae	\\x77c988ba521dec7166dcd5c3c3ce62801c545e89a1eb152e173cb474c5bfe845
230155de-3348-4b7c-b735-b1fc6c54f7e3	58	1	2026-11-27 00:48:51.587182+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\x77c988ba521dec7166dcd5c3c3ce62801c545e89a1eb152e173cb474c5bfe845	\\x82ee3971f181128adf8ad518c6259ed13445320c0e64ec90d2d3342b8102ff7f
230155de-3348-4b7c-b735-b1fc6c54f7e3	59	1	2026-11-27 00:48:51.686253+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\x82ee3971f181128adf8ad518c6259ed13445320c0e64ec90d2d3342b8102ff7f	\\x49dbfdd526872c4e6724872afc2ef8f2cb34a82007849c7780db930c2c2839b5
230155de-3348-4b7c-b735-b1fc6c54f7e3	60	1	2026-11-27 00:48:51.825865+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\x49dbfdd526872c4e6724872afc2ef8f2cb34a82007849c7780db930c2c2839b5	\\x36b5f592f484cec7126e908426273764209951fecdfce2feb7e605747550733a
230155de-3348-4b7c-b735-b1fc6c54f7e3	61	1	2026-11-27 00:48:51.960014+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\x36b5f592f484cec7126e908426273764209951fecdfce2feb7e605747550733a	\\x5145dd5cd3f6269623120b03a0580b5556b6bfb64e0007af6703d0fa51dd2d50
230155de-3348-4b7c-b735-b1fc6c54f7e3	62	1	2026-11-27 00:48:52.108988+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\x5145dd5cd3f6269623120b03a0580b5556b6bfb64e0007af6703d0fa51dd2d50	\\x1348417636d48c7760c0a5b6c0b640ae714c0e60d44318085e7333bbe5eb5404
230155de-3348-4b7c-b735-b1fc6c54f7e3	63	1	2026-11-27 00:48:52.272225+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\x1348417636d48c7760c0a5b6c0b640ae714c0e60d44318085e7333bbe5eb5404	\\x49d80f418dbe36578634cd2ab31e54414ab53ac78404565ad3c7876e452d8c70
230155de-3348-4b7c-b735-b1fc6c54f7e3	64	1	2026-11-27 00:48:52.405736+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\x49d80f418dbe36578634cd2ab31e54414ab53ac78404565ad3c7876e452d8c70	\\x0fe473212c3018a7567947f0bf8c16fa42aba2b61fc39a705f4e621c3692163d
230155de-3348-4b7c-b735-b1fc6c54f7e3	65	1	2026-11-27 00:48:52.548089+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\x0fe473212c3018a7567947f0bf8c16fa42aba2b61fc39a705f4e621c3692163d	\\x7405e72230d5bc5800314fe59d3b9222005ffbad91b115d7d44e9f5e94d0c7b8
230155de-3348-4b7c-b735-b1fc6c54f7e3	66	1	2026-11-27 00:48:52.694331+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\x7405e72230d5bc5800314fe59d3b9222005ffbad91b115d7d44e9f5e94d0c7b8	\\xcae0d111fde1cdef45197bd1e210605dbf6af10f5c74d418ac8be5e382e00653
230155de-3348-4b7c-b735-b1fc6c54f7e3	67	1	2026-11-27 00:48:52.858017+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\xcae0d111fde1cdef45197bd1e210605dbf6af10f5c74d418ac8be5e382e00653	\\x88e7ce511c627bd18242c09d54979822784dea8563277757582006ea00c9b43c
230155de-3348-4b7c-b735-b1fc6c54f7e3	68	1	2026-11-27 00:48:52.975078+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x88e7ce511c627bd18242c09d54979822784dea8563277757582006ea00c9b43c	\\x3533f92ac46687637725b2830b1578a7747b9a59ca0c2eadb655f2fccd8e9513
230155de-3348-4b7c-b735-b1fc6c54f7e3	69	1	2026-11-27 00:48:53.119809+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\x3533f92ac46687637725b2830b1578a7747b9a59ca0c2eadb655f2fccd8e9513	\\x05ac52adc77a958a10e5db0c7070b200e5a4daae1ad3c14200cac59fa244ca82
e5a4064f-f288-4085-9bed-a634ed3f033d	1	1	2026-11-27 00:48:53.395357+00	4d67f800-4340-48d2-93fc-c129edd2e94b	tenant added	root@vm	provider local	local:master.key	{}	\\x230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\x9f895170cbd0e751a91283e015d46f392d2863b7b47e777b3cd8775e9f22737e
0630e5a6-7ca7-4d9d-9b4d-a391964c74fa	1	1	2026-11-27 00:48:53.455235+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	tenant added	root@vm	provider local	local:master.key	{}	\\xe5a4064ff28840859beda634ed3f033d00000000000000019f895170cbd0e751a91283e015d46f39230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\x668cd260ca1e09f136518e5fd0cfc95db737d207d27ef9b780449379cbbc4002
18162e35-6399-4842-ba31-8d97d6663d5f	1	1	2026-11-27 00:48:53.581306+00	\N	checkpoint	root@vm			{}	\\x0630e5a67ca74d9d9b4da391964c74fa0000000000000001668cd260ca1e09f136518e5fd0cfc95de5a4064ff28840859beda634ed3f033d00000000000000019f895170cbd0e751a91283e015d46f39230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\xa7a0ad459968f51ed3ef458b136d2c64dd353b6390355a0963068aa874fb37e6
18162e35-6399-4842-ba31-8d97d6663d5f	2	1	2026-11-27 00:48:53.712884+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\xa7a0ad459968f51ed3ef458b136d2c64dd353b6390355a0963068aa874fb37e6	\\x040127d693d92eb244975a1ee973f1fd242ce38831a910d674d0126dca90dd92
18162e35-6399-4842-ba31-8d97d6663d5f	3	1	2026-11-27 00:48:53.645834+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	key fetched	root@vm	held until 2026-11-27T00:53:53Z	local	{}	\\x	\\x040127d693d92eb244975a1ee973f1fd242ce38831a910d674d0126dca90dd92	\\x4f602c72f7be1ec1bd13c30a0d1e41250110856338af3f5d0fb81f36306023e8
18162e35-6399-4842-ba31-8d97d6663d5f	4	1	2026-11-27 00:48:53.650067+00	4d67f800-4340-48d2-93fc-c129edd2e94b	key fetched	root@vm	held until 2026-11-27T00:53:53Z	local	{}	\\x	\\x4f602c72f7be1ec1bd13c30a0d1e41250110856338af3f5d0fb81f36306023e8	\\x46c1c4d12e866960cc95afe162a48e676458d019e38f70ca7d285bbc15a3677d
18162e35-6399-4842-ba31-8d97d6663d5f	5	1	2026-11-27 00:48:53.924751+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	key evicted	root@vm	the process ends	local	{}	\\x	\\x46c1c4d12e866960cc95afe162a48e676458d019e38f70ca7d285bbc15a3677d	\\xf69881aba35ea207b6ad2886e9db4203418d2d6096a07996d725297ffc57a813
18162e35-6399-4842-ba31-8d97d6663d5f	6	1	2026-11-27 00:48:53.924775+00	4d67f800-4340-48d2-93fc-c129edd2e94b	key evicted	root@vm	the process ends	local	{}	\\x	\\xf69881aba35ea207b6ad2886e9db4203418d2d6096a07996d725297ffc57a813	\\xf471b2d6938866d13e6d3b81eafaed2d1df7d00faf8d8b708bb105ca12b58904
e8ff47c5-f377-4358-b4bf-809ba527a47a	1	1	2026-11-27 00:48:54.030054+00	\N	checkpoint	vm:8592			{}	\\x18162e3563994842ba318d97d6663d5f0000000000000006f471b2d6938866d13e6d3b81eafaed2d0630e5a67ca74d9d9b4da391964c74fa0000000000000001668cd260ca1e09f136518e5fd0cfc95de5a4064ff28840859beda634ed3f033d00000000000000019f895170cbd0e751a91283e015d46f39230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\xa77ec16763a0a5f65d33bd2b742bdcd2f61e31c985f47fb7a4606105907a3d40
1781cfea-934d-4cac-bfcf-55d610771f8c	1	1	2026-11-27 00:48:54.350111+00	4d67f800-4340-48d2-93fc-c129edd2e94b	new data key	root@vm	data key 1315f008 after 015ee9da	local:master.key	{}	\\xe8ff47c5f3774358b4bf809ba527a47a0000000000000001a77ec16763a0a5f65d33bd2b742bdcd218162e3563994842ba318d97d6663d5f0000000000000006f471b2d6938866d13e6d3b81eafaed2d0630e5a67ca74d9d9b4da391964c74fa0000000000000001668cd260ca1e09f136518e5fd0cfc95de5a4064ff28840859beda634ed3f033d00000000000000019f895170cbd0e751a91283e015d46f39230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\xc489e43e1ba9a9587e3dae5a93e1b13f057a4577b264845d18a190d567146bd7
ac9696dc-7743-4173-857c-09ee518853fd	1	1	2026-11-27 00:48:54.526113+00	4d67f800-4340-48d2-93fc-c129edd2e94b	cache time set	root@vm	2m0s		{}	\\x1781cfea934d4cacbfcf55d610771f8c0000000000000001c489e43e1ba9a9587e3dae5a93e1b13fe8ff47c5f3774358b4bf809ba527a47a0000000000000001a77ec16763a0a5f65d33bd2b742bdcd218162e3563994842ba318d97d6663d5f0000000000000006f471b2d6938866d13e6d3b81eafaed2d0630e5a67ca74d9d9b4da391964c74fa0000000000000001668cd260ca1e09f136518e5fd0cfc95de5a4064ff28840859beda634ed3f033d00000000000000019f895170cbd0e751a91283e015d46f39230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\x151ebff87d50dcc3e026b9efbbfb965eed3a942bb2865ded27ddc43c4db53cdf
6047fe05-b29a-4e71-9af9-8d9dd85cc10b	1	1	2026-11-27 00:48:54.704505+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	locked	root@vm			{}	\\xac9696dc77434173857c09ee518853fd0000000000000001151ebff87d50dcc3e026b9efbbfb965e1781cfea934d4cacbfcf55d610771f8c0000000000000001c489e43e1ba9a9587e3dae5a93e1b13fe8ff47c5f3774358b4bf809ba527a47a0000000000000001a77ec16763a0a5f65d33bd2b742bdcd218162e3563994842ba318d97d6663d5f0000000000000006f471b2d6938866d13e6d3b81eafaed2d0630e5a67ca74d9d9b4da391964c74fa0000000000000001668cd260ca1e09f136518e5fd0cfc95de5a4064ff28840859beda634ed3f033d00000000000000019f895170cbd0e751a91283e015d46f39230155de33484b7cb735b1fc6c54f7e3000000000000004505ac52adc77a958a10e5db0c7070b200	\\x	\\xfd99da3c07e8529690bf23782603a08f8fed7e1a6a1e62a7a3d51133c3367181
e8ff47c5-f377-4358-b4bf-809ba527a47a	2	1	2026-11-27 00:48:54.223297+00	4d67f800-4340-48d2-93fc-c129edd2e94b	key fetched	vm:8592	held until 2026-11-27T00:53:54Z	local	{}	\\x	\\xa77ec16763a0a5f65d33bd2b742bdcd2f61e31c985f47fb7a4606105907a3d40	\\xa35a62c39b4370feafa6508dae3159f1e0c0b9521f071113d94404afd3cdf815
e8ff47c5-f377-4358-b4bf-809ba527a47a	3	1	2026-11-27 00:48:54.254399+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	key fetched	vm:8592	held until 2026-11-27T00:53:54Z	local	{}	\\x	\\xa35a62c39b4370feafa6508dae3159f1e0c0b9521f071113d94404afd3cdf815	\\x22261cadb72d94675eaea2d469bf9b279f55a17dd6cda52c4042843ddeb44d22
e8ff47c5-f377-4358-b4bf-809ba527a47a	4	1	2026-11-27 00:48:54.377219+00	4d67f800-4340-48d2-93fc-c129edd2e94b	key fetched	vm:8592	held until 2026-11-27T00:53:54Z	local	{}	\\x	\\x22261cadb72d94675eaea2d469bf9b279f55a17dd6cda52c4042843ddeb44d22	\\xbd3b867d34d22ee6b97a5c55fbe4ca4c9c5a5c2ff002e416671640bb8300bfa6
e8ff47c5-f377-4358-b4bf-809ba527a47a	5	1	2026-11-27 00:48:54.731278+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	key evicted	vm:8592	KU009 key_locked since 2026-11-27T00:48:54Z	local	{}	\\x	\\xbd3b867d34d22ee6b97a5c55fbe4ca4c9c5a5c2ff002e416671640bb8300bfa6	\\x44ec8859880478ff7da964b4012ad3f9976a1dfe03adb5383d4c677cda4d6275
e8ff47c5-f377-4358-b4bf-809ba527a47a	6	1	2026-11-27 00:48:54.742893+00	4d67f800-4340-48d2-93fc-c129edd2e94b	key evicted	vm:8592	the process ends	local	{}	\\x	\\x44ec8859880478ff7da964b4012ad3f9976a1dfe03adb5383d4c677cda4d6275	\\x01cbbbf8a3a489b0290dda640878a9f273b973e4bd015ef8eda3b3814b9354bf
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
230155de-3348-4b7c-b735-b1fc6c54f7e3	69	\\x05ac52adc77a958a10e5db0c7070b200e5a4daae1ad3c14200cac59fa244ca82	2026-11-27 00:48:53.125046+00	\\xd082cf04c41e0d5ed8e9799f8a330651222107bef198107bb109b754e7186f39
e5a4064f-f288-4085-9bed-a634ed3f033d	1	\\x9f895170cbd0e751a91283e015d46f392d2863b7b47e777b3cd8775e9f22737e	2026-11-27 00:48:53.402387+00	\\x5c784bb922e7dd79b309560d570ae9ef3b661d6d9ecf2d6b922ab30530872e28
0630e5a6-7ca7-4d9d-9b4d-a391964c74fa	1	\\x668cd260ca1e09f136518e5fd0cfc95db737d207d27ef9b780449379cbbc4002	2026-11-27 00:48:53.457047+00	\\x62ee6cbf921a1aa8756764f65c0f1c4a064fd818663ab89ed762a1a65e133578
18162e35-6399-4842-ba31-8d97d6663d5f	6	\\xf471b2d6938866d13e6d3b81eafaed2d1df7d00faf8d8b708bb105ca12b58904	2026-11-27 00:48:53.925427+00	\\x2bca8112a261ee79bb8b0f9775590778174c2b8310fe0160ffa6363f279d8838
1781cfea-934d-4cac-bfcf-55d610771f8c	1	\\xc489e43e1ba9a9587e3dae5a93e1b13f057a4577b264845d18a190d567146bd7	2026-11-27 00:48:54.354319+00	\\x8bbf6126bc7b6ff30ac2d8ab3b81f42b6b1b7c725843940fad2077f7e8b1ba18
ac9696dc-7743-4173-857c-09ee518853fd	1	\\x151ebff87d50dcc3e026b9efbbfb965eed3a942bb2865ded27ddc43c4db53cdf	2026-11-27 00:48:54.544922+00	\\xae7ad31959decf761fa44911046c5d4b711921c898ae7deed824a5855c7ad814
6047fe05-b29a-4e71-9af9-8d9dd85cc10b	1	\\xfd99da3c07e8529690bf23782603a08f8fed7e1a6a1e62a7a3d51133c3367181	2026-11-27 00:48:54.715825+00	\\xbbcfe336c6a06f0c85bf8ce1d53339e927f276c17ea016d6fba9b60c6f74cbe7
e8ff47c5-f377-4358-b4bf-809ba527a47a	6	\\x01cbbbf8a3a489b0290dda640878a9f273b973e4bd015ef8eda3b3814b9354bf	2026-11-27 00:48:54.754803+00	\\xa687e33440438ecab712f1ae44eaca7af3e28bfc5f45c9304c81d87a29a6d046
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
49f35579-2af0-45b3-be90-bcab4ce208e6	2026-11-27 00:48:53.395357+00	4d67f800-4340-48d2-93fc-c129edd2e94b	1	22997466	created	local			local:master.key	f9ed867f6ad18838	root@vm	\\x05739b4995fe5a55e7f06c4140c0d18058cba053f7c0707f2b709b3b1d4087e6
575f6df9-06c3-4051-af70-233ccca6a719	2026-11-27 00:48:53.455235+00	674194ad-f4bb-4291-9dc0-784bb53fcd93	1	3115631920	created	local			local:master.key	f9ed867f6ad18838	root@vm	\\x2699e082d5af19a4abdc67bd81374632420d2007af2ddb269514a4c064a67226
b2637a7e-0c87-4d65-99de-3d7f166ad7b2	2026-11-27 00:48:54.350111+00	4d67f800-4340-48d2-93fc-c129edd2e94b	2	320204808	rotated	local			local:master.key	f9ed867f6ad18838	root@vm	\\x56a5aa4fc018843fc2755f77ebb3a94a3b87546caf871b6a1eac9fe5acff56f9
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
1	2026-11-27 00:48:48.68984+00
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
1	completed	1	32767	2026-11-27 00:48:53.607023+00	2026-11-27 00:48:53.573976+00	2026-11-27 00:48:53.821471+00	2026-11-27 00:48:53.573976+00	1	{"column": "aeaa87739b8a44319e6ca0e1232f26bf"}	{vm_2026_11_27T00_48_53_581348}	\N	pgseal_column	{}	pgseal	{}	\\x5a219de585412f643ee6b635c85e01e316fbde69bee596ac7ea68522dec4ea82	11110001
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
main	1	2026-11-27 00:48:48.741688+00
main	2	2026-11-27 00:48:48.759521+00
main	3	2026-11-27 00:48:48.817814+00
main	4	2026-11-27 00:48:48.82197+00
main	5	2026-11-27 00:48:48.837787+00
main	6	2026-11-27 00:48:48.888162+00
main	7	2026-11-27 00:48:48.893388+00
main	8	2026-11-27 00:48:48.916205+00
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
pgseal	2026-11-27 00:48:53.601516+00	{}	\N	2026-11-27 00:48:54.061532+00
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
t	0c915284-81e0-eeba-776a-c379ad06e418	\\x4cab	0c915284-81e0-eeba-776a-c379ad06e418	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-27 00:48:48.27998+00	2	\\x8483b482cfb83364c857dc3f490f40cf88cda5b3a6fd8232c2751e9ea6a1369d
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
4d67f800-4340-48d2-93fc-c129edd2e94b	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	320204808	2026-11-27 00:48:53.395138+00	3	\\x76cf9d85659184adb0b57bd6ef12eb22b1248bba73294c167e1811d7812b3047
674194ad-f4bb-4291-9dc0-784bb53fcd93	globex	local		local:master.key				300000	t	2026-11-27 00:48:54.704505+00	root@vm	f	\N	\N	\N		{}	0	3115631920	2026-11-27 00:48:53.454987+00	2	\\x0e71faf19494d5f068960067bb5833e80aeeecfce2092c08080bb193865fb931
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
4d67f800-4340-48d2-93fc-c129edd2e94b	2026-11-27	8f210c67-0e91-4f47-bc5a-76522671e9ef	vm:8570	60	40	1	0	0	2026-11-27 00:48:53.911758+00	1	\\x97aa21c4528d7159a66d6a77407044897ce24ca70cf826bfd377197fe5a38a18
674194ad-f4bb-4291-9dc0-784bb53fcd93	2026-11-27	8f210c67-0e91-4f47-bc5a-76522671e9ef	vm:8570	60	40	1	0	0	2026-11-27 00:48:53.911758+00	1	\\x4682ca5d7850235570a6d9b07695f92d3a05ac66b796fe01dcc3ded89fbfe92e
4d67f800-4340-48d2-93fc-c129edd2e94b	2026-11-27	a26ef2c2-d28b-49eb-9f66-a00026c84502	vm:8592	31	51	2	0	0	2026-11-27 00:48:54.742945+00	1	\\xfc22e2eeac501e18fa423e7ee8a94370bccd942feb37226b843c588603852eeb
674194ad-f4bb-4291-9dc0-784bb53fcd93	2026-11-27	a26ef2c2-d28b-49eb-9f66-a00026c84502	vm:8592	15	35	1	0	1	2026-11-27 00:48:54.742945+00	1	\\x13f767dc6c773a24f0d59ebd83c212bda4b14601eae19d9ee472588b7acd62e5
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_AUyrAV7p2igxnETcM1MW72eqHBR1is3nWdzRYkA07H9Lvn4KYyypOHSEmELbE_pwZuXBetWB6Z-T6DQZG0jpZ1ZydexRlXGsGYJu7RwB5E6Tzt5JeMOkwh_reX9ARL_pAyXF	pgs1_AUyrAV7p2raz9XV8PKMJbcOxa8szN8S1ywGHkmdd7lu_BYTAmsIcX_5mY0r3VGY	\N	pgs1_AkyrAV7p2nGzg42Md6D5PUeqHXs01CsK5F6bfM0ZN8Y1nOP6S2gn77vJemQLX3yt_Ow	\\x014cab015ee9daf87e4af5ad9b846df597521158b2ce091e4a7f395e5629e7bc8fa64c9d8e6b78874582ff3ed37c8f61400ba3d550d3c8	\\x024cab015ee9dac7e0e2845e2e1e9e663da015bbca967d3aefdc84a05472e8d7363dde9449337d66ee4448	\\x024cab015ee9da3b0415966e876729e8ff2a0ad43ac1da574829812c6ca4bef0e65342ded1cbc8fa	\\x014cab015ee9da1d53016da8a1215f4dbd624c803411a1374145ab266b2bed6d4fff9291c473ad921fa8c1f1d5621a52203596c92810e1	\\x024cab015ee9da41bfaef74cf8b9b22273df9eecae4520627372e66500e3004f7c162261	\\x024cab015ee9da103e43e9922ba7215ed92c032ae079aabf8412c8b07d4611e2407745b358cfe7	\\x014cab015ee9dace029a9d0491b1738a8dc0653261cf88e9aaabd5f61941e918aaf17b9eed453859655a61af304010e0b0449e4ba2e638	\\x024cab015ee9da181fed66f20786060447dc93a4a6b11599af35f93660212ff67cd1cb660a9988d5519dea	\\x024cab015ee9da2e23ad51ef0cfdf50d64c54c5759861fe8d8750f46fa6153c1db01bb2605003f9936343479f90778c7bcdfe0	\\x024cab015ee9da71e2e38c5368ed7cbb1745ad59b01802b6d9eb8e2b854ac95ed414f2292a9e	\\x014cab015ee9dad0a3a62a457008d200a1d9e95e27ccc06cdb0c1bf06a3b5180c2ca9fa2ffe33653376b83291b13e5bc528c6c04b7faa04cca65b2afa2e1a850020890fa935c31deaeb111e259ad0d	\\x014cab015ee9da30cdb71e8ac467d143a3420cafad458999e7650a69d3ff07f84ad1da43c8b7f543a3576236955a60ec42fec2276559d2ec6f9c01090627720a162ee3e187ed8a2de0757ddd398dab2fcd82747ce72cda174f40
2	globex	pgs1_AUyrubTFMNXr2IRMGzyhjh4F9dKvKETlLjNvShBds1bP9KG9gqiTfzDlAUBfZpudIs95VxWLXeIzTujRbMe2tjfqWieDgjyKLBurOQzB19Glg8bLCprrzbb3gru3hQwhlo8i	pgs1_AUyrubTFMHFu3RqykuwICvlxwTygWyhoAHicUtPnjjhWfdh8uLbtmNcnABUmSzQ	\N	pgs1_AkyrubTFMM_cyZZZn_DWBLJnbMWeM4O7B6KBFKol72dlN2CERBTYNu7yODSFJr-lNmA	\\x014cabb9b4c530e8917c88b4f1fdbf8d944f5aa9aa3737a23f44ff238bd1af96fcec049283f098599cd566f1f5b8b3ba02219ca102acdb	\\x024cabb9b4c5307bd4b0d2ba3a3c6fe4fcf78a2e45aa004c21b0a5d5cbede76f582b485de4d65861782d11	\\x024cabb9b4c5308e6a2928d661c5f88baabcfad3b7536a1039dfeff5de8a2db85bf5b4db2b7a8f08	\\x014cabb9b4c5308c6a110fa91cd68e0f24bede5d4e4a3c2dc5149f207c90cc65208ca906e035dfb948b59e8482eda58cc98549993f3165	\\x024cabb9b4c5304625c0263437f62dcfe051319258368cea7c0d432465c2a990739e381c	\\x024cabb9b4c530daa326bc1b16793e9a20c077ff2f87a3a4042f87b0b22abe158231978da6ad5a	\\x014cabb9b4c530d70f83c8da2bfd00bcf5181b88e656dbe18abd348baab0a97aadbc4d99eb49bdea1d6fe840bb21d65fdece8ae200a025	\\x024cabb9b4c530627e6db7af22496d507f543ceda88f2eee176f1ff8333895f64557064894e15209cb25c4	\\x024cabb9b4c53055ef92a4ffce0e8b968bf905b5b50c1d5cd56600a160e40135f73b532f64d3059e33e6fb222bd23a173811dc	\\x024cabb9b4c530a9b0807906b78644669cf94fee272815995149f4b408968a2aa7648012ea40	\\x014cabb9b4c530bf5921ad98ba018882fccdbbd382efccf9ed51d2bc79cf5adaa27329911aff59612a36125a1ab3e7395f0708fecef1ea9118320402b41084c9c7d3f2a0f2a7be417f70c9cd29531c	\\x014cabb9b4c5302f6de7d2d1c299602a5799db9b9cdd2efe0ac84eb6c34eab560f76904783e0261c2567c8722f8c31d072f8ea069006d68542f626c051382b0bf4a0d1a995a4f2284c2351340ac372e36b3903652557ffe62701
3	acme	pgs1_AUyrExXwCIhRN1RqGzuZje8rTnJZxAwk-PFrqxczuy-0c6IYtwl-wKLa2qqYh5ui6td8uAl51nxfICZFjt7fIL5k_-maVGbXRRGBvgCEctE13i_t8TdsvXheAFoPPwMk_mo2	pgs1_AUyrExXwCBR7PlUTf8okNwHMLi_-lJRWkqm_b1-nF9cNJcBLvUh3Xz-WCEib22E	\N	pgs1_AkyrAV7p2nGzg42Md6D5PUeqHXs01CsK5F6bfM0ZN8Y1nOP6S2gn77vJemQLX3yt_Ow	\\x014cab1315f008b5e99077012bf3f83e149b427eccb6050fcea5cd85ea357b27ba27da7b158b64cabaafa09fec9d684ec5bfd91e497fea	\\x024cab015ee9dac7e0e2845e2e1e9e663da015bbca967d3aefdc84a05472e8d7363dde9449337d66ee4448	\\x024cab015ee9da3b0415966e876729e8ff2a0ad43ac1da574829812c6ca4bef0e65342ded1cbc8fa	\\x014cab1315f0080f2711d5881eb4ba8fa02ca3536451c8aabde0c6fe5f5880d58a8508eff1da3cb948defbc8788a993c495c2f3b63e2d6	\\x024cab015ee9da41bfaef74cf8b9b22273df9eecae4520627372e66500e3004f7c162261	\\x024cab015ee9da103e43e9922ba7215ed92c032ae079aabf8412c8b07d4611e2407745b358cfe7	\\x014cab1315f008043ba86d5b81d61e5b0f3b4c9777816b0df7ad39c5780cec370e360fdce1a7d355ed8c41a5048aff73b134d5ce1c168b	\\x024cab015ee9da181fed66f20786060447dc93a4a6b11599af35f93660212ff67cd1cb660a9988d5519dea	\\x024cab015ee9da2e23ad51ef0cfdf50d64c54c5759861fe8d8750f46fa6153c1db01bb2605003f9936343479f90778c7bcdfe0	\\x024cab015ee9da71e2e38c5368ed7cbb1745ad59b01802b6d9eb8e2b854ac95ed414f2292a9e	\\x014cab1315f0082602e2216a58925c2afcb5172f5f7e5e4fae6582b6e54c71c835cd07df48fa52463f86798f8406ccede498a2c5765cd7eb4e104861b735c3e9d1e8b644a9781b5849965872935528	\\x014cab1315f0080b3f38108edf5af61fdd253de17d1a577def3bab8cbf6089536ba3417d9230419efc9ee52bf9399ab8af72d25252890475631fa68bf732b32ee3b2fce5b97ffcfae36fee5274bda29fe8570530962cbdcd3b52
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjifnJOrRqhR7zCRweIkZ0ZwpSPiSA6CPcBcBSU4H3KPpst_ZuEzkuca1Lg
2	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL42fBQoYiDZK4jCeU24LkrnLnx0dtsW_uzt5fybyTB57l95b8nJbnZvKsQ
3	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjtHP1RfgsH1XJw30Qn2L3TaGWUZuzSy2tWIBJH8tjMMvTkipRRPWksnxcQ
4	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL0d6pzYTQkJwOmiHZXal7_-cFLlmj7h4BXH-v03cYBMRTVMk9NrAbZzhNg
5	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjidoQ1BHIDUNwsCX9cge9DJF7Vgus_6Qn0eKhpLeftrEPGOF852CebGJwg
6	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVLzcgDDNS8gKNoINOqS8VHnRwD7Rkvi_h5kT-pjbpSTyUpMpSUZN83ODplg
7	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjrbUUtBEU9W8W2o2fIt9GH22l89TVmYrR5sx7wRTYjvWKrtW-133IJI-Ow
8	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL_O9iwbuul_exZczGwUwgv3DO0320CO_UdIE8VxdPELgezqIbsaHfJdDSg
9	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjrFQ_9taKUO0-9Rb3pPfR9l-FL3bkQ8M7Gls9sRX3cPHu1_QDaFH2JqD_w
10	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVLxahE6t41XhZNMWlvm1m_X9zyLwHaEf0K4WZ0ssHy3qDVSLjSo8Oc0Uxkxo
11	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjhicaAA1RJuxJOc49xxjdl8xXt_WU55vqMo3i-EzAARIf6cfDyz4oLvrwJU
12	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL3uv9-R7J0Y5_ng9BDtoaAOuwoBzVjQH9vD3rareWbk4LqzraYfj85O9Mkk
13	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjowIg5ke2V5o3MGUUX-yvYLZheMAq0jRzfI1NuUck28j5OwPIDOy1TAgNWw
14	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL_0TXGC9rUeuXA0W7-Hu2I8-F5JQA8Bf1d_WrAbFv8sMsYGUcwTZWODpQ4M
15	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjqPYFjLIRuvpUthGNVIEMi7kWgtq2w4ToSwfpd81JBCnAaMNpmcyWFDwltQ
16	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL7GFHQFZyFrOkGC63WgMU5TZrkylQEa9GNfy0EoF8K-D-FA7OM1kz-XDOxg
17	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjnZtAntt6CUgD22HmVrkrK4wdoLVnGTpeqMD36YbBsMMWqgLAfDP9PJPQCI
18	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL5iXov_hx1pj81-UC_9LX2x26JyaDLwib7j3hueZ_NSY5fci98lxMC0M_ug
19	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjnTKTiqKBWs_g0U_iwpFHYvPhE5UjbNmAuXMaLinW8o0x9URhC7O2aAJ2ic
20	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVLzARn2NBCld0Cnr-1g4_FbK7Ve1U2aoRkgTN_PTjCBXhceQqapBGCn2-_FI
21	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjsQQJzCR7K71DyXb-wKeyOP-uNf3A6coERFTmFYB1ANN3z35ytSZSZJs2u0
22	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVLyKCnFfi5AKWUOEtbTiHyiD-rwzTkcTUw3U0VjOHYYyMwbP-DiNJE75hzKU
23	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8Ejjkn_gMKQV-Xx52rzOe_tzwBJF2DrtZXt5awA00WTco3U-igwfQWAoGMXTY
24	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL_f6-djBXGPwK2jj-5eOjvchEeFmpdBoli10C_Z6Iu9osyvvuA2NGrrTEyE
25	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8Ejnk3a1Q173L_bQNn4KIj4H4EmLvEGPDITrAwH0wt7cZcgMTNVaLQYyuFzrM
26	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL6nGHuPpO1FLKiah3d4A8xN1zUrCuKGwVpifhV787bmzdUoPA4GzYnbEAkQ
27	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjpmKyn0hRadOWNwhkTzy34hZSMQdg20FqCd6IuaGNvdGgI8F_O0h1YWRq-w
28	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL7-njxPOISzeBDGrVAPZrhgO8WVIO0oLG3sQknxSmgBDHrffQjKsFlNWRpE
29	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjkzPkRCezOpKuuwKgI5PErXoGiO0Ffl-DFx0n7cRsiqBUDQeAD3g3-SEn9g
30	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL7fNd_tN6DRsOgMvO1lHJcKysWuepbrhoFR4lGcTB7lXdsaIEdbA5fJoPZw
31	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjmboEdUMGz-bV0I8gloYRza8K7Clgo3Xm8Aa5aOK65ZCA47e32vegylUqC4
32	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVLzd8SV9hrVm-HHfdS9H2WIniE9jjxNkHwFtj616eL4f0Sxx47WgAYEKRSdo
33	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjveBB6UnHV3C-cWV_8Vo8SpCuCNO2rvyX5KNB5Co-YWZdQEWh46O-MDzPjI
34	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL38QvLuKG7sps6b9AC7BEGnK-Ku5mfh-iIqQTduvfuvG7trr9AZEQ2u_WXo
35	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjhSa9adjjrUme3S12c4cDnj1DQgvpPK_SzqlOPFgsSdPbGjpuzwLP9Cie_I
36	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL1d6D_u2XkdvicmF-1s4fMA40gkF9q8Gr0XQlQew-HCfbyUs5g2b-IAzvu4
37	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjhhdUfoTk29hLdLdl5_daa1VKKvuNCCGVBh4rOYx5KIkvzMXS7dTjWTB8s8
38	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVLwnKh21sWMLYnDpHZSFJoBmnl5p4g-MT4q-x4OoJNtbAXKet13eGnes_Hms
39	globex	pgs1_AUyrubTFMCQl8ovxB_vg0-8EjjmSty_6XWD7HrkgGNVt6b0MPnNAO5XS9JH4dBzWSKzqsBRbAg9k8QrEgqU
40	acme	pgs1_AUyrAV7p2jvZOOqa3b_t1IDVL2Jf87uDgM7rVZYDiQbh7SNQPODimrKbWYLYmTsQ5vwbgyBAYWBqnF51yRQ
100	acme	pgs1_AUyrExXwCNMFIuY6kfl5976Cqj_GJ4-q53J66XrZUtIn0jeYHSrMIrfwlp03zl9rdU8TJ2HP7lrKq7QMPUuN
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

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AUyr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Akyr'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x014cab'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x024cab'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

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

\unrestrict NT2t3Md10fbqcW6D9HbV3IyCggedxDCP3cjHJ3bvhBvQ72tF0XSrGc6RGetaQsJ

