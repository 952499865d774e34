using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;

namespace DistGan.Grains.Tests.Replay;

public sealed class ReplayBufferTests
{
    private static readonly ReplaySettings Size = new() { ItemBytes = 1, BudgetBytes = 4 };

    /// <summary>A writer has one snapshot under way, four that wait, and one that waits for its place; each is read once it is its turn.</summary>
    [Fact]
    public void Capture_SixSnapshotsWaitToBeWritten_EachIsReadAsItWas()
    {
        var buffer = new ReplayBuffer("job/0");
        buffer.Open(1, Size);
        var captures = Enumerable.Range(1, 6).Select(step =>
        {
            buffer.Restore(new ReplayChunk { Groups = [new ReplayGroupHeader(0, step, 4)], Images = new byte[4] });
            return buffer.Capture();
        }).ToList();

        Assert.Equal([1L, 2, 3, 4, 5, 6], captures.Select(capture => buffer.Read(capture.Id, 0)!.Groups[0].Step));
    }

    [Fact]
    public void Capture_ReadersThatDiedLeaveTheirsOpen_TheOldestAreLetGoOf()
    {
        var buffer = new ReplayBuffer("job/0");
        buffer.Open(1, Size);
        buffer.Restore(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 1, 1)], Images = new byte[1] });
        var captures = Enumerable.Range(0, ReplayBuffer.MaxCaptures + 2).Select(_ => buffer.Capture().Id).ToList();

        Assert.Equal([.. Enumerable.Repeat(true, 2), .. Enumerable.Repeat(false, ReplayBuffer.MaxCaptures)], captures.Select(id => buffer.Read(id, 0) is null));
        buffer.Reset(Size);
        Assert.All(captures, id => Assert.Null(buffer.Read(id, 0)));
    }

    [Fact]
    public void Holdings_OfAReplica_AreItsImagesThoseOfOthersAndWhatTheLimitLeaves()
    {
        var buffer = new ReplayBuffer("job/0");
        Assert.Null(buffer.Holdings(1, 0));
        buffer.Open(1, Size with { SamplesPerInsert = 2 });
        buffer.Restore(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 1, 1), new ReplayGroupHeader(1, 1, 2), new ReplayGroupHeader(0, 2, 2)], Images = new byte[5] });

        var (own, others) = (buffer.Holdings(1, 1)!, buffer.Holdings(1, 7)!);

        Assert.Equal((2, 2, 4, 10), (own.Own, own.Others, own.StoredBytes, own.Allowed));
        Assert.Equal((0, 4, 5), (others.Own, others.Others, others.Tally.Inserted));
        Assert.Null(buffer.Holdings(2, 0));
    }
}
