// recorder: a folder of Kubernetes and Istio YAML in, the xDS that Istio's own generator makes for each workload out.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"google.golang.org/protobuf/proto"
	corev1 "k8s.io/api/core/v1"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/model"
	xdsfake "istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/util/protomarshal"
)

func die(f string, a ...any) { fmt.Fprintf(os.Stderr, f+"\n", a...); os.Exit(2) }

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
			ClusterID: "Kubernetes", MeshID: w.mesh.TrustDomain, IstioVersion: w.version, InterceptionMode: model.InterceptionRedirect, WorkloadName: owner, NodeName: "node-0",
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
	names := flag.Bool("names", false, "print Istio's labels and annotations instead")
	fields := flag.Bool("fields", false, "print the fields of each kind instead")
	flag.Parse()
	if *names {
		printNames()
		return
	}
	if *fields {
		printFields()
		return
	}
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
	w.finishPods()
	w.finishServices()
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
