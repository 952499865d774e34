using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Champions;

public sealed class PointModesTests
{
    private static readonly GaussianModes Two = new([(0, 0), (10, 0)], 1);

    [Fact]
    public void Judge_HandComputed_IsShareTimesSpread()
    {
        // Four of five within 3; their mean is 0, Σ‖x‖² = 4·1, s² = 4/(2·3), σ′² = 1 − 4.5e^−4.5/(1−e^−4.5).
        var beyond = Math.Exp(-4.5);
        var spread = Math.Sqrt(4.0 / 6 / (1 - 4.5 * beyond / (1 - beyond)));
        var e = ModeQuality.OfShare(4, 5).StandardError;

        var quality = Judge((1, 0), (-1, 0), (0, 1), (0, -1), (0, 4))[0];

        Assert.Equal((5, 0.8 * spread), (quality.Samples, quality.Quality), Near);
        Assert.Equal(spread * Math.Sqrt(e * e + 0.8 * 0.8 / 16), quality.StandardError, 1e-9);
    }

    [Fact]
    public void Judge_OneSpot_HasNoQuality()
    {
        var qualities = Judge([.. Enumerable.Repeat((10.0, 0.5), 300)]);

        Assert.Equal(ModeQuality.None, qualities[0]);
        Assert.Equal((300, 0.0), (qualities[1].Samples, qualities[1].Quality));
        Assert.False(ChampionRule.Replaces(qualities[1], null));
    }

    [Fact]
    public void Judge_RealPoints_AreNearlyPerfect()
    {
        using var data = new GaussianMixtureDataSet("two", Two, 2000, 1);
        var bytes = new byte[2000 * 8];
        for (var i = 0; i < 2000; i++)
        {
            data.Read(i, bytes.AsSpan(i * 8, 8));
        }

        using var points = SampleCodec.Decode(bytes, data.Shape, 2000);
        using var samples = new ScoredSamples(points);
        using var modes = new PointModes(Two);

        Assert.All(modes.Judge(samples), static quality => Assert.InRange(quality.Quality, 0.93, 1));
    }

    [Fact]
    public void Of_BeyondThreeDeviationsOrNoNumber_IsOfNoMode()
    {
        using var points = tensor(new[] { 0f, 2.9f, 3.1f, 0, 9, 1, float.NaN, 0 }, [4, 2]);
        using var samples = new ScoredSamples(points);
        using var modes = new PointModes(Two);

        Assert.Equal([0, IModes.Unknown, 1, IModes.Unknown], modes.Of(samples));
        Assert.Equal([2, 1], modes.Judge(samples).Select(static quality => quality.Samples));
    }

    private static bool Near((int, double) one, (int, double) two) => one.Item1 == two.Item1 && Math.Abs(one.Item2 - two.Item2) < 1e-6;

    private static IReadOnlyList<ModeQuality> Judge(params (double X, double Y)[] points)
    {
        using var values = tensor(points.SelectMany(static point => new[] { (float)point.X, (float)point.Y }).ToArray(), [points.Length, 2]);
        using var samples = new ScoredSamples(values);
        using var modes = new PointModes(Two);
        return modes.Judge(samples);
    }
}
