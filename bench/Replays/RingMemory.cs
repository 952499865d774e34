using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;

namespace DistGan.Bench.Replays;

/// <summary>What a full buffer takes of the managed heap.</summary>
internal static class RingMemory
{
    private const int ItemBytes = 28 * 28;
    private const int GroupImages = 64;
    private const int Groups = 20;

    /// <summary>Bytes over the budget once three times the budget was pushed, in messages as a round's are: of 20 groups of 64 images.</summary>
    public static double OverBudget(long budget)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var buffer = new ReplayBuffer("bench/0");
        buffer.Reset(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = budget });
        for (var (pushed, step) = (0L, 0); pushed < 3 * budget; pushed += Groups * GroupImages * ItemBytes, step += Groups)
        {
            buffer.Restore(new ReplayChunk
            {
                Groups = [.. Enumerable.Range(step, Groups).Select(static number => new ReplayGroupHeader(number % 4, number, GroupImages))],
                Images = new byte[Groups * GroupImages * ItemBytes],
            });
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(buffer);
        return (after - before) / (double)budget;
    }
}
