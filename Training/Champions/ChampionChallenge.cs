using DistGan.Recipes;
using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Champions;

/// <summary>
/// A generator challenges the champions of all modes. Where it seems better (<see cref="ChampionRule"/>) it is measured a second time, on
/// fresh latents, and only that measurement decides and is kept: the first one is high by choice wherever a mode was won by luck.
/// </summary>
public static class ChampionChallenge
{
    /// <summary>The modes that are won, with the quality that was measured on fresh latents.</summary>
    /// <param name="modes">Judges samples.</param>
    /// <param name="champions">The quality of the champion of each mode that has one.</param>
    /// <param name="draw">Draws samples of the generator, the first time (0) and the second time (1), from latents of their own; disposed here.</param>
    public static IReadOnlyDictionary<int, ModeQuality> Hold(IModes modes, IReadOnlyDictionary<int, ModeQuality> champions, Func<int, Tensor> draw)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(champions);
        ArgumentNullException.ThrowIfNull(draw);
        var first = Winning(Judge(modes, draw(0)), champions);
        if (first.Count == 0)
        {
            return first;
        }

        var second = Winning(Judge(modes, draw(1)), champions);
        return second.Where(won => first.ContainsKey(won.Key)).ToDictionary();
    }

    private static Dictionary<int, ModeQuality> Winning(IReadOnlyList<ModeQuality> qualities, IReadOnlyDictionary<int, ModeQuality> champions)
        => qualities.Select(static (quality, mode) => (Mode: mode, Quality: quality))
            .Where(judged => ChampionRule.Replaces(judged.Quality, champions.GetValueOrDefault(judged.Mode)))
            .ToDictionary(static judged => judged.Mode, static judged => judged.Quality);

    private static IReadOnlyList<ModeQuality> Judge(IModes modes, Tensor drawn)
    {
        using (drawn)
        {
            using var samples = new ScoredSamples(drawn);
            return modes.Judge(samples);
        }
    }
}
