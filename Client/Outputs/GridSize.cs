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
}
