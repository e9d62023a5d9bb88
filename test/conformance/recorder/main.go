// recorder: a folder of Kubernetes and Istio YAML in, the xDS that Istio's own generator makes for each workload out.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"google.golang.org/protobuf/proto"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	kyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/model"
	xdsfake "istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
	kubelib "istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/util/protomarshal"
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

func die(f string, a ...any) { fmt.Fprintf(os.Stderr, f+"\n", a...); os.Exit(2) }

func (w *world) addPod(ns, name, owner string, tpl corev1.PodTemplateSpec) {
	p := &corev1.Pod{TypeMeta: metav1.TypeMeta{Kind: "Pod", APIVersion: "v1"}, ObjectMeta: *tpl.ObjectMeta.DeepCopy(), Spec: *tpl.Spec.DeepCopy()}
	p.Namespace, p.Name, p.GenerateName = ns, name, ""
	if p.Spec.ServiceAccountName == "" {
		p.Spec.ServiceAccountName = "default"
	}
	w.pods = append(w.pods, p)
	w.owners[ns+"/"+name] = owner
}

// age: what stands first in the YAML is the oldest; where two say the same, Istio asks the oldest.
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

// isGateway: injected with the gateway template, or rendered by the istio-ingress chart (container istio-proxy, args "proxy router").
func isGateway(p *corev1.Pod) bool {
	for _, c := range p.Spec.Containers {
		if c.Name == "istio-proxy" && len(c.Args) > 1 && c.Args[1] == "router" {
			return true
		}
	}
	return p.Annotations["inject.istio.io/templates"] == "gateway"
}

// injected follows the webhook's object/namespace selectors.
func (w *world) injected(p *corev1.Pod) bool {
	if p.Spec.HostNetwork {
		return false
	}
	if l, ok := p.Labels["sidecar.istio.io/inject"]; ok {
		return l == "true"
	}
	if n := w.ns[p.Namespace]; n != nil {
		return n.Labels["istio-injection"] == "enabled" || n.Labels["istio.io/rev"] != "" && n.Labels["istio-injection"] == ""
	}
	return false
}

func canonical(p *corev1.Pod, owner string) (string, string) {
	pick := func(d string, ks ...string) string {
		for _, k := range ks {
			if v := p.Labels[k]; v != "" {
				return v
			}
		}
		return d
	}
	return pick(owner, "service.istio.io/canonical-name", "app.kubernetes.io/name", "app"), pick("latest", "service.istio.io/canonical-revision", "app.kubernetes.io/version", "version")
}

func (w *world) finish() {
	seen := map[string]bool{}
	for _, o := range w.objs {
		if a, ok := o.(*corev1.ServiceAccount); ok {
			seen[a.Namespace+"/"+a.Name] = true
		}
	}
	for _, p := range w.pods {
		if w.ns[p.Namespace] == nil {
			w.ns[p.Namespace] = &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: p.Namespace}}
		}
		w.nextIP++
		ip := p.Status.PodIP
		if ip == "" {
			ip = fmt.Sprintf("10.244.0.%d", w.nextIP)
		}
		if p.Labels == nil {
			p.Labels = map[string]string{}
		}
		if w.injected(p) {
			if !isGateway(p) { // the gateway's template does not say so: its listeners are for those without a certificate
				p.Labels["security.istio.io/tlsMode"] = "istio"
			}
			n, r := canonical(p, w.owners[p.Namespace+"/"+p.Name])
			p.Labels["service.istio.io/canonical-name"], p.Labels["service.istio.io/canonical-revision"] = n, r
		}
		for _, cs := range [][]corev1.Container{p.Spec.Containers, p.Spec.InitContainers} { // the fake client does no API-server defaulting
			for i := range cs {
				for j := range cs[i].Ports {
					if cs[i].Ports[j].Protocol == "" {
						cs[i].Ports[j].Protocol = corev1.ProtocolTCP
					}
				}
			}
		}
		p.Spec.NodeName = "node-0"
		p.Status = corev1.PodStatus{Phase: corev1.PodRunning, PodIP: ip, PodIPs: []corev1.PodIP{{IP: ip}}, HostIP: "172.18.0.2",
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}}}
		w.objs = append(w.objs, p)
		sa := p.Namespace + "/" + p.Spec.ServiceAccountName
		if !seen[sa] {
			seen[sa] = true
			w.objs = append(w.objs, &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Namespace: p.Namespace, Name: p.Spec.ServiceAccountName}})
		}
	}
	for _, n := range w.ns {
		w.objs = append(w.objs, n)
	}
	w.objs = append(w.objs, &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "node-0"}})
	for _, s := range w.svcs {
		if s.Spec.ClusterIP == "" && s.Spec.Type != corev1.ServiceTypeExternalName {
			w.nextVIP++
			s.Spec.ClusterIP = fmt.Sprintf("10.96.0.%d", 10+w.nextVIP)
			s.Spec.ClusterIPs = []string{s.Spec.ClusterIP}
		}
		for i := range s.Spec.Ports {
			if s.Spec.Ports[i].Protocol == "" {
				s.Spec.Ports[i].Protocol = corev1.ProtocolTCP
			}
			if s.Spec.Ports[i].TargetPort == (intstr.IntOrString{}) {
				s.Spec.Ports[i].TargetPort = intstr.FromInt32(s.Spec.Ports[i].Port)
			}
		}
		w.objs = append(w.objs, s)
		if len(s.Spec.Selector) == 0 || w.slices[s.Namespace+"/"+s.Name] {
			continue
		}
		es := &discoveryv1.EndpointSlice{ObjectMeta: metav1.ObjectMeta{Namespace: s.Namespace, Name: s.Name + "-recorded", Labels: map[string]string{"kubernetes.io/service-name": s.Name}}, AddressType: discoveryv1.AddressTypeIPv4}
		for _, p := range w.pods {
			if p.Namespace != s.Namespace {
				continue
			}
			ok := true
			for k, v := range s.Spec.Selector {
				if p.Labels[k] != v {
					ok = false
				}
			}
			if !ok {
				continue
			}
			yes := true
			node := "node-0"
			es.Endpoints = append(es.Endpoints, discoveryv1.Endpoint{Addresses: []string{p.Status.PodIP}, NodeName: &node, Conditions: discoveryv1.EndpointConditions{Ready: &yes, Serving: &yes},
				TargetRef: &corev1.ObjectReference{Kind: "Pod", Namespace: p.Namespace, Name: p.Name}})
			if es.Ports == nil {
				for _, sp := range s.Spec.Ports {
					port := sp.TargetPort.IntVal
					if sp.TargetPort.Type == intstr.String {
						for _, c := range append(p.Spec.Containers, p.Spec.InitContainers...) {
							for _, cp := range c.Ports {
								if cp.Name == sp.TargetPort.StrVal {
									port = cp.ContainerPort
								}
							}
						}
					}
					n, pr, pt := sp.Name, sp.Protocol, port
					es.Ports = append(es.Ports, discoveryv1.EndpointPort{Name: &n, Protocol: &pr, Port: &pt, AppProtocol: sp.AppProtocol})
				}
			}
		}
		w.objs = append(w.objs, es)
	}
}

func (w *world) proxy(p *corev1.Pod) *model.Proxy {
	owner := w.owners[p.Namespace+"/"+p.Name]
	t := model.SidecarProxy
	if isGateway(p) {
		t = model.Router
	}
	return &model.Proxy{
		Type: t, ID: p.Name + "." + p.Namespace, ConfigNamespace: p.Namespace, IPAddresses: []string{p.Status.PodIP}, Labels: p.Labels,
		DNSDomain: p.Namespace + ".svc.cluster.local",
		Metadata: &model.NodeMetadata{Namespace: p.Namespace, Labels: p.Labels, InstanceIPs: []string{p.Status.PodIP}, ServiceAccount: p.Spec.ServiceAccountName,
			ClusterID: "Kubernetes", MeshID: "cluster.local", IstioVersion: w.version, InterceptionMode: model.InterceptionRedirect, WorkloadName: owner, NodeName: "node-0",
			ProxyConfig: (*model.NodeMetaProxyConfig)(w.mesh.DefaultConfig)},
	}
}

func raws[T proto.Message](in []T, name func(T) string) []json.RawMessage {
	sort.SliceStable(in, func(i, j int) bool { return name(in[i]) < name(in[j]) })
	out := make([]json.RawMessage, 0, len(in))
	for _, m := range in {
		b, err := protomarshal.MarshalProtoNames(m)
		if err != nil {
			die("marshal: %v", err)
		}
		out = append(out, b)
	}
	return out
}

func main() {
	meshFile := flag.String("mesh", "", "MeshConfig YAML (else ConfigMap istio in the folder)")
	only := flag.String("proxy", "", "only this proxy id (pod.namespace)")
	ver := flag.String("proxy-version", "1.31.0", "ISTIO_VERSION of the proxies")
	flag.Parse()
	lo := log.DefaultOptions()
	lo.SetDefaultOutputLevel("all", log.ErrorLevel)
	lo.OutputPaths = []string{"stderr"}
	_ = log.Configure(lo)
	w := &world{ns: map[string]*corev1.Namespace{}, slices: map[string]bool{}, mesh: mesh.DefaultMeshConfig(), version: *ver, owners: map[string]string{}}
	for _, root := range flag.Args() {
		_ = filepath.Walk(root, func(p string, i os.FileInfo, err error) error {
			if err != nil {
				die("%v", err)
			}
			if i.IsDir() || !(strings.HasSuffix(p, ".yaml") || strings.HasSuffix(p, ".yml")) {
				return nil
			}
			b, err := os.ReadFile(p)
			if err != nil {
				die("%v", err)
			}
			w.load(p, b)
			return nil
		})
	}
	if *meshFile != "" {
		b, err := os.ReadFile(*meshFile)
		if err != nil {
			die("%v", err)
		}
		w.setMesh(string(b))
	}
	w.finish()
	err := test.Wrap(func(t test.Failer) {
		cfgs, _, err := crd.ParseInputs(strings.Join(w.istio, "\n---\n"))
		if err != nil {
			t.Fatalf("%v", err)
		}
		for i := range cfgs { // istiod's kube store does this; without Domain short host names resolve to "name.ns" only
			cfgs[i].Domain, cfgs[i].CreationTimestamp = "cluster.local", age(i)
			cfgs[i].Namespace = def(cfgs[i].Namespace)
		}
		o := xdsfake.FakeOptions{KubernetesObjects: w.objs, Configs: cfgs, MeshConfig: w.mesh, DisableSecretAuthorization: true}
		s := xdsfake.NewFakeDiscoveryServer(t, o)
		out := map[string]any{}
		for _, p := range w.pods {
			id := p.Name + "." + p.Namespace
			if !w.injected(p) && !isGateway(p) || *only != "" && *only != id {
				continue
			}
			px := s.SetupProxy(w.proxy(p))
			ls := s.Listeners(px)
			rs := s.RoutesFromListeners(px, ls)
			out[id] = map[string]any{
				"node":      px.Metadata.Labels,
				"address":   p.Status.PodIP,
				"listeners": raws(ls, func(m *listener.Listener) string { return m.GetName() }),
				"clusters":  nil, "routes": nil, "endpoints": nil,
			}
			o := out[id].(map[string]any)
			cs := s.Clusters(px)
			o["clusters"] = raws(cs, func(m *cluster.Cluster) string { return m.GetName() })
			o["routes"] = raws(rs, func(m *route.RouteConfiguration) string { return m.GetName() })
			o["endpoints"] = raws(s.Endpoints(px), func(m *endpoint.ClusterLoadAssignment) string { return m.GetClusterName() })
		}
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", " ")
		if err := e.Encode(out); err != nil {
			die("%v", err)
		}
	})
	if err != nil {
		die("istio: %v", err)
	}
}
