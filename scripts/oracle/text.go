package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A YAML text: most are documents with scalars of every form at every place, some of those damaged in a place or two, some
// are pieces of syntax in a row.
func randomText(r *rand.Rand) string {
	var made string
	switch {
	case chance(r, .25):
		made = randomPieces(r)
	default:
		made = randomDocument(r)
	}
	for chance(r, .3) {
		made = damaged(r, made)
	}
	return disguised(r, made)
}

func randomDocument(r *rand.Rand) string {
	var text strings.Builder
	if chance(r, .08) {
		text.WriteString(pick(r, []string{"---\n", "--- # begins\n", "# said\n---\n", "%YAML 1.1\n---\n", "%TAG !e! tag:e.com,2000:\n---\n", "--- ", "---\t"}))
	}
	for range 1 + r.IntN(3) {
		writeEntry(r, &text, "", 0)
	}
	if chance(r, .05) {
		text.WriteString(pick(r, []string{"...\n", "---\n", "... # ends\n", "---\nb: 1\n", "...\n\n# said\n", "x\n", "- a\n"}))
	}
	return text.String()
}

// Everything that means something to a YAML scanner.
var pieces = []string{
	"a", "b", "k: v", "a:", "b: ", ": ", ":", "- ", "-", "-\t", "? ", "?", ", ", ",", "[", "]", "{", "}", "[]", "{}", "\n", "\n", "\n", "\n  ",
	"\n    ", "\n ", "\n- ", "\n  - ", "\n\n", "\n\t", "\t", " ", "  ", "# said", " # said\n", "'", "''", "'a'", "'a: b'", "\"", "\"a\"", "\"\\n\"",
	"\"\\\n", "\\", "|", ">", "|-\n", ">+\n", "|2\n", "|\n  ", ">\n  ", "&x ", "*x", "*x ", "&y", "*y : ", "!", "!!str ", "!!int ", "!t ", "!<a> ",
	"!!binary ", "<<: ", "<<: *x", "<<", "---", "--- ", "\n---\n", "\n...\n", "...", "%", "%YAML 1.1\n", "@", "`", "0", "12", "null", "~", "yes",
	"a b", "a#b", "a:b", "\"a\":", "'a':", "[a, b]", "{a: b}", "{a: 1, b: 2}: ", "? a\n: b\n", "\ufeff", "é", "😀", "x: &x {a: 1}\n", "y: *x\n", "z: [*x]\n",
}

func randomPieces(r *rand.Rand) string {
	var text strings.Builder
	for range 1 + r.IntN(12) {
		text.WriteString(pick(r, pieces))
	}
	return text.String()
}

// A piece put in, or a character or line taken away, doubled or moved.
func damaged(r *rand.Rand, text string) string {
	characters := []rune(text)
	if len(characters) == 0 {
		return text
	}
	at := r.IntN(len(characters))
	switch r.IntN(5) {
	case 0, 1:
		return string(characters[:at]) + pick(r, pieces) + string(characters[at:])
	case 2:
		return string(characters[:at]) + string(characters[at+1:])
	case 3:
		lines := strings.SplitAfter(text, "\n")
		from, to := r.IntN(len(lines)), r.IntN(len(lines))
		lines[from], lines[to] = lines[to], lines[from]
		return strings.Join(lines, "")
	default:
		lines := strings.SplitAfter(text, "\n")
		line := r.IntN(len(lines))
		lines[line] = pick(r, []string{" ", "  ", "\t", "# ", ""}) + strings.TrimPrefix(lines[line], "  ")
		return strings.Join(lines, "")
	}
}

// What an editor or another system makes of a text.
func disguised(r *rand.Rand, text string) string {
	if chance(r, .08) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if chance(r, .08) {
		text = strings.TrimRight(text, "\r\n ")
	}
	if chance(r, .03) {
		text = "\ufeff" + text
	}
	return text
}

func writeEntry(r *rand.Rand, text *strings.Builder, indent string, depth int) {
	key := pick(r, words[:10]) + fmt.Sprint(text.Len())
	switch {
	case chance(r, .2):
		key = randomScalarText(r, indent)
	case chance(r, .01):
		key = strings.Repeat("long ", 180+r.IntN(50)) + "k"
	}
	if chance(r, .05) {
		key = pick(r, []string{"&k ", "!!str ", "!t "}) + key
	}
	if chance(r, .06) {
		text.WriteString(indent + pick(r, []string{"<<: *a\n", "<<: [*a, *b]\n", "<<: {a: 1}\n", "m: *a\n", "*a : x\n"}))
	}
	if chance(r, .06) {
		text.WriteString(pick(r, []string{"", indent, indent + "  ", "\t"}) + pick(r, []string{"\n", "# said\n"}))
	}
	if chance(r, .06) {
		text.WriteString(indent + "? " + key + pick(r, []string{"\n", " # said\n", "\n" + indent + "  and more\n"}) + indent)
		key = ""
	} else {
		text.WriteString(indent)
	}
	text.WriteString(key + pick(r, []string{"", "", "", "", " ", "\t"}) + ":")
	properties := ""
	if chance(r, .12) {
		properties = pick(r, []string{" &a", " &b", " !!map", " !!str", " !t", " &a !!str", " !<tag:yaml.org,2002:str>", " !e!x", " !"})
	}
	switch {
	case depth < 2 && chance(r, .3):
		text.WriteString(properties + "\n")
		for range 1 + r.IntN(2) {
			writeEntry(r, text, indent+"  ", depth+1)
		}
	case chance(r, .2):
		text.WriteString(properties + "\n")
		writeList(r, text, indent, depth)
	case chance(r, .25):
		text.WriteString(properties)
		writeBlock(r, text, indent)
	case chance(r, .2):
		text.WriteString(properties + " " + randomFlow(r, indent, 0) + "\n")
	default:
		text.WriteString(properties + pick(r, []string{" ", " ", " ", "\t", "  ", "\n" + indent + "  "}) + randomScalarText(r, indent) +
			pick(r, []string{"\n", "\n", " # said\n", " \n", "\t\n", "\n" + indent + "  and more\n", "\n\n" + indent + "  more\n"}))
	}
}

func writeList(r *rand.Rand, text *strings.Builder, indent string, depth int) {
	indent += pick(r, []string{"", "", "  "})
	for range 1 + r.IntN(3) {
		switch {
		case chance(r, .2):
			text.WriteString(indent + "- k: v\n" + indent + "  l: " + randomScalarText(r, indent+"  ") + "\n")
		case chance(r, .1):
			text.WriteString(indent + "- - a\n" + indent + "  - " + randomScalarText(r, indent+"  ") + "\n")
		case chance(r, .1):
			text.WriteString(indent + "-")
			writeBlock(r, text, indent)
		case chance(r, .1):
			text.WriteString(indent + "-" + pick(r, []string{"", " ", " # said", " &a", "\n" + indent + "  a"}) + "\n")
		default:
			text.WriteString(indent + "- " + randomScalarText(r, indent) + "\n")
		}
	}
}

func randomFlow(r *rand.Rand, indent string, depth int) string {
	blank := func() string {
		return pick(r, []string{"", "", " ", "  ", "\n" + indent + "  ", "\n", " # said\n " + indent})
	}
	inner := func() string {
		if depth < 2 && chance(r, .25) {
			return randomFlow(r, indent, depth+1)
		}
		return pick(r, []string{"", "", "", "&a ", "!!str ", "*a "}) + randomScalarText(r, indent)
	}
	var parts []string
	isMap := chance(r, .5)
	for range r.IntN(4) {
		switch {
		case isMap || chance(r, .15):
			parts = append(parts, pick(r, []string{"", "", "", "? "})+inner()+pick(r, []string{": ", ": ", ": ", ":", " :", "", ":\t"})+inner())
		default:
			parts = append(parts, inner())
		}
	}
	text := strings.Join(parts, blank()+","+blank())
	if chance(r, .1) {
		text += ","
	}
	if isMap {
		return "{" + blank() + text + blank() + "}"
	}
	return "[" + blank() + text + blank() + "]"
}

func writeBlock(r *rand.Rand, text *strings.Builder, indent string) {
	text.WriteString(" " + pick(r, []string{"|", ">"}) + pick(r, []string{"", "-", "+", "", "2", "-1", "1", "3+", "+2", "0", "x"}) +
		pick(r, []string{"\n", "\n", "\n", " # said\n", " \n", "#\n"}))
	for range 1 + r.IntN(4) {
		line := pick(r, []string{"a", "word two", "  more", "# no comment", "", "", "\ttab", "end  ", "- x", "k: v", " ", "  ", "---", "😀"})
		if line != "" {
			line = indent + pick(r, []string{"  ", "  ", "  ", "  ", "  ", " ", "   "}) + line
		}
		text.WriteString(line + "\n")
	}
}

const plainCharacters = "0123456789+-_.eExXobBinftyYNaT:~ "

var plainWords = []string{
	"y", "Yes", "NO", "on", "Off", "true", "False", "TRUE", "tRue", "null", "Null", "~", "NULL", ".inf", "-.Inf", ".NaN", "<<", "=",
	"0400", "0o17", "089", "0x1F", "0b11", "0b-1", "1_000", "+1", "-0", ".5", "5.", "1e3", "1e400", "12:30:45", "2001-12-14", "1.5e-7",
	"2001-12-14T21:59:43.10-05:00", "2001-12-14 21:59:43", "9007199254740993", "18446744073709551615", "99999999999999999999",
	"!!str 12", "!!int \"3\"", "!!float 3", "!!binary aGk=", "!foo bar", "!!bool yes", "!!null ''", "a b", "a#b", "a: b", "http://x/y", "a:b", "9:", ":x", "-", "?x", "a?b", "-x", "a,b", "a]", "[x", "*a", "!!binary 4pg=", "!!binary a", "! 12", "! yes",
	"!!merge <<", "!!timestamp 2001-12-14", "!!int 08", "!!float 0x1F", "!!float 99999999999999999999", "1__2", "-0.0", "-.0", "-0", "-0x0", "0b1_1", "+0x1f", "-0o17", "1e3_0", "0x", "190:20:30.15",
	"2001-1-1", "2001-12-14 21:59:43.10 Z", "+.inf", ".e1", "1e", "-", "--- a", "...", "&a", "&a x", "!t", "!%41 x", "!<x> y", "!!", "%x", "@x", "a%", "a@",
}

func randomScalarText(r *rand.Rand, indent string) string {
	line := randomScalarLine(r)
	if !strings.Contains(line, "\n") && !chance(r, .08) {
		return line
	}
	// Further lines of quoted text may stand anywhere.
	margin := pick(r, []string{"\n    " + indent, "\n    " + indent, "\n  " + indent, "\n", "\n\n  " + indent, "\n \t  " + indent})
	if chance(r, .5) {
		line = strings.ReplaceAll(line, " ", "\n")
	}
	return strings.ReplaceAll(line, "\n", margin)
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
  b"`, `""`, `"\/"`, `"a  b "`, `"\q"`, `'a  b '`, `"\ a\	b\'"`, `"\ud83d"`, `"\U00110000"`, `"\x4"`, `"a: b" `, `"---"`, `"it''s"`})
	}
}

func randomPlain(r *rand.Rand) string {
	var text strings.Builder
	for range 1 + r.IntN(7) {
		text.WriteByte(plainCharacters[r.IntN(len(plainCharacters))])
	}
	return strings.TrimSpace(text.String())
}
