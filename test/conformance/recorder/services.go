package main

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// finishServices gives Services their addresses, defaults and EndpointSlices; the pods are finished before.
func (w *world) finishServices() {
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
		w.objs = append(w.objs, w.sliceOf(s))
	}
}

// sliceOf: the pods that a Service selects, at the ports of the first of them.
func (w *world) sliceOf(s *corev1.Service) *discoveryv1.EndpointSlice {
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
				if port == 0 {
					continue // no container has a port of this name
				}
				n, pr, pt := sp.Name, sp.Protocol, port
				es.Ports = append(es.Ports, discoveryv1.EndpointPort{Name: &n, Protocol: &pr, Port: &pt, AppProtocol: sp.AppProtocol})
			}
		}
	}
	return es
}
