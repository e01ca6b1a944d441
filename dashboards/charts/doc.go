// Package charts turns prepared points into finished SVG. Each kind of chart is one file with
// one type: SPC, Trend, Bars, Stacked, Intervals, Funnel, Dumbbell, Distribution, Survival,
// Estimate, Bullet, SmallMultiples, Heatmap, Sankey, TileMap, Choropleth, Sparkline. It is the
// only importer of go-echarts.
//
// The flow of one chart:
//
//  1. the kind lays itself out in a frame (frame.go) for a width: its axes are fixed there, so
//     rules, limits, bands and every label are placed there too (furniture.go);
//  2. go-echarts builds the option of the data alone (option.go), for the frame of the reference
//     width, patched where its types lack a field;
//  3. a Drawer (drawer.go) hands the JSON to ECharts' own server-side renderer, which runs in
//     goja, in this process, and costs some tens of milliseconds, unless the same drawing was
//     kept (kept.go);
//  4. clean.go reads the marks from what comes back, and refuses any that it does not know;
//  5. place.go moves the marks to the frame of each width that a page needs, which costs next to
//     nothing, and the drawing is written: furniture, data, labels.
//
// Heatmap, Sankey and the maps have no axes, so they have no step 2 to 4: they are laid out
// and written in Go. Values in them and the parts of Stacked fall in a few classes, whose
// ground and strokes tell them without colour (classes.go). The outlines of Choropleth come
// from a file that is not ours: boundaries.go bounds and checks it, simplify.go thins it.
//
// The same chart gives the same bytes. A chart shows what it is given: it knows nothing of
// measures, of disclosure control or of files, and a value that is not a number is a gap. A
// gap is drawn as a mark of a size that does not depend on it, so that no length, no place
// and no shade tells what it was. A shape that stands for one area or flow says so in a title.
package charts
