namespace DistGan.Bench.Measuring;

/// <summary>Gives contenders turns one after another, so that a busy moment of the machine meets them all.</summary>
internal static class Interleaved
{
    /// <summary>The values of each contender, in their order; every second repetition goes backwards.</summary>
    /// <param name="contenders">What each measures in one turn.</param>
    /// <param name="repetitions">Turns of each.</param>
    public static double[][] Run(IReadOnlyList<Func<double>> contenders, int repetitions)
    {
        var values = contenders.Select(_ => new double[repetitions]).ToArray();
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var turn = repetition % 2 == 0 ? i : contenders.Count - 1 - i;
                values[turn][repetition] = contenders[turn]();
            }

            Console.Error.WriteLine($"repetition {repetition + 1} of {repetitions}: {string.Join("  ", values.Select(turns => $"{turns[repetition]:F3}"))}");
        }

        return values;
    }
}
