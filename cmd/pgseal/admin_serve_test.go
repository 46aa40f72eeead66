package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// TestTaskPanics: a task of the admin page that panics goes on, and nothing of what it was about is logged.
func TestTaskPanics(t *testing.T) {
	var out bytes.Buffer
	runs, done := 0, errors.New("done")
	err := contained(t.Context(), slog.New(slog.NewTextHandler(&out, nil)), 0, func(context.Context) error {
		if runs++; runs < 3 {
			panic("Confidential")
		}
		return done
	})
	if !errors.Is(err, done) || runs != 3 || strings.Count(out.String(), "panicked") != 2 || strings.Contains(out.String(), "Confidential") {
		t.Errorf("%d runs, %v: %s", runs, err, out.String())
	}
	ctx, stop := context.WithCancel(t.Context())
	if err := contained(ctx, slog.New(slog.DiscardHandler), 1<<62, func(context.Context) error { stop(); panic("once more") }); !errors.Is(err, context.Canceled) {
		t.Errorf("at the end: %v", err)
	}
}
