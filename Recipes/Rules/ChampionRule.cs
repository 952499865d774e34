namespace DistGan.Recipes;

/// <summary>
/// When a generator becomes the champion of a mode: it has at least <see cref="LeastSamples"/> samples there and
/// q − q_c &gt; 2·√(e² + e_c²) against the champion's quality q_c, with the standard errors e of both; where there is no champion,
/// q_c = e_c = 0. Two measurements of the same generator differ by that much once in 44 times, upwards.
/// </summary>
public static class ChampionRule
{
    /// <summary>Fewer samples of a mode say too little.</summary>
    public const int LeastSamples = 200;

    /// <summary>Standard errors of the difference by which a challenger must be better.</summary>
    public const double Deviations = 2;

    /// <summary>Whether the challenger takes the place of the champion, if there is one.</summary>
    public static bool Replaces(ModeQuality challenger, ModeQuality? champion)
    {
        ArgumentNullException.ThrowIfNull(challenger);
        var (quality, error) = champion is null ? (0, 0) : (champion.Quality, champion.StandardError);
        return challenger.Samples >= LeastSamples
            && challenger.Quality - quality > Deviations * Math.Sqrt(challenger.StandardError * challenger.StandardError + error * error);
    }
}
