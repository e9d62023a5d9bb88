package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/mesh"
	kubelib "istio.io/istio/pkg/kube"
)

type world struct {
	objs    []runtime.Object
	ns      map[string]*corev1.Namespace
	svcs    []*corev1.Service
	pods    []*corev1.Pod
	slices  map[string]bool
	istio   []string
	mesh    *meshconfig.MeshConfig
	nextIP  int
	nextVIP int
	version string
	owners  map[string]string
}

func (w *world) addPod(ns, name, owner string, tpl corev1.PodTemplateSpec) {
	p := &corev1.Pod{TypeMeta: metav1.TypeMeta{Kind: "Pod", APIVersion: "v1"}, ObjectMeta: *tpl.ObjectMeta.DeepCopy(), Spec: *tpl.Spec.DeepCopy()}
	p.Namespace, p.Name, p.GenerateName = ns, name, ""
	if p.Spec.ServiceAccountName == "" {
		p.Spec.ServiceAccountName = "default"
	}
	w.pods = append(w.pods, p)
	w.owners[ns+"/"+name] = owner
}

// age: the first object in the YAML is the oldest; where two objects define the same, Istio takes the oldest.
func age(i int) time.Time { return time.Unix(1700000000+int64(i), 0) }

func def(ns string) string {
	if ns == "" {
		return "default"
	}
	return ns
}

func (w *world) load(path string, raw []byte) {
	rd := kyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(raw)))
	for {
		doc, err := rd.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			die("%s: %v", path, err)
		}
		if len(bytes.TrimSpace(doc)) == 0 {
			continue
		}
		var tm struct {
			APIVersion, Kind string
			Metadata         struct{ Name string }
		}
		if err := yaml.Unmarshal(doc, &tm); err != nil {
			die("%s: %v", path, err)
		}
		if tm.Kind == "" {
			continue
		}
		if strings.Contains(strings.SplitN(tm.APIVersion, "/", 2)[0], "istio.io") {
			w.istio = append(w.istio, string(doc))
			continue
		}
		o, _, err := kubelib.IstioCodec.UniversalDeserializer().Decode(doc, nil, nil)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %s %s skipped: %v\n", path, tm.Kind, tm.Metadata.Name, err)
			continue
		}
		n := func(r *int32) int {
			if r == nil {
				return 1
			}
			return int(*r)
		}
		switch v := o.(type) {
		case *corev1.Namespace:
			w.ns[v.Name] = v
		case *corev1.Service:
			v.Namespace, v.CreationTimestamp = def(v.Namespace), metav1.NewTime(age(len(w.svcs)))
			w.svcs = append(w.svcs, v)
		case *discoveryv1.EndpointSlice:
			w.slices[v.Namespace+"/"+v.Labels["kubernetes.io/service-name"]] = true
			w.objs = append(w.objs, v)
		case *corev1.Pod:
			v.Namespace = def(v.Namespace)
			w.addPod(v.Namespace, v.Name, v.Name, corev1.PodTemplateSpec{ObjectMeta: v.ObjectMeta, Spec: v.Spec})
			w.pods[len(w.pods)-1].Status.PodIP = v.Status.PodIP
		case *appsv1.Deployment:
			for i := 0; i < n(v.Spec.Replicas); i++ {
				w.addPod(def(v.Namespace), fmt.Sprintf("%s-%d", v.Name, i), v.Name, v.Spec.Template)
			}
		case *appsv1.StatefulSet:
			for i := 0; i < n(v.Spec.Replicas); i++ {
				w.addPod(def(v.Namespace), fmt.Sprintf("%s-%d", v.Name, i), v.Name, v.Spec.Template)
			}
		case *appsv1.DaemonSet:
			w.addPod(def(v.Namespace), v.Name+"-0", v.Name, v.Spec.Template)
		case *corev1.ConfigMap:
			if v.Name == "istio" && v.Data["mesh"] != "" {
				w.setMesh(v.Data["mesh"])
			} else {
				w.objs = append(w.objs, v)
			}
		default:
			w.objs = append(w.objs, o)
		}
	}
}

func (w *world) setMesh(y string) {
	m, err := mesh.ApplyMeshConfigDefaults(y)
	if err != nil {
		die("mesh config: %v", err)
	}
	w.mesh = m
}
