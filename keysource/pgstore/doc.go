// Package pgstore keeps a store's control records in the protected database
// itself, in the schema pgseal, so that a dump of the database carries the
// wrapped keys that it needs. No record holds a secret.
//
//	store         one row: the store's random id and tag, the epoch, the policy in force
//	tenant        a tenant: immutable id, name, master key (provider, ARN, role ...), cache time, lock, drill
//	data_key      data-key generations: the current one wrapped by the customer master key, elders under it
//	key_history   which key, when and who; a trigger refuses UPDATE, DELETE and TRUNCATE, and positions show what is missing
//	key_material  what the KMS last said that each tenant's master key is made of
//	usage         what each serving process did with a tenant's key, by day
//	event         what was done to the store, and what became of keys: one hash chain for each writer
//	event_head    the last event of each writer
//	column_pin    the generation that a deterministic column of a tenant keeps
//	key_refusal   the key service's last no about a tenant's key, to any proxy
//	key_hold      until when each process may use a tenant's key: written before it does
//	proposal      changes of a tenant's key that an officer of the tenant has to approve
//	column_state  listed columns: frozen identity, state
//	bulk          how far work on all rows of a column has come
//	scrub         how far what a column's old values left behind has been removed
//	backup        backups that were looked into, and what each needs to be read
//	backup_list   what an operator says of all backups together; its MAC has theirs in it
//	proxy         serving processes: heartbeat, policy, acknowledged columns, keys held, versions seen
//	tenant_state  view for applications: how each tenant's key stands; PUBLIC may read it and nothing else
//
// # Authenticity
//
// Whoever can only write the database must not be able to change a record
// unnoticed. Every row has a MAC under the deployment's control key, which lies
// in a file outside of the database:
//
//	MAC = HMAC-SHA256(control key, parts), each part preceded by its length as uint32 big endian
//	parts = "pgseal control record 1", store id (16 bytes), table name, all columns in the table's order
//
// record.go says how each column's value is encoded. The tenant's MAC goes over
// number, version and MAC of each of the tenant's data keys as well, so that no
// generation can be taken away or put back by itself. A row that does not verify
// is the error keysource.KeyRecordInvalid (KU012).
//
// A MAC does not show that a record is the latest. Records therefore have
// versions that rise with every change, and a Store refuses a record that is
// older than one it has seen (KU012 too). What was seen survives a restart in a
// file of the state folder; live proxies, besides, register what they have
// seen, and a proxy that starts believes them. A new epoch of the store,
// AcceptRestore, makes all of that void.
//
// Not covered: the deletion of whole tenants, proposals, usage rows, holds or refusals, and
// of a pin before its next use, of which events tell; and older rows of
// key_material, by which nothing is decided but what people are told. The rows of
// a tenant's key history are numbered: one that is taken away leaves a gap
// (HistoryAsFound).
//
// # The event log
//
// Each Store, which is a process that serves or a run of a command, is a writer
// of events. Their numbers begin at 1; each carries the MAC of the one before it,
// in its own MAC:
//
//	parts = ..., "event", writer, number, epoch, time, tenant, kind, actor, detail, key, request ids, witness, MAC of the event before
//
// witness has heads of other writers' chains: those that have changed since this
// writer last looked. A writer's first event looks, one each minute, and one that
// follows on something to witness. So a tail cannot be cut off, nor a chain
// deleted, without cutting off what others have written later. How many events
// there were is remembered with the versions seen, and live proxies write their
// heads to the log and the metrics. VerifyEvents holds all of that together;
// ForgetEvents, the one way to delete events, leaves a signed record of where
// chains begin now. A process that does not know what became of its last event
// goes on under another writer's id.
//
// Events of a transaction are written at its end, where it waits for nothing any
// more, and the process's chain belongs to it until it has ended. A Recorder
// writes those of a keyring in the background.
//
// # Exports
//
// Export copies the records of tenants and columns, rows as they are, below a MAC
// of its own; Import puts back what of them a store has lost. Every statement of
// the schema can be run again, which is how dropped tables come back.
//
// # Changes
//
// Every change is a compare-and-swap on the version (ErrConflict), in one
// transaction with its history and event. A NOTIFY on HintChannel follows it; it
// is a hint and no more. Proxies poll.
//
// Connections are to the primary and straight. search_path is pg_catalog and
// all names are qualified.
package pgstore
