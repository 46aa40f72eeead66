--
-- PostgreSQL database dump
--

\restrict c9YWxb7SBPyaJch2H2hnnGobpHfqNfmGk1hoGprFxPIp1PupeEDNJa74CBk9Byb

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
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(body) >= 52))))
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
1ae02e43-d0ad-40e1-ad89-56f881d2b74d	done			encrypt	verifying	0	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\xf7955dd665ed2df83f91a5176dfc36127b42018ca3915dc7279357ee3b39c90c	\\xf7955dd665ed2df83f91a5176dfc36127b42018ca3915dc7279357ee3b39c90c	2026-11-26 21:55:06.486117+00	2026-11-26 21:55:06.641679+00	2026-11-26 21:55:06.641518+00	5	\\xf88704d07fddae701cfd13611662a1e652a4dbd31a404048e64ee37ff9828ab3
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x0000000670677365616c0000000373756d000000203161653032653433643061643430653161643839353666383831643262373464	42294128	2026-11-26 21:55:06.514804+00	1	\\x7d06e874786e5db21b63490427d42531ddc312c253d9375847ea86271539c563
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x0000000670677365616c0000000373756d000000203161653032653433643061643430653161643839353666383831643262373464	2670064215	2026-11-26 21:55:06.516958+00	1	\\x15ae63760226944c4cfa0677e69de8ba536c3c8a0891fe84f5dd358d1e49fc75
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000004636f6465	2670064215	2026-11-26 21:55:06.877102+00	1	\\x725c73d471ea7deff1e10662c8bdf4d6f34ff0a795e30b35f75f2cc6c77a751f
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000003626967	2670064215	2026-11-26 21:55:06.878177+00	1	\\x7d31c2b1a8bcf0cd278f4366f49370f0849babd10034328d30b1dddd8a8cb60d
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000003666565	2670064215	2026-11-26 21:55:06.878779+00	1	\\xaa5078abeae5ae800971fb63033a822401b15e56f77cf3b1e7f06159210393c1
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000003796573	2670064215	2026-11-26 21:55:06.879349+00	1	\\xc6dd189e5d38c67238c9bad510d5d6aabfccf1d3d484182ec3f01cc81fe18e6f
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000004626f726e	2670064215	2026-11-26 21:55:06.879861+00	1	\\x9cfe8297ea1a20b6ac21582a61072fefd0eeb74a57cc46219d0d768d09f7b808
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000007696e7374616e74	2670064215	2026-11-26 21:55:06.880366+00	1	\\x42ba158134d9ab9a9f9b2ff9da66f8148a10d2f2506154d5a8875a28ae691731
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c6963000000056361736573000000056964656e74	2670064215	2026-11-26 21:55:06.880825+00	1	\\x90fd69fa5f213eda9632f3a37e7ed61e7e9e58e90128c26ed0a3fa0922374e51
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\\x000000067075626c696300000005636173657300000003726177	2670064215	2026-11-26 21:55:06.881201+00	1	\\x7df0307ccea4711d244e121c4b2d8dc736ba5d7fef87419d14bbe036b624da85
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000004636f6465	42294128	2026-11-26 21:55:06.893002+00	1	\\x701225e6167bbc69d9a9ac646fbeb6327f2096e61e018fbf220c3796c1137cd2
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000003626967	42294128	2026-11-26 21:55:06.893425+00	1	\\x322e1ca40ea14f1f372e08912cc5d2ebf68f4d69a3c34be42c75f91315f4ff15
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000003666565	42294128	2026-11-26 21:55:06.893716+00	1	\\x96a57d4c45d4baab05ea4ed628a0f626034cf1305d71071e27b7ca43469de2a4
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000003796573	42294128	2026-11-26 21:55:06.894022+00	1	\\x3dc8ae56c7ab7cdf9ce0d1951cfddc3be9789798dd2332dafe648f00da54fdf1
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000004626f726e	42294128	2026-11-26 21:55:06.894306+00	1	\\x0b7cd064d9f8cd0166638723f698d4fbdb8c6b654b827c1a9ea5703ddc9579e5
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000007696e7374616e74	42294128	2026-11-26 21:55:06.89459+00	1	\\x88bcd17bda6f56a39012756028375c1f2a45628d6d5dacc68223f1a11e79be9b
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c6963000000056361736573000000056964656e74	42294128	2026-11-26 21:55:06.895099+00	1	\\x2cfa0c613d02e54955cad82bd715578d0ea044ec7e0cb4215032865441013df4
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\\x000000067075626c696300000005636173657300000003726177	42294128	2026-11-26 21:55:06.895579+00	1	\\x61171075f1bc505ac09808506e6073c7de6682db540e8503e62a0efbce8aee4b
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
59bbd8ee-baf9-4743-9eb2-8bc4ecf27188	public	cases	fee	7712602065687852440/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:04.936221+00	4	\\xcc3075a5e957270311944a3fd7b1bbe856f4102b17512b7def0dc153179d1e3d
39172a4e-aacd-4862-9577-1358b87c6de2	public	cases	ident	7712602065687852440/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.04889+00	4	\\x3edbe6df9e8fe4cb321f757ae2a5196d198376d6fb200caa393f95ce4ae2e32c
7b78f836-5399-4a2c-9884-f952085edf96	public	cases	whole	7712602065687852440/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:06.064032+00	4	\\xfa241c7914ff73f4be0d933dbeadbd5ae7dd5a193e542ee34d50355d0df1982c
1b58bcb2-4d09-4671-ba92-d6cde727f475	public	cases	instant	7712602065687852440/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.165856+00	4	\\xecf8bb00da10ee975f8f90ac33291bec920059f10818e00ab878e09bffee4254
75a36639-87cd-4546-829b-3cfe924898d8	public	cases	yes	7712602065687852440/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:06.177629+00	4	\\xc642d0513de2aa7e97fd2d2d5da7c0d9585ec7b3ce421c545e587e599280a91d
daf5ea61-bb5f-41a8-bf34-89fdfcdf8e31	public	cases	moment	7712602065687852440/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.279742+00	4	\\x2b25b7dc43b8e19f8cdb2078daa06299e18d6f08a9d4cf0e89128eb2ba72a3d0
1ae02e43-d0ad-40e1-ad89-56f881d2b74d	public	notes	body	7712602065687852440/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:06.534595+00	4	\\xd4561b67981ef3a841ee7611e8620c732272dafc7b231ffe8985c9c22b54c700
aff58d29-1fcc-4158-acb3-df59b52c27f2	public	cases	note	7712602065687852440/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.393019+00	4	\\xfb7e51fb122b8c1764c46fcc211ba32e99166d6e8e892319de36c8c639861862
e09dfd48-e06c-47fb-8d7c-5511aa756f75	public	cases	nothing	7712602065687852440/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.506599+00	4	\\x4676ee6c61c08ab8a608f4aeed2a6568a45bac4ef9e4d13c47ee2463a10ca8e4
668f5ca5-ffa6-4808-856f-7435e2589ecd	public	cases	ratio	7712602065687852440/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.619202+00	4	\\xc97c2f45e7b371c7247f2ec5b21168e59cb1038d63d90452af3389038f9e1f0a
fa0fc1ba-0026-4826-8ed6-e10eee4784e3	public	cases	big	7712602065687852440/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:04.485678+00	4	\\x0a8e6c36ce635bbcc6a86a06d7b256f1db7c0bcf0ae14d3e758695159048a2d2
0420117c-b8f1-4e52-b4e4-50f2cc9f85a5	public	cases	born	7712602065687852440/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:04.59529+00	4	\\x62fd84ecc3f2de82ff467a957be96ca8b55890be8ce8d2e75d8492c68b8d355a
08839902-9d20-4d7a-a839-899ea45255b8	public	cases	code	7712602065687852440/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:04.708542+00	4	\\x4cca689e5a7c46e8441028a86f7f857928ee2c2d29b2c8e5977842ecde171a2b
9f349caa-bdb2-492c-92ed-24b5a5ab67c0	public	cases	doc	7712602065687852440/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:04.823105+00	4	\\xa8252e9dee2f9760c94c49e735cd7bc5728ce4696c1f87e1ea090c05c0ce1be6
07b3816f-d4ea-4ad2-b6dc-bed635cf9d80	public	cases	raw	7712602065687852440/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.734685+00	4	\\xf63ca5d5b645c7ede11e18b80d5edf1bc0b207e7476daa472534d0cfeb121b1a
1d1fae01-5bbf-40f6-bb20-2d2efb22d2ca	public	cases	tags	7712602065687852440/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.840788+00	4	\\x971c5dc26a6348e2e761b9ab993507d57d96a1fc718f4b1b51e82baa8d5c6c06
3772e02b-7f1c-4a6b-8b60-1f702a8c3176	public	cases	void	7712602065687852440/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:55:05.953687+00	4	\\xd44362f412ed04ced4856bd116949cf4d31331604f8802139826b7b4bec03c5b
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
42294128	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	\N	\\x015f4ea35bfdd847b708817ba6662d62114a188c3c40e6b3535a4c7c8de4e1e09fec246441d27f0fd5eb7a37c9cd6270805344a970dcc181db77234d5d	local:master.key	a8a5e7cff1c95196	2026-11-26 21:55:06.440089+00	1	\\x1930a2b5b331c2e2fe7aa3d6a496a0d402cce12f2e24341358bb595d8fb4816a
1289786204	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	\N	\\x01b43ffb87af80c8c3f6be5f36185eb88102378f91cb2100616c328643b45b9dd3d42106f21f4aa3cfa0ad5c7e847a96b600515017017c12816007f49e	local:master.key	a8a5e7cff1c95196	2026-11-26 21:55:06.921183+00	1	\\x2219100af889a9f73b9e9e4cf70e4fd3bf3c5df66a2e5b173d5759f440553151
2670064215	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	1289786204	\\x015ce61fc88707966871304a35f70bb65e59ec342a570bfe7ce0b81e74f99e5a88560b34326dacf10a10df39a87b7e0764bef40b926e3b9173d95c798b	local:master.key		2026-11-26 21:55:06.414266+00	2	\\x52eec8d348b58d33be7eac4e381d4806678ebd3d63875d31853c8287e217ca8c
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
fcc72318-b3d0-46c1-91a6-878083519214	1	1	2026-11-26 21:55:03.980617+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\x4b593e0eb20b5964079995ddfffe42d0e7ba6854fd6b69856101c70e37991c23
fcc72318-b3d0-46c1-91a6-878083519214	2	1	2026-11-26 21:55:04.000669+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\x4b593e0eb20b5964079995ddfffe42d0e7ba6854fd6b69856101c70e37991c23	\\xd941c6cd1e14fdbdf4933eb2a530a7c056ece05fa7bc2e6961be2e530ead68ba
fcc72318-b3d0-46c1-91a6-878083519214	3	1	2026-11-26 21:55:04.006572+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\xd941c6cd1e14fdbdf4933eb2a530a7c056ece05fa7bc2e6961be2e530ead68ba	\\xfe35e945c2b122451ebd4a6d60d1cb8a61e81f5ed8ceda4f88d1e12ef7a67f55
fcc72318-b3d0-46c1-91a6-878083519214	4	1	2026-11-26 21:55:04.011915+00	\N	guard function made	pgseal			{}	\\x	\\xfe35e945c2b122451ebd4a6d60d1cb8a61e81f5ed8ceda4f88d1e12ef7a67f55	\\x6fb1eb4b3727f4264888b281be496178dd120743fd32d4a71a6c10ba3ae4c477
fcc72318-b3d0-46c1-91a6-878083519214	5	1	2026-11-26 21:55:04.012929+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\x6fb1eb4b3727f4264888b281be496178dd120743fd32d4a71a6c10ba3ae4c477	\\x34be8a6dde566f06326bf1cd9c2ec5aa8a3da4e0652340ac4cb0fb25c70659e8
fcc72318-b3d0-46c1-91a6-878083519214	6	1	2026-11-26 21:55:04.022235+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\x34be8a6dde566f06326bf1cd9c2ec5aa8a3da4e0652340ac4cb0fb25c70659e8	\\x8826a3041c38e774827566aa309765866fb02dead93100e016e66393deb618ac
fcc72318-b3d0-46c1-91a6-878083519214	7	1	2026-11-26 21:55:04.027379+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x8826a3041c38e774827566aa309765866fb02dead93100e016e66393deb618ac	\\x5c1761de6ff04b6a8890c63f429adb5cc425e85b35979a60a77e88fc3a3f0731
fcc72318-b3d0-46c1-91a6-878083519214	8	1	2026-11-26 21:55:04.03241+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x5c1761de6ff04b6a8890c63f429adb5cc425e85b35979a60a77e88fc3a3f0731	\\x2ed7f19c9b54689b86e3f48adcc9c0983b804b9ba718ed0c32f4e041b5aa549d
fcc72318-b3d0-46c1-91a6-878083519214	9	1	2026-11-26 21:55:04.043669+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\x2ed7f19c9b54689b86e3f48adcc9c0983b804b9ba718ed0c32f4e041b5aa549d	\\x73622de4e4017c933b1d58639a3222b155ad4b52c8a4755512b1fb86ba9e78b5
fcc72318-b3d0-46c1-91a6-878083519214	10	1	2026-11-26 21:55:04.045421+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\x73622de4e4017c933b1d58639a3222b155ad4b52c8a4755512b1fb86ba9e78b5	\\x989b26d512424ef6fff26e4409c6d8402c273ce289e9bce86fdd77dea1c5f228
fcc72318-b3d0-46c1-91a6-878083519214	11	1	2026-11-26 21:55:04.046927+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x989b26d512424ef6fff26e4409c6d8402c273ce289e9bce86fdd77dea1c5f228	\\xe0f7a60e86bce8846e3692d21a131187de0bfb447c15cd19fe53bb3aba3fafe6
fcc72318-b3d0-46c1-91a6-878083519214	12	1	2026-11-26 21:55:04.056224+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\xe0f7a60e86bce8846e3692d21a131187de0bfb447c15cd19fe53bb3aba3fafe6	\\x78ec4372cec37c3e0b75fb39cc0fe4310d40d016033ef1a4eff64db6ac894318
fcc72318-b3d0-46c1-91a6-878083519214	13	1	2026-11-26 21:55:04.06156+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\x78ec4372cec37c3e0b75fb39cc0fe4310d40d016033ef1a4eff64db6ac894318	\\x77d23bb23a835206ed2a9f623be3ff005d6d423ed1d2f01e1119bd5919445781
fcc72318-b3d0-46c1-91a6-878083519214	14	1	2026-11-26 21:55:04.066209+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\x77d23bb23a835206ed2a9f623be3ff005d6d423ed1d2f01e1119bd5919445781	\\x9765ac4ac7e21c4d016fd14b12d652c5d139e457b762e5c188e2a296e8221238
fcc72318-b3d0-46c1-91a6-878083519214	15	1	2026-11-26 21:55:04.075183+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\x9765ac4ac7e21c4d016fd14b12d652c5d139e457b762e5c188e2a296e8221238	\\x39ce61fd9666ce4ad669c8c00a321e7c2d73d7f70d3b933faab10473686c5ade
fcc72318-b3d0-46c1-91a6-878083519214	16	1	2026-11-26 21:55:04.080462+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x39ce61fd9666ce4ad669c8c00a321e7c2d73d7f70d3b933faab10473686c5ade	\\x02176b2ae1dd5fbfc9c235ee552fd362a006de5a9d64e3f453d75ae56ca87a9e
fcc72318-b3d0-46c1-91a6-878083519214	17	1	2026-11-26 21:55:04.085319+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x02176b2ae1dd5fbfc9c235ee552fd362a006de5a9d64e3f453d75ae56ca87a9e	\\x8dae1a19b154b005962c5d2fa702b3e72fa100725a9b94ee9003f21974c6677d
fcc72318-b3d0-46c1-91a6-878083519214	18	1	2026-11-26 21:55:04.094442+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\x8dae1a19b154b005962c5d2fa702b3e72fa100725a9b94ee9003f21974c6677d	\\x00cdd579884ce285f3e814e8435badfd80408cfc80e6b303a6cd8fdfba572618
fcc72318-b3d0-46c1-91a6-878083519214	19	1	2026-11-26 21:55:04.099537+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\x00cdd579884ce285f3e814e8435badfd80408cfc80e6b303a6cd8fdfba572618	\\x15caa419ba8b83d1d48bba08498c6e2e071bfa238e98ce4b2ea68bd76f6c3d63
fcc72318-b3d0-46c1-91a6-878083519214	20	1	2026-11-26 21:55:04.104731+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\x15caa419ba8b83d1d48bba08498c6e2e071bfa238e98ce4b2ea68bd76f6c3d63	\\xac4af25dead1eac1c33e2011a77d14643a1702865fca52da4e15ea2b3c2d90fb
fcc72318-b3d0-46c1-91a6-878083519214	21	1	2026-11-26 21:55:04.114421+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\xac4af25dead1eac1c33e2011a77d14643a1702865fca52da4e15ea2b3c2d90fb	\\x8d5398ad6ba6cf10095dd829b24a5ab69253f213f0adf517bd198c16de92df06
fcc72318-b3d0-46c1-91a6-878083519214	22	1	2026-11-26 21:55:04.119728+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\x8d5398ad6ba6cf10095dd829b24a5ab69253f213f0adf517bd198c16de92df06	\\xe8f06a2aab0f1f6519668bf945b34849f7aa8401a183448c954af2602327fbe7
fcc72318-b3d0-46c1-91a6-878083519214	23	1	2026-11-26 21:55:04.124979+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\xe8f06a2aab0f1f6519668bf945b34849f7aa8401a183448c954af2602327fbe7	\\x6839f3b026ded34917bea3c0eb17e5e10124fea0fe8f591b3ecffc191a9600c2
fcc72318-b3d0-46c1-91a6-878083519214	24	1	2026-11-26 21:55:04.134784+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\x6839f3b026ded34917bea3c0eb17e5e10124fea0fe8f591b3ecffc191a9600c2	\\x65ae3098cbb3c20fa0c1a41df93dd6dc953deb543872d192013e5c55abbdaac7
fcc72318-b3d0-46c1-91a6-878083519214	25	1	2026-11-26 21:55:04.140374+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\x65ae3098cbb3c20fa0c1a41df93dd6dc953deb543872d192013e5c55abbdaac7	\\x9aa2162c05ff05268befc3e7f008580640fae0a07854c4ecbe8ab8e65cca822f
fcc72318-b3d0-46c1-91a6-878083519214	26	1	2026-11-26 21:55:04.146332+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\x9aa2162c05ff05268befc3e7f008580640fae0a07854c4ecbe8ab8e65cca822f	\\xfa9e354c76c6ffe18bb55af98bf0f9122650985a467d7c77296b153535465a5c
fcc72318-b3d0-46c1-91a6-878083519214	27	1	2026-11-26 21:55:04.155412+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\xfa9e354c76c6ffe18bb55af98bf0f9122650985a467d7c77296b153535465a5c	\\xc5b48aecc07453912abefeb0d7308c1f73bd54b8e67bee32c1e1ab014a2527a7
fcc72318-b3d0-46c1-91a6-878083519214	28	1	2026-11-26 21:55:04.156191+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\xc5b48aecc07453912abefeb0d7308c1f73bd54b8e67bee32c1e1ab014a2527a7	\\xb34f3c50da65c23e5f080e3726b17cf58390797db900105d3d4f6962409c6503
fcc72318-b3d0-46c1-91a6-878083519214	29	1	2026-11-26 21:55:04.156783+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\xb34f3c50da65c23e5f080e3726b17cf58390797db900105d3d4f6962409c6503	\\x1c2f439cc4b95f78479b92b8c179b6ea7df75f5df9948259150d8d5e0046caf2
fcc72318-b3d0-46c1-91a6-878083519214	30	1	2026-11-26 21:55:04.167903+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\x1c2f439cc4b95f78479b92b8c179b6ea7df75f5df9948259150d8d5e0046caf2	\\xc7f6c07c1d856474d1c59b9fd43c57f755dcc4bedfa2324d746dda32b1bd96d6
fcc72318-b3d0-46c1-91a6-878083519214	31	1	2026-11-26 21:55:04.168716+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\xc7f6c07c1d856474d1c59b9fd43c57f755dcc4bedfa2324d746dda32b1bd96d6	\\xee5ab1c66080fcc7b81326a0be3c904fcc668fa9c334817b026447ca1d0a300b
fcc72318-b3d0-46c1-91a6-878083519214	32	1	2026-11-26 21:55:04.169654+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\xee5ab1c66080fcc7b81326a0be3c904fcc668fa9c334817b026447ca1d0a300b	\\xe524c2bfa8ef43eb1522bfc9f0db92ca98321a30989e938badbf9c908ebb3ffe
fcc72318-b3d0-46c1-91a6-878083519214	33	1	2026-11-26 21:55:04.186586+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\xe524c2bfa8ef43eb1522bfc9f0db92ca98321a30989e938badbf9c908ebb3ffe	\\x0e84c6485ff32fbe9bce1ee048d4eaaed732a6b229e095da9bb4729838816956
fcc72318-b3d0-46c1-91a6-878083519214	34	1	2026-11-26 21:55:04.197029+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\x0e84c6485ff32fbe9bce1ee048d4eaaed732a6b229e095da9bb4729838816956	\\xdf38c204945ed89877c9249e1a6eaab61b8e0e98dcada143cee1884b65b82a80
fcc72318-b3d0-46c1-91a6-878083519214	35	1	2026-11-26 21:55:04.20603+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\xdf38c204945ed89877c9249e1a6eaab61b8e0e98dcada143cee1884b65b82a80	\\xa781fa04a27cf259937b73a85f300742df8bc2018bf1b08146ba699df6ab82c2
fcc72318-b3d0-46c1-91a6-878083519214	36	1	2026-11-26 21:55:04.218689+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\xa781fa04a27cf259937b73a85f300742df8bc2018bf1b08146ba699df6ab82c2	\\x4cdcd31e3f7a2ea806a0ad9bc84193f18ea303f1011a6faeed60f5e72a8c7408
fcc72318-b3d0-46c1-91a6-878083519214	37	1	2026-11-26 21:55:04.219364+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\x4cdcd31e3f7a2ea806a0ad9bc84193f18ea303f1011a6faeed60f5e72a8c7408	\\x9f0d7c782666ca113037c81811a433bf9605b8607df4e50e8e53211559af4e33
fcc72318-b3d0-46c1-91a6-878083519214	38	1	2026-11-26 21:55:04.219826+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x9f0d7c782666ca113037c81811a433bf9605b8607df4e50e8e53211559af4e33	\\xebfc5a4429846f287272cf6dd37bde196c2a89ef3e5495db8f7372232dee4a06
fcc72318-b3d0-46c1-91a6-878083519214	39	1	2026-11-26 21:55:04.232537+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\xebfc5a4429846f287272cf6dd37bde196c2a89ef3e5495db8f7372232dee4a06	\\x4ae15d55466efe7fa1c40dd20a2ef08b41933f6af572bf306f43a234fa9958ef
fcc72318-b3d0-46c1-91a6-878083519214	40	1	2026-11-26 21:55:04.238903+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\x4ae15d55466efe7fa1c40dd20a2ef08b41933f6af572bf306f43a234fa9958ef	\\xf427446cbc539b7eca2f637240377b0b00796d4c42f0a6562166d390fd07e037
fcc72318-b3d0-46c1-91a6-878083519214	41	1	2026-11-26 21:55:04.2459+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\xf427446cbc539b7eca2f637240377b0b00796d4c42f0a6562166d390fd07e037	\\xbbe4a64385d5b8790ac31531a3966b64340d69461a4cb71a0387b8eb80692408
fcc72318-b3d0-46c1-91a6-878083519214	42	1	2026-11-26 21:55:04.260395+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\xbbe4a64385d5b8790ac31531a3966b64340d69461a4cb71a0387b8eb80692408	\\x9fc65efd54874d47bb4765f333af28bed0304615c97b8fd4fb306cda75a71b91
fcc72318-b3d0-46c1-91a6-878083519214	43	1	2026-11-26 21:55:04.261471+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\x9fc65efd54874d47bb4765f333af28bed0304615c97b8fd4fb306cda75a71b91	\\xe7fd4af308d84b35c1cc00a3e7be2d4b7942fe3aadef580d8a7469913ab55af7
fcc72318-b3d0-46c1-91a6-878083519214	44	1	2026-11-26 21:55:04.262353+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xe7fd4af308d84b35c1cc00a3e7be2d4b7942fe3aadef580d8a7469913ab55af7	\\xf375efb100c81aa6ac2cd0457548768b61dae3b5a4473dcd716639f69fee45fa
fcc72318-b3d0-46c1-91a6-878083519214	45	1	2026-11-26 21:55:04.279675+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\xf375efb100c81aa6ac2cd0457548768b61dae3b5a4473dcd716639f69fee45fa	\\x0ebdb94f74b6033915bdb457af321bf84071202b42e4848411d9cbbfa705a69e
fcc72318-b3d0-46c1-91a6-878083519214	46	1	2026-11-26 21:55:04.289351+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\x0ebdb94f74b6033915bdb457af321bf84071202b42e4848411d9cbbfa705a69e	\\xe6c06013f88af286b427b4ddad498f1e0d519211a68a7a3456516d7a73b96158
fcc72318-b3d0-46c1-91a6-878083519214	47	1	2026-11-26 21:55:04.297464+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\xe6c06013f88af286b427b4ddad498f1e0d519211a68a7a3456516d7a73b96158	\\x423f7e9c55f85804380000a7e0053ad7177832a06819b0b7115d63b3b84e847b
fcc72318-b3d0-46c1-91a6-878083519214	48	1	2026-11-26 21:55:04.312054+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\x423f7e9c55f85804380000a7e0053ad7177832a06819b0b7115d63b3b84e847b	\\x08c2db4fc91b92cc80689de54c3e7fd28d3acd0e03a0796fa6a3c7d8bdc86173
fcc72318-b3d0-46c1-91a6-878083519214	49	1	2026-11-26 21:55:04.32063+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x08c2db4fc91b92cc80689de54c3e7fd28d3acd0e03a0796fa6a3c7d8bdc86173	\\xdd71a95df85f912d451ee715bff86c49a0208dafefda0663426b6a4a7f040636
fcc72318-b3d0-46c1-91a6-878083519214	50	1	2026-11-26 21:55:04.329862+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\xdd71a95df85f912d451ee715bff86c49a0208dafefda0663426b6a4a7f040636	\\x682d8ef5d3465f9f6099148299fc1f577d1f9c5cddf20612d9b4d5adfd331d99
fcc72318-b3d0-46c1-91a6-878083519214	51	1	2026-11-26 21:55:04.34888+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\x682d8ef5d3465f9f6099148299fc1f577d1f9c5cddf20612d9b4d5adfd331d99	\\x8517f476306e301ed740eeb5340187fb7a290b944b53d427e2fa5d2afa68a63c
fcc72318-b3d0-46c1-91a6-878083519214	52	1	2026-11-26 21:55:04.349848+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\x8517f476306e301ed740eeb5340187fb7a290b944b53d427e2fa5d2afa68a63c	\\x2d2d8e62b171584d3b87d961da08e90ee3160ea7d501d082afd7f487411b220a
fcc72318-b3d0-46c1-91a6-878083519214	53	1	2026-11-26 21:55:04.350612+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\x2d2d8e62b171584d3b87d961da08e90ee3160ea7d501d082afd7f487411b220a	\\xa6ff0782375b1c032c94d4c279b5169b146a6184f4e76ad6f7b8ba43c0303e95
fcc72318-b3d0-46c1-91a6-878083519214	54	1	2026-11-26 21:55:04.485678+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\xa6ff0782375b1c032c94d4c279b5169b146a6184f4e76ad6f7b8ba43c0303e95	\\x387881a49c9c63a10453d7882ac4b586b7a36776535607694916560c2f0e1c5c
fcc72318-b3d0-46c1-91a6-878083519214	55	1	2026-11-26 21:55:04.59529+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\x387881a49c9c63a10453d7882ac4b586b7a36776535607694916560c2f0e1c5c	\\x48fc130085cb3004377ae1f4f7cb499a46c52b3757f529ea29c9088156d6aa16
fcc72318-b3d0-46c1-91a6-878083519214	56	1	2026-11-26 21:55:04.708542+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\x48fc130085cb3004377ae1f4f7cb499a46c52b3757f529ea29c9088156d6aa16	\\x339a94ff3d1c476f37cb2557faecf57f6d3f94d2cef4b4238bfffc20d57fa893
fcc72318-b3d0-46c1-91a6-878083519214	57	1	2026-11-26 21:55:04.823105+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\x339a94ff3d1c476f37cb2557faecf57f6d3f94d2cef4b4238bfffc20d57fa893	\\x4806150d9351eccaada5538afd98a26a200a4a22e82b2dc03ff45572a5433b97
fcc72318-b3d0-46c1-91a6-878083519214	58	1	2026-11-26 21:55:04.936221+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\x4806150d9351eccaada5538afd98a26a200a4a22e82b2dc03ff45572a5433b97	\\x9784d4f57075d4fd3c78eeaba13a7ef340a6d43dbcc98cc5f1f350539d6d4eb4
fcc72318-b3d0-46c1-91a6-878083519214	59	1	2026-11-26 21:55:05.04889+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\x9784d4f57075d4fd3c78eeaba13a7ef340a6d43dbcc98cc5f1f350539d6d4eb4	\\x372a39bb29364e85f7fab4210796406131a6de9c75b31768b33646cc61012e3a
fcc72318-b3d0-46c1-91a6-878083519214	60	1	2026-11-26 21:55:05.165856+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\x372a39bb29364e85f7fab4210796406131a6de9c75b31768b33646cc61012e3a	\\x8601d8807450982e443fb80f68292bb19cb7e3a9cd3989547c53806e5fd7e9c3
fcc72318-b3d0-46c1-91a6-878083519214	61	1	2026-11-26 21:55:05.279742+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\x8601d8807450982e443fb80f68292bb19cb7e3a9cd3989547c53806e5fd7e9c3	\\x21375b93da235e470c63819e231f66ca002435074bb7fb7561b0e40d858c65bf
fcc72318-b3d0-46c1-91a6-878083519214	62	1	2026-11-26 21:55:05.393019+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\x21375b93da235e470c63819e231f66ca002435074bb7fb7561b0e40d858c65bf	\\x303a5bdf3a0e53cef2edd33c49c986b87be334ba205d0fa731ee167d2a9da0c9
fcc72318-b3d0-46c1-91a6-878083519214	63	1	2026-11-26 21:55:05.506599+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\x303a5bdf3a0e53cef2edd33c49c986b87be334ba205d0fa731ee167d2a9da0c9	\\x20d53936aef5932c8525c7d9a187186b523ec180bcfe992c2629c039e54db84e
fcc72318-b3d0-46c1-91a6-878083519214	64	1	2026-11-26 21:55:05.619202+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\x20d53936aef5932c8525c7d9a187186b523ec180bcfe992c2629c039e54db84e	\\x7eff6e4e740f313c004533f0f63d80ea725d9d60dc15c9ece59fecc5b63eacab
fcc72318-b3d0-46c1-91a6-878083519214	65	1	2026-11-26 21:55:05.734685+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\x7eff6e4e740f313c004533f0f63d80ea725d9d60dc15c9ece59fecc5b63eacab	\\x9f93b8ed30f47edc42831d0b5c5645e2d85678fd3f13c99a11e5bcfc56e7b02a
fcc72318-b3d0-46c1-91a6-878083519214	66	1	2026-11-26 21:55:05.840788+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\x9f93b8ed30f47edc42831d0b5c5645e2d85678fd3f13c99a11e5bcfc56e7b02a	\\xead6094505ffe1be33092e1adda107cb21cf6d737da0371f6e6d5a84b6aecd92
fcc72318-b3d0-46c1-91a6-878083519214	67	1	2026-11-26 21:55:05.953687+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\xead6094505ffe1be33092e1adda107cb21cf6d737da0371f6e6d5a84b6aecd92	\\xb32b4dddaab18be373b08525c11bf5b09532a4343206a6b6cdd3a90d43b7c672
fcc72318-b3d0-46c1-91a6-878083519214	68	1	2026-11-26 21:55:06.064032+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\xb32b4dddaab18be373b08525c11bf5b09532a4343206a6b6cdd3a90d43b7c672	\\xc3985e1a2ce2ab97291945cf8f3b8d3c4b335fe50148eb3470d61f1245817950
fcc72318-b3d0-46c1-91a6-878083519214	69	1	2026-11-26 21:55:06.177629+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\xc3985e1a2ce2ab97291945cf8f3b8d3c4b335fe50148eb3470d61f1245817950	\\x3c5bc60ed4fa39acac3dde6728e7ee1e6f710137c39278d91ad9de9234a2d10c
902e7497-bfb2-46de-bb37-9d7e84d87007	1	1	2026-11-26 21:55:06.414266+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	tenant added	root@vm	provider local	local:master.key	{}	\\xfcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x707532c1353ac4a7a3ab8f9e235a1b4f9656e57027f4a3e30ebd18cf184e161e
f20de778-42fb-46b8-bf6a-a4b73a925bd3	1	1	2026-11-26 21:55:06.440089+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	tenant added	root@vm	provider local	local:master.key	{}	\\x902e7497bfb246debb379d7e84d870070000000000000001707532c1353ac4a7a3ab8f9e235a1b4ffcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x5c88c9d91ddeb86a2b548059cc3b91d53079ba0a59b437da14ac31376b2b9472
da68f0f0-e11e-4b89-b407-746d9d5b5a21	1	1	2026-11-26 21:55:06.489712+00	\N	checkpoint	root@vm			{}	\\xf20de77842fb46b8bf6aa4b73a925bd300000000000000015c88c9d91ddeb86a2b548059cc3b91d5902e7497bfb246debb379d7e84d870070000000000000001707532c1353ac4a7a3ab8f9e235a1b4ffcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x476276abefd26a7075c6a922d9423e11aad18ef9a9a5e78dd3947d55ab03d4cc
da68f0f0-e11e-4b89-b407-746d9d5b5a21	2	1	2026-11-26 21:55:06.534595+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\x476276abefd26a7075c6a922d9423e11aad18ef9a9a5e78dd3947d55ab03d4cc	\\xb2d68a53b6a592f6227b7f4811d0de460ef06ac0f5f604cc95d0f8d6692574c2
da68f0f0-e11e-4b89-b407-746d9d5b5a21	3	1	2026-11-26 21:55:06.514762+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	key fetched	root@vm	held until 2026-11-26T22:00:06Z	local	{}	\\x	\\xb2d68a53b6a592f6227b7f4811d0de460ef06ac0f5f604cc95d0f8d6692574c2	\\x57ee7406c45b3e0a94234939de63b85a4d58be0101e13d1db1146d4265c07653
da68f0f0-e11e-4b89-b407-746d9d5b5a21	4	1	2026-11-26 21:55:06.516922+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	key fetched	root@vm	held until 2026-11-26T22:00:06Z	local	{}	\\x	\\x57ee7406c45b3e0a94234939de63b85a4d58be0101e13d1db1146d4265c07653	\\xdf67a28e64f13fa655f637c21c934ebf9d7e79bc974108c67f769ef4771e56bb
da68f0f0-e11e-4b89-b407-746d9d5b5a21	5	1	2026-11-26 21:55:06.772558+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	key evicted	root@vm	the process ends	local	{}	\\x	\\xdf67a28e64f13fa655f637c21c934ebf9d7e79bc974108c67f769ef4771e56bb	\\x8126a913e75c8e139a0ae1b7641e744a5accd56a929164dc2b07d6fdfc38df47
da68f0f0-e11e-4b89-b407-746d9d5b5a21	6	1	2026-11-26 21:55:06.772582+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	key evicted	root@vm	the process ends	local	{}	\\x	\\x8126a913e75c8e139a0ae1b7641e744a5accd56a929164dc2b07d6fdfc38df47	\\xc4ada39b23cd35bb5fb60a5b780518bbdcd29e7b45cee69b98e15a00c7af3a84
7973a35e-fc17-4792-ae0f-d0008c40895a	1	1	2026-11-26 21:55:06.815097+00	\N	checkpoint	vm:1490			{}	\\xda68f0f0e11e4b89b407746d9d5b5a210000000000000006c4ada39b23cd35bb5fb60a5b780518bbf20de77842fb46b8bf6aa4b73a925bd300000000000000015c88c9d91ddeb86a2b548059cc3b91d5902e7497bfb246debb379d7e84d870070000000000000001707532c1353ac4a7a3ab8f9e235a1b4ffcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x8bc52efedf6671420cfe5ddb5279d21367b8da5d968f40031a48c65e01881a25
a41870d9-025d-4fee-b416-19033f05fca6	1	1	2026-11-26 21:55:06.921183+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	new data key	root@vm	data key 4ce0935c after 9f25f257	local:master.key	{}	\\x7973a35efc174792ae0fd0008c40895a00000000000000018bc52efedf6671420cfe5ddb5279d213da68f0f0e11e4b89b407746d9d5b5a210000000000000006c4ada39b23cd35bb5fb60a5b780518bbf20de77842fb46b8bf6aa4b73a925bd300000000000000015c88c9d91ddeb86a2b548059cc3b91d5902e7497bfb246debb379d7e84d870070000000000000001707532c1353ac4a7a3ab8f9e235a1b4ffcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x37150a50e057c1066b49f2f548f461077c46c975e9497383c2030adb50a5286d
50259b6a-9a11-466d-812e-857e09ec3852	1	1	2026-11-26 21:55:07.0512+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	cache time set	root@vm	2m0s		{}	\\xa41870d9025d4feeb41619033f05fca6000000000000000137150a50e057c1066b49f2f548f461077973a35efc174792ae0fd0008c40895a00000000000000018bc52efedf6671420cfe5ddb5279d213da68f0f0e11e4b89b407746d9d5b5a210000000000000006c4ada39b23cd35bb5fb60a5b780518bbf20de77842fb46b8bf6aa4b73a925bd300000000000000015c88c9d91ddeb86a2b548059cc3b91d5902e7497bfb246debb379d7e84d870070000000000000001707532c1353ac4a7a3ab8f9e235a1b4ffcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x850fa6de45502ad92246917f08cffe52eef03dabbe2d30a78150633d6f021ec7
f4c1f0ca-9af7-4c4d-a7b6-ace7a8d19b09	1	1	2026-11-26 21:55:07.092997+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	locked	root@vm			{}	\\x50259b6a9a11466d812e857e09ec38520000000000000001850fa6de45502ad92246917f08cffe52a41870d9025d4feeb41619033f05fca6000000000000000137150a50e057c1066b49f2f548f461077973a35efc174792ae0fd0008c40895a00000000000000018bc52efedf6671420cfe5ddb5279d213da68f0f0e11e4b89b407746d9d5b5a210000000000000006c4ada39b23cd35bb5fb60a5b780518bbf20de77842fb46b8bf6aa4b73a925bd300000000000000015c88c9d91ddeb86a2b548059cc3b91d5902e7497bfb246debb379d7e84d870070000000000000001707532c1353ac4a7a3ab8f9e235a1b4ffcc72318b3d046c191a687808351921400000000000000453c5bc60ed4fa39acac3dde6728e7ee1e	\\x	\\x3b759585d31ef27d5b6002e3777bcc102cff5dfc688d946bdcadee518c84fe5f
7973a35e-fc17-4792-ae0f-d0008c40895a	2	1	2026-11-26 21:55:06.877026+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	key fetched	vm:1490	held until 2026-11-26T22:00:06Z	local	{}	\\x	\\x8bc52efedf6671420cfe5ddb5279d21367b8da5d968f40031a48c65e01881a25	\\xd2d3de4d34a279af4cf8ec2198a1383a2e451a9f32a652b120cd14d0dd41d6ba
7973a35e-fc17-4792-ae0f-d0008c40895a	3	1	2026-11-26 21:55:06.89294+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	key fetched	vm:1490	held until 2026-11-26T22:00:06Z	local	{}	\\x	\\xd2d3de4d34a279af4cf8ec2198a1383a2e451a9f32a652b120cd14d0dd41d6ba	\\x587c1f5783f9873adc66081942a6fab663f264ebf849e1386c74884fadd632b7
7973a35e-fc17-4792-ae0f-d0008c40895a	4	1	2026-11-26 21:55:06.932439+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	key fetched	vm:1490	held until 2026-11-26T22:00:06Z	local	{}	\\x	\\x587c1f5783f9873adc66081942a6fab663f264ebf849e1386c74884fadd632b7	\\x52f09aa5955686a68a906053d5eec0c0696c78962ba37e903da5886036679cb3
7973a35e-fc17-4792-ae0f-d0008c40895a	5	1	2026-11-26 21:55:07.827156+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	key evicted	vm:1490	KU009 key_locked since 2026-11-26T21:55:07Z	local	{}	\\x	\\x52f09aa5955686a68a906053d5eec0c0696c78962ba37e903da5886036679cb3	\\x5c8ee289258545b1ec54075503ae56c25bca958878d0b2b4ae000e59fe93eb1b
7973a35e-fc17-4792-ae0f-d0008c40895a	6	1	2026-11-26 21:55:07.840098+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	key evicted	vm:1490	the process ends	local	{}	\\x	\\x5c8ee289258545b1ec54075503ae56c25bca958878d0b2b4ae000e59fe93eb1b	\\xf7027a57b8d869edea7b0550369fa235ec8a712f1a69d7d76bbbd8e15e2ecd39
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
fcc72318-b3d0-46c1-91a6-878083519214	69	\\x3c5bc60ed4fa39acac3dde6728e7ee1e6f710137c39278d91ad9de9234a2d10c	2026-11-26 21:55:06.18229+00	\\x4bb43f7efa81173059d6c58bdba8f9a6280108802b2eb3c5b7af8a3719d40a66
902e7497-bfb2-46de-bb37-9d7e84d87007	1	\\x707532c1353ac4a7a3ab8f9e235a1b4f9656e57027f4a3e30ebd18cf184e161e	2026-11-26 21:55:06.415861+00	\\xdfe19fb6a0c43f73c989db5c72e826ab57cd58ca4881484eb927337cb6454505
f20de778-42fb-46b8-bf6a-a4b73a925bd3	1	\\x5c88c9d91ddeb86a2b548059cc3b91d53079ba0a59b437da14ac31376b2b9472	2026-11-26 21:55:06.44137+00	\\x1b141957d43a6dcc336b10fc54f0ded5650022dad0bd31175c545098d769b6dd
da68f0f0-e11e-4b89-b407-746d9d5b5a21	6	\\xc4ada39b23cd35bb5fb60a5b780518bbdcd29e7b45cee69b98e15a00c7af3a84	2026-11-26 21:55:06.772875+00	\\xef0e21b1b68ede99b450459c77dbdcfc946daf9a7c1cc4f2b0f8f2ebf96333be
a41870d9-025d-4fee-b416-19033f05fca6	1	\\x37150a50e057c1066b49f2f548f461077c46c975e9497383c2030adb50a5286d	2026-11-26 21:55:06.923264+00	\\x730161d976cfa7b890cd4fc9b9caa21e77f127e6b871315ed6097306c28daf01
50259b6a-9a11-466d-812e-857e09ec3852	1	\\x850fa6de45502ad92246917f08cffe52eef03dabbe2d30a78150633d6f021ec7	2026-11-26 21:55:07.053488+00	\\x1e16705ee930ac12fc26a44fe84721e4ea50321ec5736b1e9f81783c02fcd0e8
f4c1f0ca-9af7-4c4d-a7b6-ace7a8d19b09	1	\\x3b759585d31ef27d5b6002e3777bcc102cff5dfc688d946bdcadee518c84fe5f	2026-11-26 21:55:07.095454+00	\\x4e1878fc80a2025dee1765ef9c282be163137ef210a6363e3d29eb2c70b6fb37
7973a35e-fc17-4792-ae0f-d0008c40895a	6	\\xf7027a57b8d869edea7b0550369fa235ec8a712f1a69d7d76bbbd8e15e2ecd39	2026-11-26 21:55:07.850937+00	\\xbc9d3902156036c3b0dd1361aa834c3e4aad422998b0119f07f2543dc296b02f
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
f403fab6-760a-48eb-98e1-aed725b3cf14	2026-11-26 21:55:06.414266+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	1	2670064215	created	local			local:master.key	a8a5e7cff1c95196	root@vm	\\x8e983ccb1c8782f815dcbcbca1b6430229cb6414194182802ac9a21fae279919
0b52942f-1e1b-4e72-896d-77c54ab50a21	2026-11-26 21:55:06.440089+00	90f8ed01-210c-4025-9f6f-51b5aa8c85d6	1	42294128	created	local			local:master.key	a8a5e7cff1c95196	root@vm	\\x1f8bd87b5521aff99bd9ce4f142cadd87375589f47c9bfe65cd96e1e0d01db2a
2da5a01d-ca9a-4488-9479-d8c4c2e0922c	2026-11-26 21:55:06.921183+00	6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	2	1289786204	rotated	local			local:master.key	a8a5e7cff1c95196	root@vm	\\x277fdd4dd52a9316f7e2fc41db6ed4b002d66826b0e2b8baf77728eb3282b1b9
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
1	2026-11-26 21:55:03.923218+00
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
1	completed	1	32767	2026-11-26 21:55:06.496643+00	2026-11-26 21:55:06.48689+00	2026-11-26 21:55:06.642326+00	2026-11-26 21:55:06.48689+00	1	{"column": "1ae02e43d0ad40e1ad8956f881d2b74d"}	{vm_2026_11_26T21_55_06_489518}	\N	pgseal_column	{}	pgseal	{}	\\xa977e362743aad7bd3bf6a61a9d31da9a180f66beb00df54218a747aeba1e247	11110001
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
main	1	2026-11-26 21:55:03.934958+00
main	2	2026-11-26 21:55:03.938873+00
main	3	2026-11-26 21:55:03.950827+00
main	4	2026-11-26 21:55:03.951846+00
main	5	2026-11-26 21:55:03.955724+00
main	6	2026-11-26 21:55:03.968166+00
main	7	2026-11-26 21:55:03.970392+00
main	8	2026-11-26 21:55:03.977963+00
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
pgseal	2026-11-26 21:55:06.493855+00	{}	\N	2026-11-26 21:55:06.832744+00
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
t	2c93eb4d-cc65-b7d3-5efc-13d8eeb569c2	\\xb0a6	2c93eb4d-cc65-b7d3-5efc-13d8eeb569c2	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-26 21:55:03.874793+00	2	\\x542a5e23cf6a5bc5615da7798e700304d5cb42ee60ca0aad172f87aae3627701
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	1289786204	2026-11-26 21:55:06.414097+00	3	\\xe9e7846931431786d4f62f84aa46e55aa116e2820f4510722de1de41b7bd7647
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	globex	local		local:master.key				300000	t	2026-11-26 21:55:07.092997+00	root@vm	f	\N	\N	\N		{}	0	42294128	2026-11-26 21:55:06.439901+00	2	\\xe72b39fb9119851d92491439c670145f1b9b6b198c42be67c614bd7ec88d460b
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	2026-11-26	401d5d33-9f6e-4348-a906-6e35606c7475	vm:1478	60	40	1	0	0	2026-11-26 21:55:06.767751+00	1	\\x0ba7389a139099ece5ef35b2e2e732a6b78425e7ff4f4d2429143ebd050374a0
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	2026-11-26	401d5d33-9f6e-4348-a906-6e35606c7475	vm:1478	60	40	1	0	0	2026-11-26 21:55:06.767751+00	1	\\x09ef961289ef02a726355c26d9c229ac07364d78944e64ef5c9d20c794b97d9c
6fbe4eff-90ad-4f9c-ba6f-bb98cc5ed4a4	2026-11-26	b91e8db5-a0f0-4a42-82c6-0a41b17323ca	vm:1490	32	51	2	0	0	2026-11-26 21:55:07.840131+00	1	\\x2633dbdb5e78a4add9c80eb28ac9394ad4672e28c4290726fd06d1192fc0fd67
90f8ed01-210c-4025-9f6f-51b5aa8c85d6	2026-11-26	b91e8db5-a0f0-4a42-82c6-0a41b17323ca	vm:1490	15	48	1	0	1	2026-11-26 21:55:07.840132+00	1	\\x815e0ed4587e34cdeffcb47e26521aafe640bc6e39b99fbe003c6b77b60d644d
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_AbCmnyXyV9cRcD545lBrV0BMeZoWVugSqD0eyI04gw1iP3EQQkbpil8b_z_HErQSp01CMZr_jWxys9-yxNkVLUTU3P9e7au8xqnE33bMzAIdMdYB4TqpB1lU3XlVzvPSkn4_	pgs1_AbCmnyXyVzjs89_aBbCbRK6RH50Oyd9mnSB8oREMx-YppAQr3FaRe6epEnxUhp4	\N	pgs1_ArCmnyXyV1gq118L9MJVFuTdkoXicgiRPRGtHrEP6Lg4PwGJT6b6qy9vmYZIHpBUdYY	\\x01b0a69f25f257890c85f629865585a1634481fede7c6e0f1335a7105fbc525dfb7144d253102ea1070c6836871452505a3c68a3654add	\\x02b0a69f25f257225cf33ecff301c0d4ec45e85c4b799511ee1e53a9f1dc7aadf9615f7a76859ee64aae48	\\x02b0a69f25f257c3ae67e5e11ef538ef2044ba2017d50a716b4440d8daf4f4213b39525b1a2c7bf8	\\x01b0a69f25f25765f23a992461588814802637fcb84a0975eca92c4e8951da20da49c8f75911f31e8466a8290194edb5e362eb93fbab00	\\x02b0a69f25f25797425f8309bf350c8b7e171dcc4631f3616e86e7303f90de171a1a3f85	\\x02b0a69f25f257dedaa326f22fa2dd4e56ffc5c8f1167e2c1a2931f9cbe365605595cb853fc947	\\x01b0a69f25f2576126925ef4e4b4087f2051dfb0505643564c60e2b262ce397ac2e05bcb12fe1ceadd707e52e3346698cbe67c1d175925	\\x02b0a69f25f25765b729cc0c75410c59fc3ef3149cf20b984ed2d7e5075f1268a368893d1d8022cef6f2ba	\\x02b0a69f25f257cf246dff916fcf71e3d665833b6e10f333ea5ea5ea3f4bdb22d3eeafb1549707d6c50eac01e17164480daf20	\\x02b0a69f25f25732a109db610f72e03318ccb866c1f9e35dc6bb6d48e74a08d3525c6fa04a77	\\x01b0a69f25f257084b4b680716095f8ab8c037773af096b71b93c69e2db8546328a7a24d8e8aab511b5d4f2e2dfc1cd6f664a1ee7f676d9b5eca311b9e16604aa4d610f18e632753ba35fef1de993d	\\x01b0a69f25f25742b4b452009392a5a24ca92638a6b8d8efb4e8cd0a419f52dc186fa8a57484770ad013555043a86bb16d91c057043445310405fd75363aeb53c41870bcecb67d5b44212096f2f96e3c1542e2d314f294701151
2	globex	pgs1_AbCmAoVbcAyTw2AMPVmoZPPcRbAZfiZD3VORZSew_O3GRSUPGbXPUwHbhXWJPJXhGNqH7mg_qL6XsF6EtQl1bd_iw_xqvgEekDFaWAMG-glKcAUadL-SwVkc9qV5niO0YxhA	pgs1_AbCmAoVbcLmXDJMg2gjyDszF-eL5zjSfUY5uamETOOfhIOHlYei-X-J3LmNPTS8	\N	pgs1_ArCmAoVbcCluOP3g1TIXIT4fSji8oORPEhPaBbwHrGICO1Kyqvquid1SubvVJ3fm2vk	\\x01b0a602855b70f4973b5f2aea493ef5f141e53543fc2b20322a469ed94bd9a8a3a3b3e4197c9b82ef1974e0df587180b019b0517fb0dd	\\x02b0a602855b7068e477c330b6640c36a36e80878d358080fc9e12f3216e0699d7e2368750e2f23c2abd7a	\\x02b0a602855b7056e64ee190449fbe05cc2a4f01598a49667c6347cf304f86e2ead9a647d6468e18	\\x01b0a602855b703a87f5b6807f860ff81322906d9a1979daf078b70941aa406c154356c017f05162267be1a0406f25413a06aaf28d89a2	\\x02b0a602855b70b0837c7437d4c5284a7ca1a7bcd0e1ce0e699d2a734940ebb5573f87fe	\\x02b0a602855b706005653d463a67ac6267810804d4e3bd0d8788fafe7d647453b410806c92cd27	\\x01b0a602855b70710c6972e55cffc1b76a059a8acfb3d9c497bb8d46c4a757d8a9fe047e1a08f2e6a5e08de0936b113d9fd5c4677cb9ec	\\x02b0a602855b7029aa318497d1c14815cf3600d43e0e3fa03873b8bf5960fb005c68a7ceaa46a7ac7336f2	\\x02b0a602855b70018d99eb784511a290fbac933afeefdca839b81af237aeffdfde327ef94238189a8f0d39302785880ee39fe2	\\x02b0a602855b7055a16fde656dbedfb53aa9012dcb6888fc257f4ae22a2dee6fd98073f9c2f3	\\x01b0a602855b706001b2d6640e04e750dd6d63554dba7ddfd628b523a5d89872917347842dffe4023aa51014b93ac141a456dce46fcaa0c7fdd641e0e8eefc3fa9d437f6027cc7820b200db5e9a62a	\\x01b0a602855b707e45a43ad5aa38a53cbd9172d77816ba3cc35a23f3f0e9323263fb9b8719246833be6d6af0d22ee079ae2cea062d76f09bea58c5c28fbae5ddef1dfda34b35cec2b3ca232d6eae33c56ba800c8cf73c56ddd3d
3	acme	pgs1_AbCmTOCTXFZSABlaBW_jZH6Vry608ZBCjEevRTgIi0821Shjv6P1kP90N2wZVmqFqLahS2I91iymxHS-qvI_RBmM2IRJFvageH2IQcxThKSdXiPjRrMLGwjUQDbTygw5rmtU	pgs1_AbCmTOCTXAcGY6n0IVzersBae5plog6M4XdXHeI_DoUVgGNvh_PGk1dFoySsNsU	\N	pgs1_ArCmnyXyV1gq118L9MJVFuTdkoXicgiRPRGtHrEP6Lg4PwGJT6b6qy9vmYZIHpBUdYY	\\x01b0a64ce0935cfc035b9878c6e19829570082d9cc4a047e9c8e6069d48bce8a0f97255714cbd4f321882fe077d5b83a22980fc6033be0	\\x02b0a69f25f257225cf33ecff301c0d4ec45e85c4b799511ee1e53a9f1dc7aadf9615f7a76859ee64aae48	\\x02b0a69f25f257c3ae67e5e11ef538ef2044ba2017d50a716b4440d8daf4f4213b39525b1a2c7bf8	\\x01b0a64ce0935c0639b4a29385e1e75baca34c45846d292be3a22ed55619acfab518514f49f1187c6f55e9ce165783db1f8d147170d861	\\x02b0a69f25f25797425f8309bf350c8b7e171dcc4631f3616e86e7303f90de171a1a3f85	\\x02b0a69f25f257dedaa326f22fa2dd4e56ffc5c8f1167e2c1a2931f9cbe365605595cb853fc947	\\x01b0a64ce0935c7c3438315aa0aeb936ea132204b373bbdaef471ebc54bb8e856d96aa43d7b636270b4550b77807c5a0b5cf8b539abbf5	\\x02b0a69f25f25765b729cc0c75410c59fc3ef3149cf20b984ed2d7e5075f1268a368893d1d8022cef6f2ba	\\x02b0a69f25f257cf246dff916fcf71e3d665833b6e10f333ea5ea5ea3f4bdb22d3eeafb1549707d6c50eac01e17164480daf20	\\x02b0a69f25f25732a109db610f72e03318ccb866c1f9e35dc6bb6d48e74a08d3525c6fa04a77	\\x01b0a64ce0935c868920218a028d72b980fadc198e21cdfd56b239504bc0524897e0a8d823b7425c2233feab806dbbbc0694c70c27f0a8c2438e3ae3a800e351187910b8085ebe60907ec3c63685c4	\\x01b0a64ce0935cc10b58915418fb06bfebeae8674540cf7635ccaf3a938f25afd5fb994fa4be3ba331baf31d504f0b65d10cebee529611daf19ca8d798948f38c7fe79a0b6782c7e53be3c2e0ca563de99220ad882813cce91cc
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSfjxjUiJE9gacNF_aXtuFYM3PwW3aF3wyPkdin_k85AYapZ0vNnc1arlHA
2	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_04PvFn59Zg2xQmr34M10M8SVi22nNFrA_8qM6V6Yz9UWHIYHMwTt_fdNw
3	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSbhHy_Y9z9VRAj8yH4Eub3Xapk92aBisHylbi4W3dG__Juya1ZBjXu7tsQ
4	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_0K1hQq-kMW8S72pb6kREaDEb-V1y_l3L98fHWaisScqLRsXQnjuJgaA0g
5	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSeceFIv2MiLqeoJfp7x-npfDHFoUDnAQ2cfFg5OvFNM1GdJtoTjYLrhuWQ
6	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_zFG2M9UKeEhEJTrt6j9NmGv2rRsSqs39ISJD3ZkHSgS-b3jlFmSSLOcqQ
7	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANScUNwQPQQmFTQa2WMX11P0eE0ueuXQ33s4HdM5TdpeU2to0cojMsMCMrYA
8	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_0Ex35rryAHRvKHMl73y2Hy0AKeMKhOEk4fLkYbxpEdlJmfckgcZnvW23g
9	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSTdFiCWr-7MdntrNTiRc3cOE_abkZxwk6Qvrl1TZLH84HKsQNFx-JAdiTA
10	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_5smF_TQyAcH6_elC7xfKqmitQyo7duSr0qR_QnLTk-L3vxcwkM2bJJfpAQ
11	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSQVrg4eJn9Kow871w2vX4zftUnlx2jlH69x8F66IyfCGL8JGdQ9LnRt5Cz4
12	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_81HKAoAGt1opet26U-PpWgbPSsCETYeSsNQBp4CsAD-HnPyFii_8DYmTgw
13	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSbBD81owz15vCp38f7wsJD9hVy470l5pBXAOyABpdMjAhPTgSmCxcKKIbNA
14	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_02AQ8oLOD5OPoDmm0cGgHuBRPzhNZjAR1h4jnqu8oy4cKRF8qCavsJnz1c
15	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSXHoWmqs_BlUMRprETv4NkBlmjldseOy5lYi6IlR91mozRGU_LY4DqyXRoo
16	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_x9k6OcNnBhMaMpyhOoDeiPAqdC81oqd8-_THTQcxBpxkFtBFFwcZP4a6vY
17	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSWUp6LaDvG7HSM_wGGGzOR8oMU_ajsMu9opafph9v-Xj8yWWMyhk9ru0KeE
18	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_5V2SdiOQ7D6Dz3wZ4ETkIY4ynCqFmcFun1HnhqPJ4MeI9mCIsjzC__5qmk
19	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSRUUCAKqqDGzBdwMC6hV_P4iPektskcphttkO8CQ6tDjJO9G3GlKqj7ZzmA
20	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_62U7_lp_0CLGQMb-SidViDE4uayuvNdrYOgSsJOGmR3xQcHaz3XackPY6Y
21	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSZvo3q9ss_huwMf0E31oDSBVhpcCehfYrJxWZJGsuka7qaY4X-yH-74ZdTM
22	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_46u2N6RAJCeIZF42cY7CXiPtB4UsWncgtim7-_SQlpluO0mfMYnhuyXEIE
23	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSXM3I7RgNnF-_n-CSnZU4ctCa1zXTkcpzccjoZE6wv-HEloaDRw-jwGwqZE
24	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_3kDKN4IN5weR6dI7XGMlg7dvSy63dbzrRyQ9u9GdxPYlqiUucYpYaE98vM
25	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSZo7a7xF4ABSwY80dsQvtgc2qw-8c63YM5Mrm4LGeuJ6gy3QyVnfD2gUjw4
26	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_6xKyy1j9qFv07od3GiOq8Y_tYTM0ED7MtHnDAo4Wt9KMr3i6ZIWF-cWOko
27	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSQKzwH8sOosFTuFkiEuED5xqEdjWIp-3i5iDHhzO4T1AcJg0xLnKq8Gk7tI
28	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_9UlDtr3x2BiYIf7C92pwKhOj1Yja5SldKwtzuymArKnvoK1O6jSPdja-eQ
29	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSaCJOA_TOacBzxmk4qCg7oO85AllGpI1_KwQuOWncY0MR6NdwiByHfRloTM
30	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_wrcJol230NFmEvCL0pqBOGBv9ZNw-FaO_d4hI1ZvjrR1D6Nd2EdubAInNM
31	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSStgRW4dgB_GyELuXxZAcyCYNTPQ6iSWrDtd0pPOF06mcBduTzsMsYew_uI
32	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_wPdmoWPsW2AZMmIXIt6qYwqUaVh3Uxl2JYeP-Yz0k1VIyP6T6Q-3y2QQmQ
33	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSWY6jbaIO-MwC1xbd4hIFVEIaQSGTGl3muWkVQpgASnwFvFj0AAkBmXPFZw
34	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_09o269MjQlYUZGCd9MfIw4yLDvockcmCXFpLMO4_Ewa1TN3elvdEh6tu7I
35	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSfHjbPEcVD3QCQIRTZu_DCsV51BiIYP6aRJU1zbaFjU5rPWMEZG8BkcgMlc
36	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8__MCBqz25aPtQD8wajZTwJKmiJY7mORiAI-CDKd-WrIyvaZVS7b7TkrpePo
37	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSTd1Cd7TeIemuLoM_7j74UiS6z2XY8cD_gQiLI0wiJXW_Mg0OiBOkdk8Yc4
38	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_2Csw4OXYL_JCEl4mngFXJ3amjDzO5CkaAKVyuILnJblwlnG9ntU_syDpsg
39	globex	pgs1_AbCmAoVbcC1w1yWtBYHK80ANSaRNE3B1rBElNDRWIsBwSJrc6ks0SBAf3FmT9kSbc31SLpOj33fV6WdVq5M
40	acme	pgs1_AbCmnyXyV1VZhgVN19xcFHE8_9dKCAIlDMcoVMECmJVCEd_IgsHDmPMQbvPvH8BwI8EicZ9E8RFGqxFQdpU
100	acme	pgs1_AbCmTOCTXLi5OdTesqA0pGFCG1hmegA6iZtZpGHus_kJmiCD08YuJvGTyha0jDXdqz9HpmiK4OuVxiZkaEYD
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

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AbCm'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ArCm'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01b0a6'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02b0a6'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

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

\unrestrict c9YWxb7SBPyaJch2H2hnnGobpHfqNfmGk1hoGprFxPIp1PupeEDNJa74CBk9Byb

