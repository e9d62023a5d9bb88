package main

import (
	"encoding/json"
	"os"
	"sort"

	"istio.io/api/annotation"
	"istio.io/api/label"
)

// istioName is a label or annotation of Istio's own list, with the kinds at which Istio reads it.
type istioName struct {
	As   string   `json:"as"`
	Name string   `json:"name"`
	On   []string `json:"on"`
}

// printNames writes Istio's labels and annotations as JSON, sorted.
func printNames() {
	all := []istioName{}
	for _, a := range annotation.AllResourceAnnotations() {
		on := []string{}
		for _, r := range a.Resources {
			on = append(on, r.String())
		}
		all = append(all, istioName{"annotation", a.Name, on})
	}
	for _, l := range label.AllResourceLabels() {
		on := []string{}
		for _, r := range l.Resources {
			on = append(on, r.String())
		}
		all = append(all, istioName{"label", l.Name, on})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].As+all[i].Name < all[j].As+all[j].Name })
	_ = json.NewEncoder(os.Stdout).Encode(all)
}
