using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Tests.Jobs;

namespace DistGan.Grains.Tests.Discriminators;

public sealed class MeetingGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly VersionId First = new(1, 1, 0, 1);
    private static readonly VersionId Unknown = new(1, 0, 0, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    private IMeetingGrain Meeting => _plane.Grains.GetGrain<IMeetingGrain>("job");

    private IMailboxGrain Mailbox => _plane.Grains.GetGrain<IMailboxGrain>("job/1");

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Next_BeforeThereIsAVersion_ComesWithIt()
    {
        var waiting = Meeting.NextAsync(1, Unknown, Long);
        await AnnounceAsync(First);

        var next = await waiting.WaitAsync(ControlPlane.Deadline);

        Assert.Equal((First, false), (next.Notice!.Version, next.IsOver));
        Assert.Equal("1 2", Text(await Meeting.ReadAsync(First, 0, 0)));
        Assert.Null((await Meeting.NextAsync(1, First, Short)).Notice);
    }

    [Fact]
    public async Task Hear_AllAnswer_ComesWithTheLast()
    {
        await AnnounceAsync(First, replicas: 3);
        var hearing = Meeting.HearAsync(First, 0, Long);
        await Meeting.AnswerAsync(1, Part(First, 1));
        Assert.False(hearing.IsCompleted);
        await Meeting.AnswerAsync(2, Part(First, 2));

        var notice = await hearing.WaitAsync(ControlPlane.Deadline);

        Assert.Equal([1, 2], notice.Members);
        Assert.Equal("3 6", Text(await Meeting.SumAsync(First, 0, 0)));
    }

    [Fact]
    public async Task Hear_OneNeverAnswers_ComesAtTheDeadlineWithoutItAndThenAtOnce()
    {
        await AnnounceAsync(First, replicas: 3);
        await Meeting.AnswerAsync(1, Part(First, 1));
        Assert.Equal([1], (await Meeting.HearAsync(First, 0, Short).WaitAsync(ControlPlane.Deadline)).Members);

        var second = First with { Version = 2 };
        await AnnounceAsync(second, replicas: 3);
        await Meeting.NextAsync(1, First, Long);
        var hearing = Meeting.HearAsync(second, 0, Long);
        await Meeting.AnswerAsync(1, Part(second, 1));

        Assert.Equal([1], (await hearing.WaitAsync(Long / 2)).Members);
    }

    [Fact]
    public async Task Hear_AQuorumHasAnswered_DoesNotWaitForTheRest()
    {
        await AnnounceAsync(First, replicas: 4);
        var hearing = Meeting.HearAsync(First, 3, Long);
        await Meeting.AnswerAsync(1, Part(First, 1));
        await Meeting.AnswerAsync(3, Part(First, 1));

        Assert.Equal([1, 3], (await hearing.WaitAsync(Long / 2)).Members);
    }

    [Fact]
    public async Task Hear_ANewerOwnerAnnounces_EndsTheWaitOfTheOlder()
    {
        await AnnounceAsync(First, replicas: 3);
        var hearing = Meeting.HearAsync(First, 0, Long);
        await Meeting.AnswerAsync(1, Part(First, 1));
        await AnnounceAsync(new VersionId(1, 2, 0, 1), replicas: 3);

        Assert.False((await hearing.WaitAsync(Long / 2)).IsKnown);
    }

    [Fact]
    public async Task Close_SomebodyWaits_HearsThatNothingWillCome()
    {
        var waiting = Meeting.NextAsync(1, Unknown, Long);
        await Meeting.CloseAsync(1);

        Assert.True((await waiting.WaitAsync(Long / 2)).IsOver);
        Assert.False((await Meeting.NextAsync(1, Unknown with { Start = 2 }, Short)).IsOver);
    }

    [Fact]
    public async Task Arrived_AllParts_AreHandedOutOnce()
    {
        var waiting = Mailbox.ArrivedAsync(First, Long);
        await Mailbox.PostAsync(new MovedPart { Numbers = Part(First, 1, 1, 2), Updates = 7 });
        Assert.False(waiting.IsCompleted);
        await Mailbox.PostAsync(new MovedPart { Numbers = Part(First, 5, 0, 2), Updates = 7 });

        var notice = await waiting.WaitAsync(ControlPlane.Deadline);

        Assert.Equal((2, 7L), (notice!.Parts, notice.Updates));
        Assert.Equal(("5 10", "1 2"), (Text(await Mailbox.TakeAsync(First, 0)), Text(await Mailbox.TakeAsync(First, 1))));
        Assert.True((await Mailbox.TakeAsync(First, 0)).IsEmpty);
    }

    [Fact]
    public async Task Arrived_NothingOrAnotherSwap_IsNothing()
    {
        Assert.Null(await Mailbox.ArrivedAsync(First, Short));
        var later = First with { Version = 9 };
        await Mailbox.PostAsync(new MovedPart { Numbers = Part(later, 1), Updates = 1 });

        Assert.Null(await Mailbox.ArrivedAsync(First, Long).WaitAsync(Long / 2));
        await Mailbox.PostAsync(new MovedPart { Numbers = Part(First, 3), Updates = 1 });
        Assert.True((await Mailbox.TakeAsync(First, 0)).IsEmpty);
        Assert.Equal("1 2", Text(await Mailbox.TakeAsync(later, 0)));
    }

    private static string Text(ReadOnlyMemory<float> numbers) => string.Join(' ', numbers.ToArray());

    private async Task AnnounceAsync(VersionId version, int replicas = 2)
    {
        await Meeting.PutAsync(0, Part(version, 1));
        Assert.True(await Meeting.AnnounceAsync(new VersionNotice { Version = version, Batches = 1, Parts = 1, Replicas = replicas }));
    }

    private static NumbersPart Part(VersionId version, float value, int part = 0, int parts = 1) => new() { Version = version, Part = part, Parts = parts, Values = new[] { value, 2 * value } };
}
