using DistGan.Grains.Discriminators;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Discriminators;

public sealed class MeetingTests
{
    private static readonly VersionId First = new(1, 1, 0, 1);
    private static readonly VersionId Unknown = new(1, 0, 0, 0);

    [Fact]
    public void Announce_WholeBatches_AreReadAndAnsweredByBatch()
    {
        var meeting = Announced(First, batches: 2, replicas: 4);

        Assert.Equal(First, meeting.Next(1, Unknown)!.Version);
        Assert.Equal([10f, 11f, 12f], meeting.Read(First, 1, 0).ToArray().Concat(meeting.Read(First, 1, 1).ToArray()));
        Answer(meeting, 1, First, 1);
        Answer(meeting, 2, First, 10);
        Answer(meeting, 3, First, 100);
        Assert.True(meeting.IsComplete(0));

        var notice = meeting.Hear(First);

        Assert.Equal((true, 0, 2), (notice.IsKnown, notice.Late, notice.Parts));
        Assert.Equal([1, 2, 3], notice.Members);
        Assert.Equal([10f, 20f, 30f], Sum(meeting, First, 0));
        Assert.Equal([101f, 202f, 303f], Sum(meeting, First, 1));
    }

    [Fact]
    public void Announce_PartsAreMissingOrOld_IsRefused()
    {
        var meeting = new Meeting();
        meeting.Put(0, Part(First, 0, 2, 1));
        Assert.False(meeting.Announce(Notice(First)));
        meeting.Put(0, Part(First, 1, 2, 2));
        Assert.True(meeting.Announce(Notice(First)));

        Assert.False(meeting.Announce(Notice(First)));
        Put(meeting, First with { Version = 0 }, batches: 1);
        Assert.False(meeting.Announce(Notice(First with { Version = 0 })));
        Assert.Equal(First, meeting.Newest!.Version);
    }

    [Fact]
    public void Put_NotFinite_IsNeverAnnounced()
    {
        var meeting = new Meeting();
        meeting.Put(0, Part(First, 0, 2, 1));
        meeting.Put(0, Part(First, 1, 2, float.NaN));

        Assert.False(meeting.Announce(Notice(First)));
    }

    [Fact]
    public void Announce_AnOwnerThatWentBack_IsNewerThanItsLaterVersions()
    {
        var meeting = Announced(First with { Version = 150 });
        var again = First with { Attempt = 1, Version = 101 };
        Put(meeting, again, 1);
        Assert.True(meeting.Announce(Notice(again)));

        Assert.Equal(again, meeting.Next(1, First with { Version = 150 })!.Version);
        var superseded = First with { Version = 151 };
        Put(meeting, superseded, 1);
        Assert.False(meeting.Announce(Notice(superseded)));
    }

    [Fact]
    public void Answer_OfAnOlderVersionOrAfterTheDeadline_IsDroppedAndCounted()
    {
        var meeting = Announced(First, replicas: 3);
        Answer(meeting, 1, First, 1);
        Assert.Equal([1], meeting.Hear(First).Members);
        Answer(meeting, 2, First, 5);

        var second = First with { Version = 2 };
        Put(meeting, second, 1);
        Assert.True(meeting.Announce(Notice(second, replicas: 3)));
        Answer(meeting, 2, First, 5);
        Answer(meeting, 1, second, 7);

        var notice = meeting.Hear(second);
        Assert.Equal([1], notice.Members);
        Assert.Equal(2, notice.Late);
        Assert.Equal([7f, 14f, 21f], Sum(meeting, second, 0));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Answer_NotFinite_IsDroppedAndNobodyWaitsForIt(float value)
    {
        var meeting = Announced(First, replicas: 2);

        meeting.Answer(1, new NumbersPart { Version = First, Part = 0, Parts = 1, Values = new[] { 1f, value } });

        Assert.True(meeting.IsComplete(0));
        var notice = meeting.Hear(First);
        Assert.Empty(notice.Members);
        Assert.Equal(1, notice.Late);
        Assert.True(meeting.Sum(First, 0, 0).IsEmpty);
    }

    [Fact]
    public void Answer_PartOfOtherNumbers_IsRefused()
    {
        var meeting = Announced(First);
        meeting.Answer(1, Part(First, 0, 2, 1));

        Assert.Contains("same recipe", Assert.Throws<DistGanException>(() => meeting.Answer(1, Part(First, 0, 3, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_NothingNewOrHeardAlready_IsNothing()
    {
        var meeting = new Meeting();
        Assert.Null(meeting.Next(1, Unknown));
        Put(meeting, First, 1);
        Assert.Null(meeting.Next(1, Unknown));
        meeting.Announce(Notice(First));

        Assert.NotNull(meeting.Next(1, Unknown));
        Assert.Null(meeting.Next(1, First));
        Assert.Null(meeting.Next(1, new VersionId(2, 0, 0, 0)));
        meeting.Hear(First);
        Assert.Null(meeting.Next(1, Unknown));
    }

    [Fact]
    public void Hear_AnotherVersion_IsUnknown()
    {
        var meeting = Announced(First);

        Assert.False(meeting.Hear(First with { Version = 2 }).IsKnown);
        Assert.True(meeting.Hear(First).IsKnown);
        Assert.False(meeting.Hear(First).IsKnown);
    }

    [Fact]
    public void Close_AStart_EndsItAndNoLaterOne()
    {
        var meeting = Announced(First);
        meeting.Close(1);

        Assert.True(meeting.IsOver(1));
        Assert.False(meeting.IsOver(2));
        Put(meeting, First with { Version = 2 }, 1);
        Assert.False(meeting.Announce(Notice(First with { Version = 2 })));
        var later = new VersionId(2, 2, 0, 1);
        Put(meeting, later, 1);
        Assert.True(meeting.Announce(Notice(later)));
    }

    private static Meeting Announced(VersionId version, int batches = 1, int replicas = 2)
    {
        var meeting = new Meeting();
        Put(meeting, version, batches);
        Assert.True(meeting.Announce(Notice(version, batches, replicas)));
        return meeting;
    }

    private static void Put(Meeting meeting, VersionId version, int batches)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            meeting.Put(batch, new NumbersPart { Version = version, Part = 1, Parts = 2, Values = new[] { (batch * 10f) + 2 } });
            meeting.Put(batch, new NumbersPart { Version = version, Part = 0, Parts = 2, Values = new[] { batch * 10f, (batch * 10f) + 1 } });
        }
    }

    private static void Answer(Meeting meeting, int replica, VersionId version, float value)
    {
        meeting.Answer(replica, new NumbersPart { Version = version, Part = 0, Parts = 2, Values = new[] { value, 2 * value } });
        meeting.Answer(replica, new NumbersPart { Version = version, Part = 1, Parts = 2, Values = new[] { 3 * value } });
    }

    private static float[] Sum(Meeting meeting, VersionId version, int batch) => [.. meeting.Sum(version, batch, 0).ToArray(), .. meeting.Sum(version, batch, 1).ToArray()];

    private static NumbersPart Part(VersionId version, int part, int parts, float value) => new() { Version = version, Part = part, Parts = parts, Values = new[] { value } };

    private static VersionNotice Notice(VersionId version, int batches = 1, int replicas = 2) => new() { Version = version, Batches = batches, Parts = 2, Replicas = replicas };
}
