package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	kubejson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"sigs.k8s.io/yaml"
)

// Work to be timed: so many runs of one function on two texts (the object and what it becomes, or its patch).
type timing struct {
	Work   string          `json:"work"`
	Kind   string          `json:"kind"`
	First  json.RawMessage `json:"first"`
	Second json.RawMessage `json:"second"`
	Runs   int             `json:"runs"`
}

// The mean time of a run. Parsing the values that a run works on is not counted.
type timed struct {
	Nanoseconds float64 `json:"nanoseconds"`
}

func measure(t timing) timed {
	// What kubectl and the API server run with.
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	prepare := worksOf(t)[t.Work]
	if prepare == nil {
		must(fmt.Errorf("%q is no work to time", t.Work))
	}
	// Each run has values of its own, since applying changes them.
	runs := make([]func() error, t.Runs)
	for i := range runs {
		runs[i] = prepare()
	}
	runtime.GC()
	began := time.Now()
	for _, run := range runs {
		must(run())
	}
	return timed{float64(time.Since(began).Nanoseconds()) / float64(t.Runs)}
}

func worksOf(t timing) map[string]func() func() error {
	object, err := newObject(t.Kind)
	must(err)
	// As kubectl and the API server find the rules of a built-in kind.
	schema, err := strategicpatch.NewPatchMetaFromStruct(object)
	must(err)
	onTexts := func(work func(first, second []byte) ([]byte, error)) func() func() error {
		return func() func() error {
			return func() error { return ended(work(t.First, t.Second)) }
		}
	}
	onValues := func(work func(first, second strategicpatch.JSONMap) (strategicpatch.JSONMap, error)) func() func() error {
		return func() func() error {
			first, second := parsed(t.First), parsed(t.Second)
			return func() error { return ended(work(first, second)) }
		}
	}
	return map[string]func() func() error{
		"createStrategic": onTexts(func(from, to []byte) ([]byte, error) {
			return strategicpatch.CreateTwoWayMergePatchUsingLookupPatchMeta(from, to, schema)
		}),
		"applyStrategic": onTexts(func(object, patch []byte) ([]byte, error) {
			return strategicpatch.StrategicMergePatchUsingLookupPatchMeta(object, patch, schema)
		}),
		"createStrategicOfValues": onValues(func(from, to strategicpatch.JSONMap) (strategicpatch.JSONMap, error) {
			return strategicpatch.CreateTwoWayMergeMapPatchUsingLookupPatchMeta(from, to, schema)
		}),
		"applyStrategicOfValues": onValues(func(object, patch strategicpatch.JSONMap) (strategicpatch.JSONMap, error) {
			return strategicpatch.StrategicMergeMapPatchUsingLookupPatchMeta(object, patch, schema)
		}),
		"readYaml": func() func() error {
			var text string
			must(json.Unmarshal(t.First, &text))
			return func() error {
				var value any
				return yaml.Unmarshal([]byte(text), &value)
			}
		},
		"printYaml": func() func() error {
			value := parsed(t.First)
			return func() error { return ended(yaml.Marshal(value)) }
		},
		"createMerge": onTexts(jsonpatch.CreateMergePatch),
		"applyMerge":  onTexts(jsonpatch.MergePatch),
		"applyOperations": onTexts(func(object, operations []byte) ([]byte, error) {
			patch, err := jsonpatch.DecodePatch(operations)
			if err != nil {
				return nil, err
			}
			return patch.Apply(object)
		}),
	}
}

func ended[T any](_ T, err error) error { return err }

func parsed(text []byte) strategicpatch.JSONMap {
	value := map[string]any{}
	must(kubejson.Unmarshal(text, &value))
	return value
}
