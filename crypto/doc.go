// Package crypto is the sealed value of pgseal: what lies in a protected column, the keys that it is
// made with, and the memory that they live in. It imports the standard library alone. This page fixes
// every byte; testdata/format_v1.json has examples of each form, made by another implementation of
// this page. What one version has sealed every later version opens.
//
// # Composed inputs
//
// Wherever several things go into one input (derivation info, additional data, MACs, column ids) they
// are a list of parts, each preceded by its length in bytes as uint32 big endian:
//
//	parts("ab", "", "c") = 00000002 6162  00000000  00000001 63
//
// so that two different lists never make the same input. Below, parts(...) means this encoding, "text"
// in quotes means its ASCII bytes, and all numbers are big endian.
//
// # Sealed value
//
//	offset  size  field
//	0       1     format and mode: 0x01 randomized, 0x02 deterministic; every other value is refused (0x03 is kept for values
//	              that carry search terms)
//	1       2     store tag: drawn at random when a store is made
//	3       4     key number: uint32, names tenant and data-key generation; random, unique in the store, never 0, never used again
//	7       24    nonce (randomized)
//	7       12    nonce (deterministic)
//	31, 19  n     ciphertext, as long as the plaintext
//	end     16    tag of AES-256-GCM
//
// The overhead is 47 bytes in randomized and 35 in deterministic mode; a shorter value is malformed. A
// plaintext has 0 bytes to 1 GiB (2^30 bytes, PostgreSQL's limit of a field); the empty one is sealed
// like any other. The length of the plaintext is not hidden unless it is padded.
//
// # Armour
//
// In a column of the text family a sealed value is written as the five characters "pgs1_" followed by
// base64url of its bytes (RFC 4648, section 5, alphabet A-Z a-z 0-9 - _) without padding characters.
// Exactly one text stands for each value: any other character (line breaks included), a length of
// 4k+1, and unused bits of the last character that are not zero are refused. Because of the prefix's
// place the format byte and the store tag are exactly the four characters after it.
//
// # Identities
//
//	tenant id   16 random bytes, immutable, not made from the tenant's name; as text a lower-case UUID
//	column id   parts(schema, table, column): the names in UTF-8 as the catalogue holds them, at the moment of the first seal
//	            parts(domain)               for all columns of one equality domain, in place of the former
//	family      the frozen name of the column's type family in ASCII ("text", "integer", ...), with the suffix "+pad" if the
//	            plaintexts of the column are padded, so that no value is ever taken for one of the other kind
//
// A name, domain or family has 1 to 1024 bytes. A column id of one part is a domain's, of three parts
// a column's; there are no others.
//
// # Derived keys
//
// A data key has 32 random bytes. Nothing is encrypted with it; each key in use is
//
//	HKDF-SHA256 (RFC 5869)
//	  IKM  = data key
//	  salt = tenant id (16 bytes)
//	  info = parts("pgseal.v1", purpose, column id)
//	  L    = 32 bytes
//
//	purpose    column id   used for
//	"seal-x"   the column  randomized values: the key of XAES-256-GCM
//	"det-enc"  the column  deterministic values: the key of AES-256-GCM
//	"det-mac"  the column  deterministic values: the key of HMAC-SHA256
//	"wrap"     empty       elder generations: the key of AES-256-GCM
//
// No key serves two constructions. The type family is not in the derivation, but in the additional
// data.
//
// # Additional data
//
// Every value of a column, in both modes, is authenticated together with
//
//	AAD = parts("pgseal.v1", tenant id, key number (4 bytes), column id, family)
//
// The format byte is bound by the purpose of the key, the store tag by comparison with the store's
// own.
//
// # Randomized mode
//
// The nonce is 24 bytes, ciphertext and tag are XAES-256-GCM (https://c2sp.org/XAES-256-GCM) of the
// plaintext with the key of purpose seal-x, that nonce and AAD: any implementation of XAES-256-GCM
// opens bytes 31 to the end. In short: the first 12 bytes of the nonce, the prefix, derive a subkey by
// AES-256-CMAC in counter mode (NIST SP 800-108r1),
//
//	subkey = CMAC(key, 00 01 58 00 prefix) CMAC(key, 00 02 58 00 prefix)
//
// and the last 12 bytes are the nonce of AES-256-GCM under the subkey.
//
// Deriving the subkey costs several times what sealing a short value does. Therefore a process draws a
// prefix per column and generation when it first seals a value there, seals at most 2^20 values under
// it, and then draws the next one; the last 12 bytes are drawn for each value. Both come from the
// operating system's generator at the moment of use, never from a counter and never from a buffer: a
// virtual machine that is cloned, or put back to a snapshot, would go on with the same counter or
// buffer under the same prefix, whereas the system's generator is reseeded. Subkeys are cached, at
// most 512 per generation; a prefix that was not drawn here enters the cache only once a value has
// authenticated under it.
//
// The arithmetic. NIST SP 800-38D, section 8, wants a nonce to repeat under one key with probability
// at most 2^-32, and for nonces with 96 random bits (section 8.2.2) at most 2^32 values per key
// (section 8.3). Here:
//
//	values per subkey                          at most 2^20, each with 96 random bits
//	pairs of values per subkey                 less than 2^39
//	a nonce repeats under one subkey           at most 2^39 * 2^-96 = 2^-57
//	subkeys for T values of a column           T * 2^-20 (and one per start of a process, with fewer values)
//	a nonce repeats in the column              at most T * 2^-20 * 2^-57 = T * 2^-77
//
// so that the bound of 2^-32 is reached at T = 2^45, 35 million million values of one column under one
// generation. Two draws of the same prefix (2^-33 at 2^32 prefixes) do no harm by themselves: 2^21
// values then share a subkey, whose nonces repeat with at most 2^-55. So does a machine cloned c
// times: c * 2^20 values share the prefix that was in use, at most c^2 * 2^-57. In blocks: 2^20 values
// of 1 GiB are 2^46 blocks under one subkey, which tells AES from a random function with at most 2^92
// * 2^-129 = 2^-37; values of 100 bytes leave 2^-83.
//
// # Deterministic mode
//
//	nonce           = first 12 bytes of HMAC-SHA256(det-mac, parts(AAD, plaintext))
//	ciphertext, tag = AES-256-GCM(det-enc, nonce, plaintext, AAD)
//
// Opening computes the nonce again from the plaintext and refuses the value if it is another one.
//
// In plain words: the same plaintext always gives the same sealed value, and that is the purpose.
// Whoever can read the stored values of one column (or equality domain), tenant and generation sees
// which of them are equal, therefore how often each occurs, and how long it is: in a column with few
// possible values, or with a known distribution, that may be enough to guess them. Whoever can also
// have values written through the proxy can have a guess sealed and compare. Nothing else is revealed,
// and nothing about equality across tenants, generations, or columns that share no domain. Randomized
// mode is for everything that is never searched by equality.
//
// The bound: about 2^32 distinct values per column (or domain) and generation. The nonce has 96 bits
// that look random for each distinct plaintext, so among D of them two share one with probability at
// most D^2 * 2^-97, which is 2^-33 at D = 2^32. (Sealing one value again repeats the same nonce with
// the same plaintext, which reveals the equality and no more, and doesn't count.) If it did happen,
// the XOR of these two plaintexts would be known, and values of that column could be forged.
//
// Equality holds between equal plaintexts only: bytes that differ for values which SQL calls equal are
// for the caller to keep away, as is a change of the block that a deterministic column pads to.
//
// # Padding
//
//	padded = plaintext 80 00 .. 00
//
// with as few zero bytes (perhaps none) as make the length a multiple of the block. At least one byte
// is added. The block is not stored and may change for a randomized column. Opened bytes without the
// mark 0x80 are malformed.
//
// # Wrapped elder generation
//
// The elder generations of a tenant are wrapped under the current one, so that whoever can use the
// current data key, and nobody else, can use all of them:
//
//	offset  size  field
//	0       1     0x01
//	1       12    nonce, random
//	13      32    ciphertext of the elder's data key
//	45      16    tag of AES-256-GCM under the key of purpose wrap of the current generation
//
//	AAD = parts("pgseal.v1", "wrap", tenant id, number of the current generation (4 bytes), number of the elder (4 bytes))
//
// A generation wraps a handful of elders; the limit of SP 800-38D for random nonces, 2^32, is far off.
//
// # MAC of control records
//
//	MAC = HMAC-SHA256(control key, parts(...))    32 bytes
//
// The control key has 32 random bytes and serves this, and the derivation of keys for other uses, alone. Which parts a record consists of is for
// its owner to fix; the first one names the kind of the record.
//
// # Memory
//
// Data keys and the control key lie in pages that hold nothing else, outside the Go heap, locked into
// memory if the system's limit allows it (SecretMemory tells), and excluded from core dumps. 64 keys
// share a page of 4 KiB, so that the limit is reached late; Destroy zeroes the key, and unmaps the page
// with its last one (outside of Linux they lie on the heap and are zeroed). A lock between use and Destroy sees to it that no key
// is ever derived from bytes that are being wiped: that would be a constant known to everybody. The
// derived keys lie on the Go heap, most of them as AES key schedules inside the standard library's
// objects, which can't be wiped from outside; Destroy drops every reference to them, and they remain
// in memory until the collector has run and something else has been written there. Their bytes before
// that, and HKDF's intermediate values, are zeroed: crypto/hkdf leaves the data key itself behind in the
// blocks of its hashes, where a search of a process's memory found it six times, so that HKDF is made
// of HMACs that leave no trace (hmacWithoutTrace).
//
// The types with keys in them print as their name and "(redacted)" under every verb, in log/slog and
// in JSON.
package crypto
