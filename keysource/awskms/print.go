package awskms

import (
	"fmt"
	"io"
	"log/slog"
)

// A Wrapper holds the proxy's credentials and the customers' external ids, so that it prints as its name alone.
const wrapperText = "awskms.Wrapper"

// String is the type's name.
func (w *Wrapper) String() string { return wrapperText }

// GoString is the type's name.
func (w *Wrapper) GoString() string { return wrapperText }

// Format writes the type's name, whatever the verb.
func (w *Wrapper) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, wrapperText) }

// LogValue is the type's name.
func (w *Wrapper) LogValue() slog.Value { return slog.StringValue(wrapperText) }

// MarshalJSON is the type's name.
func (w *Wrapper) MarshalJSON() ([]byte, error) { return []byte(`"` + wrapperText + `"`), nil }
