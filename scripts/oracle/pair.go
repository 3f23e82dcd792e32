package main

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
)

// An object, an edit of it, and what another writer made of it meanwhile; a JSON Patch and a YAML text that go with them.
type pair struct {
	Kind       string          `json:"kind"`
	Original   json.RawMessage `json:"original"`
	Modified   json.RawMessage `json:"modified"`
	Current    json.RawMessage `json:"current"`
	Operations json.RawMessage `json:"operations,omitempty"`
	Text       string          `json:"text,omitempty"`
	// Whether the original is printed as YAML too, by both sides: the slowest question by far.
	Printed bool `json:"printed,omitempty"`
}

func makePair(r *rand.Rand, kind string) pair {
	object, err := newObject(kind)
	must(err)
	root := reflect.TypeOf(object).Elem()
	// Some hold what no typed client can write: nulls, directives, fields that nobody knows.
	edits := editor{random: r, wild: chance(r, .1)}
	original := edits.newRoot(kind, shapeOf(root))
	edits.rate = pick(r, rates)
	modified := edits.editRoot(original, shapeOf(root))
	edits.rate = pick(r, rates)
	from := original
	if chance(r, .1) {
		from = modified
	}
	current := edits.editRoot(from, shapeOf(root))
	made := pair{Kind: kind, Text: randomText(r), Printed: chance(r, .25)}
	sides := []*json.RawMessage{&made.Original, &made.Modified, &made.Current}
	for i, tree := range []any{original, modified, current} {
		*sides[i] = marshal(tree)
		if !edits.wild {
			*sides[i] = throughType(*sides[i], root)
		}
	}
	made.Operations = marshal(randomOperations(r, original, modified))
	return made
}

// Read into the Go type and written again: what a typed client would send.
func throughType(text []byte, t reflect.Type) []byte {
	object := reflect.New(t).Interface()
	must(json.Unmarshal(text, object))
	return marshal(object)
}

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	must(err)
	return text
}
