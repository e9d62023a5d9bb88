package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	networking "istio.io/api/networking/v1alpha3"
	security "istio.io/api/security/v1beta1"
	telemetry "istio.io/api/telemetry/v1alpha1"
)

// field is one field of a kind: its path, with [] for a list and .* for a map, and the values of an enumeration.
type field struct {
	Path   string   `json:"path"`
	Values []string `json:"values,omitempty"`
}

// printFields writes the fields of each kind as JSON: Kubernetes' from its Go types, Istio's from its messages.
func printFields() {
	all := map[string][]field{}
	for kind, object := range map[string]any{
		"Namespace": corev1.Namespace{}, "ServiceAccount": corev1.ServiceAccount{}, "ConfigMap": corev1.ConfigMap{}, "Secret": corev1.Secret{},
		"Service": corev1.Service{}, "StatefulSet": appsv1.StatefulSet{}, "Deployment": appsv1.Deployment{},
	} {
		all[kind] = structFields("", reflect.TypeOf(object))
	}
	for kind, spec := range map[string]protoreflect.ProtoMessage{
		"Gateway": &networking.Gateway{}, "VirtualService": &networking.VirtualService{}, "DestinationRule": &networking.DestinationRule{},
		"PeerAuthentication": &security.PeerAuthentication{}, "RequestAuthentication": &security.RequestAuthentication{}, "AuthorizationPolicy": &security.AuthorizationPolicy{}, "Telemetry": &telemetry.Telemetry{},
	} {
		envelope := structFields("", reflect.TypeOf(corev1.ServiceAccount{}))
		for _, f := range envelope {
			if f.Path == "kind" || f.Path == "apiVersion" || strings.HasPrefix(f.Path, "metadata") {
				all[kind] = append(all[kind], f)
			}
		}
		all[kind] = append(all[kind], field{Path: "spec"})
		all[kind] = append(all[kind], messageFields("spec.", spec.ProtoReflect().Descriptor())...)
		all[kind] = append(all[kind], field{Path: "status"})
	}
	_ = json.NewEncoder(os.Stdout).Encode(all)
}

// structFields lists the JSON fields of a Go type. A type with its own JSON form, such as Quantity, has none. Status is one field.
func structFields(prefix string, t reflect.Type) []field {
	out := []field{}
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if name == "" && (f.Anonymous || strings.Contains(options, "inline")) {
			out = append(out, structFields(prefix, f.Type)...)
			continue
		}
		path, inner := prefix+name, f.Type
		for {
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			} else if inner.Kind() == reflect.Slice && inner.Elem().Kind() != reflect.Uint8 {
				path, inner = path+"[]", inner.Elem()
			} else if inner.Kind() == reflect.Map {
				path, inner = path+".*", inner.Elem()
			} else {
				break
			}
		}
		out = append(out, field{Path: path})
		_, own := reflect.New(inner).Interface().(json.Marshaler)
		if inner.Kind() == reflect.Struct && !own && path != "status" {
			out = append(out, structFields(path+".", inner)...)
		}
	}
	return out
}

// messageFields lists the fields of a protobuf message in their JSON names. Google's own messages, such as Duration, have none.
func messageFields(prefix string, m protoreflect.MessageDescriptor) []field {
	out := []field{}
	for i := 0; i < m.Fields().Len(); i++ {
		f := m.Fields().Get(i)
		path, value := prefix+f.JSONName(), f
		if f.IsMap() {
			path, value = path+".*", f.MapValue()
		} else if f.IsList() {
			path += "[]"
		}
		one := field{Path: path}
		if e := value.Enum(); e != nil {
			for j := 0; j < e.Values().Len(); j++ {
				one.Values = append(one.Values, string(e.Values().Get(j).Name()))
			}
		}
		out = append(out, one)
		if inner := value.Message(); inner != nil && !strings.HasPrefix(string(inner.FullName()), "google.protobuf.") {
			out = append(out, messageFields(path+".", inner)...)
		}
	}
	return out
}
