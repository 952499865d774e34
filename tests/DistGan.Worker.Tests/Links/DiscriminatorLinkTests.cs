using System.Collections.Concurrent;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Links;

/// <summary>The generator's replica and one other, each with a link of its own, at one meeting.</summary>
public sealed class DiscriminatorLinkTests : IAsyncDisposable
{
    /// <summary>Numbers that need two messages.</summary>
    private const int Length = ParameterLink.ShardLength + 3;

    private readonly FakeMeetingGrain _meeting = new();
    private readonly ConcurrentDictionary<int, FakeMailboxGrain> _mailboxes = new();
    private readonly EventLog _events = new();
    private readonly List<DiscriminatorLink> _links = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }

    [Fact]
    public void Hear_TheOtherAnswers_GivesItsNumbersInBothWays()
    {
        var (generator, other) = (Link(0), Link(1));
        generator.Send(new GeneratorVersion(7, [Numbers(1), Numbers(2)], null));

        var task = Next(other);
        other.Answer(Numbers(3));
        var feedback = generator.Hear();

        Assert.Equal(7, task.Version);
        Assert.Equal(Numbers(2), task.Judge.ToArray());
        Assert.Equal(Numbers(1), task.Learn.ToArray());
        Assert.Equal((1, 0), (feedback!.Members, feedback.Late));
        Assert.Equal(Numbers(3), feedback.Sums[1].ToArray());
        Assert.Equal([0, 1], generator.Members);
        Assert.Empty(_events.Kinds);
    }

    [Fact]
    public void Hear_TheOtherIsGone_ComesAtTheDeadlineAndLaterAtOnce()
    {
        var generator = Link(0, deadline: TimeSpan.FromMilliseconds(50));
        generator.Send(new GeneratorVersion(1, [Numbers(1)], null));

        var feedback = generator.Hear();

        Assert.Equal((0, 0), (feedback!.Members, feedback.Sums.Count));
        Assert.Equal([0], generator.Members);
        var patient = Link(0, deadline: TimeSpan.FromHours(1));
        patient.Send(new GeneratorVersion(2, [Numbers(1)], null));
        Assert.Equal(0, patient.Hear()!.Members);
    }

    [Fact]
    public void Hear_TheMeetingFails_GoesOnAloneAndRecovers()
    {
        var (generator, other) = (Link(0), Link(1));
        _meeting.Before = static () => Task.FromException(new InvalidOperationException("no silo"));
        generator.Send(new GeneratorVersion(1, [Numbers(1)], null));
        Assert.Null(generator.Hear());
        Assert.Equal([EventKinds.FeedbackStale], _events.Kinds);

        _meeting.Before = static () => Task.CompletedTask;
        for (var version = 2; generator.Members.Count < 2; version++)
        {
            Assert.True(version < 200, "The generator is not heard again.");
            generator.Send(new GeneratorVersion(version, [Numbers(1)], null));
            if (other.Next() is not null)
            {
                other.Answer(Numbers(3));
            }

            generator.Hear();
        }

        Assert.Equal([EventKinds.FeedbackStale, EventKinds.FeedbackRecovered], _events.Kinds);
    }

    [Fact]
    public void Hear_TheMeetingHangs_WaitsOnceAndNotAgain()
    {
        var generator = Link(0, deadline: TimeSpan.FromMilliseconds(20), call: TimeSpan.FromMilliseconds(50));
        var hanging = new TaskCompletionSource();
        _meeting.Before = () => hanging.Task;

        for (var version = 1; version <= 1000; version++)
        {
            generator.Send(new GeneratorVersion(version, [Numbers(1)], null));
            Assert.Null(generator.Hear());
        }

        Assert.Equal([EventKinds.FeedbackStale], _events.Kinds);
        hanging.SetResult();
    }

    [Fact]
    public void Next_NothingComesForLongerThanPatience_SaysSoAndThatItComesAgain()
    {
        var (generator, other) = (Link(0), Link(1, patience: TimeSpan.FromMilliseconds(1)));

        Assert.Null(other.Next());
        Assert.Equal([EventKinds.WorkStale], _events.Kinds);
        generator.Send(new GeneratorVersion(1, [Numbers(1)], null));
        Next(other);

        Assert.Equal([EventKinds.WorkStale, EventKinds.WorkRecovered], _events.Kinds);
    }

    [Fact]
    public async Task Next_TheGeneratorHasEnded_IsOver()
    {
        var other = Link(1);
        Assert.False(other.IsOver);

        await _meeting.CloseAsync(1);

        Until("the end", () => other.Next() is null && other.IsOver ? other : null);
    }

    [Fact]
    public void Next_AfterARestart_TheSameVersionComesAgain()
    {
        var (generator, other) = (Link(0), Link(1));
        generator.Send(new GeneratorVersion(1, [Numbers(1)], null));
        Assert.Equal(1, Next(other).Version);

        other.Restart();

        Assert.Equal(1, Next(other).Version);
    }

    [Fact]
    public void Send_AfterARestart_AnEarlierStepIsANewerVersion()
    {
        var (generator, other) = (Link(0), Link(1));
        generator.Send(new GeneratorVersion(150, [Numbers(1)], null));
        Next(other);
        other.Answer(Numbers(1));
        generator.Hear();

        generator.Restart();
        generator.Send(new GeneratorVersion(101, [Numbers(1)], null));

        Assert.Equal(101, Next(other).Version);
    }

    [Fact]
    public async Task Swap_Both_EachHasTheOther()
    {
        var (generator, other) = (Link(0), Link(1));
        var order = new SwapOrder(1, [0, 1]);
        generator.Send(new GeneratorVersion(1, [Numbers(1)], order));
        Assert.Equal([0, 1], Next(other).Swap!.Members);

        var swapping = Task.Run(() => other.Swap(order, 0, new MovedDiscriminator(5, Numbers(5))));
        var mine = generator.Swap(order, 1, new MovedDiscriminator(6, Numbers(6)));
        var theirs = await swapping.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((5L, 6L), (mine!.Updates, theirs!.Updates));
        Assert.Equal(Numbers(5), mine.Numbers.ToArray());
        Assert.Equal(Numbers(6), theirs.Numbers.ToArray());
    }

    [Fact]
    public void Swap_NothingComes_KeepsItsOwnAndSaysSo()
    {
        var generator = Link(0, deadline: TimeSpan.FromMilliseconds(40));
        var order = new SwapOrder(1, [0, 1]);
        generator.Send(new GeneratorVersion(1, [Numbers(1)], order));

        Assert.Null(generator.Swap(order, 1, new MovedDiscriminator(6, Numbers(6))));
        Assert.Equal([EventKinds.Warning], _events.Kinds);
    }

    private DiscriminatorLink Link(int replica, TimeSpan? deadline = null, TimeSpan? patience = null, TimeSpan? call = null)
    {
        var settings = new DiscriminatorSettings(new ReplicaId(new JobId("job"), replica), 1, 1, 0, deadline ?? TimeSpan.FromSeconds(20));
        var link = new DiscriminatorLink(
            _meeting,
            ordinal => _mailboxes.GetOrAdd(ordinal, static _ => new FakeMailboxGrain()),
            settings,
            new LinkSettings { Patience = patience ?? TimeSpan.FromSeconds(30), CallTimeout = call ?? TimeSpan.FromSeconds(30) },
            static () => 2,
            _events,
            TimeProvider.System);
        _links.Add(link);
        return link;
    }

    private static DiscriminatorTask Next(DiscriminatorLink link) => Until("a version", link.Next);

    private static T Until<T>(string what, Func<T?> ready)
        where T : class
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
        {
            if (ready() is { } value)
            {
                return value;
            }
        }

        throw new TimeoutException($"Waited 60 s for {what}.");
    }

    private static float[] Numbers(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => random.NextSingle())];
    }
}
