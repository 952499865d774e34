namespace DistGan.Client.Display;

/// <summary>Chooses how many cells of a sample grid a terminal shows, and how large.</summary>
public static class PictureFit
{
    private const int SmallestCell = 14;

    /// <summary>
    /// A picture of at most <paramref name="columns"/> characters and <paramref name="lines"/> lines, two pixels a line. A grid keeps
    /// whole cells of at least 14 pixels, the first ones; a drawing is shown whole. Null where there is no room.
    /// </summary>
    /// <param name="picture">All cells.</param>
    /// <param name="gridColumns">Cells in a row.</param>
    /// <param name="gridRows">Rows; null where only the picture tells, whose cells are square then.</param>
    /// <param name="columns">Characters in a line.</param>
    /// <param name="lines">Lines.</param>
    public static PixelPicture? Fit(PixelPicture picture, int gridColumns, int? gridRows, int columns, int lines)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var cellWidth = picture.Width / gridColumns;
        var rows = gridRows ?? Math.Max(1, (int)Math.Round(picture.Height / (double)Math.Max(1, cellWidth)));
        var cellHeight = picture.Height / rows;
        if (cellWidth < 1 || cellHeight < 1 || columns < SmallestCell || lines * 2 < SmallestCell)
        {
            return null;
        }

        var single = gridColumns == 1 && rows == 1;
        var cell = single
            ? Math.Min(columns, lines * 2)
            : Math.Clamp(columns / gridColumns, SmallestCell, Math.Max(SmallestCell, Math.Min(cellWidth, lines * 2)));
        var shownColumns = Math.Min(gridColumns, columns / cell);
        var shownRows = Math.Min(rows, lines * 2 / cell);
        return picture.Scale(shownColumns * cellWidth, shownRows * cellHeight, shownColumns * cell, shownRows * cell);
    }
}
