package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys that Press takes beside letters.
const (
	Tab      = kb.Tab
	ShiftTab = "\x00shift-tab"
	Enter    = kb.Enter
	Escape   = kb.Escape
	Space    = " "
)

// Do runs actions of chromedp's.
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%v%s", err, p.shown())
	}
}

// Goto opens an address.
func (p *Page) Goto(address string) {
	p.t.Helper()
	p.Do(chromedp.Navigate(address))
}

// Click clicks on the first visible element that the selector finds.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.Do(chromedp.ScrollIntoView(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Type empties the field and types the text, key by key.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	p.Do(chromedp.WaitVisible(chromedp.CSS(selector)), p.set(selector, ""), chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Set gives a field, or a list, its value at once, and tells the page of it.
func (p *Page) Set(selector, value string) {
	p.t.Helper()
	p.Do(chromedp.WaitVisible(chromedp.CSS(selector)), p.set(selector, value))
}

func (p *Page) set(selector, value string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf("(e => { e.value = %s; for (const n of ['input', 'change']) e.dispatchEvent(new Event(n, {bubbles: true})) })(document.querySelector(%s))",
		strconv.Quote(value), strconv.Quote(selector)))
}

// Press presses keys, wherever the focus is.
func (p *Page) Press(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		if k == ShiftTab {
			p.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(kb.ModifierShift)))
			continue
		}
		p.Do(chromedp.KeyEvent(k))
	}
}

// Eval is the value of the JavaScript expression.
func Eval[T any](p *Page, js string) T {
	p.t.Helper()
	return run(p, chromedp.Evaluate[T](js))
}

// Text is what the first element that the selector finds shows; empty where there is none.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return Eval[string](p, "(document.querySelector("+strconv.Quote(selector)+")||{}).innerText||''")
}

// WaitText waits until the element is to be seen, and shows the words.
func (p *Page) WaitText(selector, words string) {
	p.t.Helper()
	p.WaitFor(fmt.Sprintf("[...document.querySelectorAll(%s)].some(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && e.innerText.includes(%s))", strconv.Quote(selector), strconv.Quote(words)))
}

// WaitFor waits until the JavaScript expression is true, on this page or one that comes after it.
func (p *Page) WaitFor(js string) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	var err error
	for ctx.Err() == nil {
		var ok bool
		// Between two pages there is nothing to ask.
		if ok, err = chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+js+")")); err == nil && ok {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(30 * time.Millisecond):
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil
	}
	p.t.Fatalf("waited in vain for %s (%v)%s", js, err, p.shown())
}

// shown is where the page is and what it says, for a test's message.
func (p *Page) shown() string {
	ctx, stop := context.WithTimeout(p.ctx, 5*time.Second)
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + ' shows:\\n' + (document.body ? document.body.innerText : '')"))
	if err != nil {
		return ""
	}
	if len(text) > 3000 {
		text = text[:3000] + "..."
	}
	return "\nthe page " + text
}

// Viewport is the window's size in CSS pixels.
func (p *Page) Viewport(width, height int64) {
	p.t.Helper()
	p.Do(chromedp.EmulateViewport(width, height))
}

// Dark chooses the dark or the light scheme.
func (p *Page) Dark(dark bool) {
	p.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	p.media(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// Print shows the page as it is printed, or on the screen again.
func (p *Page) Print(on bool) {
	p.t.Helper()
	if on {
		p.media(emulation.SetEmulatedMediaParams{Media: "print"})
	} else {
		p.media(emulation.SetEmulatedMediaParams{})
	}
}

func (p *Page) media(m emulation.SetEmulatedMediaParams) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, m)
		return err
	}))
}

// Script switches JavaScript off or on, from the next page on.
func (p *Page) Script(on bool) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// PDF is the page as it is printed.
func (p *Page) PDF() []byte {
	p.t.Helper()
	return run(p, chromedp.PrintToPDF())
}

// run is what an action finds.
func run[T any](p *Page, a chromedp.Action[T]) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		p.t.Fatalf("%v%s", err, p.shown())
	}
	return v
}

// Screenshot writes the whole page to a PNG file.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	if err := os.WriteFile(file, run(p, chromedp.FullScreenshot(100)), 0o644); err != nil {
		p.t.Fatal(err)
	}
}
