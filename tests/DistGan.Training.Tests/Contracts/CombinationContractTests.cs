using DistGan.Recipes;

namespace DistGan.Training.Tests.Contracts;

[Collection(ExclusiveCollection.Name)]
public sealed class CombinationContractTests
{
    private const int Seed = 20;

    public static TheoryData<string> PairsOfAxes => [.. TinyChoices.Pairs.Where(static pairs => pairs.Any(static pair => pair.IsAllowed)).Select(static pairs => pairs.Key)];

    [Theory]
    [MemberData(nameof(PairsOfAxes))]
    public void Pairs_ThatValidationAllows_KeepTheContract(string axes) => AssertKept(TinyChoices.Pairs[axes]);

    [Fact]
    public void Quadruples_ThatValidationAllows_KeepTheContract() => AssertKept(TinyChoices.Quadruples(100, Seed));

    [Fact]
    public void Pairs_OfTheCatalogs_HoldEveryObjectiveTechniqueAndNetwork()
    {
        var trained = TinyChoices.Pairs.SelectMany(static pairs => pairs).Where(static pair => pair.IsAllowed).ToList();

        Assert.True(trained.Count > 700, $"{trained.Count} pairs");
        Assert.All(
            TinyChoices.All.Where(static choice => !Combination.Of(TinyChoices.Start, choice).Recipe.Equals(TinyChoices.Start)),
            choice => Assert.Contains(trained, pair => pair.Choices.Contains(choice) || pair.Adjustments.Contains(choice.Assignment)));
    }

    private static void AssertKept(IEnumerable<Combination> combinations)
    {
        var violations = TrainingContract.Violations(combinations);

        Assert.True(violations.Count == 0, $"{violations.Count} violations:\n{string.Join('\n', violations)}");
    }
}
