package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A YAML text: scalars of every form at every place, in small documents. Three things that Go reads against YAML's rules,
// and ours refuses with their line, are left out; tests/tables/yaml-read.json has them: further lines of a quoted text that
// are not indented, `:` and `-` right before a comma or bracket, and later keys further left than the first (Go drops them).
func randomText(r *rand.Rand) string {
	var text strings.Builder
	for range 1 + r.IntN(3) {
		writeEntry(r, &text, "", 0)
	}
	return text.String()
}

func writeEntry(r *rand.Rand, text *strings.Builder, indent string, depth int) {
	key := pick(r, words[:10]) + fmt.Sprint(text.Len())
	if chance(r, .2) {
		key = randomScalarText(r, indent)
	}
	text.WriteString(indent + key + ":")
	switch {
	case depth < 2 && chance(r, .3):
		text.WriteString("\n")
		for range 1 + r.IntN(2) {
			writeEntry(r, text, indent+"  ", depth+1)
		}
	case chance(r, .2):
		text.WriteString("\n")
		for range 1 + r.IntN(3) {
			text.WriteString(indent + "- " + randomScalarText(r, indent) + "\n")
		}
	case chance(r, .25):
		writeBlock(r, text, indent)
	case chance(r, .15):
		scalar := func() string { return insideBrackets(randomScalarText(r, indent)) }
		text.WriteString(fmt.Sprintf(" {k: %s, l: [%s, %s]}\n", scalar(), scalar(), scalar()))
	default:
		text.WriteString(" " + randomScalarText(r, indent) + pick(r, []string{"\n", "\n", " # said\n", " \n"}))
	}
}

func writeBlock(r *rand.Rand, text *strings.Builder, indent string) {
	text.WriteString(" " + pick(r, []string{"|", ">"}) + pick(r, []string{"", "-", "+", "", "2", "-1"}) + "\n")
	for range 1 + r.IntN(4) {
		line := pick(r, []string{"a", "word two", "  more", "# no comment", "", "", "\ttab", "end  ", "- x", "k: v"})
		if line != "" {
			line = indent + "  " + line
		}
		text.WriteString(line + "\n")
	}
}

const plainCharacters = "0123456789+-_.eExXobBinftyYNaT:~ "

var plainWords = []string{
	"y", "Yes", "NO", "on", "Off", "true", "False", "TRUE", "tRue", "null", "Null", "~", "NULL", ".inf", "-.Inf", ".NaN", "<<", "=",
	"0400", "0o17", "089", "0x1F", "0b11", "0b-1", "1_000", "+1", "-0", ".5", "5.", "1e3", "1e400", "12:30:45", "2001-12-14", "1.5e-7",
	"2001-12-14T21:59:43.10-05:00", "2001-12-14 21:59:43", "9007199254740993", "18446744073709551615", "99999999999999999999",
	"!!str 12", "!!int \"3\"", "!!float 3", "!!binary aGk=", "!foo bar", "!!bool yes", "!!null ''", "a b", "a#b", "a: b", "http://x/y",
}

func randomScalarText(r *rand.Rand, indent string) string {
	return strings.ReplaceAll(randomScalarLine(r), "\n", "\n    "+indent)
}

func insideBrackets(text string) string {
	if text == "-" || strings.HasSuffix(text, ":") {
		return text + "0"
	}
	return text
}

func randomScalarLine(r *rand.Rand) string {
	switch r.IntN(10) {
	case 0, 1, 2:
		return pick(r, plainWords)
	case 3, 4, 5:
		return randomPlain(r)
	case 6:
		return pick(r, words)
	case 7:
		return "'" + strings.ReplaceAll(pick(r, awkward), "'", "''") + "'"
	case 8:
		return fmt.Sprintf("%q", pick(r, words))
	default:
		return pick(r, []string{`"\x41\u00e4\U0001F600"`, `"a\tb\n\0\e\_\N\L"`, `"a\
  b"`, `""`, `"\/"`, `"a  b "`, `"\q"`, `'a  b '`})
	}
}

func randomPlain(r *rand.Rand) string {
	var text strings.Builder
	for range 1 + r.IntN(7) {
		text.WriteByte(plainCharacters[r.IntN(len(plainCharacters))])
	}
	return strings.TrimSpace(text.String())
}
