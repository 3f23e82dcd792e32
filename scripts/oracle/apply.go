package main

import (
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kubejson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apimachinery/pkg/util/managedfields/managedfieldstest"
	"k8s.io/client-go/applyconfigurations"
	"k8s.io/client-go/kubernetes/scheme"
)

// An object that several managers have written, and what one of them wants of it next.
type owned struct {
	Kind   string          `json:"kind"`
	Live   json.RawMessage `json:"live"`
	Wanted json.RawMessage `json:"wanted"`
}

// A configuration to apply to a live object.
type application struct {
	Kind          string          `json:"kind"`
	Live          json.RawMessage `json:"live"`
	Configuration json.RawMessage `json:"configuration"`
	Manager       string          `json:"manager"`
}

// What the live object becomes by force, and the owners who are in its way without.
type applied struct {
	Forced    outcome    `json:"forced"`
	Conflicts []conflict `json:"conflicts"`
}

type conflict struct {
	Manager string `json:"manager"`
	Field   string `json:"field"`
}

// Ours is the first of them.
var managers = []string{"patchbay-apply", "a", "b", "c"}

var types = applyconfigurations.NewTypeConverter(scheme.Scheme)

// Whether structured-merge-diff knows a kind here: not those of the API extensions.
func canApply(kind string) bool {
	_, err := types.ObjectToTyped(named(kind))
	return err == nil
}

func named(kind string) *unstructured.Unstructured {
	version, name := apiVersionAndKind(kind)
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": version, "kind": name, "metadata": map[string]any{"name": "a"},
	}}
}

// The object's fields are tracked as an API server tracks them. Writes that it would refuse, such as items with equal keys, are not made.
func makeOwned(r *rand.Rand, kind string) owned {
	edits := editor{random: r}
	manager := fieldManager(kind)
	root := rootOf(kind)
	live := named(kind)
	for i := range 2 + r.IntN(4) {
		edits.rate = pick(r, rates)
		var next *unstructured.Unstructured
		if i == 0 {
			next = typed(kind, root, edits.newRoot(kind, shapeOf(root)))
		} else {
			next = typed(kind, root, edits.editRoot(bare(live), shapeOf(root)))
		}
		if made, err := written(r, manager, live, next, pick(r, managers)); err == nil {
			live = made.(*unstructured.Unstructured)
			dropNulls(live.Object)
		}
	}
	edits.rate = pick(r, rates)
	wanted := typed(kind, root, edits.editRoot(bare(live), shapeOf(root)))
	if _, err := types.ObjectToTyped(wanted); err != nil {
		wanted = &unstructured.Unstructured{Object: bare(live)}
	}
	return owned{kind, marshal(live.Object), marshal(wanted.Object)}
}

func written(r *rand.Rand, m *managedfields.FieldManager, live, next *unstructured.Unstructured, by string) (runtime.Object, error) {
	if chance(r, .5) {
		return m.Update(live, next, by)
	}
	part := editor{random: r, rate: 0}
	return m.Apply(live, &unstructured.Unstructured{Object: part.part(next.Object)}, by, true)
}

// A configuration holds some of an object's fields; list items whole, since their keys have to be there.
func (e *editor) part(object map[string]any) map[string]any {
	kept := map[string]any{}
	// In order: the same seed makes the same part.
	for _, key := range slices.Sorted(maps.Keys(object)) {
		value := object[key]
		inner, isMap := value.(map[string]any)
		switch {
		case key == "apiVersion" || key == "kind" || key == "name":
			kept[key] = value
		case isMap && e.chance(.8):
			kept[key] = e.part(inner)
		case !isMap && e.chance(.5):
			kept[key] = value
		}
	}
	return kept
}

// What a typed client would send, with a name and without the managers.
func typed(kind string, root reflect.Type, tree any) *unstructured.Unstructured {
	made := named(kind)
	must(kubejson.Unmarshal(throughType(marshal(tree), root), &made.Object))
	dropNulls(made.Object)
	metadata, ok := made.Object["metadata"].(map[string]any)
	if !ok {
		metadata = map[string]any{}
		made.Object["metadata"] = metadata
	}
	metadata["name"] = "a"
	delete(metadata, "managedFields")
	return made
}

// No server holds one where a built-in kind has a field.
func dropNulls(object any) {
	switch object := object.(type) {
	case map[string]any:
		maps.DeleteFunc(object, func(_ string, value any) bool { return value == nil })
		for _, value := range object {
			dropNulls(value)
		}
	case []any:
		for _, value := range object {
			dropNulls(value)
		}
	}
}

func bare(live *unstructured.Unstructured) map[string]any {
	object := live.DeepCopy()
	object.SetManagedFields(nil)
	return object.Object
}

func rootOf(kind string) reflect.Type {
	object, err := newObject(kind)
	must(err)
	return reflect.TypeOf(object).Elem()
}

func fieldManager(kind string) *managedfields.FieldManager {
	version, name := apiVersionAndKind(kind)
	return managedfieldstest.NewFakeFieldManager(types, schema.FromAPIVersionAndKind(version, name))
}

func apply(a application) applied {
	var refusal error
	attempt := func(force bool) outcome {
		return try(func() ([]byte, error) {
			live, configuration := &unstructured.Unstructured{}, &unstructured.Unstructured{}
			must(kubejson.Unmarshal(a.Live, &live.Object))
			must(kubejson.Unmarshal(a.Configuration, &configuration.Object))
			made, err := fieldManager(a.Kind).Apply(live, configuration, a.Manager, force)
			if refusal = err; err != nil {
				return nil, err
			}
			result := bare(made.(*unstructured.Unstructured))
			dropNulls(result)
			return json.Marshal(result)
		})
	}
	attempt(false)
	conflicts := conflictsIn(refusal)
	return applied{attempt(true), conflicts}
}

var inConflictWith = regexp.MustCompile(`^conflict with ("(?:[^"\\]|\\.)*")`)

func conflictsIn(refusal error) []conflict {
	found := []conflict{}
	var status *apierrors.StatusError
	if !errors.As(refusal, &status) || status.ErrStatus.Details == nil {
		return found
	}
	for _, cause := range status.ErrStatus.Details.Causes {
		if cause.Type != metav1.CauseTypeFieldManagerConflict {
			continue
		}
		manager, err := strconv.Unquote(inConflictWith.FindStringSubmatch(cause.Message)[1])
		must(err)
		found = append(found, conflict{manager, cause.Field})
	}
	return found
}
