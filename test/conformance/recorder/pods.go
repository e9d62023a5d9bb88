package main

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// isGateway: injected with the gateway template, or rendered by the istio-ingress chart (container istio-proxy, args "proxy router").
func isGateway(p *corev1.Pod) bool {
	for _, c := range p.Spec.Containers {
		if c.Name == "istio-proxy" && len(c.Args) > 1 && c.Args[1] == "router" {
			return true
		}
	}
	return slices.Contains(strings.Split(p.Annotations["inject.istio.io/templates"], ","), "gateway")
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

// finishPods does what a cluster does to pods before Istio sees them: addresses, injection's labels, defaults, accounts.
func (w *world) finishPods() {
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
			if !isGateway(p) { // as with the template of the gateway: its listeners accept clients without a certificate
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
}
