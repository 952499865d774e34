using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Tests.Jobs;

namespace DistGan.Grains.Tests.Parameters;

public sealed class MergeGrainTests : IAsyncLifetime
{
    private static readonly MergeSettings Patient = new() { Rule = MergeRule.Mean, Replicas = 3, Quorum = 2, Deadline = TimeSpan.FromSeconds(20), MaxStaleRounds = 2 };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    private IMergeGrain Grain => _plane.Grains.GetGrain<IMergeGrain>("job/generator-parameters/0");

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Merged_BeforeAllHaveOffered_ComesWhenTheLastDoes()
    {
        await Grain.OpenAsync(1, Patient, null);
        var first = await Grain.OfferAsync(Offer(0, 1));
        var waiting = Grain.MergedAsync(first.Round);
        await Grain.OfferAsync(Offer(1, 2));
        Assert.False(waiting.IsCompleted);

        var last = await Grain.OfferAsync(Offer(2, 6));

        var answer = await waiting.WaitAsync(ControlPlane.Deadline);
        Assert.Equal((3, 3f), (answer.Members, answer.Values.Span[0]));
        Assert.Equal(answer.Values.ToArray(), (await Grain.MergedAsync(last.Round)).Values.ToArray());
    }

    [Fact]
    public async Task Merged_OneNeverOffers_ComesAtTheDeadlineWithoutIt()
    {
        await Grain.OpenAsync(1, Patient with { Deadline = TimeSpan.FromSeconds(1) }, null);
        var ticket = await Grain.OfferAsync(Offer(0, 1));
        await Grain.OfferAsync(Offer(1, 2));

        var answer = await Grain.MergedAsync(ticket.Round).WaitAsync(ControlPlane.Deadline);

        Assert.Equal((2, 1.5f), (answer.Members, answer.Values.Span[0]));
        var next = await Grain.OfferAsync(Offer(0, 4, version: 1));
        await Grain.OfferAsync(Offer(1, 6, version: 1));
        Assert.Equal(5f, (await Grain.MergedAsync(next.Round)).Values.Span[0]);
    }

    [Fact]
    public async Task Merged_BelowTheQuorumAtTheDeadline_MovesNobody()
    {
        await Grain.OpenAsync(1, Patient with { Deadline = TimeSpan.FromMilliseconds(50) }, null);
        var ticket = await Grain.OfferAsync(Offer(0, 1));

        var answer = await Grain.MergedAsync(ticket.Round).WaitAsync(ControlPlane.Deadline);

        Assert.Equal((0, true), (answer.Members, answer.Values.IsEmpty));
        Assert.Null(await Grain.CaptureAsync());
    }

    [Fact]
    public async Task Open_TheSameStartTwice_ChangesNothingAndANewStartDoes()
    {
        await Grain.OpenAsync(1, Patient with { Replicas = 2 }, new MergeState { Version = 7, Centre = new[] { 3f }, Velocity = default });
        await Grain.OpenAsync(1, Patient with { Replicas = 2 }, null);
        Assert.Equal(7, (await Grain.CaptureAsync())!.Version);

        var left = await Grain.OfferAsync(Offer(0, 1, version: 7));
        await Grain.OpenAsync(2, Patient, null);

        Assert.Null(await Grain.CaptureAsync());
        Assert.Equal(0, (await Grain.MergedAsync(left.Round).WaitAsync(ControlPlane.Deadline)).Members);
    }

    [Fact]
    public async Task Offer_NotOpenOrNotFinite_SaysSo()
    {
        Assert.Equal(new MergeTicket { Outcome = OfferOutcome.NotOpen }, await Grain.OfferAsync(Offer(0, 1)));

        await Grain.OpenAsync(1, Patient, null);

        Assert.Equal(new MergeTicket { Outcome = OfferOutcome.NotFinite }, await Grain.OfferAsync(Offer(0, float.NaN)));
    }

    private static MergeOffer Offer(int replica, float value, long version = 0)
        => new() { Replica = replica, Version = version, Samples = 1, Values = new[] { value } };
}
