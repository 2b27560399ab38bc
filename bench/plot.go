package main

import (
	"fmt"
	"html"
	"math"
	"os"
	"slices"
	"strings"
)

const (
	plotWidth, plotHeight = 720, 440
	plotLeft, plotBottom  = 80, 390
	plotRight, plotTop    = 560, 30
)

var colours = []string{"#444444", "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b"}

// plot draws the time of a round trip over the size of the message, both in logarithms.
func (r *report) plot(file string) error {
	var points []*result
	for _, result := range r.Results {
		if strings.HasSuffix(result.Case, "(plot)") && result.Median > 0 {
			points = append(points, result)
		}
	}
	if len(points) == 0 {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, point := range points {
		low = min(low, math.Floor(math.Log10(point.Median)))
		high = max(high, math.Ceil(math.Log10(point.Median)))
	}
	widest := math.Log2(float64(plotted[len(plotted)-1]))
	x := func(size int) float64 {
		return plotLeft + (plotRight-plotLeft)*math.Log2(float64(size))/widest
	}
	y := func(nanoseconds float64) float64 {
		return plotBottom - (plotBottom-plotTop)*(math.Log10(nanoseconds)-low)/(high-low)
	}
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&svg, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWidth, plotHeight)
	for decade := low; decade <= high; decade++ {
		at := y(math.Pow(10, decade))
		fmt.Fprintf(&svg, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#dddddd"/>`+"\n", plotLeft, at, plotRight, at)
		fmt.Fprintf(&svg, `<text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", plotLeft-8, at+4, amount(math.Pow(10, decade), "ns"))
	}
	for _, size := range plotted {
		fmt.Fprintf(&svg, `<text x="%.1f" y="%d" text-anchor="end" transform="rotate(-35 %.1f %d)">%s</text>`+"\n",
			x(size), plotBottom+18, x(size), plotBottom+18, bytesText(size))
	}
	for i, program := range r.Programs {
		r.plotProgram(&svg, points, program.Name, colours[i%len(colours)], plotTop+20*i, x, y)
	}
	svg.WriteString("</svg>\n")
	return os.WriteFile(file, []byte(svg.String()), 0o666)
}

func (r *report) plotProgram(svg *strings.Builder, points []*result, name, colour string, legend int, x func(int) float64, y func(float64) float64) {
	mine := slices.DeleteFunc(slices.Clone(points), func(point *result) bool { return point.Program != name })
	if len(mine) == 0 {
		return
	}
	var path []string
	for _, point := range mine {
		path = append(path, fmt.Sprintf("%.1f,%.1f", x(point.Size), y(point.Median)))
		fmt.Fprintf(svg, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x(point.Size), y(point.Median), colour)
	}
	fmt.Fprintf(svg, `<polyline points="%s" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n", strings.Join(path, " "), colour)
	fmt.Fprintf(svg, `<text x="%d" y="%d" fill="%s">%s</text>`+"\n", plotRight+14, legend+4, colour, html.EscapeString(name))
}
