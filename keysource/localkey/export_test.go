package localkey

// ParseKey is parseKey.
var ParseKey = parseKey
