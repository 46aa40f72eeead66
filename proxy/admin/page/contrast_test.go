package page

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pairs are the colours that lie on each other in the style sheet, with the ratio that WCAG 2.2 AA asks for: 4.5 for text, 3 for what only marks something.
var pairs = []struct {
	front, back string
	least       float64
}{
	{"text", "bg", 4.5}, {"text", "panel", 4.5}, {"muted", "bg", 4.5}, {"muted", "panel", 4.5}, {"link", "bg", 4.5}, {"link", "panel", 4.5},
	{"on-accent", "accent", 4.5}, {"on-danger", "danger", 4.5},
	{"good", "good-bg", 4.5}, {"warn", "warn-bg", 4.5}, {"bad", "bad-bg", 4.5}, {"info", "info-bg", 4.5}, {"bad", "panel", 4.5},
	{"edge", "panel", 3}, {"edge", "bg", 3}, {"focus", "bg", 3}, {"focus", "panel", 3}, {"accent", "panel", 3}, {"danger", "panel", 3},
	{"bar", "panel", 3}, {"bar-2", "panel", 3}, {"bar-bad", "panel", 3},
}

// TestContrast computes the ratios from the style sheet's custom properties, for the light scheme and the dark one.
func TestContrast(t *testing.T) {
	css, err := static.ReadFile("static/page.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, found := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("there is no dark scheme")
	}
	for scheme, text := range map[string]string{"light": light, "dark": rest[:strings.Index(rest, "*, *::before")]} {
		colours := properties(text)
		for _, p := range pairs {
			front, ok := colours[p.front]
			back, okBack := colours[p.back]
			if !ok || !okBack {
				t.Errorf("%s: %s or %s is not set", scheme, p.front, p.back)
				continue
			}
			if r := ratio(front, back); r < p.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, less than %.1f", scheme, p.front, p.back, r, p.least)
			}
		}
	}
	if r := ratio([3]float64{1, 1, 1}, [3]float64{}); math.Abs(r-21) > 1e-9 {
		t.Errorf("white on black has a contrast of %v", r)
	}
	if text := regexp.MustCompile(`#[0-9a-f]{3,6}\b`).FindString(strings.Split(rest, "*, *::before")[1][:strings.Index(strings.Split(rest, "*, *::before")[1], "@media print")]); text != "" {
		t.Errorf("a colour is used that is no custom property: %s", text)
	}
}

func properties(css string) map[string][3]float64 {
	found := map[string][3]float64{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+):\s*#([0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
		var c [3]float64
		for i := range c {
			n, _ := strconv.ParseUint(m[2][2*i:2*i+2], 16, 8)
			c[i] = float64(n) / 255
		}
		found[m[1]] = c
	}
	return found
}

// ratio is the contrast of WCAG's definition.
func ratio(a, b [3]float64) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= .04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return .2126*c[0] + .7152*c[1] + .0722*c[2]
}
