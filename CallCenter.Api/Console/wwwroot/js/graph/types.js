// The marks of state types, on a grid of 16, beside the name. A Task has none, a Choice and the ends have a shape of their own.

const marks = {
  Pass: 'M2.5 8h10.5M9 4l4 4l-4 4',
  Wait: 'M4.5 2.5h7M4.5 13.5h7M5.5 2.5c0 3.5 5 7.5 5 11M10.5 2.5c0 3.5 -5 7.5 -5 11',
  Parallel: 'M5 3v10M8 3v10M11 3v10',
  Map: 'M3 4h1M6.5 4h6.5M3 8h1M6.5 8h6.5M3 12h1M6.5 12h6.5',
};

export const typeMark = type => marks[type] ?? null;
