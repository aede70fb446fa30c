// Lines of equal height on a square grid, by marching squares.

// Return the lines of a level as arrays of points. An edge of the grid has a number: twice that of
// the point at its start, and one more if it goes up.
export function contourLines(weights, heights, level) {
  const size = weights.length;
  const neighbours = new Map();
  const join = (a, b) => {
    for (const [from, to] of [[a, b], [b, a]]) {
      if (neighbours.has(from)) neighbours.get(from).push(to);
      else neighbours.set(from, [to]);
    }
  };
  for (let start = 0; start + size + 1 < heights.length; start++) {
    const isCell = start % size !== size - 1;
    if (isCell && isCrossed(heights, size, start, level)) joinInCell(heights, size, start, level, join);
  }
  const point = (edge) => crossing(weights, heights, size, edge, level);
  return chains(neighbours).map((chain) => chain.map(point));
}

function isCrossed(heights, size, start, level) {
  const above = heights[start] > level;
  return above !== heights[start + 1] > level || above !== heights[start + size] > level
    || above !== heights[start + size + 1] > level;
}

// Join the edges of a cell that the level crosses; where it crosses all four, the mean height
// decides which two corners belong together.
function joinInCell(heights, size, start, level, join) {
  const corners = [start, start + 1, start + size + 1, start + size];
  const above = corners.map((corner) => heights[corner] > level);
  const edges = [2 * start, 2 * (start + 1) + 1, 2 * (start + size), 2 * start + 1];
  const crossed = edges.filter((_, side) => above[side] !== above[(side + 1) % 4]);
  if (crossed.length === 2) join(...crossed);
  if (crossed.length < 4) return;
  const mean = corners.reduce((sum, corner) => sum + heights[corner], 0) / 4;
  const [bottom, right, top, left] = crossed;
  if (mean > level === above[0]) {
    join(bottom, right);
    join(top, left);
  } else {
    join(bottom, left);
    join(top, right);
  }
}

// Where a level crosses an edge, by linear interpolation.
function crossing(weights, heights, size, edge, level) {
  const start = Math.floor(edge / 2);
  const isUp = edge % 2 === 1;
  const end = start + (isUp ? size : 1);
  const share = (level - heights[start]) / (heights[end] - heights[start]);
  const [column, row] = [start % size, Math.floor(start / size)];
  const along = (i) => weights[i] + share * (weights[i + 1] - weights[i]);
  return isUp ? [weights[column], along(row)] : [along(column), weights[row]];
}

// Link neighbours to chains, first those that end at the border, then those that close.
function chains(neighbours) {
  const found = [];
  const ends = [...neighbours.keys()].filter((edge) => neighbours.get(edge).length === 1);
  for (const start of [...ends, ...neighbours.keys()]) {
    if (!neighbours.has(start)) continue;
    const isLoop = neighbours.get(start).length === 2;
    const chain = follow(neighbours, start);
    found.push(isLoop ? [...chain, start] : chain);
  }
  return found;
}

// Walk from an edge to one that has not been visited, for as long as there is one.
function follow(neighbours, start) {
  const chain = [];
  for (let edge = start; edge !== undefined;) {
    chain.push(edge);
    const next = neighbours.get(edge);
    neighbours.delete(edge);
    edge = next.find((other) => neighbours.has(other));
  }
  return chain;
}
