package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// What JSON a Go type stands for. One of leaf, fields, values and items says which.
type shape struct {
	leaf   func(*rand.Rand) any
	fields []field
	values *shape
	items  *shape
}

// A field of a struct; mergeKey is how strategic patches tell the items of its list apart.
type field struct {
	name     string
	mergeKey string
	shape    *shape
}

var shapes = map[reflect.Type]*shape{}

func shapeOf(t reflect.Type) *shape {
	if t.Kind() == reflect.Pointer {
		return shapeOf(t.Elem())
	}
	if known, ok := shapes[t]; ok {
		return known
	}
	made := &shape{}
	// Kept before it is filled: a type may hold itself.
	shapes[t] = made
	if leaf, ok := leaves[t]; ok {
		made.leaf = leaf
		return made
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Marshaler]()) {
		panic(fmt.Sprintf("%v writes JSON of its own and is not among the leaves", t))
	}
	switch t.Kind() {
	case reflect.Struct:
		made.fields = fieldsOf(t)
	case reflect.Map:
		made.values = shapeOf(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			made.leaf = randomBytes
		} else {
			made.items = shapeOf(t.Elem())
		}
	case reflect.String:
		made.leaf = randomWord
	case reflect.Bool:
		made.leaf = func(r *rand.Rand) any { return chance(r, .5) }
	case reflect.Int64:
		made.leaf = randomLong
	case reflect.Int, reflect.Int32, reflect.Uint32, reflect.Uint8:
		made.leaf = func(r *rand.Rand) any { return r.IntN(5) }
	case reflect.Float64:
		made.leaf = func(r *rand.Rand) any { return pick(r, []any{0.5, 1.25, 3}) }
	default:
		panic(fmt.Sprintf("no JSON is known for %v", t))
	}
	return made
}

func fieldsOf(t reflect.Type) []field {
	var fields []field
	for _, one := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(one.Tag.Get("json"), ",")
		inlined := one.Anonymous && (name == "" || strings.Contains(options, "inline"))
		if len(one.Index) > 1 && !inlinedInto(t, one.Index) || name == "-" || inlined || !one.IsExported() {
			continue
		}
		fields = append(fields, field{name, one.Tag.Get("patchMergeKey"), shapeOf(one.Type)})
	}
	return fields
}

// Whether all structs around a promoted field are part of the same JSON object.
func inlinedInto(t reflect.Type, index []int) bool {
	for i := 1; i < len(index); i++ {
		around := t.FieldByIndex(index[:i])
		name, _, _ := strings.Cut(around.Tag.Get("json"), ",")
		if name != "" {
			return false
		}
	}
	return true
}

// Types that write JSON of their own.
var leaves = map[reflect.Type]func(*rand.Rand) any{
	reflect.TypeFor[meta.Time]():      func(r *rand.Rand) any { return fmt.Sprintf("2026-01-0%dT00:00:00Z", 1+r.IntN(9)) },
	reflect.TypeFor[meta.MicroTime](): func(r *rand.Rand) any { return fmt.Sprintf("2026-01-0%dT00:00:00.000000Z", 1+r.IntN(9)) },
	reflect.TypeFor[meta.Duration]():  func(r *rand.Rand) any { return fmt.Sprintf("%ds", 1+r.IntN(9)) },
	reflect.TypeFor[resource.Quantity](): func(r *rand.Rand) any {
		return pick(r, []any{"0", "1", "500m", "1Gi", "100M"})
	},
	reflect.TypeFor[intstr.IntOrString](): func(r *rand.Rand) any {
		if chance(r, .5) {
			return r.IntN(5)
		}
		return randomWord(r)
	},
	reflect.TypeFor[runtime.RawExtension]():                       randomMap,
	reflect.TypeFor[meta.FieldsV1]():                              randomMap,
	reflect.TypeFor[apiextensions.JSON]():                         randomScalar,
	reflect.TypeFor[apiextensions.JSONSchemaPropsOrBool]():        func(r *rand.Rand) any { return chance(r, .5) },
	reflect.TypeFor[apiextensions.JSONSchemaPropsOrArray]():       func(r *rand.Rand) any { return map[string]any{"type": randomWord(r)} },
	reflect.TypeFor[apiextensions.JSONSchemaPropsOrStringArray](): func(r *rand.Rand) any { return []any{"a", "b"} },
}

// Few, so that two writers meet.
var words = []string{
	"a", "b", "c", "d", "web", "nginx", "x-y", "Z", "ä", "😀", "", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9",
}

// Words that YAML is known to change, and keys that a pointer has to escape.
var awkward = []string{
	"yes", "no", "null", "~", "0400", "1e3", "12:30", "2001-12-14", "<<", "=", "a: b", "# c", "- a", "a\nb", "a\n", "a\n\n", " a", "a ",
	"\ta", "a\tb\n", "\n a\nb", "'", "\"", "{", "a/b", "~0", "~1", "__proto__", "constructor", "0", "-", "é\u200b", "&a", "*a", "!a", "|", ">",
	"a, b", "[a]", "k: ", ":", "a:", "0x1F", "1_000", "+1", ".5", "0b1", "0o7", "1.", "--- a", "...", "%a", "@a", "`a", "?", "? a",
	"line one\n  line two\n\nline four\n", "trailing  \nblanks\n", "\n", "\r\n", "a\r\nb", "\u0085", "\u2028", "\ufeff", "\u007f", "<a&b>",
	"A long text of many words that a printer might want to fold, since it does not fit into eighty columns at all.",
}

func randomWord(r *rand.Rand) any {
	if chance(r, .04) {
		return pick(r, awkward)
	}
	return pick(r, words)
}

func randomLong(r *rand.Rand) any {
	if chance(r, .03) {
		return pick(r, []any{int64(9007199254740993), int64(9223372036854775807), int64(-9007199254740993)})
	}
	return r.IntN(5)
}

func randomBytes(r *rand.Rand) any {
	return base64.StdEncoding.EncodeToString([]byte(pick(r, words)))
}

func randomScalar(r *rand.Rand) any {
	return pick(r, []any{randomWord(r), randomWord(r), r.IntN(6), chance(r, .5), 0.5})
}

func randomMap(r *rand.Rand) any {
	made := map[string]any{}
	for range r.IntN(3) {
		made[pick(r, words)] = randomScalar(r)
	}
	return made
}

func chance(r *rand.Rand, of float64) bool { return r.Float64() < of }

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
