--
-- PostgreSQL database dump
--

\restrict Ed13xYQfpiFWPmTTEEUKjcfdlTnbqvM6RPQPnBIeWwHhUEChfXqC18tO9BBzWjL

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

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
-- Name: bulk; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.bulk (
    column_state uuid NOT NULL,
    status text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
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
-- Name: store; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.store (
    singleton boolean DEFAULT true NOT NULL,
    id uuid NOT NULL,
    tag bytea NOT NULL,
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
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x01306b'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x02306b'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x01306b'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x02306b'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x01306b'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x02306b'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x01306b'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x02306b'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x01306b'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x02306b'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x01306b'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x02306b'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x01306b'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x02306b'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x01306b'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x02306b'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x01306b'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x02306b'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x01306b'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x02306b'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x01306b'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x02306b'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x01306b'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x02306b'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(body) >= 52))))
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
-- Data for Name: bulk; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.bulk (column_state, status, code, reason, kind, phase, pass, relation, "position", triggers, settings, actor, total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac) FROM stdin;
2f4078c3-2578-48c8-a533-174e95f994e6	done				verifying	1	16396	{}	none		root@vm	0	40	40	0	40	0	0	\\x	\\x	2026-11-26 20:40:06.729472+00	2026-11-26 20:40:06.980778+00	2026-11-26 20:40:06.977963+00	5	\\xa947b02d1bff5d837607515d7b20a5a8499458357dbadae030d37733cf17a307
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000004636f6465	3405052533	2026-11-26 20:40:07.175564+00	1	\\x078f8745bb111d457051b3e7db4d3ec154b5dd54e7fe427e58e08a39ae30dc18
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000003626967	3405052533	2026-11-26 20:40:07.176872+00	1	\\xb21a263442b70b46e8f202889a54e173c964936787724be97049594143bb7508
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000003666565	3405052533	2026-11-26 20:40:07.177674+00	1	\\x9b424d3618358b09c566704b1ac7df5fe403094f61daf20335cf99981058fabc
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000003796573	3405052533	2026-11-26 20:40:07.178402+00	1	\\x79969e968b9441913da9571ad771f3ba094ab2254ab3166829b9b491e9dc0735
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000004626f726e	3405052533	2026-11-26 20:40:07.17899+00	1	\\x7dde77e32751b393019768c04f9313313d996d951e672e9dae0622c033b4f558
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000007696e7374616e74	3405052533	2026-11-26 20:40:07.179352+00	1	\\x083c3f75d533e6bc448406094ab774fad739d6a22a079aecd19bb1083b5d7982
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c6963000000056361736573000000056964656e74	3405052533	2026-11-26 20:40:07.179695+00	1	\\x81b5c08c7397db61b6decac4915aa15df4f56ee30b7c25c14adc3b4f41242b08
72b96873-e641-4cd1-8cc9-23637dbe8ec7	\\x000000067075626c696300000005636173657300000003726177	3405052533	2026-11-26 20:40:07.179913+00	1	\\xfa590560f9f1d581328861b94f774805612122b4725801e99ea660fb12b967f3
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000004636f6465	2711740939	2026-11-26 20:40:07.190821+00	1	\\x63e86b4556d8e700d653412d5fa005c1f78d49c1eba15f1debef09695aedf3b2
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000003626967	2711740939	2026-11-26 20:40:07.19113+00	1	\\x308ed4653cf8c23df0fcd8c79a36bcb10757f7ef10c0e279000380f3818eb861
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000003666565	2711740939	2026-11-26 20:40:07.191372+00	1	\\x329419bdc2b7470837ef9382ac43610f608c366b29cffbf5740ec942aeead036
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000003796573	2711740939	2026-11-26 20:40:07.191602+00	1	\\x56396b7e678d48f810a0772ced5768357b4025cea259c59bb5281bb527d0bc61
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000004626f726e	2711740939	2026-11-26 20:40:07.1918+00	1	\\x5f014339996a5319aa0e9763bea549a4898b0b33972619f1b7f99be0439dcd61
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000007696e7374616e74	2711740939	2026-11-26 20:40:07.192022+00	1	\\xcdb04ed3eb41f48da627039d7fcad8215e231db8c76d84c23529b79d8a5613ba
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c6963000000056361736573000000056964656e74	2711740939	2026-11-26 20:40:07.192218+00	1	\\x8bdb58f12f95eb45cd3e6a8cbcbae98f37ebd7451c8249a6c8afa3a509f80ae9
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\\x000000067075626c696300000005636173657300000003726177	2711740939	2026-11-26 20:40:07.192492+00	1	\\x4b631664f7230c88eaf8bd6c4c41ce5cb4b6455d59a22fbeaaf7e5c77e57c4fa
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
ab7137ac-94b1-41b9-a7ef-118e64b03217	public	cases	ratio	7712582737648544521/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.686288+00	4	\\x41bf507d9583c26792d78a49a4c09d2f84bbb9d029d85c8b1fef2ea25c4cb448
eabb1125-d181-46b1-a741-220130ed5a39	public	cases	raw	7712582737648544521/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.814019+00	4	\\xe8428836bbcb6c5232e056e1f605c39bcd98cb8924f67881fd6826972bf35b8f
535b8402-5e4e-4f4e-a681-7303f1d14e09	public	cases	tags	7712582737648544521/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.922192+00	4	\\x1d8ebe1580bf69a63e0296dde3c194123f35fd7e6dfe3431f5977f437b5ba3e1
ee976d75-db74-4fc3-8c0a-6ddc9b07dfd1	public	cases	void	7712582737648544521/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:06.044286+00	4	\\x23d5ab1e033fc3de56c9ac0249d5c8645fe1557c13706a4b7dcb55b996b61cac
ce2264b9-006c-4cca-ab10-20f988f1e6df	public	cases	whole	7712582737648544521/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:06.1631+00	4	\\x92d55e26a3ba13935074696a7a3acab4cd860d49c8e30080fbfea8130561fcbc
cd6738cd-362e-4b50-90a5-71e7131c54ad	public	cases	yes	7712582737648544521/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:06.27521+00	4	\\xb5e9380a7771630a789736a2ad4b90aea8bef5f092dc221155c7722b0b1940a6
2f4078c3-2578-48c8-a533-174e95f994e6	public	notes	body	7712582737648544521/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:06.854991+00	4	\\x7d36c4d4cb5e391dbf21d262dad26884fedd4e7eb15764478cc17c2334edde94
537e885d-464c-4000-a34c-58c58d677d68	public	cases	big	7712582737648544521/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:04.47686+00	4	\\xbafa81f4038be9e66b9d0f97d6711e1bf530fa5725f05bfe536e4b41c57dbee0
b635eca1-a77a-49ac-a2dc-0a1ee8dd757c	public	cases	born	7712582737648544521/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:04.589573+00	4	\\xc3f58839dad78721a454e8c15d963e13ef4ab47db79169713d8cc5506d55f661
8786ec1f-1b3f-4599-a05b-43a3742e8dac	public	cases	code	7712582737648544521/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:04.708047+00	4	\\x99264bc6a4e396c13f7104460f6c68a5f54fad50c6766ce3e3eddd10e5979d94
e07d2bad-2f82-4758-8c73-6810f6ee3add	public	cases	doc	7712582737648544521/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:04.829514+00	4	\\xe45ccd9a762f0105e5321f6b10b1369dcc8fb657da443df1838891ed2ebd1b36
cebfea3e-7b04-4599-bf9d-b922c6722ff5	public	cases	fee	7712582737648544521/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:04.94123+00	4	\\xadecea5af43131a49653c3bf55cfc7ec314c89667611dae53f77dcd4879e49d3
9c0d0945-67b5-4cd7-b1b4-d33bd603c3fa	public	cases	ident	7712582737648544521/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.097609+00	4	\\xdd6c0ece74f9df4355256ed1267199abbb2ef110131ff748b25c0100d6c0df28
94efbaa7-c405-43a5-b7ad-20235aee2999	public	cases	instant	7712582737648544521/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.211382+00	4	\\x568dde64fc7dbb02f343116f95598b90dd84646c0e58e1936f7092ceb5d66ac8
0b162461-0a86-4669-811e-2881db39d788	public	cases	moment	7712582737648544521/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.32222+00	4	\\x746ad906a99289ea66d8946cc2ab88180d5327d10f3b72afbe66a2bc9064ecce
c82c1d48-89d3-47e6-bed7-6d0d3470bcb9	public	cases	note	7712582737648544521/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.445229+00	4	\\xc8a531a911edbf9116fb382ddd23af35aad3e0af012a954b3d6f71b4c39d2376
2bf25e9d-a945-48a7-a558-fe38d7dc8521	public	cases	nothing	7712582737648544521/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 20:40:05.615878+00	4	\\x098675761c967d0a8716dff210aa627867a9e00a10f2f9c7d6acf46e262d8e3c
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
2711740939	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	\N	\\x01f0462a9321c9cb52be03b10784f08d10b4e1866838f7c1e3495878fad99cb25cb85361459d1c510503147b7c7a13155c67d731a37598d1b82946aeb6	local:master.key	420fbad583a6f2a7	2026-11-26 20:40:06.571669+00	1	\\xa465804912ec5d38a29df7c8cc2343606ab8b9d533ccc030c185ed46f613267e
3405052533	72b96873-e641-4cd1-8cc9-23637dbe8ec7	4014699700	\\x01548a1f7fd8fb1886bfa56d8ea363b8d1bb3e5195b634bb3813ee5db52f38227dc1724533015a4bbe13a60019d13e2b29aa869bcda355e144e5e08655	local:master.key		2026-11-26 20:40:06.54185+00	2	\\xaa7d66b3de8a545f8782a4eb0e9bfb3ec15bc766fd444fb6bbcabe6aee222c68
4014699700	72b96873-e641-4cd1-8cc9-23637dbe8ec7	\N	\\x018fed89be90c0a8b051e6e2444a8f4ee826156de0b7807e9e2ea11b8105d06e57e07d0548a2bcb7bec48c894bdcc3aa03e3b8c5811d8271a3001e90e6	local:master.key	420fbad583a6f2a7	2026-11-26 20:40:07.227483+00	1	\\x9201c65454f26d12e58907f3ff34c625efcdad670246c63fad749412ff4b26ca
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
1a89a9b7-d714-44ed-88cd-c2d8e1359684	1	1	2026-11-26 20:40:03.941488+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\x8a66d6abe09adea7d02e9208c9bad3db88b0828063c0053f46ba2a65c15bc102
1a89a9b7-d714-44ed-88cd-c2d8e1359684	2	1	2026-11-26 20:40:03.960546+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\x8a66d6abe09adea7d02e9208c9bad3db88b0828063c0053f46ba2a65c15bc102	\\x2900d6e46f58d23c1fb12b74d4c55cbbc6062dd8f4187072b669359cc55d622d
1a89a9b7-d714-44ed-88cd-c2d8e1359684	3	1	2026-11-26 20:40:03.970683+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\x2900d6e46f58d23c1fb12b74d4c55cbbc6062dd8f4187072b669359cc55d622d	\\xd15968faec76f8b012b9732824b3c035f93215297c9d0601e1f2bc27ba2a8973
1a89a9b7-d714-44ed-88cd-c2d8e1359684	4	1	2026-11-26 20:40:03.976511+00	\N	guard function made	pgseal			{}	\\x	\\xd15968faec76f8b012b9732824b3c035f93215297c9d0601e1f2bc27ba2a8973	\\xff7a2f22684516f372c92a12ba3e8d0bc628b88a25f5ea62b6624733159c6165
1a89a9b7-d714-44ed-88cd-c2d8e1359684	5	1	2026-11-26 20:40:03.97759+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\xff7a2f22684516f372c92a12ba3e8d0bc628b88a25f5ea62b6624733159c6165	\\xbc585f490b5bd52cddf4bc698174373446d90ec104e61b3a673e4b00ebcdedb2
1a89a9b7-d714-44ed-88cd-c2d8e1359684	6	1	2026-11-26 20:40:03.987072+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\xbc585f490b5bd52cddf4bc698174373446d90ec104e61b3a673e4b00ebcdedb2	\\x6f34b33df5cba76ada042bf2c4d87a6d9e7ee119d481bc49692cc93dd8b5bdda
1a89a9b7-d714-44ed-88cd-c2d8e1359684	7	1	2026-11-26 20:40:03.994239+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x6f34b33df5cba76ada042bf2c4d87a6d9e7ee119d481bc49692cc93dd8b5bdda	\\x8c4fc8622b3f852c27e2e2ce34c563aaedf96fb12257c522b40914885bad2efb
1a89a9b7-d714-44ed-88cd-c2d8e1359684	8	1	2026-11-26 20:40:04.001882+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x8c4fc8622b3f852c27e2e2ce34c563aaedf96fb12257c522b40914885bad2efb	\\xd43533bb218c45a843bb38ad3751fe71074d7d7a21c18bef2ccb12f4b0f08285
1a89a9b7-d714-44ed-88cd-c2d8e1359684	9	1	2026-11-26 20:40:04.013456+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\xd43533bb218c45a843bb38ad3751fe71074d7d7a21c18bef2ccb12f4b0f08285	\\xf9124f4b7fcac0d8675fa0ddd7e2e9731f8bd3c89eefe124d179c7ab38afb0da
1a89a9b7-d714-44ed-88cd-c2d8e1359684	10	1	2026-11-26 20:40:04.015666+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\xf9124f4b7fcac0d8675fa0ddd7e2e9731f8bd3c89eefe124d179c7ab38afb0da	\\x40dc0097c4fabddfacf883bbc706537ce34bf79f1398917171d21b7578089764
1a89a9b7-d714-44ed-88cd-c2d8e1359684	11	1	2026-11-26 20:40:04.017527+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x40dc0097c4fabddfacf883bbc706537ce34bf79f1398917171d21b7578089764	\\xc76a253fdc874f77b74134fe507b5330ff0ea3d2f91c7f21e42d46e8f9266ad9
1a89a9b7-d714-44ed-88cd-c2d8e1359684	12	1	2026-11-26 20:40:04.027729+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\xc76a253fdc874f77b74134fe507b5330ff0ea3d2f91c7f21e42d46e8f9266ad9	\\xf802768b6833fbbc9584c73a385df31254d77bc9b8a78e538c6d74439f54941b
1a89a9b7-d714-44ed-88cd-c2d8e1359684	13	1	2026-11-26 20:40:04.035441+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\xf802768b6833fbbc9584c73a385df31254d77bc9b8a78e538c6d74439f54941b	\\xf0ea2573319ffb6954c7b2fcc5db70b3dde5b9e2ede1964419d0f6a7ce8fd913
1a89a9b7-d714-44ed-88cd-c2d8e1359684	14	1	2026-11-26 20:40:04.041009+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\xf0ea2573319ffb6954c7b2fcc5db70b3dde5b9e2ede1964419d0f6a7ce8fd913	\\xa1e3bd7ff16ef71633fd7964891614b310132e37ca09a77e48f41b7442d2d19b
1a89a9b7-d714-44ed-88cd-c2d8e1359684	15	1	2026-11-26 20:40:04.050004+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\xa1e3bd7ff16ef71633fd7964891614b310132e37ca09a77e48f41b7442d2d19b	\\x64fb24e6ffec23bbda1c7b80d94baf6c22aa77ff68cc416aece5994804949a8a
1a89a9b7-d714-44ed-88cd-c2d8e1359684	16	1	2026-11-26 20:40:04.056945+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x64fb24e6ffec23bbda1c7b80d94baf6c22aa77ff68cc416aece5994804949a8a	\\xc76094db857efbd0a51919de9c91988633c03ded3276368742b863874c3d7f7c
1a89a9b7-d714-44ed-88cd-c2d8e1359684	17	1	2026-11-26 20:40:04.06234+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\xc76094db857efbd0a51919de9c91988633c03ded3276368742b863874c3d7f7c	\\x02daffa06cefe0b82f8c3a82169a201ef00b211258a12a8123b3b7e7484cea72
1a89a9b7-d714-44ed-88cd-c2d8e1359684	18	1	2026-11-26 20:40:04.07148+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\x02daffa06cefe0b82f8c3a82169a201ef00b211258a12a8123b3b7e7484cea72	\\x8702e290578ddb5fa8081b0590565005a8a4f9bb8811b41b1d60699502de070b
1a89a9b7-d714-44ed-88cd-c2d8e1359684	19	1	2026-11-26 20:40:04.078059+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\x8702e290578ddb5fa8081b0590565005a8a4f9bb8811b41b1d60699502de070b	\\xb9dd101d33b148f74b995186d5d4573482c58f2b37f6db0670d6c23d2a55a09d
1a89a9b7-d714-44ed-88cd-c2d8e1359684	20	1	2026-11-26 20:40:04.084258+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\xb9dd101d33b148f74b995186d5d4573482c58f2b37f6db0670d6c23d2a55a09d	\\xe7ea350ddf9c2bf76297189b526e938fb0bc51d320820538b483bee974f53b0a
1a89a9b7-d714-44ed-88cd-c2d8e1359684	21	1	2026-11-26 20:40:04.09283+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\xe7ea350ddf9c2bf76297189b526e938fb0bc51d320820538b483bee974f53b0a	\\xa077b5edd862375bcf0019e793e04a271476023191220a54b9a67cde7ece1371
1a89a9b7-d714-44ed-88cd-c2d8e1359684	22	1	2026-11-26 20:40:04.100071+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\xa077b5edd862375bcf0019e793e04a271476023191220a54b9a67cde7ece1371	\\xd2e99be1a1650b713ea05574dbea7e53142474c654c2a9bcf0f8b1c688061931
1a89a9b7-d714-44ed-88cd-c2d8e1359684	23	1	2026-11-26 20:40:04.105957+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\xd2e99be1a1650b713ea05574dbea7e53142474c654c2a9bcf0f8b1c688061931	\\x9ea97bf47417908db63ba7924e78cf1be9874dea5a3cfd711852807b835f827e
1a89a9b7-d714-44ed-88cd-c2d8e1359684	24	1	2026-11-26 20:40:04.115171+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\x9ea97bf47417908db63ba7924e78cf1be9874dea5a3cfd711852807b835f827e	\\x9d67c5d6c221899685184dd2e9dde192ae8f6b48b9654a5e3af3934560f48317
1a89a9b7-d714-44ed-88cd-c2d8e1359684	25	1	2026-11-26 20:40:04.12184+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\x9d67c5d6c221899685184dd2e9dde192ae8f6b48b9654a5e3af3934560f48317	\\xc5ac36be2c8756c8bb973a278ee53ac71afebf58581eab89a75557c71c09f40a
1a89a9b7-d714-44ed-88cd-c2d8e1359684	26	1	2026-11-26 20:40:04.12738+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\xc5ac36be2c8756c8bb973a278ee53ac71afebf58581eab89a75557c71c09f40a	\\x78952c024447cbb5af541822a0819f3a0928ab6bed380c221d46023b615231f8
1a89a9b7-d714-44ed-88cd-c2d8e1359684	27	1	2026-11-26 20:40:04.139896+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\x78952c024447cbb5af541822a0819f3a0928ab6bed380c221d46023b615231f8	\\x3816207ed0b3aa4caac468fa75a48a4fd5e41013235857137f09fa3a2c9ffb1f
1a89a9b7-d714-44ed-88cd-c2d8e1359684	28	1	2026-11-26 20:40:04.141559+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\x3816207ed0b3aa4caac468fa75a48a4fd5e41013235857137f09fa3a2c9ffb1f	\\xe031db9e1297c66fafbd2e83d03390f3392a5b33d9a8dbc4d79d837cc96271d5
1a89a9b7-d714-44ed-88cd-c2d8e1359684	29	1	2026-11-26 20:40:04.142439+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\xe031db9e1297c66fafbd2e83d03390f3392a5b33d9a8dbc4d79d837cc96271d5	\\xd711ce65890569ddd9072e74ee2880590a368cc1b997257fb45e4c0f356b9375
1a89a9b7-d714-44ed-88cd-c2d8e1359684	30	1	2026-11-26 20:40:04.154149+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\xd711ce65890569ddd9072e74ee2880590a368cc1b997257fb45e4c0f356b9375	\\xea5b43b03b52608bd87b6aaa887d4c10f6ecb4eda3fd19b9d97ea9f269081b47
1a89a9b7-d714-44ed-88cd-c2d8e1359684	31	1	2026-11-26 20:40:04.154983+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\xea5b43b03b52608bd87b6aaa887d4c10f6ecb4eda3fd19b9d97ea9f269081b47	\\x25a4cf0b6ff2424adac5673844b0222ed2913c565a0891df083b5fcfb2d271b5
1a89a9b7-d714-44ed-88cd-c2d8e1359684	32	1	2026-11-26 20:40:04.156491+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\x25a4cf0b6ff2424adac5673844b0222ed2913c565a0891df083b5fcfb2d271b5	\\x5520b5f3a5d13ccd2730c1ac48ba70eb69e7512646373a329e38d6803971b432
1a89a9b7-d714-44ed-88cd-c2d8e1359684	33	1	2026-11-26 20:40:04.170948+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\x5520b5f3a5d13ccd2730c1ac48ba70eb69e7512646373a329e38d6803971b432	\\x474c5dad17c4e39787184c7690d90439adede3a10b87b143b41ad0ad45595aa5
1a89a9b7-d714-44ed-88cd-c2d8e1359684	34	1	2026-11-26 20:40:04.180163+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\x474c5dad17c4e39787184c7690d90439adede3a10b87b143b41ad0ad45595aa5	\\xcbde120e0534cced3905b0a2c4cb4472d889cd0404dddebe31240d90cbcc7f65
1a89a9b7-d714-44ed-88cd-c2d8e1359684	35	1	2026-11-26 20:40:04.187911+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\xcbde120e0534cced3905b0a2c4cb4472d889cd0404dddebe31240d90cbcc7f65	\\x056309a3d79e883573fb28c5fe334a25d7d653ccfe1801e66684bce8ab4063d3
1a89a9b7-d714-44ed-88cd-c2d8e1359684	36	1	2026-11-26 20:40:04.202049+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\x056309a3d79e883573fb28c5fe334a25d7d653ccfe1801e66684bce8ab4063d3	\\x1ba6ea112bb2fcc4b49c8825691fff1ee014a954cd46c261d8203f5ced619697
1a89a9b7-d714-44ed-88cd-c2d8e1359684	37	1	2026-11-26 20:40:04.202911+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\x1ba6ea112bb2fcc4b49c8825691fff1ee014a954cd46c261d8203f5ced619697	\\x3e78ca0e2c75724caad4686bb8fa2bc12e8fb569451e98f32a3a6c4e72a983c4
1a89a9b7-d714-44ed-88cd-c2d8e1359684	38	1	2026-11-26 20:40:04.203714+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x3e78ca0e2c75724caad4686bb8fa2bc12e8fb569451e98f32a3a6c4e72a983c4	\\x140958cad841b7aae7233e93bb8ac43a743e0d1b4399ba10001abafddc1e4b66
1a89a9b7-d714-44ed-88cd-c2d8e1359684	39	1	2026-11-26 20:40:04.21892+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\x140958cad841b7aae7233e93bb8ac43a743e0d1b4399ba10001abafddc1e4b66	\\x4e5e817bc7d27cfefcd59ab1b02616d5bd0444cfb020cc36c5314e12af4179b6
1a89a9b7-d714-44ed-88cd-c2d8e1359684	40	1	2026-11-26 20:40:04.227988+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\x4e5e817bc7d27cfefcd59ab1b02616d5bd0444cfb020cc36c5314e12af4179b6	\\x8b3e891c11a749100cdfd0cc16205acb72a1926b0b36fad9627910871104afaf
1a89a9b7-d714-44ed-88cd-c2d8e1359684	41	1	2026-11-26 20:40:04.235151+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\x8b3e891c11a749100cdfd0cc16205acb72a1926b0b36fad9627910871104afaf	\\x366de0cf8ec3a835a6b74f455701b68101413d71d592d744ae1268eb1ecfede7
1a89a9b7-d714-44ed-88cd-c2d8e1359684	42	1	2026-11-26 20:40:04.252369+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\x366de0cf8ec3a835a6b74f455701b68101413d71d592d744ae1268eb1ecfede7	\\x7fa8f40e10c5629963ff7b87a2479d867b8b6383c235cf5171c77b72b602e969
1a89a9b7-d714-44ed-88cd-c2d8e1359684	43	1	2026-11-26 20:40:04.253541+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\x7fa8f40e10c5629963ff7b87a2479d867b8b6383c235cf5171c77b72b602e969	\\xedf6cd00ea99a635fe7f8e9543efebfd7e2c0432584f6d790015322ff86c6a7a
1a89a9b7-d714-44ed-88cd-c2d8e1359684	44	1	2026-11-26 20:40:04.254119+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xedf6cd00ea99a635fe7f8e9543efebfd7e2c0432584f6d790015322ff86c6a7a	\\xbd1ffe4553d8bc885b5d56f8c85eb99bac8d5de592f715b181192a4acf6121cd
1a89a9b7-d714-44ed-88cd-c2d8e1359684	45	1	2026-11-26 20:40:04.272738+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\xbd1ffe4553d8bc885b5d56f8c85eb99bac8d5de592f715b181192a4acf6121cd	\\x2fa421ba4a67acef067c56a46ec0e3837e278b19b2246fccd92396478ee6f334
1a89a9b7-d714-44ed-88cd-c2d8e1359684	46	1	2026-11-26 20:40:04.281658+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\x2fa421ba4a67acef067c56a46ec0e3837e278b19b2246fccd92396478ee6f334	\\x179d8c036aed159734ce6c84330ae5ac971eca02cabb846b0601ef923811258e
1a89a9b7-d714-44ed-88cd-c2d8e1359684	47	1	2026-11-26 20:40:04.291722+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\x179d8c036aed159734ce6c84330ae5ac971eca02cabb846b0601ef923811258e	\\x7763c0fdd0cbdfa05dfb29331d55bebe53c7bb4a2677d91c5aced5948ef1c4cd
1a89a9b7-d714-44ed-88cd-c2d8e1359684	48	1	2026-11-26 20:40:04.308361+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\x7763c0fdd0cbdfa05dfb29331d55bebe53c7bb4a2677d91c5aced5948ef1c4cd	\\x112c0057cc76f48368ef29b421a72f4df35420092bb72c48cd924f022c1006e4
1a89a9b7-d714-44ed-88cd-c2d8e1359684	49	1	2026-11-26 20:40:04.318428+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x112c0057cc76f48368ef29b421a72f4df35420092bb72c48cd924f022c1006e4	\\x79bafb5b365a4bfcd96a33a65a174f549985c1ce4c7201e41ec8fc0eaa9f8604
1a89a9b7-d714-44ed-88cd-c2d8e1359684	50	1	2026-11-26 20:40:04.326609+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\x79bafb5b365a4bfcd96a33a65a174f549985c1ce4c7201e41ec8fc0eaa9f8604	\\x9719709902ad930482a71708758be51008bdfdb3ba36e35160a3ff2bd0be208e
1a89a9b7-d714-44ed-88cd-c2d8e1359684	51	1	2026-11-26 20:40:04.341876+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\x9719709902ad930482a71708758be51008bdfdb3ba36e35160a3ff2bd0be208e	\\x7ccbbfd087e3c13db238be6f17798e0a81862f154a8d037edf33c635e26fd573
1a89a9b7-d714-44ed-88cd-c2d8e1359684	52	1	2026-11-26 20:40:04.343717+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\x7ccbbfd087e3c13db238be6f17798e0a81862f154a8d037edf33c635e26fd573	\\x6e3c3ccbe1d3317fbced2213628d20c83112ffae781b1495518b8a40061345b4
1a89a9b7-d714-44ed-88cd-c2d8e1359684	53	1	2026-11-26 20:40:04.344501+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\x6e3c3ccbe1d3317fbced2213628d20c83112ffae781b1495518b8a40061345b4	\\x281fa97f1bf94ef5e3cccbf60b675d762c36e14067e6153a8d90832f6b67c659
1a89a9b7-d714-44ed-88cd-c2d8e1359684	54	1	2026-11-26 20:40:04.47686+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\x281fa97f1bf94ef5e3cccbf60b675d762c36e14067e6153a8d90832f6b67c659	\\xf26fab9bb1989ee0b13383393ef98d2c41a2de8a0e24438ed9fc3c2f1762a9eb
1a89a9b7-d714-44ed-88cd-c2d8e1359684	55	1	2026-11-26 20:40:04.589573+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\xf26fab9bb1989ee0b13383393ef98d2c41a2de8a0e24438ed9fc3c2f1762a9eb	\\xdfe0e5f9ecc017542e22034b3bcb79ac31ea23c72822edf68b4d8f160126caf6
1a89a9b7-d714-44ed-88cd-c2d8e1359684	56	1	2026-11-26 20:40:04.708047+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\xdfe0e5f9ecc017542e22034b3bcb79ac31ea23c72822edf68b4d8f160126caf6	\\x9f7fd106ba8cc5e7ff47cb50130eeafb5d45ac6747b4882271cfe6dcb01590c2
1a89a9b7-d714-44ed-88cd-c2d8e1359684	57	1	2026-11-26 20:40:04.829514+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\x9f7fd106ba8cc5e7ff47cb50130eeafb5d45ac6747b4882271cfe6dcb01590c2	\\x1ca9240c1cab858d1f3dc44717c124e15d2e3606a9bb623a0934f4d4fd06ff2b
1a89a9b7-d714-44ed-88cd-c2d8e1359684	58	1	2026-11-26 20:40:04.94123+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\x1ca9240c1cab858d1f3dc44717c124e15d2e3606a9bb623a0934f4d4fd06ff2b	\\x7e1ed459c2bb89f7d6c0846798aa38f3cca9fbcdb1c6e433fa87a22d1b0115e2
1a89a9b7-d714-44ed-88cd-c2d8e1359684	59	1	2026-11-26 20:40:05.097609+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\x7e1ed459c2bb89f7d6c0846798aa38f3cca9fbcdb1c6e433fa87a22d1b0115e2	\\x3b41d4248e11a0110f6e35097a90bfa1f82d30d1694f53fbd636eec82458cfde
1a89a9b7-d714-44ed-88cd-c2d8e1359684	60	1	2026-11-26 20:40:05.211382+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\x3b41d4248e11a0110f6e35097a90bfa1f82d30d1694f53fbd636eec82458cfde	\\x3b3b8f5510c8830d7d23d0b7f0b749297a454885b9159aa2e0062bc489c3a7c9
1a89a9b7-d714-44ed-88cd-c2d8e1359684	61	1	2026-11-26 20:40:05.32222+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\x3b3b8f5510c8830d7d23d0b7f0b749297a454885b9159aa2e0062bc489c3a7c9	\\x1ea6022b5545237b08682dbddb988fc923b4196714d7f979a20ea40c58444586
1a89a9b7-d714-44ed-88cd-c2d8e1359684	62	1	2026-11-26 20:40:05.445229+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\x1ea6022b5545237b08682dbddb988fc923b4196714d7f979a20ea40c58444586	\\x0c76775712a7232fc3ec49e484c326cd15746316a90fea74c8b1df87c47847bd
1a89a9b7-d714-44ed-88cd-c2d8e1359684	63	1	2026-11-26 20:40:05.615878+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\x0c76775712a7232fc3ec49e484c326cd15746316a90fea74c8b1df87c47847bd	\\x27b354f54070c7164d9563ebe8c7d17a8234bd076b25320e1fd0a9c2eea9bf34
1a89a9b7-d714-44ed-88cd-c2d8e1359684	64	1	2026-11-26 20:40:05.686288+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\x27b354f54070c7164d9563ebe8c7d17a8234bd076b25320e1fd0a9c2eea9bf34	\\x72bb72cd5c1d5cd159d3ce973793e6b4d2396de25413b5997b987ebaa87532ca
1a89a9b7-d714-44ed-88cd-c2d8e1359684	65	1	2026-11-26 20:40:05.814019+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\x72bb72cd5c1d5cd159d3ce973793e6b4d2396de25413b5997b987ebaa87532ca	\\x5f005981a231799f9dcf309fea747a86b03cfb3516e91b2bb62cddc6632bb3c2
1a89a9b7-d714-44ed-88cd-c2d8e1359684	66	1	2026-11-26 20:40:05.922192+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\x5f005981a231799f9dcf309fea747a86b03cfb3516e91b2bb62cddc6632bb3c2	\\x6dbfd570acfef45a85acbda01b17331257825bb7e5150d00cc36d8bb3d5c3c37
1a89a9b7-d714-44ed-88cd-c2d8e1359684	67	1	2026-11-26 20:40:06.044286+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x6dbfd570acfef45a85acbda01b17331257825bb7e5150d00cc36d8bb3d5c3c37	\\x17b913880df1ab62714565f30fad5f1175625d15596454f36fceb81757ab9dfc
1a89a9b7-d714-44ed-88cd-c2d8e1359684	68	1	2026-11-26 20:40:06.1631+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\x17b913880df1ab62714565f30fad5f1175625d15596454f36fceb81757ab9dfc	\\x8ffbb14d44857ab04f640f39090010aa6dc0ddab9e17cb01dd6d635b47d9af1e
1a89a9b7-d714-44ed-88cd-c2d8e1359684	69	1	2026-11-26 20:40:06.27521+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x8ffbb14d44857ab04f640f39090010aa6dc0ddab9e17cb01dd6d635b47d9af1e	\\x3f2eeb407cbbad2dea33345706d1f76fff6c11f82f2680ebe998a3e18f389ffb
b338acfc-3f2b-45e1-9585-9e1d978c3891	1	1	2026-11-26 20:40:06.54185+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	tenant added	root@vm	provider local	local:master.key	{}	\\x1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\x1c4b3f97d96ce15c2c6261119b29f75d9458a0099d6eaca40c111f9c1188f2ee
92731c40-8e0e-46d6-9897-e6a2b25dc954	1	1	2026-11-26 20:40:06.571669+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	tenant added	root@vm	provider local	local:master.key	{}	\\xb338acfc3f2b45e195859e1d978c389100000000000000011c4b3f97d96ce15c2c6261119b29f75d1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\xe9a49362d3bfe245549663bfa3b53efb0237313c66e0da23776c921d7744e680
5a558b88-2ede-42ad-b0b3-7856dcf0a973	1	1	2026-11-26 20:40:06.749666+00	\N	checkpoint	root@vm			{}	\\x92731c408e0e46d69897e6a2b25dc9540000000000000001e9a49362d3bfe245549663bfa3b53efbb338acfc3f2b45e195859e1d978c389100000000000000011c4b3f97d96ce15c2c6261119b29f75d1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\xfac5c2462bccf1264641ecdd0c795226035d71460f4c5b05a49bd96a3d9f5218
5a558b88-2ede-42ad-b0b3-7856dcf0a973	2	1	2026-11-26 20:40:06.854991+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\xfac5c2462bccf1264641ecdd0c795226035d71460f4c5b05a49bd96a3d9f5218	\\x262114a96f46e9fc9a3cdb0be5567c76b23439aafbcb4dfce51faa1f23e9b683
5a558b88-2ede-42ad-b0b3-7856dcf0a973	3	1	2026-11-26 20:40:06.818502+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	key fetched	root@vm	held until 2026-11-26T20:45:06Z	local	{}	\\x	\\x262114a96f46e9fc9a3cdb0be5567c76b23439aafbcb4dfce51faa1f23e9b683	\\x7953f6576e17f84423b55ac139e39b4b98f4c898ec65cb76d01ffa17e9691680
5a558b88-2ede-42ad-b0b3-7856dcf0a973	4	1	2026-11-26 20:40:06.821686+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	key fetched	root@vm	held until 2026-11-26T20:45:06Z	local	{}	\\x	\\x7953f6576e17f84423b55ac139e39b4b98f4c898ec65cb76d01ffa17e9691680	\\x93f1395d67f56e1983806ac03a65a5babc5420ee3e44bccd7e38966d358d48b4
5a558b88-2ede-42ad-b0b3-7856dcf0a973	5	1	2026-11-26 20:40:07.019706+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	key evicted	root@vm	the process ends	local	{}	\\x	\\x93f1395d67f56e1983806ac03a65a5babc5420ee3e44bccd7e38966d358d48b4	\\x75b8e56ee231b49207b790647058d90c02c3b26c8a6181839c792757c082d86a
5a558b88-2ede-42ad-b0b3-7856dcf0a973	6	1	2026-11-26 20:40:07.019725+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	key evicted	root@vm	the process ends	local	{}	\\x	\\x75b8e56ee231b49207b790647058d90c02c3b26c8a6181839c792757c082d86a	\\x2326594ca9470f6141d99655e622cdef78bd2d0e0fc43026b8ba9c784925bc36
18c06269-f91b-47fa-8a8c-84eb63964664	1	1	2026-11-26 20:40:07.096235+00	\N	checkpoint	vm:15405			{}	\\x5a558b882ede42adb0b37856dcf0a97300000000000000062326594ca9470f6141d99655e622cdef92731c408e0e46d69897e6a2b25dc9540000000000000001e9a49362d3bfe245549663bfa3b53efbb338acfc3f2b45e195859e1d978c389100000000000000011c4b3f97d96ce15c2c6261119b29f75d1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\xf853beace2db54e054aa9da4c5b62c15c02574cb817a2b221bfa1208b6d914be
030d96d5-7b4c-4247-8d73-93ca15a24350	1	1	2026-11-26 20:40:07.227483+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	new data key	root@vm	data key ef4b74b4 after caf4fa75	local:master.key	{}	\\x18c06269f91b47fa8a8c84eb639646640000000000000001f853beace2db54e054aa9da4c5b62c155a558b882ede42adb0b37856dcf0a97300000000000000062326594ca9470f6141d99655e622cdef92731c408e0e46d69897e6a2b25dc9540000000000000001e9a49362d3bfe245549663bfa3b53efbb338acfc3f2b45e195859e1d978c389100000000000000011c4b3f97d96ce15c2c6261119b29f75d1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\xdaa7e87995bbca2819479bc4de24f8fcf0fb482c6078fe07d4fc843339153fd2
63889f72-ed93-474a-bdc6-c30457812b5b	1	1	2026-11-26 20:40:07.301841+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	cache time set	root@vm	2m0s		{}	\\x030d96d57b4c42478d7393ca15a243500000000000000001daa7e87995bbca2819479bc4de24f8fc18c06269f91b47fa8a8c84eb639646640000000000000001f853beace2db54e054aa9da4c5b62c155a558b882ede42adb0b37856dcf0a97300000000000000062326594ca9470f6141d99655e622cdef92731c408e0e46d69897e6a2b25dc9540000000000000001e9a49362d3bfe245549663bfa3b53efbb338acfc3f2b45e195859e1d978c389100000000000000011c4b3f97d96ce15c2c6261119b29f75d1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\x347d595d4dfa053d883e273684cc59e6dff1cace51523eee51d959ac33fdeb1f
d330a70f-e550-489f-94aa-b69d522ff101	1	1	2026-11-26 20:40:07.374713+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	locked	root@vm			{}	\\x63889f72ed93474abdc6c30457812b5b0000000000000001347d595d4dfa053d883e273684cc59e6030d96d57b4c42478d7393ca15a243500000000000000001daa7e87995bbca2819479bc4de24f8fc18c06269f91b47fa8a8c84eb639646640000000000000001f853beace2db54e054aa9da4c5b62c155a558b882ede42adb0b37856dcf0a97300000000000000062326594ca9470f6141d99655e622cdef92731c408e0e46d69897e6a2b25dc9540000000000000001e9a49362d3bfe245549663bfa3b53efbb338acfc3f2b45e195859e1d978c389100000000000000011c4b3f97d96ce15c2c6261119b29f75d1a89a9b7d71444ed88cdc2d8e135968400000000000000453f2eeb407cbbad2dea33345706d1f76f	\\x	\\x184189d8a8de9bb6c00094a3d059cd0a7516a229af4332d2b939c12c00272263
18c06269-f91b-47fa-8a8c-84eb63964664	2	1	2026-11-26 20:40:07.175481+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	key fetched	vm:15405	held until 2026-11-26T20:45:07Z	local	{}	\\x	\\xf853beace2db54e054aa9da4c5b62c15c02574cb817a2b221bfa1208b6d914be	\\x0245ae24eace319a0db7f1f9307161dad4fbf9222ff8422270ecbc6ac6e6b9ba
18c06269-f91b-47fa-8a8c-84eb63964664	3	1	2026-11-26 20:40:07.190737+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	key fetched	vm:15405	held until 2026-11-26T20:45:07Z	local	{}	\\x	\\x0245ae24eace319a0db7f1f9307161dad4fbf9222ff8422270ecbc6ac6e6b9ba	\\xf2cd6ac12d0782d12b41ca9dcefd8e79c80d241b622d5c017c95b2905d0f95fd
18c06269-f91b-47fa-8a8c-84eb63964664	4	1	2026-11-26 20:40:07.236746+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	key fetched	vm:15405	held until 2026-11-26T20:45:07Z	local	{}	\\x	\\xf2cd6ac12d0782d12b41ca9dcefd8e79c80d241b622d5c017c95b2905d0f95fd	\\x7b16ce6aef487d58c6588ac439af805557fcec3d334ce1c347b2ce5204273ad9
18c06269-f91b-47fa-8a8c-84eb63964664	5	1	2026-11-26 20:40:08.124464+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	key evicted	vm:15405	KU009 key_locked since 2026-11-26T20:40:07Z	local	{}	\\x	\\x7b16ce6aef487d58c6588ac439af805557fcec3d334ce1c347b2ce5204273ad9	\\xa2e5743e29fef7a8108bd57cc0b6f6fec74df4feb2104f435f1922e89fddca38
18c06269-f91b-47fa-8a8c-84eb63964664	6	1	2026-11-26 20:40:08.141643+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	key evicted	vm:15405	the process ends	local	{}	\\x	\\xa2e5743e29fef7a8108bd57cc0b6f6fec74df4feb2104f435f1922e89fddca38	\\x05f941b4c22a3598153ba6acc1c7aed76f21abce236f12b073bee16656863328
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
1a89a9b7-d714-44ed-88cd-c2d8e1359684	69	\\x3f2eeb407cbbad2dea33345706d1f76fff6c11f82f2680ebe998a3e18f389ffb	2026-11-26 20:40:06.28125+00	\\x32a107133c28000a082a94e76121fd7d3a8f1c218a8eb7540e9213d072bfa60c
b338acfc-3f2b-45e1-9585-9e1d978c3891	1	\\x1c4b3f97d96ce15c2c6261119b29f75d9458a0099d6eaca40c111f9c1188f2ee	2026-11-26 20:40:06.543957+00	\\xf007e400903f769a82a8a36ace7e961ca84d1d2de0a9450e2e326da7bd9813d0
92731c40-8e0e-46d6-9897-e6a2b25dc954	1	\\xe9a49362d3bfe245549663bfa3b53efb0237313c66e0da23776c921d7744e680	2026-11-26 20:40:06.574734+00	\\x8410e3611f69162b61b3b6d0286cb0fe1130bf982cd81ec953d26f83d26a790e
5a558b88-2ede-42ad-b0b3-7856dcf0a973	6	\\x2326594ca9470f6141d99655e622cdef78bd2d0e0fc43026b8ba9c784925bc36	2026-11-26 20:40:07.019969+00	\\x72d40250ce8ee83c742e40dc136db65193747021fba674629a1f4f01f5a4ec92
030d96d5-7b4c-4247-8d73-93ca15a24350	1	\\xdaa7e87995bbca2819479bc4de24f8fcf0fb482c6078fe07d4fc843339153fd2	2026-11-26 20:40:07.230705+00	\\x29914157b0455d01f1a8da88a33c3e7289c5a6b1ae1564bc76b43b583786fda8
63889f72-ed93-474a-bdc6-c30457812b5b	1	\\x347d595d4dfa053d883e273684cc59e6dff1cace51523eee51d959ac33fdeb1f	2026-11-26 20:40:07.308127+00	\\xf316dc94371372fc8bd5ba58f0a4a17bcb49972b6387550b1438ebd58fd4fe38
d330a70f-e550-489f-94aa-b69d522ff101	1	\\x184189d8a8de9bb6c00094a3d059cd0a7516a229af4332d2b939c12c00272263	2026-11-26 20:40:07.383055+00	\\xe47d343aae82ef121faf4ada0032c24608789acff7231e5820b8c015fb942eb6
18c06269-f91b-47fa-8a8c-84eb63964664	6	\\x05f941b4c22a3598153ba6acc1c7aed76f21abce236f12b073bee16656863328	2026-11-26 20:40:08.146401+00	\\x0e90b388be3cb600e2d0fd8d07a64f6e6c34faac2d933b96b5d4e8aca1b6bd37
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
f7e8ea3d-eea3-4ba0-956a-0911ab7770de	2026-11-26 20:40:06.54185+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	1	3405052533	created	local			local:master.key	420fbad583a6f2a7	root@vm	\\x26a03286716c78dbceeaaec79df61e290f577702a63f262022f07f8a03b4c8aa
f4cc84db-4395-47bb-9e63-e99143fff953	2026-11-26 20:40:06.571669+00	1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	1	2711740939	created	local			local:master.key	420fbad583a6f2a7	root@vm	\\xae7a5a46426b8711c32f75898ff9b147464d5d79c31f65337bd15405b3598b02
4460a253-2939-4bb3-a361-4c6a5439eee6	2026-11-26 20:40:07.227483+00	72b96873-e641-4cd1-8cc9-23637dbe8ec7	2	4014699700	rotated	local			local:master.key	420fbad583a6f2a7	root@vm	\\x1f2e389e1e876c9638e15898fe64ceeca5e4df2f8a09ebbf772513e85f510af8
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
1	2026-11-26 20:40:03.88316+00
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
1	completed	1	32767	2026-11-26 20:40:06.777071+00	2026-11-26 20:40:06.744464+00	2026-11-26 20:40:06.993532+00	2026-11-26 20:40:06.744464+00	1	{"column": "2f4078c3257848c8a533174e95f994e6"}	{vm_2026_11_26T20_40_06_749556}	\N	pgseal_column	{}	pgseal	{}	\\xb081bf37aefa2ede1ab4cb4a32ea9abc5e2258910f24c6c81b4e00a6ab7583ad	11110001
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
main	1	2026-11-26 20:40:03.894892+00
main	2	2026-11-26 20:40:03.899138+00
main	3	2026-11-26 20:40:03.91125+00
main	4	2026-11-26 20:40:03.912376+00
main	5	2026-11-26 20:40:03.91692+00
main	6	2026-11-26 20:40:03.930188+00
main	7	2026-11-26 20:40:03.932492+00
main	8	2026-11-26 20:40:03.93883+00
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
pgseal	2026-11-26 20:40:06.774552+00	{}	\N	2026-11-26 20:40:07.117121+00
\.


--
-- Data for Name: store; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.store (singleton, id, tag, epoch, policy, created_at, version, mac) FROM stdin;
t	a373e273-7bcf-feaa-0eaf-4bfe0a37ab92	\\x306b	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-26 20:40:03.846176+00	2	\\x93ae7db1951bea8de09a438a7bfbadf545f7642be70a489e9f3bcb50fde1fb7d
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
72b96873-e641-4cd1-8cc9-23637dbe8ec7	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	4014699700	2026-11-26 20:40:06.541646+00	3	\\x65d21d476bf554cdc1f7bb0d2dcd5e0b9fd02b9f29f3ae9e7a9b2eb7f6d098e4
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	globex	local		local:master.key				300000	t	2026-11-26 20:40:07.374713+00	root@vm	f	\N	\N	\N		{}	0	2711740939	2026-11-26 20:40:06.57144+00	2	\\x1fc6ee977d1fe120242a9e4b502545913212ed9455be59ef80f43a47e09d9465
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	2026-11-26	0e547c7e-abca-428c-9873-d5e75ad4171f	vm:15376	20	40	1	0	0	2026-11-26 20:40:07.018151+00	1	\\xef8fbc6e5aae05e93fb9f55cfc62080d52b579c41efa723cc4066f41a974ee3c
72b96873-e641-4cd1-8cc9-23637dbe8ec7	2026-11-26	0e547c7e-abca-428c-9873-d5e75ad4171f	vm:15376	20	40	1	0	0	2026-11-26 20:40:07.018152+00	1	\\x469430fee1d785634864f49f5c54c57dbe7e00071e7d52e72762b26aae8ed39c
1c0e2b78-7f8c-4522-82ce-fd85cbb900bd	2026-11-26	6e210856-2d38-4c84-8a9e-5d1e96a4d58a	vm:15405	15	47	1	0	1	2026-11-26 20:40:08.141672+00	1	\\x237bb43b860dd44cc7363fb2a64be8ea8c3641eed2064b795a3bc979d11030d6
72b96873-e641-4cd1-8cc9-23637dbe8ec7	2026-11-26	6e210856-2d38-4c84-8a9e-5d1e96a4d58a	vm:15405	31	51	2	0	0	2026-11-26 20:40:08.141672+00	1	\\x5618de5f9c65e6a5a8a31a258a566faadce8723f0369b93384189bd2b4201f13
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_ATBryvT6dYRJZYKPu6ru1RU90wSlLKUrPZAIcd2fApmn5pbmsIQQ2bAqRZyEzjrvc59jIKaqnXZhEyRyiYvYhTo0IplVLPVnQNBD4AibOmCn3oKK42LmndaY-CHotT6IeISw	pgs1_ATBryvT6dT2-kDrR4meW2x2h01ITvfMh2vkqA4XCcpDaP4bOMzQ6YBdjMhx9bSQ	\N	pgs1_AjBryvT6dSHhrSKaz3Ai7_el55TjhWAL3uPGZ4zeyy-dlR2U8BPyrrjXM8NcpsBCyeg	\\x01306bcaf4fa7552ddd938c6914edc7606c65e8b903dabe6b9faeaf1208f23c9eca5dc84be29e6343d66c2b1ece28f22e49eab8a78703a	\\x02306bcaf4fa7539e6bfd9b866d2737115c867887d319ad27f4acac3964281ce003ed563c1a486c09adddf	\\x02306bcaf4fa758494247156a69e7fa038d09e8f60f1c851061c3f523f6919269d02775c3675b782	\\x01306bcaf4fa754417151665fa79a9516975a076a1ac5382b4e65a6de3845319c740e88479111e83cc25fd583de5097b91d97c461bd805	\\x02306bcaf4fa7534fdaab84beb9668375410e7760db9ea1f612837123a3055b61e403814	\\x02306bcaf4fa757483445d19831b3288f6b235839cc086e3cf1087e2d0eef7dc51c66711b5968b	\\x01306bcaf4fa75d1415cd3ad0e0d5e5eec791371e978c249ad3aed4649f60e30ebc75db7993f452f1d3e617c348b79686a3fd57bb01391	\\x02306bcaf4fa75af4ac8defef8ccf81cd2080189265a42ff4c1f2550b3bb686264726bfd41a1581856f76a	\\x02306bcaf4fa75c078f1a95381a7705f0450c0d37f61b510e8df936729b5473bb099330e971d6a86298f17b99b60317d427cc3	\\x02306bcaf4fa751e7358f5cf2e67a36a602cffcccf6ba3cbca0f72b1627491dc621032770f9e	\\x01306bcaf4fa75723ec34b1effe8dc68fe33700f8b7c3e00e5f0342373f0a6a2d79bd8b91c367b5354ebdb6adda569c9800953800871a0cc6c6b260b16a0418cc53896f77a5b1801b982c33af60a28	\\x01306bcaf4fa7563fce9f02d26f4334028bb7294ad3790063228e47c224103993b6b3b11fe04545a39ea88275d740fde1be8efa5d756c07538e2a3a504fccce9d8e9d0ec67611893738762a7bd94869e79ad4e0aa0b27b12524b
2	globex	pgs1_ATBroaHiC6HJkz_ZL0Iwi89z7AQ0ZTbnHm5pWcSTDO0eZvk-ZdMCDQ6Z4630V698wazKd2D9QS-te3ToSeHaHONSgD9Xb-mF3kxGq43r8W3gBxJOWPeZ2o5sItNojwV-CDjp	pgs1_ATBroaHiC0eX-SnhGTMXW03eaSyHpFq-NhaMmfYmpK_NteyaT7eA6lSX5dSwLrQ	\N	pgs1_AjBroaHiC8zitWILWa4jUIr6oMNoW5a7aQid8BsJ920ukIzSPkmWwcYpt5LCHrc8Nsc	\\x01306ba1a1e20b7c9502f159b01c8d275e89e701e29ed386c609fb077c78b00c54495acb9f297edb3d5d5f772a3d1a33a66e7322234a18	\\x02306ba1a1e20b36a1d8952e7b433b03d5be5543c57ff9d0d783540a9af80dc7b2acca909dbeb9d48a154f	\\x02306ba1a1e20b940382dabc4027582816044e74e8851e2a9fd2bf5851c307d2e9aaf90124cd4d9e	\\x01306ba1a1e20be86b02f834107412019706d373463efbcb9a76e251cfee84c8c6ac15732f9be0caecb33fd5498877d4e328c99317b483	\\x02306ba1a1e20b4bfb458d95ff22c3a213b1ec8f85f2d452c795dd198862ddcf0de75bb7	\\x02306ba1a1e20bc238c89a14b445571c2b6cb8c997fac31f227724acc57f327c9db2587ccb4dc6	\\x01306ba1a1e20bbe1386281701beb98e89d0347c50597b1772ac346c89ae2aa8a2bd9da3982a80e24ae426e0ca6f2e689b00051c91f307	\\x02306ba1a1e20b69c958e0b11020678ab3448351b4a790838869096ba7272495216a96d34c4f53b1ca8b8b	\\x02306ba1a1e20b704ea68d3135d72bcb8431b2fb36560b1833aeb19bb3e9ba209cd9bd468692bdee28f327cf1d26f592f74688	\\x02306ba1a1e20bcf697c4709df173e4e3309809d9ef2d7497c2c073042f118d401f8fb338048	\\x01306ba1a1e20b44ca379f0bbb6b0be3b8317d34618e1ed9742e8f83746c64abc6adb58ff6d561918451866bbdb25db14d529a31ff6cab708e62f6a571d98d9a72da4bcb94c675f618765f63520f96	\\x01306ba1a1e20b33d68cba23edb100fd98803904e273f76b241a06e2a823183c15f690b5718a0d7d89ae6279abad7991f66bf8e37195b3d10351ef47f1ec24b86da1b8c03c56a2c6162a60e2cb882be442b642cce5abfd6c7b30
3	acme	pgs1_ATBr70t0tCxamJnqBHpgKaleQN3on-e6jb-10rXi3u5aooGWDVzMs8LomDAGry7gbU7MoKIcD4uqb_7MLIWG3wAJWc4GHXVvRQmDjKVKy6lLWxMVjj4vaNpZTM08_2vyDGxB	pgs1_ATBr70t0tMvfidUQYKYbL9W2TEWKS8YMIa_6Dtw3mLmA9oKOCGMkbnNGEC3PNcQ	\N	pgs1_AjBryvT6dSHhrSKaz3Ai7_el55TjhWAL3uPGZ4zeyy-dlR2U8BPyrrjXM8NcpsBCyeg	\\x01306bef4b74b47c79a867e1d4d4752705d5de8ce58dbe163b871e794d00ad9a703d1430a88394bb9e994c6604e63bbd754c6ad82f4a62	\\x02306bcaf4fa7539e6bfd9b866d2737115c867887d319ad27f4acac3964281ce003ed563c1a486c09adddf	\\x02306bcaf4fa758494247156a69e7fa038d09e8f60f1c851061c3f523f6919269d02775c3675b782	\\x01306bef4b74b4ffd2ceca82af04e6f0d1c8c61c12aadd6d66310f0fdced001a0f1d1adf33e35da79d3361e7b1dda6f8d35451bcea3417	\\x02306bcaf4fa7534fdaab84beb9668375410e7760db9ea1f612837123a3055b61e403814	\\x02306bcaf4fa757483445d19831b3288f6b235839cc086e3cf1087e2d0eef7dc51c66711b5968b	\\x01306bef4b74b48f24c1bb905d949572f0032515fe895038bac8ae143fcb4d31e8be3331254aeb96e5812e387c42c6ee381aea4ce7a41a	\\x02306bcaf4fa75af4ac8defef8ccf81cd2080189265a42ff4c1f2550b3bb686264726bfd41a1581856f76a	\\x02306bcaf4fa75c078f1a95381a7705f0450c0d37f61b510e8df936729b5473bb099330e971d6a86298f17b99b60317d427cc3	\\x02306bcaf4fa751e7358f5cf2e67a36a602cffcccf6ba3cbca0f72b1627491dc621032770f9e	\\x01306bef4b74b4810843213ee85c55823fc8520d86a75ded845e5529f9e3895c41104dc3c385b0cc9e772d56ceeed5152e543f713013ee4432a9f1322cabd1c8d878e3a4c866628fa7cd1ae944a6bf	\\x01306bef4b74b410998cb680ca6be429ac7eb8b85205b8ac8f0c5e4d9376b690c6c79ab848734d5faeb198295da03cd6a6bdf9b14aadabd7433ddf2c43772741bd0cd72b34dde52b136a6133e2e1417cf841af5da0489d7c97f7
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOQTJsbM7ErRhHSPNIKRGVfiuJ-IWi1ZtGBnB5HPS0yibJWo-SO0ZhFzvZw
2	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWdBk9-MPMy46d-rsW0mVW0N1MB4Bq5ebvAeziIeVtmJ-zHLmPxPouJxlpg
3	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOZxNKbvcgIpbxwFwScKi60dBMHuKopt-i2XDZ-6kDrSL1N-3PgM6IpCtrA
4	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWS5fmG3l8lqB_KstKn6e4FZxYk-NhTpUwZm9qgVYa4JdoWoriDqod0LkdQ
5	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOU-wP33WnYSThVFSMmkgpBX0fQT_LyAzsbgPvDp9PMYojZooiWJ6NbAHjA
6	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWWv7iwjaIxox-rXnz7y3260PFtcvIN7lSQ46ygfEuuME4GBvmvMmyNEjFw
7	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOQlj57LL2BZpQSvPG82hzL9Y5fZBaHp4dLpG0VIpXknljrHWu6Q0wRj_9g
8	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWX9t0Rpfks48IB1z1Hv4WAXfHgAhWr-bOW7ReP1NB4XdgcFsZ9Pnp4j1HQ
9	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOcu2yQIHyNFRM35z8YzzrxReJztMlxhbHAWq4dYv1wd4SC4A_TwbBpEoEQ
10	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWWVUJjaDI5HNaEp6GT3NTY0h2Ksx_y9dyTvon2lWzaIxg5SVR2MHpvK_03s
11	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOQIYRDNTCAkyLMm1xR1_ZZYfVG1Xsiy-7_iQJRMnxEA27aGkLRjr8lJG27g
12	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWRGDWD0gXeauYZQh0VmMDcMajW5k6yO7DDQI90j5AZ-zyI4JWfriFhgThIE
13	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOWhj6hCpiWn5jX2NThBLeBYUg12HgvQ7bx1pF0lt3g_MfM7CguBy7Z1Rdzo
14	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWVUg3fDE47-3rcdhv6_4GW8dleykcXvOpBPXzFZdVRVeSvVf3bmIpj5W3Fw
15	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOY6An959bgiJ44j_yt_G0gZvU0iDf9HDw_XIweefCdq1zHu6grkCZbGX9g8
16	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWeXRDNKDZDPNQ7Zwy5QknFfoR_mtI2T-8_aCoCCPu_dgsIoVfSAxL256keI
17	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOeXtJjewbI9k2yqD1BKVHatMl7UNd4I1pfmai248kPHY1BRufFX4hGo20Yk
18	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWWFDeZHUri7t_pN7kyRt7fUoS75QajyxOlADADQPMvGU2j74mJqYZjRI4QI
19	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOe71ehvSjliaPmmunKB4yMDH-IKGdzocDMOKkXAZKqr6sC0AEBeQcCsf-co
20	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWT_wZT35MaAa1O3i11irOHC8cq92IK1MH64wI7xt3F-Orhb-SMX9nZMh6Uw
21	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOexy-0mC7ztiKeh_o2UqW5dtUWe7OAF7-0kZvIl9Lkn5Ym5jkd19V1eniFc
22	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWcaShDNdfsbKjZY5FtBhOcnK8yO7oG2ZopngMsczRcT8635E9ej9ymNpPBA
23	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOQszPRj5rg1Xm5WSUk5D_8esK-LNNL5aqKbvNVfDOme10figcQHoRjDmi1o
24	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWepSFBrp9umNt9Wh4oki8kpang9kuuT1kxsLh_d1ypPwmj6HSul8KwX1r5Q
25	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOTNZ2FlpTxitvbKSoIzgr3kLWJVNxJ7qFHyXf4tMfY8BIjAh4jtGrVo4520
26	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWT25DW_UFARbk3yQVsJIse5pkE0nKhdRWC2WJtH_upmlILGCaGKCYmqq0jo
27	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOQHlc4r-caJf6LF8VhKndbl1bzpYCIlZy0z6bCiLLKw4Ol5JXm16vaaGGZs
28	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWR0-XYN5eLtUUiEklDJNihqevGuoYL1MmzI9a7GziWshfM1up6U5NgRZD3A
29	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOeWrCVOx6BITdPFfexXc1XsX8RoTzT8ZHnG1QWT-yht9ItRNQIiRl_3pTBQ
30	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWfGKmxxGxuI7rZnMSRmjc2BJIvZr3lFoby9_nDDlaUTGpsHbTiHtFWO48ag
31	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOeHnCJDK0noSBDU0naqtpqpfpc1_YDE-urjn3b3ciDjcoziNng1gsfHYUtk
32	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWfJFSmD5AtYnYJrg5lWj9OjTe0otPlMytp3lAjyRrremzgGxSjswzbeFa7M
33	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOZPsnYnv_mz5D6USduh4OobMDPgERrkCBnXinpTdEFT-yiONrReibxoYr-U
34	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWZCVSrgMliox_5Mtv1GdR-uhLMVxyzfjdP-vu5lbL0ns_kUWu4LL0QVFZLo
35	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOX4kZUb-Au3REdrMU2fMWtnAlicYGyjRfE7RV_keUrY6Dqm9kKRkatvA_QE
36	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWXkD9szZ68SoTJjsvxd7R76aPE1gq2Hr-SjK88rUHYSthg_aQMyAFCwsVUw
37	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOfXBWlC71viwN8WXcoMBijhIo9GAh_KlzWk62CrluCMUfI16hdomXDNi-Zc
38	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWYzCJqZrqziF4vjGTfnd37uZIOYAb8TncaqIJsjP-J8CJ7aWoJciReCx3Rk
39	globex	pgs1_ATBroaHiC2_L9LwsVuUoh8EDOSDptUgkKxcpGw84MUbCBBwYDO3apNuL3Pxgeui07HzJqi5oaTmWtsi_GoA
40	acme	pgs1_ATBryvT6de_y48aYOz-4H-VuWacMUswgP5U-X3IDCqDvah0OaKFF6JnUIaALoe28xaj1hhPhfYOz_SDGOY8
100	acme	pgs1_ATBr70t0tAa0QIZAk30y2UdewHiYqXVIw_ecs2zH1P9bZVtkC6OPPX9RoRHPwRF0wB2-248JZitJ3GXJE8aC
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

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_ATBr'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AjBr'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01306b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02306b'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

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

\unrestrict Ed13xYQfpiFWPmTTEEUKjcfdlTnbqvM6RPQPnBIeWwHhUEChfXqC18tO9BBzWjL

