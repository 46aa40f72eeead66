package crypto

import (
	"fmt"
	"io"
	"log/slog"
)

// The types that hold or derive keys print what they are, never what they hold, whatever verb, logger or encoder asks. Where
// no method is asked, because they lie in an unexported field of something else, reflection finds addresses at most.

func redactedJSON(text string) ([]byte, error) { return []byte(`"` + text + `"`), nil }

const dataKeyText = "DataKey(redacted)"

func (k DataKey) String() string               { return dataKeyText }
func (k DataKey) GoString() string             { return dataKeyText }
func (k DataKey) Format(s fmt.State, _ rune)   { io.WriteString(s, dataKeyText) }
func (k DataKey) LogValue() slog.Value         { return slog.StringValue(dataKeyText) }
func (k DataKey) MarshalJSON() ([]byte, error) { return redactedJSON(dataKeyText) }

const controlKeyText = "ControlKey(redacted)"

func (k ControlKey) String() string               { return controlKeyText }
func (k ControlKey) GoString() string             { return controlKeyText }
func (k ControlKey) Format(s fmt.State, _ rune)   { io.WriteString(s, controlKeyText) }
func (k ControlKey) LogValue() slog.Value         { return slog.StringValue(controlKeyText) }
func (k ControlKey) MarshalJSON() ([]byte, error) { return redactedJSON(controlKeyText) }

const generationText = "Generation(redacted)"

func (g *Generation) String() string               { return generationText }
func (g *Generation) GoString() string             { return generationText }
func (g *Generation) Format(s fmt.State, _ rune)   { io.WriteString(s, generationText) }
func (g *Generation) LogValue() slog.Value         { return slog.StringValue(generationText) }
func (g *Generation) MarshalJSON() ([]byte, error) { return redactedJSON(generationText) }

const columnKeyText = "ColumnKey(redacted)"

func (k *ColumnKey) String() string               { return columnKeyText }
func (k *ColumnKey) GoString() string             { return columnKeyText }
func (k *ColumnKey) Format(s fmt.State, _ rune)   { io.WriteString(s, columnKeyText) }
func (k *ColumnKey) LogValue() slog.Value         { return slog.StringValue(columnKeyText) }
func (k *ColumnKey) MarshalJSON() ([]byte, error) { return redactedJSON(columnKeyText) }
