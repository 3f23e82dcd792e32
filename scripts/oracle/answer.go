package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	kubejson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/jsonmergepatch"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"sigs.k8s.io/yaml"
)

// A pair and what Kubernetes' code answers to it.
type answered struct {
	pair
	Answers answers `json:"answers"`
}

// A value, or why there is none. A panic says so: a server answers 500 to it.
type outcome struct {
	Value   json.RawMessage `json:"value,omitempty"`
	Refused string          `json:"refused,omitempty"`
}

type answers struct {
	TwoWay              outcome `json:"twoWay"`
	TwoWayOnOriginal    outcome `json:"twoWayOnOriginal"`
	TwoWayOnCurrent     outcome `json:"twoWayOnCurrent"`
	ThreeWay            outcome `json:"threeWay"`
	ThreeWayOnCurrent   outcome `json:"threeWayOnCurrent"`
	Careful             outcome `json:"careful"`
	Merge               outcome `json:"merge"`
	MergeOnOriginal     outcome `json:"mergeOnOriginal"`
	MergeOnCurrent      outcome `json:"mergeOnCurrent"`
	MergeThreeWay       outcome `json:"mergeThreeWay"`
	OperationsOnCurrent outcome `json:"operationsOnCurrent"`
	// The text as read, and the original as printed.
	Read  outcome `json:"read"`
	Print outcome `json:"print"`
}

func answer(p pair) answers {
	object, err := newObject(p.Kind)
	must(err)
	schema, err := strategicpatch.NewPatchMetaFromStruct(object)
	must(err)
	threeWay := func(overwrite bool) outcome {
		return try(func() ([]byte, error) {
			return strategicpatch.CreateThreeWayMergePatch(p.Original, p.Modified, p.Current, schema, overwrite)
		})
	}
	onto := func(target []byte, patch outcome) outcome {
		return patch.then(func(text []byte) ([]byte, error) { return applyStrategic(target, text, schema) })
	}
	mergeOnto := func(target []byte, patch outcome) outcome {
		return patch.then(func(text []byte) ([]byte, error) { return jsonpatch.MergePatch(target, text) })
	}
	var a answers
	a.TwoWay = try(func() ([]byte, error) {
		return strategicpatch.CreateTwoWayMergePatchUsingLookupPatchMeta(p.Original, p.Modified, schema)
	})
	a.TwoWayOnOriginal, a.TwoWayOnCurrent = onto(p.Original, a.TwoWay), onto(p.Current, a.TwoWay)
	a.ThreeWay, a.Careful = threeWay(true), threeWay(false)
	a.ThreeWayOnCurrent = onto(p.Current, a.ThreeWay)
	a.Merge = try(func() ([]byte, error) { return jsonpatch.CreateMergePatch(p.Original, p.Modified) })
	a.MergeOnOriginal, a.MergeOnCurrent = mergeOnto(p.Original, a.Merge), mergeOnto(p.Current, a.Merge)
	a.MergeThreeWay = try(func() ([]byte, error) {
		return jsonmergepatch.CreateThreeWayJSONMergePatch(p.Original, p.Modified, p.Current)
	})
	if p.Operations != nil {
		a.OperationsOnCurrent = applyOperations(p.Current, p.Operations)
	}
	a.Read = readYAML(p.Text)
	if p.Printed {
		a.Print = try(func() ([]byte, error) { return printYAML(p.Original) })
	}
	return a
}

// What the other side made of a pair: JSON Patches and a YAML text of its original.
type judgement struct {
	Original  json.RawMessage `json:"original"`
	Current   json.RawMessage `json:"current"`
	Unguarded json.RawMessage `json:"unguarded,omitempty"`
	Guarded   json.RawMessage `json:"guarded,omitempty"`
	Text      *string         `json:"text,omitempty"`
}

type verdict struct {
	UnguardedOnOriginal outcome `json:"unguardedOnOriginal"`
	GuardedOnOriginal   outcome `json:"guardedOnOriginal"`
	GuardedOnCurrent    outcome `json:"guardedOnCurrent"`
	Read                outcome `json:"read"`
}

func judge(j judgement) verdict {
	var v verdict
	if j.Unguarded != nil {
		v.UnguardedOnOriginal = applyOperations(j.Original, j.Unguarded)
	}
	if j.Guarded != nil {
		v.GuardedOnOriginal = applyOperations(j.Original, j.Guarded)
		v.GuardedOnCurrent = applyOperations(j.Current, j.Guarded)
	}
	if j.Text != nil {
		v.Read = readYAML(*j.Text)
	}
	return v
}

// A YAML text, what it means, and that printed again.
type textAnswer struct {
	Text    string  `json:"text"`
	Read    outcome `json:"read"`
	Printed outcome `json:"printed"`
}

func readText(text string) textAnswer {
	read := readYAML(text)
	return textAnswer{text, read, read.then(printYAML)}
}

// As a JSON text, since outcomes are JSON.
func printYAML(value []byte) ([]byte, error) {
	printed, err := yaml.JSONToYAML(value)
	return marshal(string(printed)), err
}

func readYAML(text string) outcome {
	return try(func() ([]byte, error) { return yaml.YAMLToJSON([]byte(text)) })
}

// A server's object is text that Go printed, and the texts of scalars are compared: `<` has to come as Go prints it.
func applyOperations(target, operations []byte) outcome {
	return try(func() ([]byte, error) {
		var printed bytes.Buffer
		json.HTMLEscape(&printed, target)
		patch, err := jsonpatch.DecodePatch(operations)
		if err != nil {
			return nil, err
		}
		return patch.Apply(printed.Bytes())
	})
}

// As an API server does it, on parsed values.
func applyStrategic(target, patch []byte, schema strategicpatch.LookupPatchMeta) ([]byte, error) {
	from, with := map[string]any{}, map[string]any{}
	if err := kubejson.Unmarshal(target, &from); err != nil {
		return nil, err
	}
	if err := kubejson.Unmarshal(patch, &with); err != nil {
		return nil, err
	}
	result, err := strategicpatch.StrategicMergeMapPatchUsingLookupPatchMeta(clipped(from).(map[string]any), with, schema)
	if err != nil {
		return nil, err
	}
	return json.Marshal(result)
}

// Lists without room behind their last item, as a server's are: strategicpatch appends into the room that there is.
func clipped(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			value[key] = clipped(inner)
		}
	case []any:
		list := make([]any, len(value))
		for i, inner := range value {
			list[i] = clipped(inner)
		}
		return list
	}
	return value
}

func try(work func() ([]byte, error)) (done outcome) {
	defer func() {
		if reason := recover(); reason != nil {
			done = outcome{Refused: fmt.Sprint("panic: ", reason)}
		}
	}()
	text, err := work()
	if err != nil {
		return outcome{Refused: err.Error()}
	}
	return outcome{Value: bytes.TrimSpace(text)}
}

// What is made from a value; nothing where there is none.
func (o outcome) then(work func([]byte) ([]byte, error)) outcome {
	if o.Value == nil {
		return outcome{}
	}
	return try(func() ([]byte, error) { return work(o.Value) })
}
