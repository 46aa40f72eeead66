--
-- PostgreSQL database dump
--

\restrict fv98WdBGt5M6BJ57fNZLZw8f99BiRwY0zRlTbHvErjAXioMdgRO6cedLb3YOllW

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
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x011d0b'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x021d0b'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x011d0b'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x021d0b'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x011d0b'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x021d0b'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x011d0b'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x021d0b'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x011d0b'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x021d0b'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x011d0b'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x021d0b'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x011d0b'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x021d0b'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x011d0b'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x021d0b'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x011d0b'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x021d0b'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x011d0b'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x021d0b'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x011d0b'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x021d0b'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x011d0b'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x021d0b'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(body) >= 52))))
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

COPY pgseal.bulk (column_state, status, code, reason, kind, phase, round, pass, relation, "position", triggers, settings, actor, total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac) FROM stdin;
793c0333-5355-4253-9513-ff40f2f5ce94	done			encrypt	verifying	0	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\x16452e66a31519ccbb6e974d8a28bee03c106cdabba083da5f0bf4935bdae804	\\x16452e66a31519ccbb6e974d8a28bee03c106cdabba083da5f0bf4935bdae804	2026-11-26 21:28:00.090527+00	2026-11-26 21:28:00.33541+00	2026-11-26 21:28:00.335263+00	5	\\x2f3fe64c5122c470a9773936e875e84d3c6f4bf9e1861b57217f229bcbb3c93d
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
07c032c7-9d47-4828-a397-e47e629938cf	\\x0000000670677365616c0000000373756d000000203739336330333333353335353432353339353133666634306632663563653934	3258700535	2026-11-26 21:28:00.186598+00	1	\\x283ba604ec0a298968fadf52301c090660f1442f7a372c38b7ff1b9da76f8a42
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x0000000670677365616c0000000373756d000000203739336330333333353335353432353339353133666634306632663563653934	92067235	2026-11-26 21:28:00.189557+00	1	\\xb6fffdd91ffb4738bcd87e631c9606a0002a0773968fc8343c6ddbcc3c9d8554
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000004636f6465	92067235	2026-11-26 21:28:00.797376+00	1	\\x0afd3a11912e7a1cf7d81b2b60cf52f929eb843a8923e5dc2c7eeaf6538fa93f
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000003626967	92067235	2026-11-26 21:28:00.798035+00	1	\\x6e0fcf543ac6a8c456dcd68f0e863ee66951ade9c64807789c559794509dbe2a
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000003666565	92067235	2026-11-26 21:28:00.79842+00	1	\\xd00cb6c5d4dba9811138afea3d195ae837fccf07ae635f9d6359e729e2c5df8c
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000003796573	92067235	2026-11-26 21:28:00.798737+00	1	\\x6d7776680c242c03afd1e658435a56eb81c5ba3da5406c30ec2bdc783e29ac76
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000004626f726e	92067235	2026-11-26 21:28:00.799059+00	1	\\x2dfa1d7eb7f076018abb789ba26dc8b781acc262fbeff3a73ec71910ce70051a
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000007696e7374616e74	92067235	2026-11-26 21:28:00.799424+00	1	\\xa4dc07d56d7ab09780fb48442c00cdf3b0298c66885c1755a33be5b55fe489ae
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c6963000000056361736573000000056964656e74	92067235	2026-11-26 21:28:00.799748+00	1	\\xb8bca54a6d6a3d9d9cc46d7b8d71c7e4921fba298f14c9252bb9a05e94ee7792
84af67cf-cf45-47ae-b4e9-d04a8da18f05	\\x000000067075626c696300000005636173657300000003726177	92067235	2026-11-26 21:28:00.799996+00	1	\\xac9f0b62536bb63c0d3acc157653e4260dc958be1d28a35af2f02c78abc88600
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000004636f6465	3258700535	2026-11-26 21:28:00.818705+00	1	\\xa5ee0bc51c16d5125ace9b3c5f33f25848fda46e92ec86c49a668c20e86a759d
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000003626967	3258700535	2026-11-26 21:28:00.818999+00	1	\\x04cf531238bca6dab952635c98f22d36cc916889d5efca14ff8cb4bed0d9ca7f
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000003666565	3258700535	2026-11-26 21:28:00.819196+00	1	\\x43893dd3d9137be852a144406df54543bc1f11c35c03f524ce62c8c2ea952876
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000003796573	3258700535	2026-11-26 21:28:00.819426+00	1	\\x73807d3ef7be210ca422adaf57d7b480927351d493762153560bbe8d2e23b154
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000004626f726e	3258700535	2026-11-26 21:28:00.819636+00	1	\\xe7be4cb98568f6d68a1d6c51aff0c35a6b250490e841f888d59d25304be53f35
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000007696e7374616e74	3258700535	2026-11-26 21:28:00.819835+00	1	\\x21bb424fed6a7d317f2466ca8ff73d91997693ac570cb19ff749c26ef7ee19b4
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c6963000000056361736573000000056964656e74	3258700535	2026-11-26 21:28:00.820024+00	1	\\x58ffd580e13be396a32ddce24ac53eb8ad895de087d83d7248c17848299d5e05
07c032c7-9d47-4828-a397-e47e629938cf	\\x000000067075626c696300000005636173657300000003726177	3258700535	2026-11-26 21:28:00.820202+00	1	\\x429aa60e76ec50c4aa70b00415c26b5b1867a1a970ca98150953668766410648
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
793c0333-5355-4253-9513-ff40f2f5ce94	public	notes	body	7712595063534633396/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:28:00.213444+00	4	\\xa309d260b5284a928d12b384ce929ae671bb2cc349ab103765df4fb403dbf7b4
2c5c4678-bf89-4891-91d3-6cd6fc4dae8c	public	cases	ident	7712595063534633396/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:57.902542+00	4	\\x2e35038f85500cfca1900e1041743e5f6f5a21d5fef539005d8b77d1e4d8bdb1
4a70a410-1bc0-4df5-9e26-41cc76beb270	public	cases	instant	7712595063534633396/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:58.041886+00	4	\\xf501930ad7daf85eebe29da9fc3bc6e3ec11f819fb1258a607345f238b94fbd6
77dd9d98-29f3-4ec5-976f-0ab7e37e2c00	public	cases	moment	7712595063534633396/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:58.178991+00	4	\\xbd0cad72f2d1f5d07bf2decef2dabbe94747e800bfd13f722b881b2e9bed633a
0cc4d53c-dd0d-421f-aeb1-137f53552d4f	public	cases	note	7712595063534633396/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:58.295094+00	4	\\xe5037585f921fef3befe88b16518240f274aa10a4e7a24ca58ede77ea72aac6a
0865d3a9-e490-4451-9581-890b287596ea	public	cases	nothing	7712595063534633396/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:58.409647+00	4	\\x913468153b52eabe33ae923c350f8789893c2577c86d90e3bc9510dfe2ed0129
02132d36-b0db-49ae-bfb9-0832bbc5586c	public	cases	ratio	7712595063534633396/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:58.646186+00	4	\\x56e879325b34b16f8908fe085717d2d1ed0e5da722e8f926e11168454f85dd3c
7a2fa01d-6e17-42f4-ad55-a3f6258f1401	public	cases	raw	7712595063534633396/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:58.891338+00	4	\\xc0093993afefaa8b6a84a8d3acfcbb2923a1279a39c105bf8009c2fc870973e5
25ac965f-21d1-4156-85e6-18448b7c156f	public	cases	void	7712595063534633396/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:59.282867+00	4	\\xcd9990e460dc6be9f7621ce2c648752b69195230f4f5b5a631b07d1b414a6b6e
1855cee4-e9a1-4acb-817f-2b9ffc85bd04	public	cases	tags	7712595063534633396/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:56.528607+00	4	\\xf6355c1678f8b207db1aafe44496915d9bf5fbbb254b8f3c9d569d0b7a874013
8ab72ede-bf8e-4fc9-9cac-24e49d484740	public	cases	big	7712595063534633396/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:57.112116+00	4	\\xb9ae3329f42e28d897b1bd62f0c5c26e21ab3dae6256816a8873c67e52e20f70
5e34ca41-7e04-40a1-a999-71273ba29280	public	cases	born	7712595063534633396/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:57.248479+00	4	\\x4abc91d6ffaceb096d1e482f02f104a4d77f0cfcb0ba766195081253778145e6
9129877d-dbaf-4148-8f59-12652c4ff546	public	cases	code	7712595063534633396/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:57.401228+00	4	\\xf365de47f50a58ddc430d1c8fbec8a00dbb53c49b7ccbd8c76c53e94baf30088
cd6b4bf9-0b2a-4b28-a6f0-468cbd4332ca	public	cases	doc	7712595063534633396/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:57.561678+00	4	\\xb325e6d09b9f36367e0bb727a52fa1d23cb801e2c9af5060dea37792cc05f44b
2abceb42-7b8d-4c01-8854-99e72ba5f51b	public	cases	fee	7712595063534633396/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:57.727759+00	4	\\x6f542ae9661fdbc3d7b22a33ae112f4f780e68cf8c23d49fbde35dd3d62dc5b3
c1e6c506-031c-4880-a971-8d3e8f1c97a8	public	cases	whole	7712595063534633396/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:59.482779+00	4	\\xcf8032af37439fa502c6d60cadd31b446d0ce6160b87b15aa31b85a2fdf4858f
a3e8f4f5-bc7b-4805-a630-1eac3ca2c193	public	cases	yes	7712595063534633396/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	0	f	{}	\N	f	2026-11-26 21:27:59.673673+00	4	\\xee8c7254e23d45ef3ba7be5270a3c993d9ceb80ee7a040e47008312160f3d3ea
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
3258700535	07c032c7-9d47-4828-a397-e47e629938cf	\N	\\x01b7f99bfb96e16ee001f6d9371e373eb15cf6d16a5f0719a201c80ea6a05ea4c0974680f42681cffa1354447808f09924fbc63c2bb67e1077b4c356f0	local:master.key	574b619c2023669d	2026-11-26 21:28:00.001679+00	1	\\xc1b22c0548681b2553acb4a1df4e4f80b8db2176ef81409b6f85ca5c1af2f3be
92067235	84af67cf-cf45-47ae-b4e9-d04a8da18f05	3253311641	\\x01e35b87a64d4e073af0cbd83bddbb591a7b0ceac43f611decf44d642fe0aec7f4cecf3acf74f4b465e1dbced8dcba779e9fef741a353532a04dd472a9	local:master.key		2026-11-26 21:27:59.941848+00	2	\\xdb673c80e22b1bd2f74ef508a583e27604d9d0b4bbf0acaec91cbc0127d4ee0c
3253311641	84af67cf-cf45-47ae-b4e9-d04a8da18f05	\N	\\x019da46bbd2dc89f814159add8e54d05604203af337bb9fb2d2ad7fa1d4859aa1b6a8eb9220434f28e0027bafcbfce3f1f1b4d9bd7c264a0530d176dc3	local:master.key	574b619c2023669d	2026-11-26 21:28:00.848241+00	1	\\x71c04a78ee1f8ba99bdcb67ed61ccce8f3eb3a2f8c10918991f0ec014a34ae02
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
fc402232-2c31-4b0d-aac5-98e22cd09d6f	1	1	2026-11-26 21:27:55.475586+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\x86665673f4ecfd9ce9787818d2a683b0799ccc040d9ee1b67d1994db91fb4726
fc402232-2c31-4b0d-aac5-98e22cd09d6f	2	1	2026-11-26 21:27:55.498662+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\x86665673f4ecfd9ce9787818d2a683b0799ccc040d9ee1b67d1994db91fb4726	\\x4fa846ba7fa4cf0c81428876da8739ec5251fad60020990e99fa1fac160c0219
fc402232-2c31-4b0d-aac5-98e22cd09d6f	3	1	2026-11-26 21:27:55.502413+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\x4fa846ba7fa4cf0c81428876da8739ec5251fad60020990e99fa1fac160c0219	\\x6d2a9789a12d48c5c03db089618243c571a4be318764cd0e1f1b83af136d6359
fc402232-2c31-4b0d-aac5-98e22cd09d6f	4	1	2026-11-26 21:27:55.505666+00	\N	guard function made	pgseal			{}	\\x	\\x6d2a9789a12d48c5c03db089618243c571a4be318764cd0e1f1b83af136d6359	\\x1670c69aa77f3dde117492aa57c7b857bc9065dd09a7e2eee72c7e730d3ec4c8
fc402232-2c31-4b0d-aac5-98e22cd09d6f	5	1	2026-11-26 21:27:55.506447+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\x1670c69aa77f3dde117492aa57c7b857bc9065dd09a7e2eee72c7e730d3ec4c8	\\x72ae52b1e70ff1e790017691dbf9cc1a5457693398b85e1d90433874e93f51de
fc402232-2c31-4b0d-aac5-98e22cd09d6f	6	1	2026-11-26 21:27:55.514054+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\x72ae52b1e70ff1e790017691dbf9cc1a5457693398b85e1d90433874e93f51de	\\x500723632967dcaaed51dd2c08849cc7693933f4c122c860489b60a27106bbc9
fc402232-2c31-4b0d-aac5-98e22cd09d6f	7	1	2026-11-26 21:27:55.517209+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x500723632967dcaaed51dd2c08849cc7693933f4c122c860489b60a27106bbc9	\\x5d62267bd4b9c67b6d18cf03e02fcec8108d825c2380d1ec9c7b397fb00ac354
fc402232-2c31-4b0d-aac5-98e22cd09d6f	8	1	2026-11-26 21:27:55.520379+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x5d62267bd4b9c67b6d18cf03e02fcec8108d825c2380d1ec9c7b397fb00ac354	\\x26fee620113c9e0c97bef2022b8c0bf0435a00aab678fe9045e800412592f929
fc402232-2c31-4b0d-aac5-98e22cd09d6f	9	1	2026-11-26 21:27:55.527697+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\x26fee620113c9e0c97bef2022b8c0bf0435a00aab678fe9045e800412592f929	\\xe7e5233eb1d6c07e987be6de6c4deee52676073aeb43abc5d396fb6d064886cb
fc402232-2c31-4b0d-aac5-98e22cd09d6f	10	1	2026-11-26 21:27:55.551171+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\xe7e5233eb1d6c07e987be6de6c4deee52676073aeb43abc5d396fb6d064886cb	\\xc0c9b89c0ca1e42296668ccfed57474d5c34e156496d6ded1bc8d5ac119b2aad
fc402232-2c31-4b0d-aac5-98e22cd09d6f	11	1	2026-11-26 21:27:55.55777+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\xc0c9b89c0ca1e42296668ccfed57474d5c34e156496d6ded1bc8d5ac119b2aad	\\xc1bc48c0e6f54099efcdfb2573e74650c95eac584c23f30d8cf7bd5640384a4e
fc402232-2c31-4b0d-aac5-98e22cd09d6f	12	1	2026-11-26 21:27:55.615125+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\xc1bc48c0e6f54099efcdfb2573e74650c95eac584c23f30d8cf7bd5640384a4e	\\x9a1f347d407567f72d69247715f85b8b438e178ff7265e7955a2c4277572d097
fc402232-2c31-4b0d-aac5-98e22cd09d6f	13	1	2026-11-26 21:27:55.618618+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\x9a1f347d407567f72d69247715f85b8b438e178ff7265e7955a2c4277572d097	\\x9900a50d32f6b9c603caa054b3828d2a370bf3876fa8c1e82576ea82579e47b0
fc402232-2c31-4b0d-aac5-98e22cd09d6f	14	1	2026-11-26 21:27:55.621701+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\x9900a50d32f6b9c603caa054b3828d2a370bf3876fa8c1e82576ea82579e47b0	\\x24c2db6dc8a01f59be989fc19c6460839b4180c945de24b947604c8a9d5dcaa6
fc402232-2c31-4b0d-aac5-98e22cd09d6f	15	1	2026-11-26 21:27:55.628387+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\x24c2db6dc8a01f59be989fc19c6460839b4180c945de24b947604c8a9d5dcaa6	\\x35da9f4bc2d32b20579d92824287fb8b15d0d68549f1cfe22ab61c33f514e29d
fc402232-2c31-4b0d-aac5-98e22cd09d6f	16	1	2026-11-26 21:27:55.63434+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x35da9f4bc2d32b20579d92824287fb8b15d0d68549f1cfe22ab61c33f514e29d	\\x652baa4c1d040153a20e61a19fded453339527b523708fdf65fe6ddaa139dfce
fc402232-2c31-4b0d-aac5-98e22cd09d6f	17	1	2026-11-26 21:27:55.64676+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x652baa4c1d040153a20e61a19fded453339527b523708fdf65fe6ddaa139dfce	\\xccd5f95ad35fc8c12ee152bdc2e20dfecf9975f7d77b6a355954f20fa9746825
fc402232-2c31-4b0d-aac5-98e22cd09d6f	18	1	2026-11-26 21:27:55.670933+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\xccd5f95ad35fc8c12ee152bdc2e20dfecf9975f7d77b6a355954f20fa9746825	\\x44c4fbe1d72d08917689ecc3fbb21b67d241f4da7c84d7c5323379bda20000be
fc402232-2c31-4b0d-aac5-98e22cd09d6f	19	1	2026-11-26 21:27:55.692861+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\x44c4fbe1d72d08917689ecc3fbb21b67d241f4da7c84d7c5323379bda20000be	\\x140edf9f65a9a49aa8bb14c7d83eaef7162c48b7b1cd5c7c3592f296ac7d3952
fc402232-2c31-4b0d-aac5-98e22cd09d6f	20	1	2026-11-26 21:27:55.698378+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\x140edf9f65a9a49aa8bb14c7d83eaef7162c48b7b1cd5c7c3592f296ac7d3952	\\x107134e0079b0366d06733d03d9fc67a1f4e2d4ea33782293c43565771f26dd0
fc402232-2c31-4b0d-aac5-98e22cd09d6f	21	1	2026-11-26 21:27:55.745917+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\x107134e0079b0366d06733d03d9fc67a1f4e2d4ea33782293c43565771f26dd0	\\x4f59519e0e1c078f5b38b899d745cfc87cee784a93a476a09fe086749b60e0b6
fc402232-2c31-4b0d-aac5-98e22cd09d6f	22	1	2026-11-26 21:27:55.772221+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\x4f59519e0e1c078f5b38b899d745cfc87cee784a93a476a09fe086749b60e0b6	\\x2d97eafa4a9a3dc18f2bde3acc5158cd9c08bab8eff472f2fa935ed276823899
fc402232-2c31-4b0d-aac5-98e22cd09d6f	23	1	2026-11-26 21:27:55.782433+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\x2d97eafa4a9a3dc18f2bde3acc5158cd9c08bab8eff472f2fa935ed276823899	\\xe1b94402d7625d5f0bf7b88c00ff7a9ab27bc3facd5516f110c00b749592bef8
fc402232-2c31-4b0d-aac5-98e22cd09d6f	24	1	2026-11-26 21:27:55.805854+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\xe1b94402d7625d5f0bf7b88c00ff7a9ab27bc3facd5516f110c00b749592bef8	\\x3f4d973a0d7398ce8e1b2d638e585f70ff6fd6d0790fc450d6f34693a1367136
fc402232-2c31-4b0d-aac5-98e22cd09d6f	25	1	2026-11-26 21:27:55.8462+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\x3f4d973a0d7398ce8e1b2d638e585f70ff6fd6d0790fc450d6f34693a1367136	\\xcc3cb20c47b09ec36236bf783c3fdca6a518eb6dc478e82b9a2f7c7d8448d0c8
fc402232-2c31-4b0d-aac5-98e22cd09d6f	26	1	2026-11-26 21:27:55.859925+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\xcc3cb20c47b09ec36236bf783c3fdca6a518eb6dc478e82b9a2f7c7d8448d0c8	\\xdeccca0f479d8669eed668c6103fe11f907892d12a7f571be1bcbcda00805426
fc402232-2c31-4b0d-aac5-98e22cd09d6f	27	1	2026-11-26 21:27:55.925313+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\xdeccca0f479d8669eed668c6103fe11f907892d12a7f571be1bcbcda00805426	\\x245de27214e692d4927737fe6059aaf953ab0e5264fb7a463c56014118ab67b3
fc402232-2c31-4b0d-aac5-98e22cd09d6f	28	1	2026-11-26 21:27:55.940377+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\x245de27214e692d4927737fe6059aaf953ab0e5264fb7a463c56014118ab67b3	\\xee1a847d098d441da803ad14075eb02ecfe6a13623dc6c83e6ce9e836b8fb764
fc402232-2c31-4b0d-aac5-98e22cd09d6f	29	1	2026-11-26 21:27:55.941081+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\xee1a847d098d441da803ad14075eb02ecfe6a13623dc6c83e6ce9e836b8fb764	\\x68b3f966991ea0c6b5b6995e1cff6ce67f802c9acd1ec74e1dc01b29c8bc3565
fc402232-2c31-4b0d-aac5-98e22cd09d6f	30	1	2026-11-26 21:27:55.98664+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\x68b3f966991ea0c6b5b6995e1cff6ce67f802c9acd1ec74e1dc01b29c8bc3565	\\x121cf7f7c60791ab7da2177c7e2062dfebeffa93f734c1d51ec278272ba255f4
fc402232-2c31-4b0d-aac5-98e22cd09d6f	31	1	2026-11-26 21:27:55.987864+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\x121cf7f7c60791ab7da2177c7e2062dfebeffa93f734c1d51ec278272ba255f4	\\x2aafc6eed9cd04de954685ccc77d359cce8819e9d23d04380b653ecb9c8fb821
fc402232-2c31-4b0d-aac5-98e22cd09d6f	32	1	2026-11-26 21:27:55.992583+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\x2aafc6eed9cd04de954685ccc77d359cce8819e9d23d04380b653ecb9c8fb821	\\x724bccaa56ebebf06bc702c4ecc0f66a46053cf830aa1400314a8463a9896dc0
fc402232-2c31-4b0d-aac5-98e22cd09d6f	33	1	2026-11-26 21:27:56.012576+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\x724bccaa56ebebf06bc702c4ecc0f66a46053cf830aa1400314a8463a9896dc0	\\x8146917d53ec7b8ab1c4ee1fa3ec4bf1972a7407498406687b4de192c9aa3dce
fc402232-2c31-4b0d-aac5-98e22cd09d6f	34	1	2026-11-26 21:27:56.020784+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\x8146917d53ec7b8ab1c4ee1fa3ec4bf1972a7407498406687b4de192c9aa3dce	\\xd6c668d0c2be3038f8568de4102102b6a3d6c4862f456d02f5a7e4ef49e892e1
fc402232-2c31-4b0d-aac5-98e22cd09d6f	35	1	2026-11-26 21:27:56.039014+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\xd6c668d0c2be3038f8568de4102102b6a3d6c4862f456d02f5a7e4ef49e892e1	\\xdbde9671a85706bbe99af1921c84eae87ad37ee336f3c1b2ddab3c3b6d9a8019
fc402232-2c31-4b0d-aac5-98e22cd09d6f	36	1	2026-11-26 21:27:56.127041+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\xdbde9671a85706bbe99af1921c84eae87ad37ee336f3c1b2ddab3c3b6d9a8019	\\x8c66eb1cce98c3e4bb23b2492fdacc0b9d046eb71e7fb3046e5505461e7147a8
fc402232-2c31-4b0d-aac5-98e22cd09d6f	37	1	2026-11-26 21:27:56.128143+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\x8c66eb1cce98c3e4bb23b2492fdacc0b9d046eb71e7fb3046e5505461e7147a8	\\x39efa764717438d363ef689754b2e8421b7150d9ed4ea89d8aa4159b5de92655
fc402232-2c31-4b0d-aac5-98e22cd09d6f	38	1	2026-11-26 21:27:56.129253+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x39efa764717438d363ef689754b2e8421b7150d9ed4ea89d8aa4159b5de92655	\\xef6b1bfd684cf99918270f87fc5ab8e4fd43ae80e112fdf53ba101e5bae0efb5
fc402232-2c31-4b0d-aac5-98e22cd09d6f	39	1	2026-11-26 21:27:56.268767+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\xef6b1bfd684cf99918270f87fc5ab8e4fd43ae80e112fdf53ba101e5bae0efb5	\\x0e3d9e2dbd0b6745e3a37c70b49310b7ed2dc5b80b883095bce8922362dd7e99
fc402232-2c31-4b0d-aac5-98e22cd09d6f	40	1	2026-11-26 21:27:56.290703+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\x0e3d9e2dbd0b6745e3a37c70b49310b7ed2dc5b80b883095bce8922362dd7e99	\\x15e95148f985437edbcf06bb0fe79c203eb8cd9c33892c71b40cd3aa0a1cd540
fc402232-2c31-4b0d-aac5-98e22cd09d6f	41	1	2026-11-26 21:27:56.331004+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\x15e95148f985437edbcf06bb0fe79c203eb8cd9c33892c71b40cd3aa0a1cd540	\\xf1a4e65c6296bf014316e80a112748220e416da2df44b72e741a6dcbd447cfa3
fc402232-2c31-4b0d-aac5-98e22cd09d6f	42	1	2026-11-26 21:27:56.469661+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\xf1a4e65c6296bf014316e80a112748220e416da2df44b72e741a6dcbd447cfa3	\\x24697d222b0b496c71a1eb0c3a5ca610ef6226aed6e7b3e27b7372172a8e5d3f
fc402232-2c31-4b0d-aac5-98e22cd09d6f	43	1	2026-11-26 21:27:56.470449+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\x24697d222b0b496c71a1eb0c3a5ca610ef6226aed6e7b3e27b7372172a8e5d3f	\\xb150696d85d6e810e7c0b5ebf4a2e28270af0a9e3748b48a54e7fb7366f8413d
fc402232-2c31-4b0d-aac5-98e22cd09d6f	44	1	2026-11-26 21:27:56.470985+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xb150696d85d6e810e7c0b5ebf4a2e28270af0a9e3748b48a54e7fb7366f8413d	\\xbb3c1516ad3270b3f4823fa54f16e96e9fdaef077d178a9bbe20d1dec36a8686
fc402232-2c31-4b0d-aac5-98e22cd09d6f	45	1	2026-11-26 21:27:56.502391+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\xbb3c1516ad3270b3f4823fa54f16e96e9fdaef077d178a9bbe20d1dec36a8686	\\x95c1de21fb2d7aab451e1017285cec9537e92f73730b4d395e81e59c539335cc
fc402232-2c31-4b0d-aac5-98e22cd09d6f	46	1	2026-11-26 21:27:56.528607+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\x95c1de21fb2d7aab451e1017285cec9537e92f73730b4d395e81e59c539335cc	\\x3a10bf0654401076497b1788ed1398aa7bc9e154cd089a4cd2de360772f62acc
fc402232-2c31-4b0d-aac5-98e22cd09d6f	47	1	2026-11-26 21:27:56.693668+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\x3a10bf0654401076497b1788ed1398aa7bc9e154cd089a4cd2de360772f62acc	\\x774feb4dbe45c72b10af5eabaa6333c245da5d449ff5317fe3ae5478c2ad740c
fc402232-2c31-4b0d-aac5-98e22cd09d6f	48	1	2026-11-26 21:27:56.727568+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\x774feb4dbe45c72b10af5eabaa6333c245da5d449ff5317fe3ae5478c2ad740c	\\x2d667baa612feeb43114c8414aaf9148f5bb8c40f42468edbcf56e6ec7e399d2
fc402232-2c31-4b0d-aac5-98e22cd09d6f	49	1	2026-11-26 21:27:56.796748+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\x2d667baa612feeb43114c8414aaf9148f5bb8c40f42468edbcf56e6ec7e399d2	\\x5a0ec33623a4f9c6162a260b8f2e8ea95a6c44bc470646cb447257e004835cc5
fc402232-2c31-4b0d-aac5-98e22cd09d6f	50	1	2026-11-26 21:27:56.818592+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x5a0ec33623a4f9c6162a260b8f2e8ea95a6c44bc470646cb447257e004835cc5	\\x07487b083de4b182631ab0dbe03575da4daed6e1c60943fddd36f1ef3a6d4761
fc402232-2c31-4b0d-aac5-98e22cd09d6f	51	1	2026-11-26 21:27:56.835667+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\x07487b083de4b182631ab0dbe03575da4daed6e1c60943fddd36f1ef3a6d4761	\\x97c2b7882809690254f3c9f3ac4f500f10125be88cb985bceb581f475a7f18c1
fc402232-2c31-4b0d-aac5-98e22cd09d6f	52	1	2026-11-26 21:27:56.896581+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\x97c2b7882809690254f3c9f3ac4f500f10125be88cb985bceb581f475a7f18c1	\\xdb6b24ba2dbf37599ed0c5d087d868e652f7d5f1aba06b70b44e9c1c071baf9b
fc402232-2c31-4b0d-aac5-98e22cd09d6f	53	1	2026-11-26 21:27:56.898999+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\xdb6b24ba2dbf37599ed0c5d087d868e652f7d5f1aba06b70b44e9c1c071baf9b	\\xa5c7fd2c9b26a28c41f0641635c56d7ebd48b199a5ecf795782f5232ee82fc0b
fc402232-2c31-4b0d-aac5-98e22cd09d6f	54	1	2026-11-26 21:27:56.904599+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\xa5c7fd2c9b26a28c41f0641635c56d7ebd48b199a5ecf795782f5232ee82fc0b	\\xd0110272df34ada78bdd793f8c7c7278de2548acea5f8bc1ad7a1dd7ca050ddf
fc402232-2c31-4b0d-aac5-98e22cd09d6f	55	1	2026-11-26 21:27:57.112116+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\xd0110272df34ada78bdd793f8c7c7278de2548acea5f8bc1ad7a1dd7ca050ddf	\\x856fff76d6897c2a5de5926ffbc2421d9a30aa74820b186b8bd8f705ccc05e03
fc402232-2c31-4b0d-aac5-98e22cd09d6f	56	1	2026-11-26 21:27:57.248479+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\x856fff76d6897c2a5de5926ffbc2421d9a30aa74820b186b8bd8f705ccc05e03	\\xb29f8c1c5c2b334ea811b869edce8c4599b2668224913a0c3d24a77eaed7f491
fc402232-2c31-4b0d-aac5-98e22cd09d6f	57	1	2026-11-26 21:27:57.401228+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\xb29f8c1c5c2b334ea811b869edce8c4599b2668224913a0c3d24a77eaed7f491	\\xa3512c3095f16707a6f1f950d0cfe0574a348fa35fcf8a588398096cc12bad26
fc402232-2c31-4b0d-aac5-98e22cd09d6f	58	1	2026-11-26 21:27:57.561678+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\xa3512c3095f16707a6f1f950d0cfe0574a348fa35fcf8a588398096cc12bad26	\\xce7a6fa5f39b97426f029ccf6ca4fa4c5abb0d4e4f314fba654bbf8673691029
fc402232-2c31-4b0d-aac5-98e22cd09d6f	59	1	2026-11-26 21:27:57.727759+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\xce7a6fa5f39b97426f029ccf6ca4fa4c5abb0d4e4f314fba654bbf8673691029	\\xb8c1aedeccfaf02dcd00cd6377389e37348caa240f218f46fc6abf4803ed1924
fc402232-2c31-4b0d-aac5-98e22cd09d6f	60	1	2026-11-26 21:27:57.902542+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\xb8c1aedeccfaf02dcd00cd6377389e37348caa240f218f46fc6abf4803ed1924	\\xa3bb9e349b15427e527db1fa21c2a0b34ccfbf2f10356126579534744d606f7a
fc402232-2c31-4b0d-aac5-98e22cd09d6f	61	1	2026-11-26 21:27:58.041886+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\xa3bb9e349b15427e527db1fa21c2a0b34ccfbf2f10356126579534744d606f7a	\\x2c3cd915beb39beae6ddd31686c64abc8020a4f0d6b1b7b6783f74db6c4d9604
fc402232-2c31-4b0d-aac5-98e22cd09d6f	62	1	2026-11-26 21:27:58.178991+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\x2c3cd915beb39beae6ddd31686c64abc8020a4f0d6b1b7b6783f74db6c4d9604	\\xd00416d67da519d0923a2efb2fd5e92ab237064d85719dc4b262d1360e11ba02
fc402232-2c31-4b0d-aac5-98e22cd09d6f	63	1	2026-11-26 21:27:58.295094+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\xd00416d67da519d0923a2efb2fd5e92ab237064d85719dc4b262d1360e11ba02	\\x623c5833ed4d1708f4a2f53243f83cf7870f468921eae4f19e0c07012a34ac82
fc402232-2c31-4b0d-aac5-98e22cd09d6f	64	1	2026-11-26 21:27:58.409647+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\x623c5833ed4d1708f4a2f53243f83cf7870f468921eae4f19e0c07012a34ac82	\\xfbe6cde82c4e92fb672246360adb351cba70054fc38a7332373c5f490bb38bce
fc402232-2c31-4b0d-aac5-98e22cd09d6f	65	1	2026-11-26 21:27:58.646186+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\xfbe6cde82c4e92fb672246360adb351cba70054fc38a7332373c5f490bb38bce	\\xcdf706bbc11967b8cd4e11992995457ab8f45aa4333b32c9353fedf04c583fb5
fc402232-2c31-4b0d-aac5-98e22cd09d6f	66	1	2026-11-26 21:27:58.891338+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\xcdf706bbc11967b8cd4e11992995457ab8f45aa4333b32c9353fedf04c583fb5	\\x150b09903614745c17e08a39f7201191f42f7a7d73ab033a3c772f395e5b6bb7
fc402232-2c31-4b0d-aac5-98e22cd09d6f	67	1	2026-11-26 21:27:59.282867+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x150b09903614745c17e08a39f7201191f42f7a7d73ab033a3c772f395e5b6bb7	\\x16744ea2427386d4f07dda9322e607faecc156097a6e74c4dca20f7220bae926
fc402232-2c31-4b0d-aac5-98e22cd09d6f	68	1	2026-11-26 21:27:59.482779+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\x16744ea2427386d4f07dda9322e607faecc156097a6e74c4dca20f7220bae926	\\x118c859648f4034513d2f9a71c1b67d4757eed1d26181f6ac01d3090f85f3b41
fc402232-2c31-4b0d-aac5-98e22cd09d6f	69	1	2026-11-26 21:27:59.673673+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x118c859648f4034513d2f9a71c1b67d4757eed1d26181f6ac01d3090f85f3b41	\\x40e750b886ea1befe125c2722d1b3887840bcfd4abebd73b0ccc06388551e00f
f9d69d2d-b77f-438c-a1f5-6fb99ef9fffb	1	1	2026-11-26 21:27:59.941848+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	tenant added	root@vm	provider local	local:master.key	{}	\\xfc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x9aea62e96fc9a9013348722c0770a21aeeec7486e87827d57cbb2af1f6b6f84c
9260147a-d396-4421-bf3a-d8bbb998a681	1	1	2026-11-26 21:28:00.001679+00	07c032c7-9d47-4828-a397-e47e629938cf	tenant added	root@vm	provider local	local:master.key	{}	\\xf9d69d2db77f438ca1f56fb99ef9fffb00000000000000019aea62e96fc9a9013348722c0770a21afc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x27ca13190af5eb828e60f101ece7173ac7f0025dca51713bfe9ce4990e64ef1f
86a69874-4a94-4cf1-9b2e-2ece12d3e624	1	1	2026-11-26 21:28:00.10641+00	\N	checkpoint	root@vm			{}	\\x9260147ad3964421bf3ad8bbb998a681000000000000000127ca13190af5eb828e60f101ece7173af9d69d2db77f438ca1f56fb99ef9fffb00000000000000019aea62e96fc9a9013348722c0770a21afc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x5f52dd5d524bea34a8bf33563c6694b58c15b081eadf2f924fe0f1c5157c19f4
86a69874-4a94-4cf1-9b2e-2ece12d3e624	2	1	2026-11-26 21:28:00.213444+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\x5f52dd5d524bea34a8bf33563c6694b58c15b081eadf2f924fe0f1c5157c19f4	\\x3396860a7b5f26e01e2d71a6af15ccb2697dd2bbf6ac46dbbde9b6eebefa6de9
86a69874-4a94-4cf1-9b2e-2ece12d3e624	3	1	2026-11-26 21:28:00.186539+00	07c032c7-9d47-4828-a397-e47e629938cf	key fetched	root@vm	held until 2026-11-26T21:33:00Z	local	{}	\\x	\\x3396860a7b5f26e01e2d71a6af15ccb2697dd2bbf6ac46dbbde9b6eebefa6de9	\\x1d417282feba4b8b5bb62dadf392b06f026829b686dc13e26bf2a2f47ac0ce76
86a69874-4a94-4cf1-9b2e-2ece12d3e624	4	1	2026-11-26 21:28:00.189519+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	key fetched	root@vm	held until 2026-11-26T21:33:00Z	local	{}	\\x	\\x1d417282feba4b8b5bb62dadf392b06f026829b686dc13e26bf2a2f47ac0ce76	\\xa7c0497dd810a45eff881e7ca0d0ec58e14d6e3db57a144b2f64a4f5d323ff62
86a69874-4a94-4cf1-9b2e-2ece12d3e624	5	1	2026-11-26 21:28:00.408245+00	07c032c7-9d47-4828-a397-e47e629938cf	key evicted	root@vm	the process ends	local	{}	\\x	\\xa7c0497dd810a45eff881e7ca0d0ec58e14d6e3db57a144b2f64a4f5d323ff62	\\xab55fb93e778c0a08d6118954770446c8ce53eb902139db977a0abc6cae19e46
86a69874-4a94-4cf1-9b2e-2ece12d3e624	6	1	2026-11-26 21:28:00.408266+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	key evicted	root@vm	the process ends	local	{}	\\x	\\xab55fb93e778c0a08d6118954770446c8ce53eb902139db977a0abc6cae19e46	\\xeee144286611764206f4fc666cfd1f12e863df995fc90918b8c6ba2974b07e83
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	1	1	2026-11-26 21:28:00.717176+00	\N	checkpoint	vm:29477			{}	\\x86a698744a944cf19b2e2ece12d3e6240000000000000006eee144286611764206f4fc666cfd1f129260147ad3964421bf3ad8bbb998a681000000000000000127ca13190af5eb828e60f101ece7173af9d69d2db77f438ca1f56fb99ef9fffb00000000000000019aea62e96fc9a9013348722c0770a21afc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x72234b4055415d4d8b8594266f6c6b4b8edb0b5d9b756c7fed7685a99f683652
89881eaa-eb10-4012-b026-0d8e0aa98520	1	1	2026-11-26 21:28:00.848241+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	new data key	root@vm	data key c1e99899 after 057cd5a3	local:master.key	{}	\\xb2e869a1a7fa4635bd1e2b76b28a0fc5000000000000000172234b4055415d4d8b8594266f6c6b4b86a698744a944cf19b2e2ece12d3e6240000000000000006eee144286611764206f4fc666cfd1f129260147ad3964421bf3ad8bbb998a681000000000000000127ca13190af5eb828e60f101ece7173af9d69d2db77f438ca1f56fb99ef9fffb00000000000000019aea62e96fc9a9013348722c0770a21afc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x6b65d00aa7e83f4d2a9db922faecc2e99f28c7cd0b81901d7e4cbf0eec0a6e02
78826e68-ab74-475f-bd43-32d774b2a244	1	1	2026-11-26 21:28:00.93027+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	cache time set	root@vm	2m0s		{}	\\x89881eaaeb104012b0260d8e0aa9852000000000000000016b65d00aa7e83f4d2a9db922faecc2e9b2e869a1a7fa4635bd1e2b76b28a0fc5000000000000000172234b4055415d4d8b8594266f6c6b4b86a698744a944cf19b2e2ece12d3e6240000000000000006eee144286611764206f4fc666cfd1f129260147ad3964421bf3ad8bbb998a681000000000000000127ca13190af5eb828e60f101ece7173af9d69d2db77f438ca1f56fb99ef9fffb00000000000000019aea62e96fc9a9013348722c0770a21afc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x01dc7228537ae67d0e1873cacea39796ed4ed0ebaa1dc590b75446fc8ba25622
456bf7ea-4415-49cf-a2e4-61869dd486ca	1	1	2026-11-26 21:28:01.007391+00	07c032c7-9d47-4828-a397-e47e629938cf	locked	root@vm			{}	\\x78826e68ab74475fbd4332d774b2a244000000000000000101dc7228537ae67d0e1873cacea3979689881eaaeb104012b0260d8e0aa9852000000000000000016b65d00aa7e83f4d2a9db922faecc2e9b2e869a1a7fa4635bd1e2b76b28a0fc5000000000000000172234b4055415d4d8b8594266f6c6b4b86a698744a944cf19b2e2ece12d3e6240000000000000006eee144286611764206f4fc666cfd1f129260147ad3964421bf3ad8bbb998a681000000000000000127ca13190af5eb828e60f101ece7173af9d69d2db77f438ca1f56fb99ef9fffb00000000000000019aea62e96fc9a9013348722c0770a21afc4022322c314b0daac598e22cd09d6f000000000000004540e750b886ea1befe125c2722d1b3887	\\x	\\x107501f39cdea2d96f5e126fbe692561af5fac3a079e47d741d46d83e798aed6
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	2	1	2026-11-26 21:28:00.797269+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	key fetched	vm:29477	held until 2026-11-26T21:33:00Z	local	{}	\\x	\\x72234b4055415d4d8b8594266f6c6b4b8edb0b5d9b756c7fed7685a99f683652	\\xc104ec26ca7900a2f4c52f970d1c0503c7f131442cd87d33a08b483d8df39657
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	3	1	2026-11-26 21:28:00.818654+00	07c032c7-9d47-4828-a397-e47e629938cf	key fetched	vm:29477	held until 2026-11-26T21:33:00Z	local	{}	\\x	\\xc104ec26ca7900a2f4c52f970d1c0503c7f131442cd87d33a08b483d8df39657	\\xd42fcde5a02fcd8960ebb0e3f8ffa467fac6291c34de0927c911df2d08b95984
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	4	1	2026-11-26 21:28:00.867256+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	key fetched	vm:29477	held until 2026-11-26T21:33:00Z	local	{}	\\x	\\xd42fcde5a02fcd8960ebb0e3f8ffa467fac6291c34de0927c911df2d08b95984	\\x281219a06a41d65ebf1ff267a28759dd329338f7b1ed8785ca2465ae8f3491b5
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	5	1	2026-11-26 21:28:01.738437+00	07c032c7-9d47-4828-a397-e47e629938cf	key evicted	vm:29477	KU009 key_locked since 2026-11-26T21:28:01Z	local	{}	\\x	\\x281219a06a41d65ebf1ff267a28759dd329338f7b1ed8785ca2465ae8f3491b5	\\x571365a78fc4b4fa6c8a327df27230453ba1e7b3816ba50c44acbc2da4d5b92c
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	6	1	2026-11-26 21:28:01.757831+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	key evicted	vm:29477	the process ends	local	{}	\\x	\\x571365a78fc4b4fa6c8a327df27230453ba1e7b3816ba50c44acbc2da4d5b92c	\\x590f72ab6ee62c87326051149258f96c8f7c513024e6f765b8eb882fbb8faf4e
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
fc402232-2c31-4b0d-aac5-98e22cd09d6f	69	\\x40e750b886ea1befe125c2722d1b3887840bcfd4abebd73b0ccc06388551e00f	2026-11-26 21:27:59.679859+00	\\x9833d1e8412a51ff06538d88d710e0916be0557db7afacde660678653560c7a6
f9d69d2d-b77f-438c-a1f5-6fb99ef9fffb	1	\\x9aea62e96fc9a9013348722c0770a21aeeec7486e87827d57cbb2af1f6b6f84c	2026-11-26 21:27:59.950165+00	\\xc9520be4e4db555db2c692d9a2c09427d853f89785156818e1069078a2020fe9
9260147a-d396-4421-bf3a-d8bbb998a681	1	\\x27ca13190af5eb828e60f101ece7173ac7f0025dca51713bfe9ce4990e64ef1f	2026-11-26 21:28:00.00676+00	\\x096f97f4721e6998768c2c6f713250a9c81e452e35f467a8f5fddb68eb223a70
86a69874-4a94-4cf1-9b2e-2ece12d3e624	6	\\xeee144286611764206f4fc666cfd1f12e863df995fc90918b8c6ba2974b07e83	2026-11-26 21:28:00.408982+00	\\x3583dd99caceb937c0fb4720eafba7da7244ff97a1db77e9cdb4666b8f818639
89881eaa-eb10-4012-b026-0d8e0aa98520	1	\\x6b65d00aa7e83f4d2a9db922faecc2e99f28c7cd0b81901d7e4cbf0eec0a6e02	2026-11-26 21:28:00.852647+00	\\x1909f362ed996f5f6e6eb900a211d1f38cc6d7f9e234864f5f6243eb92e829e0
78826e68-ab74-475f-bd43-32d774b2a244	1	\\x01dc7228537ae67d0e1873cacea39796ed4ed0ebaa1dc590b75446fc8ba25622	2026-11-26 21:28:00.932634+00	\\x24761c6ed7436e75dfd742a98759049619ef899c341ebd62af87355e6925af37
456bf7ea-4415-49cf-a2e4-61869dd486ca	1	\\x107501f39cdea2d96f5e126fbe692561af5fac3a079e47d741d46d83e798aed6	2026-11-26 21:28:01.025743+00	\\x00f8581d144e371e653150f3c289e0672361656e28648972d455ca2b4e9db4b4
b2e869a1-a7fa-4635-bd1e-2b76b28a0fc5	6	\\x590f72ab6ee62c87326051149258f96c8f7c513024e6f765b8eb882fbb8faf4e	2026-11-26 21:28:01.775168+00	\\x9af5e7ac7f93cefbc2f48ce7e272d898ef56e0476e31b16493047f586e8a1872
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
851a123e-6788-47a1-ace2-7b7069039ce6	2026-11-26 21:27:59.941848+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	1	92067235	created	local			local:master.key	574b619c2023669d	root@vm	\\x05c9a80faf0fbc9d5e47f919c2440541aa82483efa8a0c060419c7882b9621ab
e7e1e685-2437-4c25-b60b-0195cc07631a	2026-11-26 21:28:00.001679+00	07c032c7-9d47-4828-a397-e47e629938cf	1	3258700535	created	local			local:master.key	574b619c2023669d	root@vm	\\x7e636258c492bdcd5ddc99343f1ee9b61806b158bb90c7615be53b93d7365f09
45f97282-0680-46cd-9f03-1eadde4a086c	2026-11-26 21:28:00.848241+00	84af67cf-cf45-47ae-b4e9-d04a8da18f05	2	3253311641	rotated	local			local:master.key	574b619c2023669d	root@vm	\\x5cdd669b1f9126370cfe93593d4bd1d4072276054c2d72c9c4478b4fc1fc8456
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
1	2026-11-26 21:27:55.365595+00
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
1	completed	1	32767	2026-11-26 21:28:00.111329+00	2026-11-26 21:28:00.091343+00	2026-11-26 21:28:00.336221+00	2026-11-26 21:28:00.091343+00	1	{"column": "793c0333535542539513ff40f2f5ce94"}	{vm_2026_11_26T21_28_00_106270}	\N	pgseal_column	{}	pgseal	{}	\\xeb7654862078052b19c325fad638b7fbc29cbcb873cc9b84a955281729421268	11110001
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
main	1	2026-11-26 21:27:55.401188+00
main	2	2026-11-26 21:27:55.40396+00
main	3	2026-11-26 21:27:55.417549+00
main	4	2026-11-26 21:27:55.418489+00
main	5	2026-11-26 21:27:55.429746+00
main	6	2026-11-26 21:27:55.468202+00
main	7	2026-11-26 21:27:55.470136+00
main	8	2026-11-26 21:27:55.473694+00
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
pgseal	2026-11-26 21:28:00.108813+00	{}	\N	2026-11-26 21:28:00.73452+00
\.


--
-- Data for Name: store; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.store (singleton, id, tag, family, epoch, policy, created_at, version, mac) FROM stdin;
t	e3b0bc9e-a64f-3434-da88-d0d761a09045	\\x1d0b	e3b0bc9e-a64f-3434-da88-d0d761a09045	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-26 21:27:55.309435+00	2	\\xa9f9f1871d904eca6bdf23bc84a0a65e5293cdaa76a9e2749d58ea5b75827f5c
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
84af67cf-cf45-47ae-b4e9-d04a8da18f05	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	3253311641	2026-11-26 21:27:59.941669+00	3	\\x87a4d9f9c0289a4f483f5b2fe31ee9c1b097187c339193eeca856f51124ddb6f
07c032c7-9d47-4828-a397-e47e629938cf	globex	local		local:master.key				300000	t	2026-11-26 21:28:01.007391+00	root@vm	f	\N	\N	\N		{}	0	3258700535	2026-11-26 21:28:00.000492+00	2	\\xde4328b742f57ddc7205110f1d45437400597200d557bc095737302019e1ea81
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
07c032c7-9d47-4828-a397-e47e629938cf	2026-11-26	c66b97b9-d023-4881-ac57-465152de7cf2	vm:29453	60	40	1	0	0	2026-11-26 21:28:00.397868+00	1	\\x010955db47336153929cf5256f3f2c672c7ded223ac56cb91024f098422832ac
84af67cf-cf45-47ae-b4e9-d04a8da18f05	2026-11-26	c66b97b9-d023-4881-ac57-465152de7cf2	vm:29453	60	40	1	0	0	2026-11-26 21:28:00.397869+00	1	\\xeec0cf11549fe1d7a9e091c3211ebb91325892098ca2570e5e14ab8fbb235ffe
07c032c7-9d47-4828-a397-e47e629938cf	2026-11-26	501a2eb7-fe1a-42c7-addd-a1faa152f593	vm:29477	15	46	1	0	1	2026-11-26 21:28:01.757862+00	1	\\xcec8aea0af94281320aa06e279efa2785483e3b221a1a5aa944a1273665ebaf5
84af67cf-cf45-47ae-b4e9-d04a8da18f05	2026-11-26	501a2eb7-fe1a-42c7-addd-a1faa152f593	vm:29477	31	51	2	0	0	2026-11-26 21:28:01.757863+00	1	\\xf072fe336d59b812b56a6541dbb7f11be153f441f9d681f50d10f233d5e5bd2c
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_AR0LBXzVo4BuN_aQigszaWuNZJAEtSmFhO6fqsWy0I0Tre6QAUlI2y_Y4qgOtCbUBFWUaR6Qd4M3OGCD5qeguqYcPkFrbS4MrnpHagFBciJWJowOitPSqgSBJEuAlN36qMUE	pgs1_AR0LBXzVownVp_d4tIbxZlomg3ue3k6xKF7irhCE5QLEnyam2hP_O4qKvBpyRWc	\N	pgs1_Ah0LBXzVo_qlK5Iai3Cnvg3BlQ2SOSfBvEIjQEP_vf3Unav-DcU4ngyw-1BDxfpH1Fw	\\x011d0b057cd5a35d4b28843501e14879197740241aac0e7bc38b25b7528705d62c8ea7474beac907aaae5f84acf19f43eea94431e08f89	\\x021d0b057cd5a3342c93b21f4f6014fb20b3e57757dc39023fc10e486d39aa2738cc5c0add3f1bf496caf3	\\x021d0b057cd5a32025f9b4914d9e26a9eaded0de25e1f74b6712637b878bc97b8f157b4593a48fe2	\\x011d0b057cd5a3c4c680bc53d1e16b46d889408ff26ffdd2e55b8407b918549572b171428d82d8adcfe737ea194eb88dfd7d49940ee965	\\x021d0b057cd5a34bf5e851705ba20c19b874180ac8c3980a4bdda63dff29226f8bec8270	\\x021d0b057cd5a3f150471d34903c934c300b348907beb19e38b7dd4265f083a07ddfd814ecd8b7	\\x011d0b057cd5a3bf9a6c5ba3095ff1e350a066b1dfb298fe1e469a9aa018fd6db1c51e88831ca88d9005816d06f888eebc5a488ff41a23	\\x021d0b057cd5a365b9d0878bd8234267983d7714b6f6d4befc7a300d21d06c8544554b9ac7e07d9ee79eb9	\\x021d0b057cd5a346b6f68985a650c21aaf19ec4d4f42c1b53c2602c69c4054173493fb33c1848a74b5455fae3bb36d4d5cd231	\\x021d0b057cd5a3331d2863c96f35c9d996fe9fac641f08a8bec6b7e756a2066ed6ac777369f4	\\x011d0b057cd5a386e986db59476df0596c0824ca2aef483e3040debfc421720126b769f2f013d5d79d523e7a0464bcf75bc32203554375885b698de7cf6cdc62fca50eb3f7f79477eed50f47e8b4e2	\\x011d0b057cd5a312a24467df6c84208f1bea0dfa2af8eb4f7e5b42197039645743a13271790839ffbaa011227bdab850213c93f5f8c77fffa9e92cc19eeb45c57e840f34af7fc7004a311b846e7f8a590ac0e13756dd6ea2fde7
2	globex	pgs1_AR0LwjvS9-SHfvRJ1un7IQMofPE8F1CbeW8XZpAaW4Fmi6IDAiMKQOjysATSiR_7Zk4olSZBP2f28qDBc6gsE83nIutbmxt2n2Rp6cLUJvqQg8yqlc166sxFYFH94h6N1CXX	pgs1_AR0LwjvS93zjFUYSFHJwm3yHfJ0EJTax5sESoSbETA5Dg7a2iLxoMuqCU0so0qg	\N	pgs1_Ah0LwjvS93TeKET2Cksw1wHI2sAD5FtVF_uVoaXfJtMef8zCKI86vh3epFqIKsZW9RI	\\x011d0bc23bd2f701901f02a99d3c32a00a64077fce6f041c98e811d5049403c2a6a6e9f7d220966bf53ca5e53f5d6103122fc7c30ef0da	\\x021d0bc23bd2f7afe084d5664bbd4e71112af3a682c463b9edb6a17ac78298897d16dec0e4732a60e6c8cc	\\x021d0bc23bd2f7b5eaf18f5926f168f713efdf59ed06cdfa8b8b605ca7a4dfb9186342a1867aa2df	\\x011d0bc23bd2f7d34138e1e7bd551cec3152a428f57126d9eca1598b605820a436f2cce682c767de02238c27cb1ff5f789d2db5d3379a5	\\x021d0bc23bd2f777c1ade271d402398966e7a241f51b5a4d52fdcab571219b60d165edf9	\\x021d0bc23bd2f77be8e7cccfe2ff4d384eb72e2d3b77c637d75a73fefed19e0555f3dcd632bf6b	\\x011d0bc23bd2f7015509cd4f160dc3da7a0171f9fe6746b84b409d4bf0118b6e611db6baa4cf81b329fe45680681fadac3be0ae25127e4	\\x021d0bc23bd2f73f2d0a7056d3e8c5f45fa0d407273c7aa217a204c5b870bcd52db2f1186a880ab9f44dc8	\\x021d0bc23bd2f7869fca5711c38b333ea482a6a16f322124f1d1c354b82e0a64e4db83a3aae3d1541348dbb16e76e2674a725b	\\x021d0bc23bd2f7748a89b3f10994ae53d66a3d2dd1e90824f83b81d2e37d585c4c32be001dbb	\\x011d0bc23bd2f7ec2d00ffb374f151afa943732139142d1f727ed713a6971128c1c95c64c15fa6e5a2dc9727eaf87c4f0d0ccec4c685c59c999a92babafb12a0e137bd6d52eecdd393f6bf0a924bd2	\\x011d0bc23bd2f71900f30dc2ec953876b9e6be077efc0b1666d865ee2a2ce6794d6f9df739eb10f7a95cbc28bd019aace708ff92d9e6b940d278ddc50cb1548ff9d02c54c05322f6e90a5b5d0d32e538511ea2d889defb84711d
3	acme	pgs1_AR0LwemYmZsn6jymHZMIohhxFe9KcA252pHWoaCQCcRt-lHVCBtakbZU0BRorKfrxjmsxyelORSjFg5z308WQtuskx1oPN8TzUtunjEWMryJ5_GnPWUH6GjFiS5my7ooNiSS	pgs1_AR0LwemYmQAHa436B2HPwaPejgnvrs6YVGf2B4JXd8OnAGe4_RgeqI55pY45xnk	\N	pgs1_Ah0LBXzVo_qlK5Iai3Cnvg3BlQ2SOSfBvEIjQEP_vf3Unav-DcU4ngyw-1BDxfpH1Fw	\\x011d0bc1e9989938ca27e323eeea46bf2cfaf5160e1e62f1ec4ba181e3c046f299bf3af0e82f684ba60256a32391c61265f78ed6a435c1	\\x021d0b057cd5a3342c93b21f4f6014fb20b3e57757dc39023fc10e486d39aa2738cc5c0add3f1bf496caf3	\\x021d0b057cd5a32025f9b4914d9e26a9eaded0de25e1f74b6712637b878bc97b8f157b4593a48fe2	\\x011d0bc1e99899957bc03724dfb820833c02a33d19a9378308d2957ec99d7a9652471d1044a45fe28b671afbb009c96873480699c37d45	\\x021d0b057cd5a34bf5e851705ba20c19b874180ac8c3980a4bdda63dff29226f8bec8270	\\x021d0b057cd5a3f150471d34903c934c300b348907beb19e38b7dd4265f083a07ddfd814ecd8b7	\\x011d0bc1e99899bdc13150f82109ff2d1a07fcb638fb0c383b5fc4472c7c2c7938e7ae481eb4649906f983ce10c63ec496cc019d406bbe	\\x021d0b057cd5a365b9d0878bd8234267983d7714b6f6d4befc7a300d21d06c8544554b9ac7e07d9ee79eb9	\\x021d0b057cd5a346b6f68985a650c21aaf19ec4d4f42c1b53c2602c69c4054173493fb33c1848a74b5455fae3bb36d4d5cd231	\\x021d0b057cd5a3331d2863c96f35c9d996fe9fac641f08a8bec6b7e756a2066ed6ac777369f4	\\x011d0bc1e9989904b729bdd7357f22b1ed3aea3ccf6852af0c9b7375a6f6bc3694dbbf3a88db25cc229b067f91aa04c8fcba28d38601681d725205c9f1bece8bb4f83055f6af1b2607c1c3cec4c9be	\\x011d0bc1e998991460ff43cc8a27d9d2467d374078b3b55fca6f4bcd17e52008e88f91e49763222fe164ba1e2b37df949e058cd864803a4462ce9b6eca50c8a04fb636e70bca4c8fc4e1ea7cab76a46f6c072ccb898ac564dca1
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7Ea2njRpV3L7LjcehpQY1pkJ693dS67YmHcdbHgae_npckKw-cSPSVfQxFA
2	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHZcIkxd0DAaTyPRsU-96_7CC2Ji6PH22Ti92LcQg1sV7U9gnHmUGgv6kLA
3	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EdYsdedZpThGdq0uRexmiEel9SewTXsyWzWWRhUNqP4QSaEshEnWLSX3Ew
4	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHT_t9EnoU_7eqWWSjy1_QZa000F6chKZp0yg6RDyFq9HYKLUy8jFusbCZQ
5	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EXhHSslOLWIY-UuQAYrlBsSUWvZ4nrFhWsUwNemoovb9y-YSU7aWYqMIcQ
6	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHajSxGekzT3cmFAg0S9tJde1nzymsXTezHs6ol9nASFfGB8_IMowhBupFQ
7	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7ERqJippRJdtnuADcb0dAWEuZuLw8yjINt7pJuNCv3qlc3HfFd7KZdYaqxg
8	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHRzpysAwAn_CBznce9glbp7IoAq1PBM_4NuOx6bJOeFwGxqs-flXTjWe8w
9	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EReITm9MvdurpXY1gC2fw_s-UoAJcetFHyu9FM_YnBca5X9qanl3bmGMSQ
10	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHXCRpNJUnHcWvti2ME1UwzwePTqDTEotOSRyXUmMA-peDauaTIOsBdo1Tp0
11	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EQdRHYA4EC7tnNU56XuwMKe2sJJsnDpnILZIUfVpWqPcbCRzo5m7Ge9sT5Y
12	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHY7Qfo31ykDARp2UviW2VmVHNtPndatE0tyYJm8WjryI5UK1tHw1IQLYOs4
13	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EQ1sI4ujdJF5vWs63QqGoSDpk6QZR7Bvx-NoGP8tvKz0LvvPYYmk6E5iT1g
14	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHXWBEdSVn3BEIdiDEGlBxBgL0zBN-Z0_iLN54x_Kh6Rp45Lahl5HOxiekpA
15	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7ERc3-nxbjBbJ5zSykH0SvWeDOtvNBlOmdm4c9Ui1zeQlP3QGAHi9fkMzT4s
16	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHVLkduUiOUa_BNxIU3bS_CvUX28YgfP8wMVT5n0j8BqyasWy7VWV6r70PgM
17	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EbiSjRsxRPHbtVqeOcykehKl_1ICsfUi-T94h5Ad24ILJgDe4BXIWb_61mg
18	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHYT09-PXDUHoUzTHMw5lz2aH7suTqiUXv8WyD2wwgv9iML1Yz3tHKNE8M-w
19	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EdLxAS3R9QYXTkSY-rL-oiB_WOPt-mswREWVsC7Z0lVdtopov8TA_Anp3qE
20	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHRIafdcE946S6rbd5YoSQqIhnZD7cQhIU8NCtffe37RjMnrqDaIshfPi3-c
21	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EX9akrrfDjoi_Ra_2qJrImhx4dx1ppgQdJ0NWih4OeVRPL8RqrO4B32x0Uk
22	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHZW86t5BhqG38OGlI0oe5vf4y6OZDCvqnGGGtQ38_9kjLj-3cgvMIP3msVg
23	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EQUyEuhu8tBYVkxsrDVXEwHUTnKrzc_aN7nheue2M9OOUySAHO48pwHL-T0
24	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHUn_Nu6-GIX8b4J4-uosvzj3X_4r4H_Ho-13TladEVOt50s2VaE7i6hAbiQ
25	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7Ea7avdSqAPsX1KgU5UFzPyI08VHbt1CStIuHo0UhZqEZdeNeXuzuYiAqoUE
26	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHap7USxI-9oXyNikcP0l6Lnuv1d_7bpd-wZlHtwa3JU5R8doiRO1WmvnxIQ
27	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EU6lBFVGqrrVaGvuTMWn-s82ecfFa-RfZ8B-8xn3t7Wpcyb5a2EYc-ESf4U
28	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHZvnexnYHXyRtuQMyMiLiR440h3-z2XHs93fV0lNII4MUQrNH8M3M_0_RqE
29	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7ESSQSUZX3mHJO-xZOfLb92ihBRghNO6hLjnpq1C_ULLwbtfQHYHgAMQPWTQ
30	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHRxGW0iHo0nL_iarupiLGbpHjXLUJ2x6N-KL6ZI8oKKWZOkbtbjDY3ab-o0
31	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EdRUS3WPEr5a-inBSa35fkokVDreNCOBQ35lbLoYbFO--Xd0ATFQNuq-5ms
32	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHckMis7BmJG2QiG4ZyBrgKTmalDpcd1ZUsNQ1NFLtZ-phmc9kVEcqge7mno
33	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7ET3zaZ76nPX8OY_mw_i2hKlH6FUpH4iM4MvN5-1KG3uNAWZl8ox1qpYdaCY
34	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHXr92U8shWR8-e5urM6OtZKDZIhZUKfLd_5zNRo-GgQH0BhnPIwARD3e8N0
35	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EW5YDkuSdInBzkXUd9ulgWceUhLKhKTkMLwRh_vbHJP3qqaFHALx2nEdT2g
36	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHWWVFyOY2MH1UN6l4cRmKyDaTVMe5ifOg81-Mt_pAlAOL25WPKXHPRpIA1Y
37	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7EZk-bcE8T3xDf0_YLPktSwmb3g-Dg1qJwJK1dgEbVHi8Wg1uU3mplqIHBKQ
38	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHcVPCNhGcklpdiC3nLnfnKg-UpgiCOIlK_r9SgMgE79P4V5YBjyDltzBsH0
39	globex	pgs1_AR0LwjvS92R-9v6-DwPO8Ab7Eek7BbOFmNTQ3Dqm_GXO5Ym-821E_ahElKRqYO9-JJnj53RRWyv2L_9sNsE
40	acme	pgs1_AR0LBXzVo33S7EFVjDgv_R7sHS2VLJvrh7IbIi8LIWCtMi6hHxIJJVYvUS_pwXuOxCmbdH1B-K6AQuHRJv8
100	acme	pgs1_AR0LwemYmV8xLK6kaNv43mMRIC2XqBgMJOy1Gmaae5g4So_vPC-n0r1Irsw-TZ5tj1K8MnqtsxKN9hsm0Yn1
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

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AR0L'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ah0L'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x011d0b'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x021d0b'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

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

\unrestrict fv98WdBGt5M6BJ57fNZLZw8f99BiRwY0zRlTbHvErjAXioMdgRO6cedLb3YOllW

