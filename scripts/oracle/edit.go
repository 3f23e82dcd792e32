package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// How much an edit changes: a field or two, up to almost everything.
var rates = []float64{.02, .2, 1, 2}

// Makes objects of a shape and random edits of them.
type editor struct {
	random *rand.Rand
	rate   float64
	wild   bool
}

func (e *editor) newRoot(kind string, of *shape) any {
	root := e.newValue(of, "", 0).(map[string]any)
	root["apiVersion"], root["kind"] = apiVersionAndKind(kind)
	return root
}

// Nobody edits these two.
func (e *editor) editRoot(from any, of *shape) any {
	before := from.(map[string]any)
	root := e.editMap(before, of, 0)
	root["apiVersion"], root["kind"] = before["apiVersion"], before["kind"]
	return root
}

func (e *editor) newValue(of *shape, mergeKey string, depth int) any {
	switch {
	case of.leaf != nil:
		return of.leaf(e.random)
	case of.items != nil:
		return e.newList(of, mergeKey, depth)
	case of.values != nil:
		made := map[string]any{}
		for range e.random.IntN(4) {
			made[randomWord(e.random).(string)] = e.newValue(of.values, "", depth+1)
		}
		return made
	default:
		made := map[string]any{}
		for _, one := range of.fields {
			if e.chance(likelihood(depth, len(of.fields))) {
				made[one.name] = e.newValue(one.shape, one.mergeKey, depth+1)
			}
		}
		return made
	}
}

// The outer fields are mostly there; further in a handful of each struct's.
func likelihood(depth, fields int) float64 {
	switch {
	case depth < 2:
		return .55
	case depth < 7:
		return 2.5/float64(fields) + .08
	default:
		return .04
	}
}

func (e *editor) newList(of *shape, mergeKey string, depth int) []any {
	length := e.random.IntN(4)
	// Go sorts lists of more than 12 another way.
	if e.chance(.04) {
		length = 10 + e.random.IntN(12)
		depth += 3
	}
	made := []any{}
	for range length {
		made = e.insert(made, e.newItem(of, mergeKey, depth+1), mergeKey)
	}
	return made
}

func (e *editor) newItem(of *shape, mergeKey string, depth int) any {
	item := e.newValue(of.items, "", depth)
	if object, ok := item.(map[string]any); ok && mergeKey != "" && !(e.wild && e.chance(.05)) {
		object[mergeKey] = e.newKey(of.items, mergeKey)
	}
	return item
}

func (e *editor) newKey(of *shape, mergeKey string) any {
	for _, one := range of.fields {
		if one.name != mergeKey {
			continue
		}
		key := one.shape.leaf(e.random)
		if _, ok := key.(int); ok {
			return pick(e.random, []int{1, 2, 3, 4, 5, 6, 53, 80, 443, 8080})
		}
		return key
	}
	panic("a merge key that no item has: " + mergeKey)
}

// Puts an item anywhere in a list. What is in it already is seldom put there again.
func (e *editor) insert(list []any, item any, mergeKey string) []any {
	repeated := slices.ContainsFunc(list, func(other any) bool { return sameItem(item, other, mergeKey) })
	often := .1
	if len(list) > 10 {
		often = .005
	}
	if repeated && !e.chance(often) {
		return list
	}
	return slices.Insert(list, e.random.IntN(len(list)+1), item)
}

func sameItem(a, b any, mergeKey string) bool {
	one, isMap := a.(map[string]any)
	other, areMaps := b.(map[string]any)
	if isMap && areMaps {
		return mergeKey != "" && fmt.Sprint(one[mergeKey]) == fmt.Sprint(other[mergeKey])
	}
	return !isMap && !areMaps && fmt.Sprint(a) == fmt.Sprint(b)
}

func (e *editor) edit(value any, of *shape, mergeKey string, depth int) any {
	if e.chance(e.rate * .06) {
		return e.newValue(of, mergeKey, depth)
	}
	if e.wild && e.chance(.004) {
		return pick(e.random, oddities)()
	}
	switch before := value.(type) {
	case map[string]any:
		if of.leaf == nil && of.items == nil {
			return e.editMap(before, of, depth)
		}
	case []any:
		if of.items != nil {
			return e.editList(before, of, mergeKey, depth)
		}
	}
	if of.leaf != nil && e.chance(e.rate*.15) {
		return of.leaf(e.random)
	}
	return value
}

func (e *editor) editMap(before map[string]any, of *shape, depth int) map[string]any {
	after := map[string]any{}
	// In order: the same seed makes the same edit.
	for _, key := range slices.Sorted(maps.Keys(before)) {
		switch inner, mergeKey := of.child(key); {
		case e.chance(e.rate * .08):
		case e.wild && e.chance(.01):
			after[key] = nil
		case inner == nil:
			after[key] = before[key]
		default:
			after[key] = e.edit(before[key], inner, mergeKey, depth+1)
		}
	}
	for _, one := range of.fields {
		if _, ok := after[one.name]; !ok && e.chance(e.rate*.03) {
			after[one.name] = e.newValue(one.shape, one.mergeKey, depth+1)
		}
	}
	if of.values != nil && e.chance(e.rate*.3) {
		after[randomWord(e.random).(string)] = e.newValue(of.values, "", depth+1)
	}
	if e.wild && e.chance(.01) {
		after["unheardOf"] = pick(e.random, oddities)()
	}
	return after
}

func (s *shape) child(key string) (*shape, string) {
	for _, one := range s.fields {
		if one.name == key {
			return one.shape, one.mergeKey
		}
	}
	return s.values, ""
}

func (e *editor) editList(before []any, of *shape, mergeKey string, depth int) []any {
	after := []any{}
	for _, item := range before {
		if e.chance(e.rate * .12) {
			continue
		}
		edited := e.edit(item, of.items, "", depth+1)
		if object, ok := edited.(map[string]any); ok && mergeKey != "" && object[mergeKey] == nil && !e.wild {
			object[mergeKey] = e.newKey(of.items, mergeKey)
		}
		after = append(after, edited)
	}
	if e.chance(e.rate * .3) {
		after = e.insert(after, e.newItem(of, mergeKey, depth+1), mergeKey)
	}
	if e.chance(e.rate * .2) {
		e.random.Shuffle(len(after), func(i, j int) { after[i], after[j] = after[j], after[i] })
	}
	return after
}

func (e *editor) chance(of float64) bool { return chance(e.random, of) }

// What no typed client writes.
var oddities = []func() any{
	func() any { return nil },
	func() any { return "x" },
	func() any { return 3 },
	func() any { return map[string]any{} },
	func() any { return []any{} },
	func() any { return []any{"a"} },
	func() any { return []any{nil} },
	func() any { return []any{[]any{1}} },
	func() any { return []any{map[string]any{}} },
	func() any { return map[string]any{"a": 1} },
	func() any { return map[string]any{"$patch": "delete"} },
	func() any { return map[string]any{"$patch": "zap"} },
	func() any { return []any{map[string]any{"$patch": "replace"}} },
	func() any { return []any{map[string]any{"name": "a", "$patch": "delete"}} },
}
