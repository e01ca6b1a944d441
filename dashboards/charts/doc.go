// Package charts turns prepared points into finished SVG. Each kind of chart is one file
// with one type: SPC, Trend, Bars, Intervals, Sparkline. It is the only importer of
// go-echarts.
//
// The flow of one chart at one width:
//
//  1. the kind lays itself out in a frame (frame.go): every position that a label needs
//     is worked out here, because the axes are fixed here;
//  2. go-echarts builds the option (option.go), which is patched where its types lack a
//     field: a style of one point, a style of one mark line, showAllSymbol;
//  3. a Drawer (drawer.go) hands the JSON to ECharts' own server-side renderer, which
//     runs in goja, in this process;
//  4. clean (clean.go) makes the result fit for a strict content policy, for a page that
//     holds many charts, and for readers that are not browsers.
//
// The same chart gives the same bytes. A chart shows what it is given: it knows nothing of
// measures, of disclosure control or of files, and a value that is not a number is a gap.
package charts
