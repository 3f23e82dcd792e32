package main

import (
	"fmt"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// Every kind that an API server is built with.
var builtIn = func() *runtime.Scheme {
	kinds := runtime.NewScheme()
	must(scheme.AddToScheme(kinds))
	must(apiextensions.AddToScheme(kinds))
	must(apiregistration.AddToScheme(kinds))
	return kinds
}()

// A new value of a kind, named as group/version/kind; the core group has no name.
func newObject(kind string) (runtime.Object, error) {
	parts := strings.Split(kind, "/")
	if len(parts) != 3 {
		return nil, fmt.Errorf("%q is not group/version/kind", kind)
	}
	return builtIn.New(schema.GroupVersionKind{Group: parts[0], Version: parts[1], Kind: parts[2]})
}

func apiVersionAndKind(kind string) (string, string) {
	at := strings.LastIndex(kind, "/")
	return strings.TrimPrefix(kind[:at], "/"), kind[at+1:]
}
