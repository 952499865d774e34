using DistGan.Client.CommandLine;

namespace DistGan.Client.Outputs;

/// <summary>Rows and columns of a grid of samples.</summary>
/// <param name="Count">Samples in it.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Places in a row.</param>
internal sealed record GridSize(int Count, int Rows, int Columns)
{
    /// <summary>Samples that are drawn where no number is given.</summary>
    public const int DefaultCount = 64;

    /// <summary>The same of each of several labels.</summary>
    public const int DefaultCountOfLabel = 8;

    /// <summary>Samples that are drawn at once at most.</summary>
    public const int MostSamples = 100_000;

    /// <summary>What was asked for, and the rest so that it fits: nearly square, no wider than needed.</summary>
    /// <exception cref="CommandException">The samples have no room.</exception>
    public static GridSize Of(int? count, int? rows, int? columns)
    {
        if (rows is { } r && columns is { } c)
        {
            return (count ?? r * c) <= r * c
                ? new(count ?? r * c, r, c)
                : throw new CommandException(ExitCodes.Usage, $"--rows {r} and --columns {c} have room for {r * c} samples, not for --count {count}; leave one of them out.");
        }

        var all = count ?? DefaultCount;
        var width = columns ?? (rows is { } given ? (all + given - 1) / given : (int)Math.Ceiling(Math.Sqrt(all)));
        return new(all, rows ?? (all + width - 1) / width, width);
    }

    /// <summary>A row for each of several labels.</summary>
    /// <exception cref="CommandException">Something else was asked for, or too many samples.</exception>
    public static GridSize OfLabels(int labels, int? count, int? rows, int? columns)
    {
        if (rows is not null)
        {
            throw new CommandException(ExitCodes.Usage, $"--rows {rows}: a picture of several labels has a row for each of them; leave it away, and say with --columns how many of each.");
        }

        if (count is not null && columns is not null && count != columns)
        {
            throw new CommandException(ExitCodes.Usage, $"--count {count} and --columns {columns} both say how many samples of each label stand in its row; leave one of them out.");
        }

        var each = columns ?? count ?? DefaultCountOfLabel;
        return (long)labels * each <= MostSamples
            ? new(labels * each, labels, each)
            : throw new CommandException(ExitCodes.Usage, $"--count {each}: so many of each of {labels} labels are {(long)labels * each} samples, and {MostSamples} are allowed at once; ask for fewer labels, or fewer of each.");
    }
}
