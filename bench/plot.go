package main

import (
	"fmt"
	"html"
	"math"
	"os"
	"slices"
	"strings"
)

// A chart has a plot's width and height; the rest is for axes, a title and a legend.
const (
	plotWidth, plotHeight = 720, 440
	plotLeft, plotBottom  = 80, 390
	plotRight, plotTop    = 560, 50
	columns               = 2 // of charts
)

var colours = []string{"#444444", "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b"}

// plot draws charts, those that have points, into one file.
func (r *report) plot(file string, charts ...string) error {
	var drawn []string
	for _, title := range charts {
		points := r.points(title)
		if len(points) == 0 {
			continue
		}
		x, y := len(drawn)%columns*plotWidth, len(drawn)/columns*plotHeight
		drawn = append(drawn, fmt.Sprintf("<g transform=\"translate(%d %d)\">\n%s</g>\n", x, y, r.chart(title, points)))
	}
	if len(drawn) == 0 {
		return nil
	}
	width, height := plotWidth*min(len(drawn), columns), plotHeight*((len(drawn)+columns-1)/columns)
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&svg, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	svg.WriteString(strings.Join(drawn, "") + "</svg>\n")
	return os.WriteFile(file, []byte(svg.String()), 0o666)
}

func (r *report) points(chart string) (points []*result) {
	for _, result := range r.Results {
		if result.Chart == chart && result.Median > 0 {
			points = append(points, result)
		}
	}
	return points
}

// chart draws the points of each program over where they are, both in logarithms.
func (r *report) chart(title string, points []*result) string {
	low, high := math.Inf(1), math.Inf(-1)
	least, most := math.MaxInt, 0
	var places []int
	for _, point := range points {
		low = min(low, math.Floor(math.Log10(point.Median)))
		high = max(high, math.Ceil(math.Log10(point.Median)), low+1)
		least, most = min(least, point.At), max(most, point.At)
		places = append(places, point.At)
	}
	slices.Sort(places)
	width := max(math.Log2(float64(most))-math.Log2(float64(least)), 1)
	x := func(at int) float64 {
		return plotLeft + (plotRight-plotLeft)*(math.Log2(float64(at))-math.Log2(float64(least)))/width
	}
	y := func(value float64) float64 {
		return plotBottom - (plotBottom-plotTop)*(math.Log10(value)-low)/(high-low)
	}
	var svg strings.Builder
	fmt.Fprintf(&svg, `<text x="%d" y="%d" font-size="14">%s</text>`+"\n", plotLeft, plotTop-22, html.EscapeString(title))
	for decade := low; decade <= high; decade++ {
		at := y(math.Pow(10, decade))
		fmt.Fprintf(&svg, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#dddddd"/>`+"\n", plotLeft, at, plotRight, at)
		fmt.Fprintf(&svg, `<text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", plotLeft-8, at+4, amount(math.Pow(10, decade), points[0].Unit))
	}
	for _, place := range slices.Compact(places) {
		label := fmt.Sprint(place)
		if title == sizesChart {
			label = bytesText(place)
		}
		fmt.Fprintf(&svg, `<text x="%.1f" y="%d" text-anchor="end" transform="rotate(-35 %.1f %d)">%s</text>`+"\n",
			x(place), plotBottom+18, x(place), plotBottom+18, label)
	}
	for i, program := range r.Programs {
		plotProgram(&svg, points, program.Name, colours[i%len(colours)], plotTop+20*i, x, y)
	}
	return svg.String()
}

func plotProgram(svg *strings.Builder, points []*result, name, colour string, legend int, x func(int) float64, y func(float64) float64) {
	mine := slices.DeleteFunc(slices.Clone(points), func(point *result) bool { return point.Program != name })
	if len(mine) == 0 {
		return
	}
	var path []string
	for _, point := range mine {
		path = append(path, fmt.Sprintf("%.1f,%.1f", x(point.At), y(point.Median)))
		fmt.Fprintf(svg, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x(point.At), y(point.Median), colour)
	}
	fmt.Fprintf(svg, `<polyline points="%s" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n", strings.Join(path, " "), colour)
	fmt.Fprintf(svg, `<text x="%d" y="%d" fill="%s">%s</text>`+"\n", plotRight+14, legend+4, colour, html.EscapeString(name))
}
