using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Steps;

namespace DistGan.Training.Tests.Networks;

public sealed class EncoderNetworkTests
{
    public static TheoryData<string> Families => [.. NetworkCatalog.Families.Keys.Except(["autoencoder"])];

    [Theory]
    [MemberData(nameof(Families))]
    public void Define_ObjectiveWithoutDiscriminator_EndsInMeanAndVarianceOfEachNumberOfACode(string family)
    {
        var recipe = new Recipe { Discriminator = new() { Network = family, Width = 8 }, Latent = new() { Size = 5 }, Objective = new VariationalRecipe() };

        var network = new Network(ReplicaFactory.Define(Player.Discriminator, recipe, new SampleShape(3, 28, 28), []));

        Assert.Equal([10], network.Output);
        Assert.Equal("encoder", network.Definition.Name);
    }

    [Fact]
    public void Of_NetworksThatGiveNoScore_IsRefused()
        => Assert.All(
            new NetworkDefinition[] { new("d", [3], [new Dense(2)]), new("d", [3], [new Dense(3), new Dense(1), new Reshape(1)]), new("d", [1], [new Dense(1), new Dense(1)]) { Energy = new(1, IsSquared: false) } },
            static definition => Assert.Contains("Network d does not end in a dense layer of one score", Assert.Throws<DistGanException>(() => EncoderNetwork.Of(definition, 4)).Message, StringComparison.Ordinal));
}
