using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class JobViewTests
{
    [Fact]
    public void Remaining_AfterAResume_UsesThePaceSinceThen()
    {
        var view = new JobView(Progresses.Facts);
        view.Add(Progresses.Report(50, 100));
        view.Add(Progresses.Report(60, 110));

        Assert.Equal(0.6, view.Fraction, 9);
        Assert.Equal(40, view.Remaining!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Last_OfAResumedJobBeforeItsFirstReport_IsTheStepItGoesOnFrom()
    {
        var view = new JobView(Progresses.Facts);
        var resumed = Progresses.Event(1, EventKinds.Resumed, "Goes on.") with { Data = new Dictionary<string, double> { ["step"] = 40 } };
        view.Add(Progresses.Of(JobState.Running, 1, [resumed]));

        Assert.Equal(40, view.Last!.Step);
        Assert.Equal(0.4, view.Fraction, 9);
        Assert.Null(view.Remaining);
    }

    [Fact]
    public void Remaining_WithOneReport_IsUnknown()
    {
        var view = new JobView(Progresses.Facts);
        view.Add(Progresses.Report(50, 100));

        Assert.Null(view.Remaining);
    }

    [Fact]
    public void Fraction_WithSeveralBounds_IsTheNearestToItsEnd()
    {
        var view = new JobView(Progresses.Facts with { Budget = new() { Steps = 100, Images = 10000, Minutes = 1 } });
        view.Add(Progresses.Report(10, 30));

        Assert.Equal(0.5, view.Fraction, 9);
    }

    [Fact]
    public void Value_ThatIsNotFinite_IsMissing()
    {
        var view = new JobView(Progresses.Facts);
        view.Add(Progresses.Report(1, 1, (MetricNames.GeneratorLoss, double.NaN), (MetricNames.DiscriminatorLoss, 0.5)));

        Assert.Null(view.Value(MetricNames.GeneratorLoss));
        Assert.Equal(0.5, view.Value(MetricNames.DiscriminatorLoss));
    }

    [Fact]
    public void Add_ManyEvents_KeepsTheNewest()
    {
        var view = new JobView(Progresses.Facts);
        view.Add(Progresses.Of(JobState.Running, 9, [.. Enumerable.Range(1, 9).Select(i => Progresses.Event(i, EventKinds.Snapshot, $"number {i}"))]));

        Assert.Equal([6L, 7L, 8L, 9L], view.Events.Select(entry => entry.Sequence));
    }
}
