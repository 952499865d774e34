using CsCheck;
using DistGan.Recipes;

namespace DistGan.Recipes.Tests;

public sealed class SeedSequenceTests
{
    [Fact]
    public void For_AnyArguments_IsRepeatableAndNotNegative()
        => Gen.Select(Gen.Long, Gen.Int, Gen.Long, Gen.Long).Sample((seed, replica, counter, part) =>
        {
            var value = new SeedSequence(seed, replica).For("noise", counter, part);
            return value >= 0 && value == new SeedSequence(seed, replica).For("noise", counter, part);
        });

    [Fact]
    public void For_OneArgumentChanged_IsAnotherSeed()
    {
        var seeds = new SeedSequence(1, 0);
        long[] values =
        [
            seeds.For("noise"), seeds.For("data"), seeds.For("noise", 1), seeds.For("noise", 0, 1),
            new SeedSequence(2, 0).For("noise"), new SeedSequence(1, 1).For("noise"),
        ];

        Assert.Equal(values.Length, values.Distinct().Count());
    }

    [Fact]
    public void For_KnownArguments_IsTheSameOnEveryMachine() => Assert.Equal(1935940798077889999L, new SeedSequence(1, 0).For("noise", 2, 3));
}
