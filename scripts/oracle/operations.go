package main

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A JSON Patch of a few operations: at places that are there, beside them, or nowhere.
func randomOperations(r *rand.Rand, object, other any) []any {
	made := []any{}
	for range 1 + r.IntN(3) {
		made = append(made, randomOperation(r, object, other))
	}
	return made
}

func randomOperation(r *rand.Rand, object, other any) any {
	pointer, value := randomPlace(r, object)
	op := pick(r, []string{"add", "replace", "test", "test", "remove", "move", "copy"})
	made := map[string]any{"op": op, "path": pointer}
	switch op {
	case "move", "copy":
		made["from"], _ = randomPlace(r, object)
	case "remove":
	default:
		if chance(r, .3) {
			value = randomScalar(r)
		} else if chance(r, .3) {
			_, value = randomPlace(r, other)
		}
		made["value"] = value
	}
	if chance(r, .01) {
		delete(made, pick(r, []string{"op", "path", "from", "value"}))
	}
	return made
}

func randomPlace(r *rand.Rand, value any) (string, any) {
	var pointer strings.Builder
	for depth := 0; ; depth++ {
		step, inner, ok := randomStep(r, value)
		if depth > 0 && (!ok || chance(r, .25)) {
			break
		}
		pointer.WriteString("/" + escaped(step))
		value = inner
	}
	if chance(r, .15) {
		pointer.WriteString("/" + pick(r, []string{"-", "0", "-1", "007", "+1", "nowhere", "1e0", "~", "", "a~2b", "99"}))
	}
	return pointer.String(), value
}

func randomStep(r *rand.Rand, value any) (string, any, bool) {
	switch value := value.(type) {
	case map[string]any:
		if keys := slices.Sorted(maps.Keys(value)); len(keys) > 0 {
			key := pick(r, keys)
			return key, value[key], true
		}
	case []any:
		if len(value) > 0 {
			index := r.IntN(len(value))
			return strconv.Itoa(index), value[index], true
		}
	}
	return "", nil, false
}

func escaped(step string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(step)
}
