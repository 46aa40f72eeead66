CREATE TABLE users (
	id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	email         text NOT NULL UNIQUE,
	name          text NOT NULL,
	kind          text NOT NULL CHECK (kind IN ('member', 'guest')),
	permissions   text NOT NULL DEFAULT 'member',
	password_hash text NOT NULL,
	sso           boolean NOT NULL DEFAULT false,
	sso_subject   text
);
CREATE TABLE matters (
	id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	title        varchar(200) NOT NULL,
	client       text,
	client_email text NOT NULL UNIQUE,
	description  text,
	value        numeric(14,2),
	closes_on    date,
	status       text NOT NULL DEFAULT 'open'
);
CREATE TABLE matter_members (
	matter_id bigint NOT NULL REFERENCES matters,
	user_id   bigint NOT NULL REFERENCES users,
	PRIMARY KEY (matter_id, user_id)
);
CREATE TABLE parties (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id bigint NOT NULL REFERENCES matters,
	name      text NOT NULL,
	company   text
);
CREATE TABLE documents (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id bigint NOT NULL REFERENCES matters,
	file_name text NOT NULL,
	terms     jsonb,
	content   bytea
);
CREATE TABLE clauses (
	id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name  text NOT NULL,
	words text NOT NULL
);
CREATE TABLE resources (
	name  text PRIMARY KEY,
	about text NOT NULL
);
