using DistGan.Recipes;

namespace DistGan.Training.Tests.Contracts;

[Collection(ExclusiveCollection.Name)]
public sealed class CombinationContractTests
{
    private const int Seed = 20;

    public static TheoryData<string> PairsOfAxes => [.. TinyChoices.PairsOfAxes];

    [Theory]
    [MemberData(nameof(PairsOfAxes))]
    public void Pairs_ThatValidationAllows_KeepTheContract(string axes) => AssertKept(TinyChoices.Pairs(axes));

    [Fact]
    public void Quadruples_ThatValidationAllows_KeepTheContract() => AssertKept(TinyChoices.Quadruples(60, Seed));

    private static void AssertKept(IEnumerable<Combination> combinations)
    {
        var violations = TrainingContract.Violations(combinations);

        Assert.True(violations.Count == 0, $"{violations.Count} violations:\n{string.Join('\n', violations)}");
    }
}
