package value

// OIDs of the types of pg_catalog that this package knows. They are part of PostgreSQL's on-disk catalogue and never change.
const (
	OIDBool        uint32 = 16
	OIDBytea       uint32 = 17
	OIDInt8        uint32 = 20
	OIDInt2        uint32 = 21
	OIDInt4        uint32 = 23
	OIDText        uint32 = 25
	OIDJSON        uint32 = 114
	OIDCIDR        uint32 = 650
	OIDFloat4      uint32 = 700
	OIDFloat8      uint32 = 701
	OIDUnknown     uint32 = 705
	OIDMacaddr8    uint32 = 774
	OIDMacaddr     uint32 = 829
	OIDInet        uint32 = 869
	OIDBpchar      uint32 = 1042
	OIDVarchar     uint32 = 1043
	OIDDate        uint32 = 1082
	OIDTime        uint32 = 1083
	OIDTimestamp   uint32 = 1114
	OIDTimestamptz uint32 = 1184
	OIDInterval    uint32 = 1186
	OIDTimetz      uint32 = 1266
	OIDNumeric     uint32 = 1700
	OIDUUID        uint32 = 2950
	OIDJSONB       uint32 = 3802
)

// Type is the logical type of a column as the application sees it: a type of pg_catalog and its modifier
// (pg_attribute.atttypmod; -1 where none was declared); or an enum, or citext. It is comparable. The zero Typmod is not "none":
// use -1.
type Type struct {
	OID    uint32
	Typmod int32
	Live   *Live // of a type that has another OID in each database, else nil
}

// Supported tells whether columns of a type of pg_catalog can be sealed.
func Supported(oid uint32) bool { return codecOf(oid) != nil }

// Supported tells whether columns of the type can be sealed.
func (t Type) Supported() bool { return t.codec() != nil }

// Family names what the canonical bytes mean. It is part of the sealed value's additional data and frozen with the
// column, so that types whose canonical form is the same may be altered into each other (int4 to int8, varchar to text).
// The empty string is returned for a type that is not supported.
func (t Type) Family() string {
	if t.Live != nil {
		return t.Live.family()
	}
	switch t.OID {
	case OIDText, OIDVarchar:
		return "text"
	case OIDInt2, OIDInt4, OIDInt8:
		return "integer"
	case OIDBytea:
		return "bytea"
	case OIDNumeric:
		return "numeric"
	case OIDBool:
		return "boolean"
	case OIDDate:
		return "date"
	case OIDTimestamp:
		return "timestamp"
	case OIDTimestamptz:
		return "timestamptz"
	case OIDTime:
		return "time"
	case OIDTimetz:
		return "timetz"
	case OIDInterval:
		return "interval"
	case OIDFloat4:
		return "float4"
	case OIDFloat8:
		return "float8"
	case OIDBpchar:
		return "char"
	case OIDInet:
		return "inet"
	case OIDCIDR:
		return "cidr"
	case OIDMacaddr:
		return "macaddr"
	case OIDMacaddr8:
		return "macaddr8"
	case OIDUUID:
		return "uuid"
	case OIDJSON:
		return "json"
	case OIDJSONB:
		return "jsonb"
	}
	if element, ok := t.Element(); ok {
		return element.Family() + "[]"
	}
	return ""
}

// Element is the type of an array's elements, with the array's modifier, which is that of every element; ok is false for
// every other type.
func (t Type) Element() (element Type, ok bool) {
	oid := ElementOID(t.OID)
	return Type{OID: oid, Typmod: t.Typmod}, oid != 0
}

// Deterministic tells whether equal values have equal canonical bytes and the canonical bytes lose nothing, which is
// what a deterministic column needs. It is false for the types of which equal values can print differently: json and
// jsonb, numeric without a declared scale (1.0 and 1.00), timetz, interval (1 day and 24 hours), real and double precision
// (0 and -0), char(n); and for arrays, in which nothing could be searched.
func (t Type) Deterministic() bool {
	if t.Live != nil {
		return false // case does not count, a label may be renamed
	}
	switch t.OID {
	case OIDJSON, OIDJSONB, OIDTimetz, OIDInterval, OIDFloat4, OIDFloat8, OIDBpchar:
		return false
	case OIDNumeric:
		return t.Typmod >= varHeader
	}
	return Supported(t.OID) && ElementOID(t.OID) == 0
}

// TextPhysical tells whether a sealed column of the type is a text column that holds armour (the text family); the
// other types are sealed into bytea.
func (t Type) TextPhysical() bool {
	return t.OID == OIDText || t.OID == OIDVarchar || t.OID == OIDBpchar || t.Live != nil && !t.Live.Enum
}

// Len is pg_type.typlen, for RowDescription: the size in bytes, or -1 where it varies.
func (t Type) Len() int16 {
	if t.Live != nil && t.Live.Enum {
		return 4
	}
	switch t.OID {
	case OIDBool:
		return 1
	case OIDInt2:
		return 2
	case OIDInt4, OIDDate, OIDFloat4:
		return 4
	case OIDMacaddr:
		return 6
	case OIDInt8, OIDTimestamp, OIDTimestamptz, OIDTime, OIDFloat8, OIDMacaddr8:
		return 8
	case OIDTimetz:
		return timetzSize
	case OIDUUID, OIDInterval:
		return 16
	}
	return -1
}

// ArrayOID is the OID of the type's array type, 0 for an array and for a type that is not supported.
func (t Type) ArrayOID() uint32 {
	for _, a := range arrayOIDs {
		if a.element == t.OID && Supported(t.OID) {
			return a.array
		}
	}
	return 0
}

// ElementOID is the OID of an array type's elements: what Canonical takes as the type of an element that EachElement
// has found. It is 0 for 0, for unknown, and for everything that is not an array of a type in this package.
func ElementOID(arrayOID uint32) uint32 {
	for _, a := range arrayOIDs {
		if a.array == arrayOID {
			return a.element
		}
	}
	return 0
}

// arrayOIDs pairs the array types with their elements. It is read only.
var arrayOIDs = [...]struct{ element, array uint32 }{
	{OIDText, 1009}, {OIDVarchar, 1015}, {OIDBpchar, 1014}, {OIDBytea, 1001},
	{OIDInt2, 1005}, {OIDInt4, 1007}, {OIDInt8, 1016}, {OIDNumeric, 1231}, {OIDFloat4, 1021}, {OIDFloat8, 1022},
	{OIDBool, 1000}, {OIDUUID, 2951}, {OIDDate, 1182}, {OIDTimestamp, 1115}, {OIDTimestamptz, 1185},
	{OIDTime, 1183}, {OIDTimetz, 1270}, {OIDInterval, 1187}, {OIDJSON, 199}, {OIDJSONB, 3807},
	{OIDInet, 1041}, {OIDCIDR, 651}, {OIDMacaddr, 1040}, {OIDMacaddr8, 775},
}
