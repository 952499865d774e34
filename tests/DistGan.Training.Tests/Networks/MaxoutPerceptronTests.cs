using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;

namespace DistGan.Training.Tests.Networks;

public sealed class MaxoutPerceptronTests
{
    [Fact]
    public void Discriminator_OfPacGan_HasThreeLayersOf200MaximaOfFive()
    {
        var network = new Network(new MaxoutPerceptron().Discriminator(new PlayerRecipe { Width = 200 }, SampleShape.Point(2), normalize: false));

        Assert.Equal(
            ["1.weight [1000, 2]", "1.bias [1000]", "3.weight [1000, 200]", "3.bias [1000]", "5.weight [1000, 200]", "5.bias [1000]", "7.weight [1, 200]", "7.bias [1]"],
            network.Parameters.Entries.Select(static entry => $"{entry.Name} [{string.Join(", ", entry.Shape)}]"));
    }
}
