using System.Globalization;
using DistGan.Client.CommandLine;

namespace DistGan.Client.Champions;

/// <summary>How samples are spread over modes: <c>uniform</c>, <c>real</c>, or shares of some modes such as <c>0=1,3=2</c>, which need not sum to 1.</summary>
/// <param name="Text">What the user wrote.</param>
/// <param name="Shares">Shares by mode; null for the two words.</param>
public sealed record Distribution(string Text, IReadOnlyDictionary<int, double>? Shares)
{
    /// <summary>As much of each mode that has a champion.</summary>
    public const string Uniform = "uniform";

    /// <summary>As real samples are spread.</summary>
    public const string Real = "real";

    /// <summary>Reads what the user wrote; null where it is no distribution.</summary>
    public static Distribution? Parse(string text)
    {
        if (text is Uniform or Real)
        {
            return new Distribution(text, null);
        }

        var shares = new Dictionary<int, double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2
                || !int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var mode)
                || !double.TryParse(sides[1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var share)
                || !double.IsFinite(share) || share <= 0
                || !shares.TryAdd(mode, share))
            {
                return null;
            }
        }

        return new Distribution(text, shares);
    }

    /// <summary>The share of each mode, of those that have a champion.</summary>
    /// <param name="champions">Modes that have a champion.</param>
    /// <param name="real">The share of each mode among real samples.</param>
    /// <exception cref="CommandException">A mode that was asked for has none, or no real sample is of any mode that has one.</exception>
    public IReadOnlyDictionary<int, double> Over(IReadOnlyCollection<int> champions, IReadOnlyList<double> real)
    {
        if (Shares is not null && Shares.Keys.Except(champions).Order().ToList() is { Count: > 0 } missing)
        {
            throw new CommandException(ExitCodes.NotFound, $"--distribution {Text}: there is no champion of mode {string.Join(", ", missing)}; these modes have one: {string.Join(", ", champions.Order())}.");
        }

        var shares = Shares ?? champions.ToDictionary(static mode => mode, mode => Text == Real ? real[mode] : 1.0);
        return shares.Values.Sum() > 0
            ? shares
            : throw new CommandException(ExitCodes.Usage, $"--distribution {Text}: no real sample belongs to a mode that has a champion; take {Uniform}.");
    }
}
