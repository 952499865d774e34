using DistGan.Client.Runs.Catalog;
using DistGan.Client.Runs.Contents;

namespace DistGan.EndToEnd.Tests.Runs.Catalog;

public sealed class PruneRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly RunFacts[] Runs =
    [
        Run("a", 1, RunState.Completed), Run("b", 2, RunState.Failed), Run("c", 5, RunState.Running), Run("d", 9, RunState.Unknown), Run("e", 20, RunState.Failed),
    ];

    [Fact]
    public void Choose_KeepTwo_TakesAllOthersButTheRunningOneOldestFirst() => Assert.Equal(["e", "d"], Chosen(new(2, null, false)));

    [Fact]
    public void Choose_OlderThanAWeek_LeavesTheYounger() => Assert.Equal(["e", "d"], Chosen(new(null, TimeSpan.FromDays(7), false)));

    [Fact]
    public void Choose_Failed_TakesThoseAlone() => Assert.Equal(["e", "b"], Chosen(new(null, null, true)));

    [Fact]
    public void Choose_SeveralConditions_AllMustHold() => Assert.Equal(["e"], Chosen(new(1, TimeSpan.FromDays(7), true)));

    [Fact]
    public void Choose_KeepMoreThanThereAre_TakesNothing() => Assert.Empty(Chosen(new(9, null, false)));

    private static IEnumerable<string> Chosen(PruneRule rule) => rule.Choose(Runs, Now).Select(static run => run.Name);

    private static RunFacts Run(string name, int days, RunState state) => new() { Name = name, Place = name, State = state, Updated = Now.AddDays(-days) };
}
