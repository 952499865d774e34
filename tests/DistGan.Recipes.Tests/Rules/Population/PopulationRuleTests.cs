using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules.Population;

public sealed class PopulationRuleTests
{
    private static readonly PopulationRule Rule = new(new PopulationRecipe { EverySteps = 100 }, seed: 1);

    [Fact]
    public void Choose_WorstOfFour_TakesThePlaceOfTheBest()
    {
        PopulationMember[] members = [Member(0, 30), Member(1, 90), Member(2, 20), Member(3, 40)];

        Assert.Equal(2, Rule.Choose(1, members)!.Value.Donor.Replica);
        Assert.All(new[] { 0, 2, 3 }, replica => Assert.Null(Rule.Choose(replica, members)));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(13, 3)]
    public void Choose_AnyNumberOfMembers_ReplacesThatManyByThatMany(int count, int share)
    {
        var members = Enumerable.Range(0, count).Select(static replica => Member(replica, replica)).ToArray();

        Assert.Equal(Enumerable.Range(count - share, share), Enumerable.Range(0, count).Where(replica => Rule.Choose(replica, members) is not null));
        Assert.All(Enumerable.Range(count - share, share), replica => Assert.InRange(Rule.Choose(replica, members)!.Value.Donor.Replica, 0, share - 1));
    }

    [Fact]
    public void Choose_AmongTheBest_IsUniformAndAFunctionOfSeedReplicaAndStep()
    {
        var chosen = new int[2];
        for (var step = 1000; step < 3000; step++)
        {
            var members = Enumerable.Range(0, 8).Select(replica => Member(replica, replica, step)).ToArray();
            var donor = Rule.Choose(7, members)!.Value.Donor.Replica;
            Assert.Equal(donor, Rule.Choose(7, members)!.Value.Donor.Replica);
            chosen[donor]++;
        }

        Assert.All(chosen, static count => Assert.InRange(count, 910, 1090));
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, true)]
    public void Choose_ScoredTooSoonAfterItsLastChange_GoesOnAsItIs(long step, bool changes)
        => Assert.Equal(changes, Rule.Choose(1, [Member(0, 1), Member(1, 2, step) with { Changed = 200 }]) is not null);

    [Fact]
    public void Choose_OthersWhoseScoresAreOfWhatTheyWere_AreNotCompared()
    {
        // 1 and 2 have changed since they were scored: of 0 and 3, 3 is worst, although 1 has the worst score.
        PopulationMember[] members = [Member(0, 30), Member(1, 99) with { Changed = 1000 }, Member(2, 1) with { Changed = 1200 }, Member(3, 40)];

        Assert.Equal(0, Rule.Choose(3, members)!.Value.Donor.Replica);
        Assert.Null(Rule.Choose(1, members));
    }

    [Fact]
    public void Choose_NobodyBetterOrNobodyWhoCanGive_GoesOnAsItIs()
    {
        Assert.Null(Rule.Choose(1, [Member(0, 5), Member(1, 5)]));
        Assert.Null(Rule.Choose(1, [Member(0, 5) with { CanGive = false }, Member(1, 9)]));
        Assert.Null(Rule.Choose(1, [Member(1, 9)]));
        Assert.Null(Rule.Choose(2, [Member(0, 5), Member(1, 9)]));
    }

    [Fact]
    public void Choose_ScoreThatIsNotFinite_IsWorst()
        => Assert.Equal(0, Rule.Choose(1, [Member(0, 5), Member(1, double.MaxValue), Member(2, 9)])!.Value.Donor.Replica);

    [Fact]
    public void Rescue_OneThatFails_GetsOneOfTheBestOfTheOthersThatCanGive()
    {
        PopulationMember[] members = [Member(0, 1), Member(1, 2) with { CanGive = false }, Member(2, 3), Member(3, 4)];

        Assert.Equal(2, Rule.Rescue(0, 500, members)!.Value.Donor.Replica);
        Assert.Equal(0, Rule.Rescue(4, 500, members)!.Value.Donor.Replica);
        Assert.Null(Rule.Rescue(1, 500, [Member(1, 1), Member(0, 1) with { CanGive = false }]));
    }

    private static PopulationMember Member(int replica, double loss, long step = 1000) => new(replica, step, loss, 0, CanGive: true);
}
