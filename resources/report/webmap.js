"use strict";
// Draws the layers of the plan from the data block of the page. Every text from the data is set
// as textContent: it is shown and never interpreted.
(function () {
  var data = JSON.parse(document.getElementById("anello-data").textContent);
  var map = window.anelloMap;
  var UNIT = 1 / data.precision;

  var SymbolMarker = L.CircleMarker.extend({
    _updatePath: function () {
      var renderer = this._renderer;
      if (!renderer._drawing || this._empty()) { return; }
      var corners = this.options.corners;
      if (!corners.length) { renderer._updateCircle(this); return; }
      var context = renderer._ctx, point = this._point, size = this.options.size;
      context.beginPath();
      corners.forEach(function (corner, index) {
        var x = point.x + corner[0] * size, y = point.y + corner[1] * size;
        if (index) { context.lineTo(x, y); } else { context.moveTo(x, y); }
      });
      context.closePath();
      renderer._fillStroke(context, this);
    }
  });

  function path(numbers) {
    var points = [], lat = 0, lon = 0;
    for (var i = 0; i < numbers.length; i += 2) {
      lat += numbers[i]; lon += numbers[i + 1];
      points.push([lat * UNIT, lon * UNIT]);
    }
    return points;
  }

  function popup(title, rows) {
    var box = document.createElement("div");
    var head = document.createElement("h2");
    head.textContent = title;
    box.appendChild(head);
    var table = document.createElement("table");
    rows.forEach(function (row) {
      var line = table.insertRow();
      var name = document.createElement("th");
      name.scope = "row";
      name.textContent = row[0];
      line.appendChild(name);
      line.insertCell().textContent = row[1];
    });
    box.appendChild(table);
    return box;
  }

  function style(symbol, isArea) {
    return {
      color: symbol.color, weight: symbol.width, opacity: isArea ? Math.min(1, symbol.opacity + 0.3) : symbol.opacity,
      fill: isArea && Boolean(symbol.fill), fillColor: symbol.fill || symbol.color,
      fillOpacity: symbol.opacity, dashArray: symbol.dash || null, stroke: symbol.width > 0,
      interactive: false, lineCap: symbol.dash ? "butt" : "round", lineJoin: "round"
    };
  }

  // From afar the symbols of points shrink, so that the lines stay visible between them.
  function shrink() { return Math.min(1, Math.max(0.5, 0.5 + (map.getZoom() - 10) * 0.125)); }

  function shapes(feature, symbol, kind, panes) {
    var made = [];
    if (kind === "point") {
      var place = path(feature.path[0])[0];
      if (feature.ring) {
        made.push(L.circleMarker(place, {pane: panes.low, radius: symbol.size / 2 + 5, fill: false,
          color: data.error, weight: 2, dashArray: "4 3", interactive: false}));
      }
      made.push(new SymbolMarker(place, {
        pane: panes.top, radius: symbol.size / 2, corners: symbol.corners,
        rim: symbol.width, full: symbol.size * (feature.faint ? 0.7 : 1), size: symbol.size,
        color: symbol.color, weight: symbol.width, fillColor: symbol.fill || symbol.color,
        opacity: feature.faint ? 0.5 : 1, fillOpacity: feature.faint ? 0.5 : 1, interactive: Boolean(feature.rows)
      }));
      return made;
    }
    var parts = feature.path.map(path);
    if (kind === "area") {
      return [L.polygon(parts, Object.assign(style(symbol, true), {pane: panes.low}))];
    }
    if (symbol.halo) {
      made.push(L.polyline(parts, {pane: panes.low, color: symbol.halo, weight: symbol.width + 3,
        opacity: 0.9, interactive: false}));
    }
    made.push(L.polyline(parts, Object.assign(style(symbol, false),
      {pane: panes.top, interactive: Boolean(feature.rows)})));
    return made;
  }

  var drawn = 0, byZoom = [], markers = [], control = {}, phased = [], known = [];
  data.layers.forEach(function (layer, position) {
    var group = L.layerGroup();
    var panes = {low: "anello-" + position + "-low", top: "anello-" + position};
    [panes.low, panes.top].forEach(function (name, level) {
      map.createPane(name).style.zIndex = String(400 + 4 * position + level);
    });
    var renderers = {};
    function renderer(pane) {
      renderers[pane] = renderers[pane] || L.canvas({pane: pane, tolerance: 4, padding: 0.3});
      return renderers[pane];
    }
    layer.features.forEach(function (feature) {
      var symbol = data.symbols[feature.symbol];
      shapes(feature, symbol, feature.kind || layer.kind, panes).forEach(function (shape) {
        shape.options.renderer = renderer(shape.options.pane);
        if (feature.rows && shape.options.interactive) {
          shape.bindPopup(function () { return popup(feature.title, feature.rows); });
          shape.bindTooltip(function () {
            var tip = document.createElement("span");
            tip.textContent = feature.title;
            return tip;
          }, {sticky: layer.kind === "line"});
        }
        if (shape.options.full) { markers.push(shape); }
        if (feature.phase) { phased.push({shape: shape, group: group, phase: feature.phase}); }
        if (symbol.zoom > 0) {
          byZoom.push({shape: shape, group: group, zoom: symbol.zoom});
        } else {
          group.addLayer(shape);
        }
        drawn += 1;
      });
      if (feature.rows && feature.title) {
        known.push({title: feature.title, word: feature.title.toLowerCase(), feature: feature});
      }
    });
    if (layer.shown) { group.addTo(map); }
    control[position] = {group: group, label: layer.label};
  });

  function follow() {
    var zoom = map.getZoom(), factor = shrink();
    markers.forEach(function (marker) {
      marker.options.size = marker.options.full * factor;
      marker.options.weight = marker.options.rim * factor;
      marker.setRadius(marker.options.size / 2);
    });
    byZoom.forEach(function (item) {
      if (zoom >= item.zoom) { item.group.addLayer(item.shape); }
      else { item.group.removeLayer(item.shape); }
    });
  }
  map.on("zoomend", follow);

  var list = document.getElementById("anello-layers");
  Object.keys(control).reverse().forEach(function (key) {
    var item = control[key], label = document.createElement("label");
    var box = document.createElement("input");
    box.type = "checkbox";
    box.checked = map.hasLayer(item.group);
    box.addEventListener("change", function () {
      if (box.checked) { item.group.addTo(map); } else { item.group.remove(); }
    });
    label.appendChild(box);
    label.appendChild(document.createTextNode(" " + item.label));
    list.appendChild(label);
  });

  // A phase that is unticked takes its routes off the map.
  var years = document.getElementById("anello-phases");
  (data.phases || []).forEach(function (phase) {
    var label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", function () {
      phased.forEach(function (item) {
        if (item.phase !== phase.key) { return; }
        if (box.checked) { item.group.addLayer(item.shape); } else { item.group.removeLayer(item.shape); }
      });
    });
    label.appendChild(box);
    label.appendChild(document.createTextNode(" " + phase.label));
    years.appendChild(label);
  });

  var search = document.getElementById("anello-search"), hits = document.getElementById("anello-hits");
  function show(item) {
    var places = [].concat.apply([], item.feature.path.map(path));
    var bounds = L.latLngBounds(places);
    if (places.length === 1) { map.setView(places[0], Math.max(map.getZoom(), 16)); }
    else { map.fitBounds(bounds, {maxZoom: 17, padding: [40, 40]}); }
    L.popup().setLatLng(places[Math.floor(places.length / 2)])
      .setContent(popup(item.feature.title, item.feature.rows)).openOn(map);
  }
  search.addEventListener("input", function () {
    var word = search.value.trim().toLowerCase();
    hits.textContent = "";
    if (word.length < 2) { return; }
    known.filter(function (item) { return item.word.indexOf(word) >= 0; }).slice(0, 12)
      .forEach(function (item) {
        var line = document.createElement("li"), choose = document.createElement("button");
        choose.type = "button";
        choose.textContent = item.title;
        choose.addEventListener("click", function () { show(item); });
        line.appendChild(choose);
        hits.appendChild(line);
      });
    if (!hits.firstChild) {
      var none = document.createElement("li");
      none.textContent = data.nothing;
      hits.appendChild(none);
    }
  });

  L.control.scale({imperial: false, maxWidth: 160}).addTo(map);
  map.attributionControl.setPrefix("Leaflet");
  if (data.attribution) { map.attributionControl.addAttribution(data.attribution); }
  function reset() { map.fitBounds(data.bounds, {padding: [24, 24]}); }
  reset();
  follow();
  document.getElementById("anello-fit").addEventListener("click", reset);
  document.body.setAttribute("data-drawn", String(drawn));
})();
