package main

import (
	"fmt"
	"html"
	"os"
	"strings"
)

const (
	plotWidth, panelHeight = 900, 190
	plotLeft, plotRight    = 70, 720
)

var colours = []string{"#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf"}

// panels are the values drawn over the time.
var panels = []struct {
	title string
	of    func(sample) float64
}{
	{"RSS/MB", func(s sample) float64 { return float64(s.Resident) / 1e6 }},
	{"descriptors", func(s sample) float64 { return float64(s.Descriptors) }},
	{"threads", func(s sample) float64 { return float64(s.Threads) }},
}

func (r *report) plot(file string) error {
	var svg strings.Builder
	height := panelHeight*len(panels) + 30
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, height)
	fmt.Fprintf(&svg, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWidth, height)
	for i := range panels {
		r.panel(&svg, i)
	}
	for i, one := range r.Results {
		fmt.Fprintf(&svg, `<text x="%d" y="%d" fill="%s">%s</text>`+"\n", plotRight+14, 40+20*i, colours[i%len(colours)], html.EscapeString(one.Name))
	}
	svg.WriteString("</svg>\n")
	return os.WriteFile(file, []byte(svg.String()), 0o666)
}

func (r *report) panel(svg *strings.Builder, number int) {
	top, bottom := float64(number*panelHeight+30), float64((number+1)*panelHeight)
	most := 1.0
	for _, one := range r.Results {
		for _, s := range one.Samples {
			most = max(most, panels[number].of(s))
		}
	}
	y := func(value float64) float64 { return bottom - (bottom-top)*value/most }
	for part := range 5 {
		value := most * float64(part) / 4
		fmt.Fprintf(svg, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#dddddd"/>`+"\n", plotLeft, y(value), plotRight, y(value))
		fmt.Fprintf(svg, `<text x="%d" y="%.1f" text-anchor="end">%.0f</text>`+"\n", plotLeft-8, y(value)+4, value)
	}
	fmt.Fprintf(svg, `<text x="%d" y="%.1f">%s over %.0f s</text>`+"\n", plotLeft, top-10, panels[number].title, r.Seconds)
	for i, one := range r.Results {
		var points []string
		for _, s := range one.Samples {
			x := plotLeft + (plotRight-plotLeft)*s.Second/max(r.Seconds, 1)
			points = append(points, fmt.Sprintf("%.1f,%.1f", x, y(panels[number].of(s))))
		}
		fmt.Fprintf(svg, `<polyline points="%s" fill="none" stroke="%s"/>`+"\n", strings.Join(points, " "), colours[i%len(colours)])
	}
}
