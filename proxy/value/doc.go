// Package value knows the logical types of sealed columns: it turns a value between the forms in which it travels on the
// wire (text or binary, PostgreSQL's own) and the one form that is sealed, its canonical plaintext.
//
//	client's value --Canonical--> canonical plaintext --Normalize--> sealed
//	sealed --> canonical plaintext --Wire--> client's value
//
// The package does what PostgreSQL would have done with the value if the column were not sealed: same rounding, same
// refusals with the same SQLSTATE, same printed form. Where it reads less than PostgreSQL does it refuses; it never reads a
// text as something else. Errors are *Error and never show the value. Nothing here does I/O, except that a time zone is
// loaded once (Zones).
//
// # Canonical forms
//
// They are stored for ever, inside sealed values. Numbers are big endian.
//
//	family       types                  canonical plaintext
//	text         text, varchar(n)       the UTF-8 bytes, no NUL, no terminator
//	bytea        bytea                  the bytes
//	integer      smallint, integer,     8 bytes, two's complement
//	             bigint
//	numeric      numeric, numeric(p,s)  ASCII, as PostgreSQL prints it: NaN, Infinity, -Infinity, or an optional '-' (never
//	                                    before a zero), digits without leading zeros ("0" at least), and where the display
//	                                    scale is not 0 a '.' and that many digits
//	boolean      boolean                1 byte: 0 or 1
//	date         date                   int32, days since 2000-01-01; 0x7fffffff infinity, 0x80000000 -infinity
//	timestamp    timestamp(p)           int64, microseconds since 2000-01-01 00:00:00; 0x7fff.. infinity, 0x8000.. -infinity
//	timestamptz  timestamptz(p)         the same, in UTC
//	time         time(p)                int64, microseconds since midnight, 24:00:00 included
//	timetz       timetz(p)              the same, and int32, seconds west of Greenwich
//	interval     interval(p)            int64 microseconds, int32 days, int32 months
//	float4       real                   IEEE 754, 4 bytes, with -0 and every NaN
//	float8       double precision       IEEE 754, 8 bytes
//	char         char(n), bpchar        the UTF-8 bytes, filled up with spaces to n characters
//	inet, cidr   inet, cidr             2 for IPv4 or 3 for IPv6, the bits of the mask, 0 for inet or 1 for cidr, 4 or 16,
//	                                    and that many bytes of the address
//	macaddr      macaddr                6 bytes
//	macaddr8     macaddr8               8 bytes
//	uuid         uuid                   16 bytes, in the order in which they are printed
//	json         json                   the text as it came in
//	jsonb        jsonb                  the text as PostgreSQL prints it: ", " and ": " as separators; keys of an object
//	                                    once each, the last value counts, ordered by length in bytes, then by bytes; numbers
//	                                    as numeric; escapes \" \\ \b \f \n \r \t and \u00xx below U+0020 only
//	FAMILY[]     arrays of the above    int32 dimensions, 0 where empty; of each its size and lower bound as int32; then the
//	                                    elements in order, each as int32 length and canonical form, -1 for NULL
//
// Calendar dates are proleptic Gregorian, with the limits of PostgreSQL. Equal values of a type have equal canonical bytes,
// except for the types that Type.Deterministic leaves out.
//
// Declared modifiers are applied before: varchar(n) counts characters and drops spaces beyond n (anything else is 22001);
// numeric(p,s) rounds half away from zero, then checks p (22003); timestamp(p) rounds half away from 2000-01-01, time(p) and
// interval(p) half away from zero; char(n) counts and drops as varchar(n) does. An array's modifier is that of each element.
//
// # Text forms that are read
//
// White space around the value is allowed where PostgreSQL allows it. Text must be UTF-8 without NUL (22021).
//
//	bytea      \x and pairs of hex digits, white space between the pairs; or the escape form with \\ and \nnn
//	integers   decimal digits with a sign
//	numeric    decimal digits with sign, point, exponent; NaN, [+-]Infinity, [+-]inf, in any case
//	boolean    true yes on 1 false no off 0, in any case, and their unambiguous beginnings
//	uuid       32 hex digits of any case, a hyphen after any group of four, braces around it
//	date       YYYY-MM-DD with four digits of the year or more; what follows for timestamp is checked and left out
//	timestamp  a date; or a date, 'T' or spaces, hh:mm[:ss[.fraction]] (also 24:00:00, and second 60), and a zone that is
//	           read and ignored; or a date, a space and an offset (JDBC's setDate)
//	timestamptz  the same; the zone is Z, an offset +hh, +hhmm, +hh:mm or +hh:mm:ss, or behind a space the IANA name of a
//	           place (Europe/Berlin), UTC or GMT; without one the session's TimeZone counts
//	all three  " BC" or " AD" at the end; infinity, -infinity, epoch
//	time       hh:mm[:ss[.fraction]] (also 24:00:00, and second 60); Z or an offset behind it is ignored
//	timetz     the same with Z or an offset; without one, only in a session whose TimeZone is UTC or a fixed offset
//	interval   numbers with units (year, month or mon, week, day, hour, minute or min, second or sec, and their plurals),
//	           each once and whole, but for up to six digits behind the point of seconds; [+-]h:mm[:ss[.fraction]];
//	           years-months; days in front of a time; @ in front, ago behind; 0. ISO 8601 as P1Y2M3W4DT5H6M7.8S, each part with a
//	           sign of its own. Under IntervalStyle sql_standard a minus in front counts for every part, if no other sign is there
//	real, double precision  decimal digits with sign, point, exponent; NaN, [+-]Infinity, [+-]inf, in any case
//	inet       an IPv4 address of four decimal numbers, or an IPv6 address, and /bits; cidr the same, with no bit set behind the mask
//	macaddr    six pairs of hex digits, : or - between pairs or halves, . or - between groups of four, or nothing; macaddr8 eight or
//	           six pairs, between equal groups : - or . or nothing
//	arrays     braces, commas, double quotes, backslashes and NULL as PostgreSQL writes them, up to six dimensions, bounds in front
//	           as [2:3]=; the elements in the forms of their type
//	json(b)    RFC 8259, at most 5000 levels deep; jsonb refuses \u0000 (22P05), and numbers that together would be printed as
//	           more than 16 MiB above four times the text's own size (54000)
//
// Not read, though PostgreSQL does: now, today, tomorrow, yesterday (the server would have to say when); dates in other
// orders, month names, years of fewer than four digits; abbreviations of zones (CET means something else in PostgreSQL's
// table than in the zone files); 0x10 and 1_000 (PostgreSQL 16); fractions of days and other inexact intervals, infinite intervals
// (PostgreSQL 17); abbreviated addresses (10.1/16). These are 22007 or 22P02 with the accepted form as hint.
//
// Where the clocks were put forward or back, a time without an offset is read as PostgreSQL reads it: in the gap with the
// offset from before, in the hour that comes twice with the offset from after.
//
// # Types of a parameter
//
// A parameter of type 0 or unknown has the form of the column's type. A string type (text, varchar, char) holds its text
// form. These others are cast, as an assignment in PostgreSQL would:
//
//	integers     from integers, and from numeric where it is whole
//	numeric      from integers, real and double precision
//	real, double precision  from integers, numeric and each other
//	inet, cidr   from each other; a cidr loses the bits behind its mask
//	arrays       from arrays whose elements are cast so
//	timestamp    from date and timestamptz (by the session's TimeZone)
//	timestamptz  from date and timestamp (by the session's TimeZone)
//	text         from every other type of this package, as it is printed
//	json, jsonb  from each other
//
// Everything else is 42804. A value that is searched for is not assigned: CanonicalSearch.
//
// # Printed forms
//
// As the server prints them under DateStyle, IntervalStyle and TimeZone, which it reports whenever they change. TimeZone must
// be an IANA name or a fixed POSIX offset (<+03>-03), else 0A000. What is read does not depend on DateStyle.
//
// bytea_output and extra_float_digits are not reported by the server and not followed: bytea is printed in hex and
// floating-point numbers with the fewest digits that mean them, which is the default of both; every client reads it, and no
// other form would say more. Settings has both for whoever knows them.
//
// Sources: PostgreSQL's documentation, chapters "Data Types" and "Date/Time Support"
// (https://www.postgresql.org/docs/current/datatype.html, https://www.postgresql.org/docs/current/datetime-appendix.html),
// and the answers of the server itself, which the tests compare value by value.
package value
