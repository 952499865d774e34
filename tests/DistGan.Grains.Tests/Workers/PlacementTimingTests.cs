using DistGan.Grains.Workers;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Grains.Tests.Workers;

/// <summary>A replica whose worker died has another slot long before 45 seconds are over.</summary>
public sealed class PlacementTimingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeclaredDead = TimeSpan.FromSeconds(20);
    private readonly PlacementOptions _options = new();

    [Fact]
    public void LongestLoss_Defaults_LeavesTimeToLoadASnapshot()
        => Assert.Equal(TimeSpan.FromSeconds(27.5), _options.LongestLoss(DeclaredDead, Heartbeat));

    /// <summary>Whatever the phase between heartbeats, the death and the looks of the directory.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1.3)]
    [InlineData(2.4)]
    public void Settle_WorkerDiesRightAfterItsHeartbeat_MovesWithinTheBound(double phase)
    {
        var time = new FakeTimeProvider();
        var clock = new AwakeClock(time, _options.CheckEvery * 2);
        var book = new PlacementBook(_options) { Now = clock.Look() };
        book.Join("dying", 1);
        book.Claim("job", 1);
        Assert.Equal(["job/0"], book.Settle());
        time.Advance(TimeSpan.FromSeconds(phase));

        var seconds = phase;
        while (book.Placement.Ledger.Leases.Values.All(static lease => lease.Worker == "dying"))
        {
            time.Advance(_options.CheckEvery);
            seconds += _options.CheckEvery.TotalSeconds;
            Assert.True(seconds <= _options.LongestLoss(DeclaredDead, Heartbeat).TotalSeconds, $"After {seconds} s the replica has not moved.");
            book.Now = clock.Look();
            book.Join("other", 1);
            book.Settle();
        }

        Assert.True(seconds > _options.Patience.TotalSeconds, $"It moved after {seconds} s already.");
        Assert.True(Deadline - TimeSpan.FromSeconds(seconds) > TimeSpan.FromSeconds(15), "No time is left to load a snapshot.");
    }

    [Fact]
    public void Look_MachineSlept_IsNoSilence()
    {
        var time = new FakeTimeProvider();
        var clock = new AwakeClock(time, _options.CheckEvery * 2);
        var book = new PlacementBook(_options) { Now = clock.Look() };
        book.Join("w", 1);
        book.Claim("job", 1);
        book.Settle();

        time.Advance(TimeSpan.FromHours(8));
        book.Now = clock.Look();

        Assert.Equal(["job/0"], book.Settle());
    }

    [Fact]
    public void Faults_OutOfBounds_AreAllNamed()
    {
        var faults = new PlacementOptions { SlotsPerUser = 0, OwnersBeforeQuarantine = 0, UserSlots = new() { ["bob"] = -1 } }.Faults();

        Assert.Equal(3, faults.Count);
        Assert.Contains(faults, static fault => fault.Contains("'bob'", StringComparison.Ordinal));
    }
}
