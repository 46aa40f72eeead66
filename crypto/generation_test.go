package crypto

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestColumnIsDerivedOnce(t *testing.T) {
	g := newGeneration(t)
	keys := make([]*ColumnKey, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() { keys[i], _ = g.Column(goldenColumn) })
	}
	wg.Wait()
	for _, k := range keys {
		if k == nil || k != keys[0] {
			t.Fatal("several keys of one column")
		}
	}
}

// TestColumnsAreBounded: the keys that are pushed out go on working for whoever holds them, until the generation is destroyed.
func TestColumnsAreBounded(t *testing.T) {
	g := newGeneration(t)
	var keys []*ColumnKey
	for i := range maxColumns + 50 {
		keys = append(keys, columnKey(t, g, Column{NewColumnID("s", "t", fmt.Sprint(i)), "text"}))
	}
	if n := len(*g.columns.Load()); n != maxColumns {
		t.Errorf("%d columns kept, want %d", n, maxColumns)
	}
	for _, k := range keys {
		if _, err := k.Open(nil, mustSeal(t, k, Deterministic, "x")); err != nil {
			t.Fatal(err)
		}
	}
	g.Destroy()
	for _, k := range keys {
		if _, err := k.Seal(nil, Deterministic, nil); !errors.Is(err, ErrDestroyed) {
			t.Fatal(err)
		}
	}
}

func TestDestroyed(t *testing.T) {
	g, elder := newGeneration(t), NewGeneration(goldenTag, goldenTenant, 7, goldenKey(t))
	k := columnKey(t, g, goldenColumn)
	sealed := mustSeal(t, k, Randomized, "x")
	wrapped, err := g.WrapElder(elder)
	if err != nil {
		t.Fatal(err)
	}
	g.Destroy()
	g.Destroy()
	check := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, ErrDestroyed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	dst, err := k.Seal([]byte("dst"), Randomized, []byte("x"))
	check("Seal", err)
	if string(dst) != "dst" {
		t.Errorf("dst became %q", dst)
	}
	_, err = k.Open(nil, sealed)
	check("Open", err)
	_, err = g.Column(goldenColumn)
	check("Column", err)
	_, err = g.WrapElder(elder)
	check("WrapElder", err)
	_, err = g.UnwrapElder(7, wrapped)
	check("UnwrapElder", err)
	elder.Destroy()
	_, err = newGeneration(t).WrapElder(elder)
	check("WrapElder of a destroyed elder", err)
	_, err = NewGeneration(goldenTag, goldenTenant, 1, nil).Column(goldenColumn)
	check("Column without a data key", err)
	if k.keys.Load() != nil || cached(g) != 0 || len(*g.columns.Load()) != 0 {
		t.Error("derived keys are still referenced")
	}
}

// TestDestroyWaitsForColumn: a column that is being derived when Destroy begins is dropped with the others.
func TestDestroyWaitsForColumn(t *testing.T) {
	g := newGeneration(t)
	k, err := newColumnKey(g, goldenColumn)
	if err != nil {
		t.Fatal(err)
	}
	g.mu.Lock() // as Column does
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.Destroy()
	}()
	select {
	case <-done:
		t.Error("Destroy did not wait")
	case <-time.After(20 * time.Millisecond):
	}
	g.columns.Store(&map[Column]*ColumnKey{goldenColumn: k})
	g.mu.Unlock()
	<-done
	if len(*g.columns.Load()) != 0 || k.keys.Load() != nil {
		t.Error("the derived keys are still referenced")
	}
}

// TestDestroyRace destroys generations while others seal, open, derive and wrap with them: whatever succeeds was done with the
// real keys, never with keys made from wiped memory.
func TestDestroyRace(t *testing.T) {
	twin := newGeneration(t)
	stranger := NewGeneration(goldenTag, goldenTenant, 7, goldenKey(t))
	defer stranger.Destroy()
	for round := range 60 {
		g := newGeneration(t)
		early := Column{NewColumnID("s", "t", "early"), "text"}
		k := columnKey(t, g, early)
		begin := make(chan struct{})
		var wg sync.WaitGroup
		work := func(f func(i int) error) {
			wg.Go(func() {
				<-begin
				for i := 0; ; i++ {
					if err := f(i); err != nil {
						if !errors.Is(err, ErrDestroyed) {
							t.Error(err)
						}
						return
					}
				}
			})
		}
		work(func(int) error { return sealAndCheck(k, twin, early, Randomized) })
		work(func(int) error { return sealAndCheck(k, twin, early, Deterministic) })
		work(func(i int) error {
			late := Column{NewColumnID("s", "t", fmt.Sprint(i)), "text"}
			k, err := g.Column(late)
			if err != nil {
				return err
			}
			return sealAndCheck(k, twin, late, bothModes[i%2])
		})
		work(func(int) error {
			wrapped, err := g.WrapElder(stranger)
			if err != nil {
				return err
			}
			opened, err := twin.UnwrapElder(7, wrapped)
			if err != nil {
				return fmt.Errorf("what was wrapped during Destroy does not open: %w", err)
			}
			opened.Destroy()
			return nil
		})
		wg.Go(func() {
			<-begin
			for range round {
				_, _ = g.Column(goldenColumn)
			}
			g.Destroy()
		})
		close(begin)
		wg.Wait()
		if c, p := len(*g.columns.Load()), cached(g); c != 0 || p != 0 {
			t.Errorf("%d columns and %d prefixes are still referenced", c, p)
		}
	}
}

// sealAndCheck seals with k, and opens with the twin generation's key of the same column what k made.
func sealAndCheck(k *ColumnKey, twin *Generation, c Column, m Mode) error {
	plaintext := []byte("Smith v. Jones")
	sealed, err := k.Seal(nil, m, plaintext)
	if err != nil {
		return err
	}
	other, err := newColumnKey(twin, c)
	if err != nil {
		return err
	}
	opened, err := other.Open(nil, sealed)
	if err != nil || !bytes.Equal(opened, plaintext) {
		return fmt.Errorf("what was sealed during Destroy does not open: %w", err)
	}
	opened, err = k.Open(nil, sealed)
	if err == nil && !bytes.Equal(opened, plaintext) {
		return errors.New("opened something else")
	}
	return err
}
