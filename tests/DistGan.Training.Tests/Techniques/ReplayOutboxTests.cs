using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Techniques.Replay;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class ReplayOutboxTests
{
    private static readonly SampleShape Shape = new(1, 2, 2);

    [Fact]
    public void Add_EverySecondUpdate_KeepsOnlyThose()
    {
        using var scope = NewDisposeScope();
        using var outbox = new ReplayOutbox(new ReplayItems(new Recipe(), Shape, 0), new ReplayPlan(1, 1, PushEvery: 2, Pushes: 2));
        for (var update = 0; update < 4; update++)
        {
            outbox.Add(new(full([1, 1, 2, 2], update * 0.5 - 1), null), step: update + 10, update);
        }

        Assert.Equal([new ReplayGroup(10, 1), new ReplayGroup(12, 1)], outbox.Groups);
        Assert.Equal([0, 0, 0, 0, 128, 128, 128, 128], outbox.Bytes.ToArray());
    }

    [Fact]
    public void Restore_ManyBytesInALongRound_ReservesWhatItHolds()
    {
        using var outbox = new ReplayOutbox(new ReplayItems(new Recipe(), Shape, 0), new ReplayPlan(1, 1, PushEvery: 1, Pushes: 100_000));
        var bytes = new byte[400_000];
        bytes[^1] = 9;

        outbox.Restore([new ReplayGroup(3, 100_000)], bytes);
        using var offer = outbox.Offer(1, default);

        Assert.Equal(400_000, offer.Length);
        Assert.Equal(9, offer.Images.Span[^1]);
        Assert.Equal(0, outbox.Length);
        Assert.Empty(outbox.Groups);
    }

    [Fact]
    public void Offer_EmptyRound_IsEmpty()
    {
        using var outbox = new ReplayOutbox(new ReplayItems(new Recipe(), Shape, 0), new ReplayPlan(1, 1, 1, 1));
        using var offer = outbox.Offer(2, default);

        Assert.Equal((2L, 0), (offer.Boundary, offer.Length));
    }
}
