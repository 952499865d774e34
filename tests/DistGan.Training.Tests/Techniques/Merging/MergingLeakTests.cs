using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using TorchSharp;

namespace DistGan.Training.Tests.Techniques.Merging;

[Collection(ExclusiveCollection.Name)]
public sealed class MergingLeakTests
{
    [Fact]
    public void Advance_ManyMerges_KeepsTheNumberOfTensors()
    {
        var recipe = TinyRecipes.Of() with { Topology = new TopologyRecipe { Kind = "averaging", Replicas = 2, RoundSteps = 3 } };
        var merge = new MemoryMerge { Answer = static made => MemoryMerge.Shifted(made, 0) };
        using var replica = ReplicaFactory.Create(
            recipe, new PatternDataSet(TinyRecipes.Shape), 0, new MemoryLinks(TinyRecipes.Shape).Links with { Merges = merge }, torch.CPU);
        TinyRecipes.Advance(replica, 9);
        TensorCount.Settle();
        var before = torch.Tensor.TotalCount;

        TinyRecipes.Advance(replica, 9);

        TensorCount.Settle();
        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
