using System.Diagnostics;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;

namespace DistGan.Bench.Replays;

/// <summary>What a draw and a push cost by themselves, without a call.</summary>
internal static class RingTime
{
    private const int Calls = 2000;
    private static readonly ReplayChunk Nothing = new() { Groups = [], Images = default };

    /// <summary>Microseconds of a draw of 64 images, and of a push of as many.</summary>
    public static (double Draw, double Push) Measure()
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = ReplayWork.ItemBytes, BudgetBytes = (long)ReplayWork.Stored * ReplayWork.ItemBytes });
        var pushes = Enumerable.Range(0, ReplayWork.Stored / ReplayWork.Images).Select(static step => new ReplayChunk
        {
            Groups = [new ReplayGroupHeader(0, step, ReplayWork.Images)],
            Images = new byte[ReplayWork.Images * ReplayWork.ItemBytes],
        }).ToArray();
        var push = Time(call => ring.Push(pushes[call % pushes.Length]));
        var draw = Time(call => ring.Draw(new ReplayExchange { Push = Nothing, Draws = 1, ImagesPerDraw = ReplayWork.Images, Grouped = false, Seed = call }));
        return (draw, push);
    }

    private static double Time(Action<int> call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
        {
            call(i);
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
    }
}
